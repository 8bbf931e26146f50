"""What must hold on the shared documents; read here, never copied."""

from pathlib import Path

import pytest

from minutes_nlp.evaluation import Scores, evaluate_folder, load_gold
from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.reading import read_document
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.records import MeetingRecord

pytestmark = pytest.mark.shared

NETWORK = "mixed-amif"


@pytest.fixture(scope="module")
def dev(shared: Path) -> Path:
    return shared / "corpus" / "dev"


class Once:
    """The pipeline; a document that it has processed before is not processed again."""

    def __init__(self) -> None:
        self.records: dict[str, MeetingRecord] = {}
        self._pipeline = build_pipeline()

    def process(self, document: SourceDocument) -> MeetingRecord:
        if document.name not in self.records:
            self.records[document.name] = self._pipeline.process(document)
        return self.records[document.name]


@pytest.fixture(scope="module")
def once() -> Once:
    return Once()


@pytest.fixture(scope="module")
def scores(dev: Path, once: Once) -> Scores:
    return evaluate_folder(dev, once)


@pytest.mark.parametrize(
    ("layer", "floor"),
    [
        ("meeting.date", 0.90),
        ("attendance", 0.85),
        ("attendance.who+status", 0.83),
        ("agenda", 0.75),
        ("decisions", 0.40),
        ("actions", 0.40),
        ("themes", 0.35),
        ("meeting.languages", 0.93),
    ],
)
def test_scores_on_dev_stay_above_their_floors(scores: Scores, layer: str, floor: float) -> None:
    assert len(scores.documents) == 38
    assert scores.f1(layer) >= floor


@pytest.fixture(scope="module")
def network(dev: Path, once: Once) -> Scores:
    return evaluate_folder(dev, once, prefix=NETWORK)


@pytest.mark.parametrize(
    "layer",
    [
        "attendance",
        "attendance.who+status",
        "attendance.organisation",
        "schedule",
        "meeting.title",
        "meeting.languages",
    ],
)
def test_the_reports_of_the_network_are_read_without_a_fault(network: Scores, layer: str) -> None:
    assert len(network.documents) == 2
    assert network.f1(layer) == 1.0


def test_all_main_items_of_the_network_are_found(network: Scores) -> None:
    assert next(layer for layer in network.layers if layer.layer == "agenda").tally.recall == 1.0


def test_most_actions_of_the_network_are_found_with_few_false_ones(network: Scores) -> None:
    tally = next(layer for layer in network.layers if layer.layer == "actions").tally
    assert tally.tp + tally.fn == 7
    assert tally.tp >= 5
    assert tally.fp <= 3


@pytest.fixture(scope="module")
def records(dev: Path, once: Once) -> list[MeetingRecord]:
    names = sorted(load_gold(dev / "gold"))
    return [once.process(read_document(dev / "docs" / name, name=name)) for name in names]


def test_every_quote_on_dev_is_the_text_at_its_offsets(records: list[MeetingRecord]) -> None:
    evidence = [(record.text, found) for record in records for found in record.all_evidence()]
    assert len(evidence) > 1000
    assert all(text[found.start : found.end] == found.quote for text, found in evidence)
