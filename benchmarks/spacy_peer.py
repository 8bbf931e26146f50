"""spaCy pipelines of the same components and sizes as spaCy's `lg` models for Dutch and French, untrained.

Their weights are as they were initialised: what they say is worthless, and takes as long as if they were trained. Sizes
after the published configurations of `nl_core_news_lg` and `fr_core_news_lg`: a shared tok2vec (width 96, depth 4, 300
numbers per vector), morphologizer, tagger (Dutch), parser, lemmatizer, attribute_ruler, and NER with its own tok2vec.
`senter` is disabled in theirs and left out here; the French lemmatizer, by tables in theirs, is a trained one here too.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vectors import Vectors

_WIDTH = 96
_TAGS, _MORPHS, _RELATIONS = 220, 120, 45  # about as many as the treebanks have
_ENTITIES = ("PER", "LOC", "ORG", "MISC")
_WORDS = 400  # of the texts that the weights are initialised on


def _tok2vec() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _shared() -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}


def _tagger() -> dict[str, Any]:
    return {"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _shared()}}


def _transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }
    return {"model": model}


def peer(language: str, texts: Sequence[str]) -> Language:
    """A pipeline for `nl` or `fr`, with vectors for the words of `texts`."""
    chance = random.Random(1)
    nlp = spacy.blank(language)
    words = sorted({token.text for text in texts for token in nlp.make_doc(text)})
    table = np.random.default_rng(1).standard_normal((len(words), 300), dtype=np.float32)
    nlp.vocab.vectors = Vectors(data=table, keys=words, strings=nlp.vocab.strings)
    nlp.add_pipe("tok2vec", config={"model": _tok2vec()})
    nlp.add_pipe("morphologizer", config=_tagger())
    if language == "nl":
        nlp.add_pipe("tagger", config=_tagger())
    nlp.add_pipe("parser", config=_transitions("parser", _shared()))
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config=_tagger())
    rules = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("ner", config=_transitions("ner", _tok2vec()))
    examples = [_example(nlp, words, chance) for _ in range(20)]
    nlp.initialize(lambda: examples)
    for number in range(_TAGS):
        rules.add(patterns=[[{"TAG": f"T{number}"}]], attrs={"POS": "NOUN"})  # type: ignore[attr-defined]
    return nlp


def _example(nlp: Language, words: list[str], chance: random.Random) -> Example:
    """A text of random words with random annotation, so that the components have as many labels as the real ones."""
    chosen = chance.choices(words, k=_WORDS)
    heads = [number - number % 10 for number in range(_WORDS)]
    entities = ["O"] * _WORDS
    for start in range(0, _WORDS, 20):
        entities[start] = f"B-{chance.choice(_ENTITIES)}"
    reference = Doc(
        nlp.vocab,
        words=chosen,
        tags=[f"T{chance.randrange(_TAGS)}" for _ in chosen],
        pos=["NOUN"] * _WORDS,
        morphs=[f"Case=C{chance.randrange(_MORPHS)}" for _ in chosen],
        lemmas=[word[: chance.choice((-2, -1, len(word)))] or word for word in chosen],
        heads=heads,
        deps=["ROOT" if head == number else f"d{chance.randrange(_RELATIONS)}" for number, head in enumerate(heads)],
        sent_starts=[number % 10 == 0 for number in range(_WORDS)],
        ents=entities,
    )
    return Example(Doc(nlp.vocab, words=chosen), reference)
