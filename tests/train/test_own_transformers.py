"""A Hugging Face model in a folder takes the place of a recogniser, for sequences or for tokens, without a network."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.own.transformers_model import load_transformers
from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, PipelineSettings, build_pipeline
from minutes_nlp.reading import read_content
from minutes_nlp.records import MeetingRecord
from minutes_nlp.spans import CharSpan

pytestmark = pytest.mark.train

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "blauw",
    "geel",
    "vogel",
    "vis",
    "huis",
    "boom",
    "koopt",
    "##",
    ".",
    ",",
    ":",
]
TEXT = "# Verslag van 12 maart 2026\n\n## 1. Dieren\n\nblauw vogel, geel vis\n\ngeel huis\n\nblauw boom\n"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, forbidden)


def tiny(kind: str, labels: list[str], **options: Any) -> tuple[Any, Any]:
    """A tiny network that has learnt nothing yet, and the settings of its tokeniser."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=24,
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
        **options,
    )
    return getattr(transformers, kind)(config), transformers


def learn(model: Any, batch: Any, labels: Any) -> None:
    """Let the network learn one batch by heart."""
    import torch

    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(100):
        optimiser.zero_grad()
        model(**batch, labels=labels).loss.backward()
        optimiser.step()


def save(folder: Path, model: Any, tokeniser: Any) -> str:
    model.save_pretrained(folder)
    tokeniser.save_pretrained(folder)
    return str(folder)


def tokeniser_of(transformers: Any, folder: Path) -> Any:
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    return transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))


@pytest.fixture(scope="module")
def sequences(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a classifier that tells texts with `blauw` (YES) from others."""
    import torch

    folder = tmp_path_factory.mktemp("sequences")
    model, transformers = tiny("BertForSequenceClassification", ["NO", "YES"])
    tokeniser = tokeniser_of(transformers, folder)
    texts = ["blauw vogel", "blauw vis", "blauw huis", "geel vogel", "geel vis", "geel huis", "boom", "blauw boom"]
    batch = tokeniser(texts, return_tensors="pt", padding=True)
    learn(model, batch, torch.tensor([int("blauw" in text) for text in texts]))
    return save(folder, model, tokeniser)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a tagger that takes `blauw` and the word behind it for an ACT, and marks `vis` as FISH."""
    import torch

    folder = tmp_path_factory.mktemp("tokens")
    model, transformers = tiny("BertForTokenClassification", ["O", "B-ACT", "I-ACT", "B-FISH"])
    tokeniser = tokeniser_of(transformers, folder)
    tagged = [
        ("blauw vogel geel huis", [1, 2, 0, 0]),
        ("geel vis blauw boom", [0, 3, 1, 2]),
        ("geel vogel geel boom", [0, 0, 0, 0]),
        ("blauw huis blauw vogel", [1, 2, 1, 2]),
        ("geel huis . vis", [0, 0, 0, 3]),
        ("huis , boom :", [0, 0, 0, 0]),
        ("iets . anders :", [0, 0, 0, 0]),
        ("iets vis anders niets", [0, 3, 0, 0]),
    ]
    batch = tokeniser([text for text, _ in tagged], return_tensors="pt", padding=True)
    learn(model, batch, torch.tensor([[-100, *labels, -100] for _, labels in tagged]))
    return save(folder, model, tokeniser)


def read(part: str, text: str = TEXT, **options: Any) -> MeetingRecord:
    settings = PipelineSettings({**DEFAULT_RECOGNISERS, part: f"minutes.{part}.transformers.v1"}, {part: options})
    return build_pipeline(settings).process(read_content(text.encode(), name="a.md"))


def test_a_classifier_of_sequences_judges_every_unit(sequences: str) -> None:
    found = read("decisions", path=sequences, labels={"YES": "decision"}, threshold=0.6).decisions
    assert [d.evidence.quote for d in found][-1] == "blauw boom"
    assert "geel huis" not in [d.evidence.quote for d in found]
    assert all(0.6 <= d.confidence <= 1 for d in found)
    assert {d.recogniser for d in found} == {"minutes.decisions.transformers.v1"}


def test_a_classifier_of_sequences_reads_long_texts_from_their_beginning(sequences: str) -> None:
    model = load_transformers("decisions", sequences, {"YES": "decision"})
    read, whole = "vogel " * 22, "vogel " * 22 + "blauw " * 500  # with the signs at its ends all that the model takes
    long, short, other = (model.classify([text])[0]["decision"] for text in (whole, read, "blauw huis"))  # type: ignore[union-attr]
    assert long == pytest.approx(short)
    assert long != pytest.approx(other)


def test_a_classifier_of_sequences_gives_items_their_themes(sequences: str) -> None:
    record = read("themes", "# Verslag\n\n## 1. blauw\n\nvogel\n", path=sequences, labels={"YES": "environment"})
    assert [item.themes for item in record.agenda_items] == [("environment",)]


def test_a_tagger_of_tokens_finds_the_exact_passages(tokens: str) -> None:
    found = read("decisions", path=tokens, labels={"ACT": "decision"}).decisions
    assert [d.evidence.quote for d in found] == ["blauw vogel", "blauw boom"]
    assert all(0.5 <= d.confidence <= 1 for d in found)


def test_a_tagger_of_tokens_finds_actions(tokens: str) -> None:
    found = read("actions", path=tokens, labels={"ACT": "action"}).actions
    assert [a.evidence.quote for a in found] == ["blauw vogel", "blauw boom"]


def test_a_tagger_of_tokens_finds_people_and_their_status(tokens: str) -> None:
    record = read("attendance", path=tokens, labels={"FISH": "excused"})
    assert [(a.name, a.status) for a in record.attendance] == [("vis", "excused")]


def test_a_long_passage_is_read_to_its_end_in_parts(tokens: str) -> None:
    model = load_transformers("decisions", tokens, {"ACT": "decision"})
    text = "x " + "geel vogel geel huis " * 30 + "blauw boom"
    found = model.find(text, [CharSpan(2, len(text))])  # type: ignore[union-attr]
    assert "blauw boom" in [entry.span.text(text) for entry in found]
    spans = [entry.span for entry in found]
    assert spans == sorted(set(spans))


def test_two_passages_side_by_side_are_two(tokens: str) -> None:
    model = load_transformers("decisions", tokens, {"ACT": "decision"})
    text = "blauw huis blauw vogel"
    found = model.find(text, [CharSpan(0, len(text))])  # type: ignore[union-attr]
    assert [entry.span.text(text) for entry in found] == ["blauw huis", "blauw vogel"]


def test_labels_without_meaning_are_refused_with_those_of_the_model(tokens: str) -> None:
    with pytest.raises(ExtractionError, match="ACT, FISH") as caught:
        read("decisions", path=tokens)
    assert caught.value.code == "own.labels"


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    model, transformers = tiny("BertForMaskedLM", ["X", "Y"])
    path = save(tmp_path, model, tokeniser_of(transformers, tmp_path))
    with pytest.raises(ExtractionError, match="BertForMaskedLM") as caught:
        load_transformers("decisions", path, {})
    assert caught.value.code == "own.kind"


@pytest.mark.parametrize("content", [None, "{}", "no json"])
def test_a_folder_without_a_model_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(ExtractionError) as caught:
        load_transformers("decisions", str(tmp_path), {})
    assert caught.value.code == "own.unloadable"
