"""`minutes.actions.v1` and `v2`: action items with their owners and status, by cues, and by cues and a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.assignment import announcements, owners_of
from minutes_nlp.extraction.base import ActionFinding, attendance_of, mark, recogniser, text_of
from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.judges import BlendedJudge, CueJudge, Judge
from minutes_nlp.extraction.linear import LinearModel, shipped
from minutes_nlp.extraction.names import Names, names_of
from minutes_nlp.extraction.owners import Holder
from minutes_nlp.extraction.progress import status_of
from minutes_nlp.extraction.repeats import Passage, Repeats, translations
from minutes_nlp.extraction.signals import Signals
from minutes_nlp.extraction.units import Shape, Unit, units_of
from minutes_nlp.spans import CharSpan, cover

_WORDS = "actions"
_ONE_ITEM = 300  # a longer list item is read sentence by sentence
_REMARK = 45  # a shorter end of a list item belongs to the task before it
_LISTED = frozenset({"place.heading_action", "place.lead_action", "cue.label"})
_WORD = re.compile(r"[^\W\d_]{2}")
_FORWARD = re.compile(r"\s*(?:→|⇒|[-=]+>)")
_ASIDE = re.compile(r"\W{0,3}\([^()]*\)\W*\Z|\s*(?:→|⇒|←|<-|[-=]+>|\+\s)")  # a bracket, or a sign that goes on


@dataclass(frozen=True, slots=True)
class _Judged:
    unit: Unit
    signals: Signals
    probability: float
    taken: bool


@recogniser(
    "minutes.actions.v1",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_actions"],
    options={"threshold": None},
)
class ActionRecogniser:
    """Finds commitments and assignments, who has them, and whether they are done.

    Reads: the normalised text, the layout, the attendance. Writes: `doc._.minutes_actions`,
    `doc.spans["minutes.actions"]`.

    Options: `threshold`, the probability from which a unit is taken, instead of the one of the word lists.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float | None = None) -> None:  # noqa: ARG002
        self.name = name
        self.judge: Judge = CueJudge(_WORDS, threshold)
        self.ranker: LinearModel | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text = text_of(doc).text  # spaCy joins `doc.text` anew each time
        names = names_of(attendance_of(doc), text)
        judged = [self._judge(unit, names) for unit in units_of(doc)]
        repeats = Repeats()
        findings = [_finding(passage, text, names, repeats, self.ranker) for passage in _passages(judged)]
        told = [Passage(f.span.text(text), f.block, frozenset(o.name for o in f.owners)) for f in findings]
        for position in translations(told, text_of(doc).blocks):
            findings[position] = replace(findings[position], repeat=True)
        doc._.minutes_actions = findings
        mark(doc, "minutes.actions", [finding.span for finding in findings])
        return doc

    def _judge(self, unit: Unit, names: Names) -> _Judged:
        found = self.judge.judge(unit, names)
        return _Judged(unit, found.signals, found.probability, found.taken and not _names_list(unit, found.signals))


@recogniser(
    "minutes.actions.v2",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_actions"],
    options={"threshold": 0.28, "share": 0.3, "path": ""},
)
class BlendedActionRecogniser(ActionRecogniser):
    """The same, judged by the cues together with a linear model that was trained on minutes (`models/linear/`).

    Options: `threshold`, the probability from which a unit is taken; `share` of the model, 0 to 1; `path`, a model
    of the user's own that `minutes train` wrote, in place of the shipped one.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float, share: float, path: str) -> None:
        super().__init__(nlp, name)
        self.judge = BlendedJudge(_WORDS, threshold, share, path)
        self.ranker = shipped("owners")


def _names_list(unit: Unit, signals: Signals) -> bool:
    """Whether a heading only says that actions follow (`Actiepunten`), and states none itself (`TODO An: bellen`)."""
    if unit.shape is not Shape.HEADING or "place.announces_action" not in signals.features:
        return False
    labelled = (held.mentions[-1].span.end for held in signals.held if held.part is Holder.LABEL)
    return not any(_WORD.search(unit.text, end) for end in labelled)


def _passages(judged: Sequence[_Judged]) -> list[list[_Judged]]:
    """The units taken, those of one action together: an item of an action list, a sentence with its `Actie: Jan`."""
    found: list[list[_Judged]] = []
    for number, entry in enumerate(judged):
        same = bool(found) and found[-1][-1].unit.block == entry.unit.block
        if same and found[-1][-1] is judged[number - 1] and _belongs(found[-1], entry):
            found[-1].append(entry)
        elif entry.taken:
            before = judged[number - 1] if number else None
            opened = before and before.unit.block == entry.unit.block and _needs_before(before, entry)
            found.append([before, entry] if before and opened else [entry])
    return found


def _needs_before(before: _Judged, entry: _Judged) -> bool:
    """Whether the task stands in the sentence before: only its owner is named, or it answers or goes on with that."""
    if _names_only_owner(entry) or _FORWARD.match(entry.unit.text):
        return True
    return before.unit.text.rstrip().endswith("?") and "form.bare" in entry.signals.features


def _belongs(passage: Sequence[_Judged], entry: _Judged) -> bool:
    """Whether a unit goes on with the action that the units before it in the same block began.

    A bracket does, and what follows in a list item if it is a task as well, if it is short, or if the item is one of a
    list of actions. Each point of a list in the cell of a table stands for itself.
    """
    if _names_only_owner(entry) or _ASIDE.match(entry.unit.text):
        return True
    first = passage[0]
    length = entry.unit.span.end - first.unit.span.start
    if first.unit.shape is not Shape.ITEM or length > _ONE_ITEM or "cue.label" in entry.signals.features:
        return False
    if first.unit.header:
        return False
    listed = first.unit.first and first.signals.features & _LISTED
    remark = first.unit.first and entry.unit.last and len(entry.unit.text) <= _REMARK
    return bool(listed) or remark or (entry.taken and not entry.signals.held)


def _names_only_owner(entry: _Judged) -> bool:
    """Whether a sentence is but a label with a name (`Actie: Jan.`), so that the task stands before it."""
    labelled = [held for held in entry.signals.held if held.part is Holder.LABEL]
    if not labelled or "cue.label" not in entry.signals.features:
        return False
    last = max(held.mentions[-1].span.end for held in labelled)
    return not re.search(r"\w", entry.unit.text[last:])


def _finding(
    passage: Sequence[_Judged], text: str, names: Names, repeats: Repeats, ranker: LinearModel | None
) -> ActionFinding:
    span = cover(entry.unit.span for entry in passage)
    first = passage[0].unit
    best = max(entry.probability for entry in passage)
    status = status_of(first, span.text(text))
    dated = any(column is Column.WHEN for column, _ in first.cells)
    due_scope = first.cell(Column.WHEN) if dated else CharSpan(*span)  # an empty cell of that column is no deadline
    owners = owners_of([entry.unit for entry in passage], [entry.signals for entry in passage], names, ranker)
    return ActionFinding(
        span=CharSpan(*span),
        block=first.block,
        owners=owners,
        due_scope=due_scope,
        due_leads=() if dated else tuple(announcements(first, text)),
        status=status,
        confidence=round(best, 3),
        repeat=repeats.seen(span.text(text)),
    )
