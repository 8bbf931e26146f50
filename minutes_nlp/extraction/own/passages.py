"""Decisions and actions from what a model found; owners, deadline and status as for those found by rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from spacy.tokens import Doc

from minutes_nlp.extraction.assignment import announcements, owners_of
from minutes_nlp.extraction.base import ActionFinding, DecisionFinding, attendance_of, mark, text_of
from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.judges import CueJudge, Judge, Judgement
from minutes_nlp.extraction.names import Names, names_of
from minutes_nlp.extraction.own.sources import ModelSpan, SpanSource, TextClassifier, sure_enough
from minutes_nlp.extraction.progress import status_of
from minutes_nlp.extraction.repeats import Passage, Repeats, translations
from minutes_nlp.extraction.units import Unit, units_of
from minutes_nlp.spans import CharSpan, cover


@dataclass(slots=True)
class ModelJudge:
    """Judges units by the probability that a classifier gives to `target`; what else is seen of them is told by cues.

    Attributes:
        words: name of the word lists of the cues.
        target: label in the sense of `labels.targets`.
        model: the classifier.
        threshold: the probability from which a unit is taken.
    """

    words: str
    target: str
    model: TextClassifier
    threshold: float
    _known: dict[str, float] = field(default_factory=dict)

    def prepare(self, texts: Sequence[str]) -> None:
        """Ask about many texts at once, which is faster; what was asked before is forgotten."""
        self._known.clear()
        self._ask(list(dict.fromkeys(texts)))

    def judge(self, unit: Unit, names: Names) -> Judgement:
        """See `Judge.judge`."""
        if unit.text not in self._known:
            self._ask([unit.text])
        probability = self._known[unit.text]
        return Judgement(CueJudge(self.words).judge(unit, names).signals, probability, probability >= self.threshold)

    def _ask(self, texts: Sequence[str]) -> None:
        scores: Sequence[Mapping[str, float]] = self.model.classify(texts) if texts else ()
        self._known.update((text, score.get(self.target, 0.0)) for text, score in zip(texts, scores, strict=True))


class Judging(Protocol):
    """A recogniser that asks a judge about every unit."""

    judge: Judge

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""


class JudgedByModel:
    """A recogniser of the program with a classifier as its judge."""

    def __init__(self, recogniser: Judging, judge: ModelJudge) -> None:
        self.recogniser = recogniser
        self.judge = recogniser.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        self.judge.prepare([unit.text for unit in units_of(doc)])
        return self.recogniser(doc)


@dataclass(frozen=True, slots=True)
class FoundDecisions:
    """Takes the passages that a model finds for decisions."""

    model: SpanSource
    threshold: float

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text, repeats = text_of(doc).text, Repeats()
        findings = [
            DecisionFinding(found.span, units[-1].block, found.sureness, repeats.seen(found.span.text(text)))
            for found, units in _found(doc, self.model, self.threshold)
        ]
        told = [Passage(finding.span.text(text), finding.block) for finding in findings]
        for position in translations(told, text_of(doc).blocks):
            findings[position] = replace(findings[position], repeat=True)
        doc._.minutes_decisions = findings
        mark(doc, "minutes.decisions", [finding.span for finding in findings])
        return doc


@dataclass(frozen=True, slots=True)
class FoundActions:
    """Takes the passages that a model finds for actions."""

    model: SpanSource
    threshold: float

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text, repeats = text_of(doc).text, Repeats()
        names = names_of(attendance_of(doc), text)
        findings = [
            replace(_action(found, units, text, names), repeat=repeats.seen(found.span.text(text)))
            for found, units in _found(doc, self.model, self.threshold)
        ]
        told = [Passage(f.span.text(text), f.block, frozenset(o.name for o in f.owners)) for f in findings]
        for position in translations(told, text_of(doc).blocks):
            findings[position] = replace(findings[position], repeat=True)
        doc._.minutes_actions = findings
        mark(doc, "minutes.actions", [finding.span for finding in findings])
        return doc


def _found(doc: Doc, model: SpanSource, threshold: float) -> list[tuple[ModelSpan, list[Unit]]]:
    """What a model finds in the report, with the units that each passage lies in."""
    units = units_of(doc)
    blocks = sorted({unit.block for unit in units})
    normalised = text_of(doc)
    found = model.find(normalised.text, [normalised.blocks[block].span for block in blocks])
    placed = [(entry, [u for u in units if u.span.overlaps(entry.span)]) for entry in sure_enough(found, threshold)]
    return [(entry, within) for entry, within in placed if within]


def _action(found: ModelSpan, units: Sequence[Unit], text: str, names: Names) -> ActionFinding:
    first = units[0]
    around = cover([found.span, *(unit.span for unit in units)]) if len(units) == 1 else found.span
    owners = found.owners
    if not owners:
        judge = CueJudge("actions")
        owners = owners_of(units, [judge.judge(unit, names).signals for unit in units], names)
    due_scope = found.due or _due_scope(first, around)
    announced = due_scope is not None and due_scope == around
    return ActionFinding(
        span=found.span,
        block=first.block,
        owners=owners,
        due_scope=due_scope,
        due_leads=tuple(announcements(first, text)) if announced else (),
        status="done" if found.done else status_of(first, around.text(text)),
        confidence=found.sureness,
    )


def _due_scope(unit: Unit, around: CharSpan) -> CharSpan | None:
    """Where a deadline may stand: the cell for it, if there is one (an empty one gives none), else the passage."""
    dated = any(column is Column.WHEN for column, _ in unit.cells)
    return unit.cell(Column.WHEN) if dated else around
