"""Owners and status of an action that was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutes_nlp.extraction.base import OwnerMention
from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.names import Mention, Named, Names, owner_words
from minutes_nlp.extraction.owners import Held, Holder
from minutes_nlp.extraction.signals import Signals
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.records.items import ActionStatus
from minutes_nlp.resources.lexicon import expression, phrases, section
from minutes_nlp.spans import CharSpan

_PARTS = re.compile(r"\s*(?:[,;/&+\n]|\s(?:en|et|and|und)\s)\s*")
_TICKED = re.compile(r"\[[xX]\]")
_TITLE = 60
_EDGES = " .;:*_()[]"


def owners_of(units: Sequence[Unit], seen: Sequence[Signals], names: Names) -> tuple[OwnerMention, ...]:
    """Who has to do what the units say, spans in the normalised text; empty if nobody is named.

    The cell of an action table that tells who comes before any words of the row; else the surest way of naming an
    owner that the units use: label, prefix, bracket, subject, addressee, agent.
    """
    cell = units[0].cell(Column.WHO)
    if cell:
        return tuple(_of_cell(units[0], cell, names))
    found: list[OwnerMention] = []
    parts: set[Holder] = set()
    for unit, signals in zip(units, seen, strict=True):
        for held in _surest(signals.held):
            if parts and held.part not in parts:
                continue
            parts.add(held.part)
            found += [_owner(mention, unit.span.start, unit.language) for mention in held.mentions]
    if not found and units[0].shape is Shape.ROW:
        found = list(_of_row(units[0], names))
    if not found:
        listed = bool(seen[0].features & {"place.heading_action", "place.lead_action", "place.above_action"})
        found = list(_of_list(units[0], names, listed))
    return tuple({owner.name: owner for owner in found}.values())


def _surest(held: Sequence[Held]) -> Iterator[Held]:
    """All of the surest part, but one subject only; of a bracket with people and an organisation the people only."""
    for entry in held:
        if entry.part is not held[0].part:
            return
        people = tuple(m for m in entry.mentions if m.kind in (Named.ATTENDEE, Named.HANDLE))
        whole = entry.part is not Holder.TRAILING or not people
        yield entry if whole else Held(entry.part, people)
        if entry.part is Holder.SUBJECT:
            return


def _of_list(unit: Unit, names: Names, listed: bool) -> Iterator[OwnerMention]:
    """The people under whose name the unit is listed: the nearest lead-in or heading that is nothing but names.

    In a list of actions (`listed`) any proper name will do, elsewhere only attendees and groups.
    """
    for title in (*reversed(unit.leads), *reversed(unit.headings[-1:])):
        found = _nothing_but_names(title.strip(_EDGES + "-–"), unit.language, names, sure=not listed)
        if found:
            yield from (OwnerMention(mention.name) for mention in found)
            return


def _of_row(unit: Unit, names: Names) -> Iterator[OwnerMention]:
    """The people of a row without a header: those of the first cell that is nothing but names."""
    at = 0
    for cell in unit.text.split(CELL_SEPARATOR):
        found = _nothing_but_names(cell.strip(_EDGES), unit.language, names, sure=True)
        start = at + len(cell) - len(cell.lstrip(_EDGES))
        at += len(cell) + len(CELL_SEPARATOR)
        if found:
            yield from (_owner(mention, unit.span.start + start, unit.language) for mention in found)
            return


def _nothing_but_names(text: str, language: str, names: Names, *, sure: bool) -> list[Mention]:
    """The names of a text that consists of nothing else; with `sure`, only attendees, handles and groups count."""
    series = names.coordinated(text, language)
    if len(series) != 1 or (sure and any(m.kind is Named.PROPER for m in series[0])):
        return []
    begins = owner_words(language).articles.match(text)
    starts = series[0][0].span.start <= max(1, begins.end() if begins else 0)
    return series[0] if starts and series[0][-1].span.end >= len(text) - 1 else []


def _owner(mention: Mention, start: int, language: str) -> OwnerMention:
    span = mention.span.shift(start)
    name = mention.name
    if mention.kind is Named.GROUP:
        article = owner_words(language).articles.match(name)
        cut = article.end() if article else 0
        name, span = name[cut:], CharSpan(span.start + cut, span.end)
    return OwnerMention(name, span)


def _of_cell(unit: Unit, cell: CharSpan, names: Names) -> Iterator[OwnerMention]:
    """The names of a cell: its parts, each cut down to the name known in it."""
    text = cell.shift(-unit.span.start).text(unit.text)
    at = 0
    for part in [*_PARTS.split(text)]:
        begin = text.find(part, at)
        at = begin + len(part)
        inner = CharSpan(begin, at).trim(text, _EDGES)
        if not inner.length or not re.search(r"\w", inner.text(text)):
            continue
        known = [m for m in names.mentions(inner.text(text), unit.language) if m.kind is Named.ATTENDEE]
        if known:
            span = known[0].span.shift(inner.start + cell.start)
            yield OwnerMention(known[0].name, span)
        else:
            yield OwnerMention(inner.text(text), inner.shift(cell.start))


def status_of(unit: Unit, text: str) -> ActionStatus:
    """`done` if the status cell, the ticked box or a mark in the passage says so; `open` otherwise.

    Args:
        unit: the (first) unit of the action.
        text: the whole passage.
    """
    words = section(unit.language, "actions").get("status", {})
    done, still = tuple(words.get("done", ())), tuple(words.get("open", ()))
    cell = unit.cell(Column.STATUS)
    if cell:
        said = cell.shift(-unit.span.start).text(unit.text)
        finished = re.match(rf"\W*(?:{_either(done)})", said, re.IGNORECASE)
        return "done" if finished and not phrases(still).search(said) else "open"
    if _TICKED.search(unit.marker) or _TICKED.match(text):
        return "done"
    listed = [title for title in (*unit.leads, *unit.headings[-1:]) if len(title) <= _TITLE]
    if any(phrases(done).search(title) and not phrases(still).search(title) for title in listed):
        return "done"
    marked = phrases(tuple(words.get("marks", ()))).search(text) or _bracketed(done).search(text)
    return "done" if marked and not phrases(still).search(text[max(0, marked.start() - 20) :]) else "open"


def _either(words: Sequence[str]) -> str:
    return "|".join(f"(?:{expression(word)})" for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _bracketed(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"[(\[<]\s*(?:{_either(words)})", re.IGNORECASE)
