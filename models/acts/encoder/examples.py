"""What fine-tuning sees: word pieces of units, numbers for their place, the right answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import SEP, configuration
from documents import ActDocument
from scoring import log_odds
from tokenizers import Tokenizer

from minutes_nlp.extraction.outcomes import is_bare_outcome
from minutes_nlp.extraction.units import Shape
from minutes_nlp.training.acts import ACTS

PLACES = 16
_SHAPES = list(Shape)
_LAYOUTS = {"prose": Shape.PROSE, "label": Shape.PROSE, "bullet": Shape.ITEM, "row": Shape.ROW}


@dataclass(frozen=True, slots=True)
class UnitRows:
    """A document for the network: a row per unit.

    Attributes:
        name, body, split: as of `ActDocument`; `passage` as split of a written passage.
        pieces: the word pieces of each unit, without padding.
        places: numbers about form and place; the last two are the log-odds of the cues, divided by five.
        answers: 1 or 0 for each of `network.HEADS`.
        weights: how much each unit counts.
    """

    name: str
    body: str
    split: str
    pieces: Sequence[Sequence[int]]
    places: np.ndarray
    answers: np.ndarray
    weights: np.ndarray


def pieces_of(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The word pieces of texts, long ones cut."""
    limit = configuration()["finetuning"]["pieces"]
    found = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    return [ids if len(ids) <= limit else [*ids[: limit - 1], SEP] for ids in found]


def rows_of(document: ActDocument, tokenizer: Tokenizer) -> UnitRows:
    """The rows of a document with gold."""
    units, count = document.units, len(document.units)
    places, answers = np.zeros((count, PLACES), np.float32), np.zeros((count, 4), np.float32)
    for number, unit in enumerate(units):
        before = units[number - 1] if number else None
        text = unit.text.rstrip()
        places[number, _SHAPES.index(unit.shape)] = 1
        places[number, 4:14] = [
            bool(unit.leads), unit.first, unit.last, min(4, len(unit.headings)) / 4, text.endswith("?"),
            text.endswith(":"), is_bare_outcome(unit), bool(unit.marker),
            before is not None and before.block == unit.block,
            before is not None and before.headings == unit.headings,
        ]  # fmt: skip
    for number, act in enumerate(ACTS):
        places[:, PLACES - 2 + number] = log_odds(document.cues[act]) / 5
        answers[:, number] = document.labels[act]
        answers[:, 2 + number] = _goes_on(document, act)
    pieces = pieces_of(tokenizer, [unit.text for unit in units])
    return UnitRows(document.name, document.body, document.split, pieces, places, answers, np.ones(count, np.float32))


def _goes_on(document: ActDocument, act: str) -> list[bool]:
    """Whether each unit states the same passage as the unit before it."""
    labels, spans = document.labels[act], document.spans
    passages = [(entry["start"], entry["end"]) for entry in document.gold[act]]
    both = [n > 0 and labels[n] and labels[n - 1] for n in range(len(labels))]
    return [
        both[n] and any(start < spans[n - 1].end and spans[n].start < end for start, end in passages)
        for n in range(len(labels))
    ]


def written_passages(folder: Path, tokenizer: Tokenizer) -> Iterator[UnitRows]:
    """The labelled passages of `written-*.jsonl`, each a tiny document with its heading and the passage before it."""
    weight = configuration()["finetuning"]["passages"]
    for path in sorted(folder.glob("written-*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            yield _passage(json.loads(line), f"{path.stem}:{number}", tokenizer, weight)


def _passage(entry: dict[str, Any], name: str, tokenizer: Tokenizer, weight: float) -> UnitRows:
    texts = [entry[key] for key in ("heading", "before", "text") if entry.get(key)]
    count = len(texts)
    places, answers = np.zeros((count, PLACES), np.float32), np.zeros((count, 4), np.float32)
    weights = np.zeros(count, np.float32)
    places[:, _SHAPES.index(Shape.PROSE)] = places[:, 5] = places[:, 6] = 1
    if entry.get("heading"):
        places[0, :4] = np.eye(4)[_SHAPES.index(Shape.HEADING)]
        places[:, 7] = 0.25
    places[-1, :4] = np.eye(4)[_SHAPES.index(_LAYOUTS[entry["layout"]])]
    if entry.get("before", "").rstrip().endswith(":"):
        places[-1, 4] = places[-2, 9] = 1
    places[-1, 8] = entry["text"].rstrip().endswith("?")
    answers[-1, :2] = entry["decision"], entry["action"]
    weights[-1] = weight
    return UnitRows(name, name, "passage", pieces_of(tokenizer, texts), places, answers, weights)
