"""Learning to tell decisions and action items: units with their labels from documents and from written passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from minutes_nlp.spans import CharSpan, cover
from minutes_nlp.training.corpus import Example

Act = Literal["decisions", "actions"]
ACTS: tuple[Act, ...] = ("decisions", "actions")
_HALF = 0.5
_CELL = 0.2  # share of a unit from which a passage inside it makes it count
_RUN = 8  # units that state one thing together, at most
_SHAPES = {"prose": Shape.PROSE, "label": Shape.PROSE, "bullet": Shape.ITEM, "row": Shape.ROW}


@dataclass(frozen=True, slots=True)
class ActExample:
    """A unit with its features per act, its labels and the body it comes from."""

    features: Mapping[Act, Mapping[str, float]]
    labels: Mapping[Act, bool]
    body: str
    split: str


def examples_of(pipeline: MinutesPipeline, documents: Iterable[Example]) -> Iterator[ActExample]:
    """The units of documents, labelled as `label_units` says.

    Args:
        pipeline: one that finds layout and attendance.
        documents: with gold.
    """
    for example in documents:
        doc = pipeline.annotate(example.document)
        normalised = text_of(doc)
        names = names_of(attendance_of(doc), doc.text)
        units = list(units_of(doc))
        spans = [normalised.to_source(unit.span).trim(example.document.text) for unit in units]
        labels = {act: label_units(spans, example.gold[act]) for act in ACTS}
        for number, unit in enumerate(units):
            answers: dict[Act, bool] = {act: labels[act][number] for act in ACTS}
            yield ActExample(_features(unit, names), answers, example.body, example.split)


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


def label_units(spans: Sequence[CharSpan], gold: Iterable[Mapping[str, Any]]) -> list[bool]:
    """Which units state one of the gold passages.

    A passage belongs to the run of units that it overlaps best; of that run those count of which it covers at least
    half. A passage much shorter than its unit (a cell of a row) makes the unit count from a fifth of it.

    Args:
        spans: of the units, in the order of the text, none overlapping.
        gold: passages with `start` and `end`.
    """
    labels = [False] * len(spans)
    for entry in gold:
        passage = CharSpan(entry["start"], entry["end"])
        touched = [n for n, span in enumerate(spans) if span.start < passage.end and passage.start < span.end]
        if len(touched) == 1:
            labels[touched[0]] |= _shared(spans[touched[0]], passage) >= _CELL * spans[touched[0]].length
            continue
        runs = [touched[i:j] for i in range(len(touched)) for j in range(i + 1, min(len(touched), i + _RUN) + 1)]
        best = max(runs, key=lambda run: _fit(cover(spans[n] for n in run), passage), default=[])
        for n in best:
            labels[n] |= _shared(spans[n], passage) >= _HALF * spans[n].length
    return labels


def _shared(one: CharSpan, other: CharSpan) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _fit(span: tuple[int, int], passage: CharSpan) -> float:
    """Intersection over union, 0 to 1."""
    start, end = span
    shared = max(0, min(end, passage.end) - max(start, passage.start))
    return shared / (max(end, passage.end) - min(start, passage.start))
