"""How well the cues tell the labelled passages apart (their weights were fitted on them too): F1 per kind."""

import json
from pathlib import Path

import pytest

from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan

SHAPES = {"prose": Shape.PROSE, "bullet": Shape.ITEM, "row": Shape.ROW, "label": Shape.PROSE}
THRESHOLD = 0.27


def unit_of(passage: dict[str, str]) -> Unit:
    shape, before = SHAPES[passage["layout"]], passage["before"]
    leads = (before,) if before.rstrip().endswith(":") and shape is Shape.ITEM else ()
    text, headings = passage["text"], (passage["heading"],) if passage["heading"] else ()
    span = CharSpan(0, len(text))
    return Unit(span, text, 0, shape, passage["lang"], headings=headings, leads=leads, before=before)


@pytest.mark.shared
@pytest.mark.parametrize(("words", "label", "floor"), [("decisions", "decision", 0.62), ("actions", "action", 0.62)])
def test_labelled_passages_are_told_apart(shared: Path, words: str, label: str, floor: float) -> None:
    counts = {"hit": 0, "extra": 0, "missed": 0}
    for file in sorted((shared / "resources" / "acts").glob("written-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            unit, table = unit_of(passage), cue_table(passage["lang"], words)
            features = signals(unit, table, names_of([], passage["text"])).features
            taken = table.probability(features) >= THRESHOLD
            if taken or passage[label]:
                counts["hit" if taken and passage[label] else "extra" if taken else "missed"] += 1
    f1 = 2 * counts["hit"] / (2 * counts["hit"] + counts["extra"] + counts["missed"])
    assert f1 >= floor, counts
