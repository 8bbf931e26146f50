"""A model trained elsewhere takes the place of a recogniser by configuration, from a folder and without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_nlp.extraction.base import DecisionFinding, recogniser, text_of
from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, PipelineSettings, build_pipeline
from minutes_nlp.reading import read_content

pytestmark = pytest.mark.train

NAME = "test.transformer-decisions.v1"
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "blauw", "geel", "vogel", "vis", "huis", "boom"]
LABELLED = [(f"{colour} {thing}", colour == "blauw") for colour in ("blauw", "geel") for thing in WORDS[7:]]


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny text classifier that has learnt to tell `blauw …` from `geel …`."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("classifier")
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    model = transformers.BertForSequenceClassification(config)
    batch = tokenizer([text for text, _ in LABELLED], return_tensors="pt", padding=True)
    labels = torch.tensor([int(label) for _, label in LABELLED])
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        optimiser.zero_grad()
        model(**batch, labels=labels).loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@recogniser(NAME, reads=["minutes_text"], writes=["minutes_decisions"], options={"folder": ""})
class TransformerDecisions:
    """Takes every block that the classifier in `folder` holds for a decision."""

    def __init__(self, nlp, name: str, folder: str) -> None:
        import transformers

        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = transformers.AutoModelForSequenceClassification.from_pretrained(
            folder, local_files_only=True
        ).eval()

    def __call__(self, doc):
        import torch

        blocks = text_of(doc).blocks
        batch = self.tokenizer([block.span.text(doc.text) for block in blocks], return_tensors="pt", padding=True)
        with torch.inference_mode():
            probabilities = self.model(**batch).logits.softmax(-1)[:, 1].tolist()
        doc._.minutes_decisions = [
            DecisionFinding(block.span, number, confidence)
            for number, (block, confidence) in enumerate(zip(blocks, probabilities, strict=True))
            if confidence > 0.5
        ]
        return doc


def test_a_trained_classifier_finds_the_decisions_instead_of_the_rules(
    classifier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    settings = PipelineSettings(
        recognisers={**DEFAULT_RECOGNISERS, "decisions": NAME}, options={"decisions": {"folder": str(classifier)}}
    )
    text = "geel huis\n\nblauw boom\n\nHet verslag wordt goedgekeurd.\n\nblauw vis\n"
    record = build_pipeline(settings).process(read_content(text.encode(), name="a.txt"))
    found = [decision for decision in record.decisions if decision.evidence.quote.startswith(("blauw", "geel"))]
    assert [decision.evidence.quote for decision in found] == ["blauw boom", "blauw vis"]
    assert {decision.recogniser for decision in record.decisions} == {NAME}
    assert all(0.5 < decision.confidence <= 1 for decision in found)
