"""Whether an action that was found is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.units import Unit
from minutes_nlp.records.items import ActionStatus
from minutes_nlp.resources.lexicon import expression, phrases, section, words_cache

_TICKED = re.compile(r"\[[xX]\]|[☑☒✅]")
_TITLE = 60
_BEFORE_MARK = 20  # characters before a mark that are looked at
_BESIDE = 3  # characters between words that deny a mark, and the mark


def status_of(unit: Unit, text: str) -> ActionStatus:
    """`done` if a struck-out text, the ticked box, the status cell or a mark in the passage says so; `open` otherwise.

    What is struck out is done, whatever its status cell said before.

    Args:
        unit: the (first) unit of the action.
        text: the whole passage.
    """
    words = section(unit.language, "actions").get("status", {})
    done, still = tuple(words.get("done", ())), tuple(words.get("open", ()))
    if unit.struck or _TICKED.search(unit.marker) or _TICKED.match(text):
        return "done"
    cell = unit.cell(Column.STATUS)
    if cell:
        said = cell.shift(-unit.span.start).text(unit.text)
        finished = re.match(rf"\W*(?:{_either(done)})", said, re.IGNORECASE)
        return "done" if finished and not phrases(still).search(said) else "open"
    listed = [title for title in (*unit.leads, *unit.headings[-1:]) if len(title) <= _TITLE]
    if any(phrases(done).search(title) and not phrases(still).search(title) for title in listed):
        return "done"
    behind = _behind_sign(tuple(words.get("finished", ())), tuple(words.get("finished_then", ())))
    marked = phrases(tuple(words.get("marks", ()))).search(text) or _bracketed(done).search(text)
    marked = marked or behind.search(text)
    return "done" if marked and not _is_denied(text, marked.start(), still) else "open"


def _is_denied(text: str, mark: int, still: Sequence[str]) -> bool:
    """Whether words for what is not done stand right before the mark (`nog niet gedaan`), in it or behind it."""
    begin = max(0, mark - _BEFORE_MARK)
    return any(begin + found.end() >= mark - _BESIDE for found in phrases(tuple(still)).finditer(text[begin:]))


def _either(words: Sequence[str]) -> str:
    return "|".join(f"(?:{expression(word)})" for word in sorted(words, key=len, reverse=True)) or "(?!)"


@words_cache()
def _behind_sign(words: tuple[str, ...], then: tuple[str, ...]) -> re.Pattern[str]:
    """A word that says done behind a colon or a dash (`…: uitgevoerd op 3 mei`, `… - gedaan, zie bijlage`)."""
    ends = rf"\s*(?:[.,;!)\]]|\Z)|\s+(?:{_either(then)})"
    return re.compile(rf"(?::|(?:\s|(?<=\)))[-–—]|→|->)\s*(?:{_either(words)})(?={ends})", re.IGNORECASE)


@words_cache()
def _bracketed(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[(\[<]\s*(?:{_either(words)})", re.IGNORECASE)
