"""`minutes.decisions.v1` and `v2`: decisions by weighted cues, and by these with a trained model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import DecisionFinding, attendance_of, mark, recogniser, text_of
from minutes_nlp.extraction.judges import BlendedJudge, CueJudge, Judge
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.repeats import Passage, Repeats, alike, same_numbers, translations
from minutes_nlp.extraction.signals import announces
from minutes_nlp.extraction.tallies import is_ballot, is_tally
from minutes_nlp.extraction.units import Shape, Unit, units_of
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import CharSpan, cover

_WORDS = "decisions"
_COUNTED = 0.9  # confidence of a counted vote
_TITLED = 0.5  # confidence of a title that tells what became of the point
_TITLE = 60  # shorter sentences before a bare outcome are parts of a title


@dataclass(frozen=True, slots=True)
class _Judged:
    unit: Unit
    probability: float
    taken: bool
    told: bool  # by its own words, not by its place alone
    marked: bool = False  # a row with a cell that says that it is a decision


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
            seen = found.signals.features
            marked = "place.decision_cell" in seen
            judged.append(_Judged(unit, found.probability, found.taken, _says_something(seen), marked))
        repeats, places = Repeats(), set[tuple[str, ...]]()
        findings: list[DecisionFinding] = []
        for passage in _passages(judged):
            stated = judged[passage.first : passage.last + 1]
            units = [entry.unit for entry in stated]
            span = longest_cell(units[0]) if stated[0].marked and len(units) == 1 else cover(u.span for u in units)
            place = (*units[0].headings, units[0].title, span.text(text).casefold())
            repeated = repeats.seen(span.text(text))
            if repeated and place in places:
                continue  # printed twice below one heading
            places.add(place)
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
    options={"threshold": 0.28, "share": 0.2, "path": ""},
)
class BlendedDecisionRecogniser(DecisionRecogniser):
    """The same, judged by the cues together with a linear model that was trained on minutes (`models/linear/`).

    Options: `threshold`, the probability from which a unit is taken; `share` of the model, 0 to 1; `path`, a model
    of the user's own that `minutes train` wrote, in place of the shipped one.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float, share: float, path: str) -> None:
        super().__init__(nlp, name)
        self.judge = BlendedJudge(_WORDS, threshold, share, path)


def _says_something(features: Iterable[str]) -> bool:
    return any(name.startswith("cue.") for name in features)


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
    kept = [passage for passage in found if not _only_announces(judged, passage, found)]
    return sorted([*kept, *_titles(judged, kept)], key=lambda passage: passage.first)


def _titles(judged: Sequence[_Judged], found: Sequence[_Passage]) -> Iterator[_Passage]:
    """The titles that end with what became of the point (`Rekening 2025 - goedkeuring`), if nothing below says so."""
    last = 0
    for position, entry in enumerate(judged):
        unit = entry.unit
        if unit.shape is not Shape.HEADING or not unit.last:
            continue
        if not announces(unit.text, unit.language, _WORDS, "outcome"):
            continue
        first = _opens(judged, position)
        path = (*unit.headings, unit.title)
        below = any(judged[other.last].unit.headings[: len(path)] == path for other in found)
        if not below and first >= last and not any(one.first <= position <= one.last for one in found):
            yield _Passage(first, position, _TITLED)
            last = position + 1


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
    if not entry.taken or (entry.unit.shape is Shape.HEADING and not entry.told and _has_text(judged, position)):
        return None
    return _Passage(_begins(judged, position), position, entry.probability)


def _has_text(judged: Sequence[_Judged], position: int) -> bool:
    """Whether text of its own stands below a heading, so that it is not one title in a list of titles."""
    heading = judged[position].unit
    after = (entry.unit for entry in judged[position + 1 :] if entry.unit.block != heading.block)
    following = next(after, None)
    return following is not None and following.shape is not Shape.HEADING


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
    if before.shape is Shape.HEADING and unit.headings[-1:] == (before.title,):
        return _opens(judged, position - 1)
    listed = before.shape is unit.shape and before.headings == unit.headings and len(unit.text) <= _TITLE
    if not listed:
        return position
    first = position - 1  # a title of several sentences that is printed as text
    while first and judged[first - 1].unit.block == before.block and len(judged[first].unit.text) <= _TITLE:
        first -= 1
    return first


def _opens(judged: Sequence[_Judged], position: int) -> int:
    """The first sentence of the heading that a unit belongs to."""
    block = judged[position].unit.block
    while position and judged[position - 1].unit.block == block and judged[position - 1].unit.shape is Shape.HEADING:
        position -= 1
    return position


def _only_announces(judged: Sequence[_Judged], passage: _Passage, found: Sequence[_Passage]) -> bool:
    """Whether a heading is followed by the decision itself, within its own section."""
    unit = judged[passage.first].unit
    if unit.shape is not Shape.HEADING or passage.first != passage.last:
        return False
    path = (*unit.headings, unit.title)
    return any(judged[other.last].unit.headings[: len(path)] == path for other in found)


def longest_cell(row: Unit) -> CharSpan:
    """The cell of a row that says most, in the normalised text."""
    start, cells = 0, []
    for cell in row.text.split(CELL_SEPARATOR):
        cells.append(CharSpan(start, start + len(cell)).trim(row.text))
        start += len(cell) + len(CELL_SEPARATOR)
    return max(cells, key=lambda span: span.length).shift(row.span.start)


def is_bare_outcome(unit: Unit) -> bool:
    """Whether a sentence only tells how a proposal fared (`Adopté à l'unanimité.`), not what was proposed."""
    words = tuple(section(unit.language, _WORDS).get("outcomes", ()))
    return bool(phrases(words).search(unit.text))
