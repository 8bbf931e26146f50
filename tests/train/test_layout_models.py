"""Labellers of blocks: what can be learned is learned, and the same twice."""

from pathlib import Path

import pytest

from minutes_nlp.training.layout import TaggedBlocks

pytestmark = pytest.mark.train

FOLDER = Path(__file__).resolve().parents[2] / "models" / "layout"


@pytest.fixture(autouse=True)
def _beside_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


@pytest.fixture
def documents() -> list[TaggedBlocks]:
    """Documents in which bold blocks are headings; those below the first are of level 2."""
    signs = [["*", "strong"], ["*", "w=9", "-1strong"], ["*", "strong", "deeper"], ["*", "w=9", "-1strong"]]
    tags = ["h1", "body", "h2", "body"]
    return [TaggedBlocks(signs, tags, ["body"] * 4, f"b{n}", "train", f"{n}.txt", 40) for n in range(24)]


def test_a_conditional_random_field_learns_the_tags_twice_the_same(
    documents: list[TaggedBlocks], tmp_path: Path
) -> None:
    pytest.importorskip("pycrfsuite")
    import crf

    tagger = crf.fit(documents, tmp_path / "first")
    assert crf.best(tagger, documents[0]) == documents[0].tags
    assert all(sum(row.values()) == pytest.approx(1.0) for row in crf.probabilities(tagger, documents[0]))
    crf.fit(documents, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_neural_tagger_learns_the_tags_twice_the_same(documents: list[TaggedBlocks]) -> None:
    pytest.importorskip("torch")
    import neural

    first = neural.probabilities(neural.fit(documents * 4), documents[0])
    assert [max(row, key=lambda tag: row[tag]) for row in first] == documents[0].tags
    assert neural.probabilities(neural.fit(documents * 4), documents[0]) == first
