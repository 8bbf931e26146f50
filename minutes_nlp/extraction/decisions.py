"""`minutes.decisions.v1` and `v2`: decisions by weighted cues, and by these with a trained model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import DecisionFinding, attendance_of, mark, recogniser, text_of
from minutes_nlp.extraction.judges import BlendedJudge, CueJudge, Judge
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.repeats import Passage, Repeats, alike, same_numbers, translations
from minutes_nlp.extraction.tallies import is_ballot, is_tally
from minutes_nlp.extraction.units import Shape, Unit, units_of
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import cover

_WORDS = "decisions"
_COUNTED = 0.9  # confidence of a counted vote
_TITLE = 60  # shorter sentences before a bare outcome are parts of a title


@dataclass(frozen=True, slots=True)
class _Judged:
    unit: Unit
    probability: float
    taken: bool


@recogniser(
    "minutes.decisions.v1",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_decisions"],
    options={"threshold": None},
)
class DecisionRecogniser:
    """Finds the passages by which the meeting settles something.

    Reads: the normalised text, the layout, the attendance. Writes: `doc._.minutes_decisions`,
    `doc.spans["minutes.decisions"]`.

    Options: `threshold`, the probability from which a unit is taken, instead of the one of the word lists.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float | None = None) -> None:  # noqa: ARG002
        self.name = name
        self.judge: Judge = CueJudge(_WORDS, threshold)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text = text_of(doc).text  # spaCy joins `doc.text` anew each time
        names = names_of(attendance_of(doc), text)
        judged: list[_Judged] = []
        for unit in units_of(doc):
            found = self.judge.judge(unit, names)
            judged.append(_Judged(unit, found.probability, found.taken))
        repeats = Repeats()
        findings: list[DecisionFinding] = []
        for passage in _passages(judged):
            units = [entry.unit for entry in judged[passage.first : passage.last + 1]]
            span = cover(unit.span for unit in units)
            repeated = repeats.seen(span.text(text))
            findings.append(DecisionFinding(span, units[-1].block, round(passage.probability, 3), repeated))
        told = [Passage(finding.span.text(text), finding.block) for finding in findings]
        for position in translations(told, text_of(doc).blocks):
            findings[position] = replace(findings[position], repeat=True)
        doc._.minutes_decisions = findings
        mark(doc, "minutes.decisions", [finding.span for finding in findings])
        return doc


@recogniser(
    "minutes.decisions.v2",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_decisions"],
    options={"threshold": 0.22, "share": 0.5},
)
class BlendedDecisionRecogniser(DecisionRecogniser):
    """The same, judged by the cues together with a linear model that was trained on minutes (`models/linear/`).

    Options: `threshold`, the probability from which a unit is taken; `share` of the model, 0 to 1.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float, share: float) -> None:
        super().__init__(nlp, name)
        self.judge = BlendedJudge(_WORDS, threshold, share)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Units that state one decision, by their positions."""

    first: int
    last: int
    probability: float


def _passages(judged: Sequence[_Judged]) -> list[_Passage]:
    """The units taken, those that state one decision together."""
    found: list[_Passage] = []
    position = 0
    while position < len(judged):
        passage = _tally(judged, position) or _single(judged, position)
        position += 1
        if passage is None:
            continue
        passage = _with_translation(judged, passage)
        while found and found[-1].last >= passage.first:
            earlier = found.pop()
            best = max(earlier.probability, passage.probability)
            passage = _Passage(min(earlier.first, passage.first), passage.last, best)
        found.append(passage)
        position = passage.last + 1
    return [passage for passage in found if not _only_announces(judged, passage, found)]


def _with_translation(judged: Sequence[_Judged], passage: _Passage) -> _Passage:
    """The passage with the same statement in another language right beside it, if there is one."""
    unit = judged[passage.first].unit
    for position in (passage.first - 1, passage.last + 1):
        if passage.first != passage.last or not 0 <= position < len(judged):
            continue
        other = judged[position].unit
        whole = unit.first and unit.last and other.first and other.last
        similar = whole and alike(unit.text, other.text) and same_numbers(unit.text, other.text)
        if other.language != unit.language and similar and other.shape is unit.shape is not Shape.HEADING:
            first, last = sorted((passage.first, position))
            return _Passage(first, last, passage.probability)
    return passage


def _tally(judged: Sequence[_Judged], first: int) -> _Passage | None:
    """Counted votes over several lines or rows, with the line before them, which tells what the vote was about."""
    last = first
    while last < len(judged) and is_tally(judged[last].unit.text, judged[last].unit.language):
        last += 1
    texts = " ".join(entry.unit.text for entry in judged[first:last])
    if last == first or not is_ballot(texts, judged[first].unit.language):
        return None
    if first:
        before, unit = judged[first - 1].unit, judged[first].unit
        first -= before.headings == unit.headings or unit.headings[-1:] == (before.title,)
    return _Passage(first, last - 1, _COUNTED)


def _single(judged: Sequence[_Judged], position: int) -> _Passage | None:
    """A unit that was taken; an outcome that says nothing by itself takes in the sentence, or the titles, before it."""
    entry = judged[position]
    if not entry.taken:
        return None
    return _Passage(_begins(judged, position), position, entry.probability)


def _begins(judged: Sequence[_Judged], position: int) -> int:
    """Where the decision begins of which a unit tells the outcome; the unit itself if it says all.

    What was decided stands before it in its paragraph, in the heading right above it, or in the lines of a motion.
    """
    unit = judged[position].unit
    if not position or not is_bare_outcome(unit):
        return position
    before = judged[position - 1].unit
    if before.block == unit.block:
        first = position - 1
        while first and judged[first - 1].unit.block == unit.block and len(judged[first - 1].unit.text) <= _TITLE:
            first -= 1
        return first
    titled = before.shape is Shape.HEADING and unit.headings[-1:] == (before.title,)
    listed = before.shape is unit.shape and before.headings == unit.headings and len(unit.text) <= _TITLE
    return position - 1 if titled or listed else position


def _only_announces(judged: Sequence[_Judged], passage: _Passage, found: Sequence[_Passage]) -> bool:
    """Whether a heading is followed by the decision itself, within its own section."""
    unit = judged[passage.first].unit
    if unit.shape is not Shape.HEADING or passage.first != passage.last:
        return False
    path = (*unit.headings, unit.title)
    return any(judged[other.last].unit.headings[: len(path)] == path for other in found)


def is_bare_outcome(unit: Unit) -> bool:
    """Whether a sentence only tells how a proposal fared (`Adopté à l'unanimité.`), not what was proposed."""
    words = tuple(section(unit.language, _WORDS).get("outcomes", ()))
    return bool(phrases(words).search(unit.text))
