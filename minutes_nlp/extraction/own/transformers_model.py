"""A Hugging Face model in a folder, for tokens or for sequences; nothing is fetched. Loads torch when it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minutes_nlp.extraction.own.folders import extra, model_folder, unloadable, wrong_kind
from minutes_nlp.extraction.own.labels import meanings, plain
from minutes_nlp.extraction.own.sources import Model, ModelSpan
from minutes_nlp.spans import CharSpan

_BATCH = 32
_LONGEST = 512  # tokens, where the model does not say
_STRIDE = 32  # tokens that two parts of a long passage share
_TOKENS, _SEQUENCES = "ForTokenClassification", "ForSequenceClassification"


def load_transformers(part: str, path: str, labels: Mapping[str, str]) -> Model:
    """The model in a folder that `save_pretrained` wrote, with its tokeniser.

    Args:
        part: what it is for.
        path: the folder.
        labels: what its labels mean, see `labels.meanings`.

    Raises:
        ExtractionError: torch or transformers is missing, or the folder is, or its model is of no use here.
    """
    folder = model_folder(part, path)
    extra("torch")
    transformers = extra("transformers")
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = transformers.AutoConfig.from_pretrained(folder, **local)
        kind = next(iter(config.architectures or ()), "")
        if not kind.endswith((_TOKENS, _SEQUENCES)):
            raise wrong_kind(folder, kind, f"{_TOKENS}, {_SEQUENCES}")
        tokeniser = transformers.AutoTokenizer.from_pretrained(folder, use_fast=True, **local)
        loader = getattr(transformers, f"AutoModel{_TOKENS if kind.endswith(_TOKENS) else _SEQUENCES}")
        model = loader.from_pretrained(folder, **local).eval()
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise unloadable(folder, error) from error
    if not tokeniser.is_fast:
        raise wrong_kind(folder, type(tokeniser).__name__, "a fast tokeniser (tokenizer.json)")
    names = [str(config.id2label[index]) for index in range(config.num_labels)]
    network = _Network(model, tokeniser, _limit(config, tokeniser))
    if kind.endswith(_TOKENS):
        return TransformerSpans(network, names, meanings(part, labels, map(plain, names), str(folder)))
    multiple = config.problem_type == "multi_label_classification"
    return TransformerTexts(network, names, meanings(part, labels, names, str(folder)), multiple=multiple)


def _limit(config: Any, tokeniser: Any) -> int:
    """The longest input in tokens."""
    room = int(getattr(config, "max_position_embeddings", _LONGEST) or _LONGEST)
    return max(8, min(room, _LONGEST, int(tokeniser.model_max_length)))


@dataclass(frozen=True, slots=True)
class _Network:
    """A model with its tokeniser; `limit` is the longest input in tokens."""

    model: Any
    tokeniser: Any
    limit: int

    def logits(self, encoded: Any) -> Any:
        """What the model says of an encoded batch, as a tensor; one row per input."""
        known = {name: encoded[name] for name in self.tokeniser.model_input_names if name in encoded}
        with extra("torch").inference_mode():
            return self.model(**known).logits.float()


@dataclass(frozen=True, slots=True)
class TransformerTexts:
    """Labels of texts; of a long text only the beginning is read. `multiple`: a text may have several labels."""

    network: _Network
    names: Sequence[str]
    meaning: Mapping[str, str]
    multiple: bool

    def classify(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """See `TextClassifier.classify`."""
        return [scores for batch in _batches(texts) for scores in self._batch(batch)]

    def _batch(self, texts: Sequence[str]) -> Iterator[Mapping[str, float]]:
        limit = self.network.limit
        encoded = self.network.tokeniser(
            list(texts), truncation=True, max_length=limit, padding=True, return_tensors="pt"
        )
        logits = self.network.logits(encoded)
        for row in (logits.sigmoid() if self.multiple else logits.softmax(-1)).tolist():
            scores: dict[str, float] = {}
            for name, probability in zip(self.names, row, strict=True):
                target = self.meaning.get(name)
                if target is not None:
                    scores[target] = max(scores.get(target, 0.0), probability)
            yield scores


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a passage: where it stands, its label (`B-X`, `X`, `O`) and the probability of that."""

    span: CharSpan
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class TransformerSpans:
    """Runs of words with one label; a word has the label of its first token."""

    network: _Network
    names: Sequence[str]
    meaning: Mapping[str, str]

    def find(self, text: str, passages: Sequence[CharSpan]) -> list[ModelSpan]:
        """See `SpanSource.find`."""
        found: list[ModelSpan] = []
        for batch in _batches(passages):
            for passage, words in zip(batch, self._words([p.text(text) for p in batch]), strict=True):
                for run in _runs(words):
                    target = self.meaning.get(plain(run[0].label))
                    if target is None:
                        continue
                    span = CharSpan(run[0].span.start, run[-1].span.end).shift(passage.start).trim(text)
                    found.append(ModelSpan(span, target, sum(word.probability for word in run) / len(run)))
        return found

    def _words(self, texts: Sequence[str]) -> list[list[_Word]]:
        """The labelled words of each text; one that is too long is read in parts that overlap."""
        encoded = self.network.tokeniser(
            list(texts),
            truncation=True,
            max_length=self.network.limit,
            stride=min(_STRIDE, self.network.limit // 4),
            padding=True,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        probabilities, best = self.network.logits(encoded).softmax(-1).max(-1)
        words: list[dict[int, _Word]] = [{} for _ in texts]
        for row, sample in enumerate(encoded["overflow_to_sample_mapping"].tolist()):
            tokens = zip(encoded.word_ids(row), encoded["offset_mapping"][row].tolist(), strict=True)
            for at, (word, (start, end)) in enumerate(tokens):
                if word is None:
                    continue
                known = words[sample].get(word)
                if known is None:
                    label, sure = self.names[int(best[row, at])], float(probabilities[row, at])
                    words[sample][word] = _Word(CharSpan(start, end), label, sure)
                elif end > known.span.end:
                    words[sample][word] = _Word(CharSpan(known.span.start, end), known.label, known.probability)
        return [[found[word] for word in sorted(found)] for found in words]


def _runs(words: Sequence[_Word]) -> list[list[_Word]]:
    """Neighbouring words with the same label; `B-` begins another run."""
    numbered: list[tuple[int, _Word]] = []
    number = 0
    for word in words:
        before = numbered[-1][1].label if numbered else ""
        number += word.label.startswith("B-") or plain(word.label) != plain(before)
        numbered.append((number, word))
    return [[word for _, word in run] for _, run in groupby(numbered, key=lambda entry: entry[0])]


def _batches(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(entries), _BATCH):
        yield entries[start : start + _BATCH]
