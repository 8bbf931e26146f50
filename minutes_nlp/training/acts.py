"""Learning to tell decisions and action items: units with their labels from documents and from written passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from minutes_nlp.extraction.act_features import act_features
from minutes_nlp.extraction.base import attendance_of, text_of
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import Names, names_of
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import Shape, Unit, units_of
from minutes_nlp.pipeline import MinutesPipeline
from minutes_nlp.spans import CharSpan
from minutes_nlp.training.corpus import Example

Act = Literal["decisions", "actions"]
ACTS: tuple[Act, ...] = ("decisions", "actions")
_HALF = 0.5
_SHAPES = {"prose": Shape.PROSE, "label": Shape.PROSE, "bullet": Shape.ITEM, "row": Shape.ROW}


@dataclass(frozen=True, slots=True)
class ActExample:
    """A unit with its features per act, its labels and the body it comes from."""

    features: Mapping[Act, Mapping[str, float]]
    labels: Mapping[Act, bool]
    body: str
    split: str


def examples_of(pipeline: MinutesPipeline, documents: Iterable[Example]) -> Iterator[ActExample]:
    """The units of documents; a unit is positive if at least half of it lies in a gold passage, or half of a passage.

    Args:
        pipeline: one that finds layout and attendance.
        documents: with gold.
    """
    for example in documents:
        doc = pipeline.annotate(example.document)
        normalised = text_of(doc)
        names = names_of(attendance_of(doc), doc.text)
        for unit in units_of(doc):
            source = normalised.to_source(unit.span).trim(example.document.text)
            labels: dict[Act, bool] = {act: _covered(source, example.gold[act]) for act in ACTS}
            yield ActExample(_features(unit, names), labels, example.body, example.split)


def passages(folder: Path) -> Iterator[ActExample]:
    """The labelled passages of `written-*.jsonl` files; every passage is a body of its own."""
    for path in sorted(folder.glob("written-*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                entry = json.loads(line)
                labels: dict[Act, bool] = {"decisions": bool(entry["decision"]), "actions": bool(entry["action"])}
                unit = _unit(entry)
                names = names_of([], unit.text)
                yield ActExample(_features(unit, names), labels, f"{path.stem}:{number}", "passage")


def _unit(entry: Mapping[str, Any]) -> Unit:
    text, before = entry["text"], entry["before"]
    lead = (before,) if before.rstrip().endswith(":") else ()
    heading = (entry["heading"],) if entry["heading"] else ()
    span = CharSpan(0, len(text))
    shape = _SHAPES[entry["layout"]]
    return Unit(span, text, 0, shape, language=entry["lang"], headings=heading, leads=lead, before=before)


def _features(unit: Unit, names: Names) -> dict[Act, dict[str, float]]:
    return {act: act_features(unit, signals(unit, cue_table(unit.language, act), names).features) for act in ACTS}


def _covered(span: CharSpan, gold: Iterable[Mapping[str, Any]]) -> bool:
    for entry in gold:
        passage = CharSpan(entry["start"], entry["end"])
        shared = min(span.end, passage.end) - max(span.start, passage.start)
        covered = max(span.end, passage.end) - min(span.start, passage.start)
        if shared > 0 and (shared >= _HALF * span.length or shared >= _HALF * covered):
            return True
    return False
