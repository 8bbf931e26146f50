"""A convolutional text classifier of spaCy over units: with hashed words alone, or with floret vectors beside them."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from documents import ActDocument
from scoring import Numbers
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from minutes_nlp.extraction.units import Unit
from minutes_nlp.training.acts import ACTS, Act

SEED = 7
BATCH = 64
RATE = 2e-3
DROPPED = 0.25
INVENTED = 0.6  # share of the units of invented minutes that teach
LENGTHS = {"heading": 8, "lead": 8, "before": 8, "unit": 40}  # words of each part
VECTORS = ("nl", "fr")  # base pipelines with floret vectors
ANY = "xx"  # the language of the one model for all
PIPE = "textcat_multilabel"

Judged = dict[Act, list[Numbers]]  # per act and document the probability of each unit


def network(vectors: bool) -> dict[str, Any]:
    """The architecture, in the form of spaCy's configuration."""
    return {
        "@architectures": "spacy.TextCatReduce.v1",
        "exclusive_classes": False,
        "use_reduce_first": True,
        "use_reduce_last": False,
        "use_reduce_max": True,
        "use_reduce_mean": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 64,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [8000, 1000, 2500, 1000],
                "include_static_vectors": vectors,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 64,
                "depth": 2,
                "window_size": 1,
                "maxout_pieces": 2,
            },
        },
    }


@dataclass(frozen=True, slots=True)
class Convolutions:
    """Fitted classifiers, by the language of the units that each judges; one under `ANY` if it judges all."""

    models: Mapping[str, Language]

    @classmethod
    def fit(cls, documents: Sequence[ActDocument], epochs: int, vectors: Path | None) -> Convolutions:
        """Fit on the units of documents. The same documents give the same classifiers.

        Args:
            documents: with the labels of their units.
            epochs: rounds over the units.
            vectors: folder of the base pipelines, for a classifier per language with their floret vectors; `None` for
                one of all languages with hashed words alone.
        """
        languages = VECTORS if vectors else (ANY,)
        return cls({language: _fit(documents, language, epochs, vectors) for language in languages})

    def judge(self, documents: Sequence[ActDocument]) -> Judged:
        """Per act and document the probability of each unit."""
        found: Judged = {act: [] for act in ACTS}
        for document in documents:
            chances = {act: np.zeros(len(document.units)) for act in ACTS}
            for language, nlp in self.models.items():
                places = _places(document, language)
                docs = list(nlp.get_pipe(PIPE).pipe(texts(nlp, [document.units[p] for p in places]), batch_size=128))
                for act in ACTS:
                    chances[act][places] = [doc.cats[act] for doc in docs]
            for act in ACTS:
                found[act].append(chances[act])
        return found

    @property
    def size(self) -> int:
        """Bytes of the classifiers with the vectors that they read."""
        models = self.models.values()
        alone = [len(nlp.get_pipe(PIPE).to_bytes(exclude=["vocab"])) for nlp in models]
        return sum(alone) + sum(nlp.vocab.vectors.data.nbytes for nlp in models)


def is_judged(document: ActDocument, vectors: Path | None) -> bool:
    """Whether classifiers with vectors can judge a document: one that is mostly in a language that has them."""
    return vectors is None or _language_of(document) in VECTORS


def _language_of(document: ActDocument) -> str:
    return Counter(unit.language for unit in document.units).most_common(1)[0][0] if document.units else ANY


def _places(document: ActDocument, language: str) -> list[int]:
    """The units that the classifier of a language judges; stray ones in languages without go with most of the rest."""
    if language == ANY:
        return list(range(len(document.units)))
    own = _language_of(document)
    spoken = [unit.language if unit.language in VECTORS else own for unit in document.units]
    return [number for number, its in enumerate(spoken) if its == language]


def texts(nlp: Language, units: Sequence[Unit]) -> list[Doc]:
    """The words that are seen of units: heading ¦ lead-in ¦ unit before ¦ unit, the last with a sign of its shape."""

    def words(text: str, limit: int) -> list[str]:
        found = [token.text for token in nlp.tokenizer(text[: 12 * limit]) if not token.is_space]
        return found[:limit]

    docs = []
    for unit in units:
        seen = words(unit.headings[-1] if unit.headings else "", LENGTHS["heading"])
        seen += ["¦", *words(unit.leads[-1] if unit.leads else "", LENGTHS["lead"])]
        seen += ["¦", *words(unit.before[-80:], 2 * LENGTHS["before"])[-LENGTHS["before"] :]]
        seen += ["¦", f"<{unit.shape.value}>", *words(unit.text, LENGTHS["unit"])]
        docs.append(Doc(nlp.vocab, words=seen))
    return docs


def _blank(language: str, vectors: Path | None) -> Language:
    """A pipeline without components; that of a base pipeline brings its vectors and its abbreviations."""
    if vectors is None:
        return spacy.blank(language)
    nlp = spacy.load(vectors / language)
    for name in list(nlp.pipe_names):
        nlp.remove_pipe(name)
    return nlp


def _fit(documents: Sequence[ActDocument], language: str, epochs: int, vectors: Path | None) -> Language:
    """A classifier fitted on the units in one language."""
    fix_random_seed(SEED)
    dice = random.Random(SEED)
    nlp = _blank(language, vectors)
    classifier = nlp.add_pipe(PIPE, config={"model": network(vectors is not None)})
    examples = []
    for document in documents:
        places = _places(document, language)
        for number, doc in zip(places, texts(nlp, [document.units[place] for place in places]), strict=True):
            answers = {act: float(document.labels[act][number]) for act in ACTS}
            if document.split != "written" or any(answers.values()) or dice.random() < INVENTED:
                examples.append(Example.from_dict(doc, {"cats": answers}))
    classifier.initialize(lambda: examples[:500], nlp=nlp)
    optimiser = nlp.create_optimizer()
    steps, done = epochs * -(-len(examples) // BATCH), 0
    begun = time.process_time()
    for epoch in range(epochs):
        dice.shuffle(examples)
        losses: dict[str, float] = {}
        for first in range(0, len(examples), BATCH):
            optimiser.learn_rate = RATE * min(1.0, (done + 1) / 50) * max(0.02, 1 - done / steps)
            classifier.update(examples[first : first + BATCH], drop=DROPPED, sgd=optimiser, losses=losses)
            done += 1
        spent = time.process_time() - begun
        print(f"{language}, epoch {epoch + 1}: loss {losses[PIPE]:.2f}, {spent:.0f} s", flush=True)
    return nlp
