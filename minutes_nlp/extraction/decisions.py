"""`minutes.decisions.v1`: decisions by weighted cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import DecisionFinding, attendance_of, mark, recogniser, text_of
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.repeats import Repeats
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import Unit, units_of
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import CharSpan

_WORDS = "decisions"


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
    """

    def __init__(self, nlp: Language, name: str, threshold: float | None = None) -> None:  # noqa: ARG002
        self.name = name
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        names = names_of(attendance_of(doc), text_of(doc).text)
        judged: list[_Judged] = []
        for unit in units_of(doc):
            table = cue_table(unit.language, _WORDS)
            probability = table.probability(signals(unit, table, names).features)
            judged.append(_Judged(unit, probability, probability >= (self.threshold or table.threshold)))
        repeats = Repeats()
        findings = [
            DecisionFinding(span, unit.block, round(probability, 3), repeats.seen(span.text(doc.text)))
            for unit, span, probability in _passages(judged)
        ]
        doc._.minutes_decisions = findings
        mark(doc, "minutes.decisions", [finding.span for finding in findings])
        return doc


def _passages(judged: Sequence[_Judged]) -> list[tuple[Unit, CharSpan, float]]:
    """The units taken; an outcome that says nothing by itself takes in the sentence that it is about."""
    found: list[tuple[Unit, CharSpan, float]] = []
    for number, entry in enumerate(judged):
        if not entry.taken:
            continue
        span = entry.unit.span
        before = judged[number - 1] if number else None
        if before and before.unit.block == entry.unit.block and is_bare_outcome(entry.unit):
            span = CharSpan(before.unit.span.start, span.end)
            if before.taken and found and found[-1][0] is before.unit:
                span = CharSpan(found.pop()[1].start, span.end)
        found.append((entry.unit, span, entry.probability))
    return found


def is_bare_outcome(unit: Unit) -> bool:
    """Whether a sentence only tells how a proposal fared (`Adopté à l'unanimité.`), not what was proposed."""
    words = tuple(section(unit.language, _WORDS).get("outcomes", ()))
    return bool(phrases(words).search(unit.text))
