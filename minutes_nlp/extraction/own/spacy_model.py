"""A spaCy pipeline in a folder: its entities, its groups of spans or its categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from minutes_nlp.extraction.own.folders import model_folder, unloadable, wrong_kind
from minutes_nlp.extraction.own.labels import meanings
from minutes_nlp.extraction.own.sources import Model, ModelSpan
from minutes_nlp.spans import CharSpan

_USES = {
    "ner": "ents",
    "entity_ruler": "ents",
    "spancat": "spans",
    "spancat_singlelabel": "spans",
    "span_ruler": "spans",
    "textcat": "cats",
    "textcat_multilabel": "cats",
}


def load_spacy(part: str, path: str, labels: Mapping[str, str], use: str) -> Model:
    """The model in a folder that `nlp.to_disk` wrote.

    Args:
        part: what it is for.
        path: the folder.
        labels: what its labels mean, see `labels.meanings`.
        use: `ents`, `spans` or `cats`; empty: that of its last component that gives one of them.

    Raises:
        ExtractionError: the folder is missing, holds no pipeline, or one that is of no use here.
    """
    folder = model_folder(part, path)
    try:
        nlp = spacy.load(folder)
    except Exception as error:  # whatever is wrong with the folder, the user has to know
        raise unloadable(folder, error) from error
    component = _last(nlp, use, folder)
    meaning = meanings(part, labels, nlp.pipe_labels.get(component, ()), f"{folder} ({component})")
    kind = _use(nlp, component)
    if kind == "cats":
        return SpacyTexts(nlp, meaning)
    return SpacySpans(nlp, meaning, _group(nlp, component) if kind == "spans" else None)


def _use(nlp: Language, component: str) -> str | None:
    return _USES.get(nlp.get_pipe_meta(component).factory)


def _last(nlp: Language, use: str, folder: Path) -> str:
    for component in reversed(nlp.pipe_names):
        found = _use(nlp, component)
        if found is not None and use in ("", found):
            return component
    raise wrong_kind(folder, ", ".join(nlp.pipe_names), use or ", ".join(dict.fromkeys(_USES.values())))


def _group(nlp: Language, component: str) -> str:
    """The key of `doc.spans` under which a component writes."""
    pipe = nlp.get_pipe(component)
    return str(getattr(pipe, "key", None) or getattr(pipe, "cfg", {}).get("spans_key", "sc"))


@dataclass(frozen=True, slots=True)
class SpacyTexts:
    """Categories of texts (`doc.cats`)."""

    nlp: Language
    meaning: Mapping[str, str]

    def classify(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """See `TextClassifier.classify`."""
        return [self._scores(doc) for doc in self.nlp.pipe(texts)]

    def _scores(self, doc: Doc) -> Mapping[str, float]:
        scores: dict[str, float] = {}
        for label, target in self.meaning.items():
            scores[target] = max(scores.get(target, 0.0), float(doc.cats.get(label, 0.0)))
        return scores


@dataclass(frozen=True, slots=True)
class SpacySpans:
    """Entities (`doc.ents`), or the spans of one group (`doc.spans[group]`) with their scores."""

    nlp: Language
    meaning: Mapping[str, str]
    group: str | None

    def find(self, text: str, passages: Sequence[CharSpan]) -> list[ModelSpan]:
        """See `SpanSource.find`."""
        docs = self.nlp.pipe([passage.text(text) for passage in passages])
        return [
            ModelSpan(
                CharSpan(span.start_char, span.end_char).shift(passage.start).trim(text),
                self.meaning[span.label_],
                score,
            )
            for passage, doc in zip(passages, docs, strict=True)
            for span, score in self._spans(doc)
            if span.label_ in self.meaning
        ]

    def _spans(self, doc: Doc) -> list[tuple[Span, float | None]]:
        if self.group is None:
            return [(span, None) for span in doc.ents]
        found = doc.spans.get(self.group)
        if found is None:
            return []
        scores = found.attrs.get("scores")
        if scores is None or len(scores) != len(found):
            return [(span, None) for span in found]
        return [(span, float(score)) for span, score in zip(found, scores, strict=True)]
