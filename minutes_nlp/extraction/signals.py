"""What can be seen of a unit: cues, moods, place, form and people. Rules weigh these; a trained model may as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.cues import CueTable, cue_table
from minutes_nlp.extraction.names import Names
from minutes_nlp.extraction.outcomes import is_article, is_bare_outcome, is_second
from minutes_nlp.extraction.owners import Held, Holder, holders
from minutes_nlp.extraction.qualify import moods, names_options
from minutes_nlp.extraction.tallies import is_ballot, is_tally
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.resources.lexicon import phrases, section, words_cache
from minutes_nlp.spans import CharSpan

_KEPT = "signals"  # key of `Unit.seen`
_ASSIGNING_TABLE = "actions"
_DECIDING_TABLE = "decisions"
ASSIGNING = ("task", "future", "future_passive", "obligation", "commit", "request", "take_up", "hand_over")
_ARROW = re.compile(r"→|⇒|[-=]+>")
_CHECKBOX = re.compile(r"\[[ xX]\]|\[\](?!\()|[☐☑☒⬜✅]")
_FORMS: Mapping[str, re.Pattern[str]] = {
    "arrow": _ARROW,
    "arrow_first": re.compile(rf"^\W{{0,2}}(?:{_ARROW.pattern})"),
    "colon_last": re.compile(r":\s*$"),
    "exclamation": re.compile(r"!\s*$"),
    "small_first": re.compile(r"^[a-zà-öø-ÿ]"),
    "number": re.compile(r"\d"),
}
_LABELLED = re.compile(r"\W{0,3}\w[\w '’-]{2,30}\**\s*:\**\s+\S+\s+\S")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_STOP = re.compile(r"[.!?:;]\W*$")
_WORD = re.compile(r"\w")
_JOINT = re.compile(r"[\s(\[→⇒=>:–—-]+\Z")  # what joins an owner to the task before it
_FURTHER_WORD = re.compile(r"(?<=\s)[^\W\d_][\w'’-]{3,}")
_FULL_STOP = re.compile(r"[.!]\s*$")
_REMEMBERED = 4096  # the same headings stand above many passages
_SHORT, _LONG = 25, 260
_BARE = 3  # words of a unit that says no more than an outcome
_TITLE = 50
_ASKED = 5  # words above which a question is one that was discussed, no head of a list (`Wie doet wat?`)
_LIST_TITLE = 90
_DOCUMENT = {"decision": "decision_document"}  # words of a document that is a list; many minutes name a decision on top


@dataclass(frozen=True, slots=True)
class Signals:
    """The features of a unit, by the names that the word lists give weights to.

    Attributes:
        features: `cue.*`, `mood.*`, `place.*`, `form.*`, `who.*`.
        cues: where the phrases of each group stand, from the start of the unit.
        held: who may be meant to act.
    """

    features: frozenset[str]
    cues: Mapping[str, list[CharSpan]] = field(default_factory=dict)
    held: tuple[Held, ...] = ()


def signals(unit: Unit, table: CueTable, names: Names) -> Signals:
    """Everything that the weights of `table` may refer to."""
    common = _common(unit, names)
    cues = common.cues if table.name == _ASSIGNING_TABLE else table.find(unit.text)
    features = common.features.union(f"cue.{name}" for name in cues)
    if table.name == _DECIDING_TABLE and "label" in cues and _LABELLED.match(unit.text):
        features = features - {"place.announces_decision"} | {"form.labelled"}  # no title: what it announces follows
    return Signals(features, cues, common.held)


@dataclass(frozen=True, slots=True)
class _Common:
    """What does not depend on the table that asks: the features without cues, the cues of actions, the people.

    `names` are those that the people were looked up in.
    """

    names: Names
    features: frozenset[str]
    cues: Mapping[str, list[CharSpan]]
    held: tuple[Held, ...]


def _common(unit: Unit, names: Names) -> _Common:
    """Made once per unit: decisions and actions both need it."""
    known = unit.seen.get(_KEPT)
    if not isinstance(known, _Common) or known.names is not names:
        cues = cue_table(unit.language, _ASSIGNING_TABLE).find(unit.text)
        verbs = [span for name in ASSIGNING for span in cues.get(name, ())]
        held = holders(unit.text, unit.language, names, verbs)
        task = _before_owner(unit.text, held)
        if task != unit.text:  # what stands at the end of the task counts as if it ended the passage
            cues = {**cue_table(unit.language, _ASSIGNING_TABLE).find(task), **cues}
        features = {f"mood.{mood.value}" for mood in moods(unit.text, unit.language)}
        features |= _place(unit) | _form(unit) | _people(held)
        known = unit.seen[_KEPT] = _Common(names, frozenset(features), cues, tuple(held))
    return known


def _before_owner(text: str, held: list[Held]) -> str:
    """A text without the owners that it ends with (`Zaal zoeken (An)`, `Zaal zoeken → An`)."""
    last = next((one.mentions for one in reversed(held) if one.part is Holder.TRAILING), ())
    if not last or _WORD.search(text, last[-1].span.end):
        return text
    return _JOINT.sub("", text[: last[0].span.start])


def _people(held: list[Held]) -> set[str]:
    found = {f"who.{h.part.value}" for h in held}
    found |= {f"who.{h.mentions[0].kind.value}" for h in held if h.part is not Holder.AGENT}
    return found


def _is_task(unit: Unit) -> bool:
    """Whether a row says what and who, in a table that has a column for the day as well."""
    told = unit.cell(Column.WHO) is not None and unit.cell(Column.WHAT) is not None
    return told and any(column is Column.WHEN for column, _ in unit.cells)


def _place(unit: Unit) -> set[str]:
    found = {f"place.{unit.shape.value}"} | _under(unit, "actions", "action") | _under(unit, "decisions", "decision")
    found |= _under(unit, "decisions", "vote")
    if unit.headings and names_options(unit.headings[-1], unit.language):
        found.add("place.heading_options")
    if unit.leads and names_options(unit.leads[-1], unit.language):
        found.add("place.lead_options")
    leads = (*unit.leads[-1:], *([unit.before] if unit.before.rstrip().endswith(":") else []))
    language = unit.language
    if not _is_title(unit) and any(
        _lists_only(text, language, "decisions", "decision_list") for text in (*unit.headings, *leads)
    ):
        found.add("place.list_decision")
    if unit.shape is not Shape.HEADING and any(
        _lists_only(text, language, "actions", "action_list") for text in (*unit.headings[-1:], *leads)
    ):
        found.add("place.list_action")
    flags = {
        "decision_cell": unit.shape is Shape.ROW and _says_decision(unit),
        "ballot_table": unit.header not in ("", unit.text) and is_ballot(unit.header, unit.language),
        "table": bool(unit.cells),
        "other_table": unit.shape is Shape.ROW and unit.other,
        "who_cell": unit.cell(Column.WHO) is not None,
        "task_cells": _is_task(unit),
    }
    if unit.shape is not Shape.HEADING:
        flags |= {
            "alone": unit.first and unit.last,
            "no_heading": not unit.headings,
            "list": bool(unit.leads),
        }
    return found | {f"place.{name}" for name, holds in flags.items() if holds}


def _under(unit: Unit, words: str, kind: str) -> set[str]:
    """Whether headings, lead-ins, the line before or the title of the document announce actions (or decisions)."""

    def told(text: str) -> bool:
        return announces(text, unit.language, words, kind)

    found: set[str] = set()
    if unit.headings and told(unit.headings[-1]):
        found.add(f"place.heading_{kind}")
    elif any(map(told, unit.headings)):
        found.add(f"place.above_{kind}")
    if unit.leads and told(unit.leads[-1]):
        found.add(f"place.lead_{kind}")
    if unit.before.rstrip().endswith(":") and told(unit.before):
        found.add(f"place.before_{kind}")
    if _is_title(unit) and told(unit.text) and not (kind == "action" and _is_told(unit)):
        found.add(f"place.announces_{kind}")
    if announces(unit.document, unit.language, words, _DOCUMENT.get(kind, kind)):
        found.add(f"place.document_{kind}")
    return found


@words_cache(_REMEMBERED)
def announces(text: str, language: str, words: str, kind: str) -> bool:
    """Whether a heading or lead-in has one of the phrases `headings.<kind>` of `resources/<iso>/<words>.toml`.

    A phrase that begins inside one of `headings.not_<kind>` does not count.
    """
    if text.rstrip().endswith("?") and len(text.split()) > _ASKED:
        return False
    headings = section(language, words).get("headings", {})
    excepted = [found.span() for found in phrases(tuple(headings.get(f"not_{kind}", ()))).finditer(text)]
    return any(
        not any(begin <= found.start() < end for begin, end in excepted)
        for found in phrases(tuple(headings.get(kind, ()))).finditer(text)
    )


def _says_decision(unit: Unit) -> bool:
    """Whether a cell of a row is but the word that makes the row a decision (`Besluit`, `aanvaard`)."""
    pattern = phrases(tuple(section(unit.language, "decisions").get("cells", ())))
    return any(pattern.search(cell.strip(" *_")) for cell in unit.text.split(CELL_SEPARATOR))


@words_cache(_REMEMBERED)
def _lists_only(text: str, language: str, words: str, kind: str) -> bool:
    """Whether a heading or lead-in says that what stands below it are decisions (or actions), and nothing else.

    Of a lead-in of several sentences the last one tells.
    """
    last = _SENTENCE_END.split(text.rstrip())[-1]
    return len(last) <= _LIST_TITLE and announces(last, language, words, kind)


def _is_title(unit: Unit) -> bool:
    """Whether a unit is or looks like a heading: short, and no sentence."""
    return unit.shape is Shape.HEADING or (
        unit.shape is Shape.PROSE and len(unit.text) <= _TITLE and unit.text.rstrip()[-1:] not in ".!?;"
    )


def _is_told(unit: Unit) -> bool:
    """Whether what is printed as a heading is a sentence (`An belt de drukker tegen volgende vergadering.`)."""
    return _FULL_STOP.search(unit.text) is not None and len(unit.text.split()) > _BARE


def _is_roll(text: str) -> bool:
    """Whether a text is mostly names, as the lines are of a list on which those present are ticked."""
    words: list[str] = _FURTHER_WORD.findall(text)
    return sum(word[0].isupper() for word in words) > sum(word.islower() for word in words)


def _form(unit: Unit) -> set[str]:
    found = {f"form.{name}" for name, pattern in _FORMS.items() if pattern.search(unit.text)}
    if is_tally(unit.text, unit.language):
        found.add("form.votes")
    if (_CHECKBOX.search(unit.marker) or _CHECKBOX.match(unit.text)) and not _is_roll(unit.text):
        found.add("form.checkbox")
    if unit.shape is Shape.PROSE and not _STOP.search(unit.text):
        found.add("form.no_stop")
    if unit.shape is Shape.HEADING and _FULL_STOP.search(unit.text):
        found.add("form.sentence")
    if is_article(unit):
        found.add("form.article")
    if is_bare_outcome(unit):
        found.add("form.second" if is_second(unit) else "form.outcome")
    if len(unit.text.split()) <= _BARE:
        found.add("form.bare")
    if len(unit.text) < _SHORT and unit.shape is not Shape.HEADING:
        found.add("form.short")
    elif len(unit.text) > _LONG:
        found.add("form.long")
    return found
