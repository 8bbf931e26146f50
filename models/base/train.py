"""Train one half of a language's pipeline: `train.py LANGUAGE boundaries|words CORPUS VECTORS OUTPUT [STEPS]`.

The same data, seed and steps give the same model on the same kind of processor: one thread, no wall-clock limits.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import callbacks  # noqa: F401  (registers what the configuration names)
import spacy
from sources import HERE, SEED, sources
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

STEPS = {
    "boundaries": {"nl": 900, "fr": 900, "de": 600, "en": 600},
    "words": {"nl": 1500, "fr": 1500, "de": 600, "en": 600},
}
# A language without vectors of its own.
LIGHT = {
    "tok2vec.model.embed.width": 48,
    "tok2vec.model.embed.rows": [1000, 300, 600, 300],
    "tok2vec.model.encode.width": 48,
    "tok2vec.model.encode.depth": 3,
    "morphologizer.model.tok2vec.width": 48,
    "trainable_lemmatizer.model.tok2vec.width": 48,
    "ner.model.tok2vec.width": 48,
}


def configuration(language: str, part: str, corpus: Path, vectors: Path, steps: int) -> Any:
    """The configuration of a language; one without vectors of its own gets the light encoder."""
    has_entities = "ner" in sources(language)
    has_vectors = "text" in sources(language) and part == "words"
    changes: dict[str, Any] = {
        "nlp.lang": language,
        "paths.train": str(corpus / language / f"{part}-train.spacy"),
        "paths.dev": str(corpus / language / f"{part}-dev.spacy"),
        "paths.vectors": str(vectors / language) if has_vectors else None,
        "training.max_steps": steps,
    }
    if part == "words":
        changes["components.tok2vec.model.embed.include_static_vectors"] = has_vectors
    if part == "words" and not has_vectors:
        changes |= {f"components.{name}": value for name, value in LIGHT.items()}
    if part == "words" and not has_entities:
        changes["nlp.pipeline"] = ["tok2vec", "morphologizer", "trainable_lemmatizer"]
    config = load_config(HERE / f"{part}.cfg", overrides=changes, interpolate=False)
    if part == "words" and not has_entities:
        del config["components"]["ner"]
        del config["training"]["score_weights"]["ents_f"]
    return config


def main(language: str, part: str, corpus: Path, vectors: Path, output: Path, steps: int) -> None:
    """Initialise, train, keep the best on the development documents (`OUTPUT/LANGUAGE/PART/model-best`)."""
    spacy.util.fix_random_seed(SEED)
    target = output / language / part
    target.mkdir(parents=True, exist_ok=True)
    train(init_nlp(configuration(language, part, corpus, vectors, steps)), target, stdout=sys.stdout, stderr=sys.stderr)


if __name__ == "__main__":
    given = int(sys.argv[6]) if len(sys.argv) > 6 else STEPS[sys.argv[2]][sys.argv[1]]
    main(sys.argv[1], sys.argv[2], *map(Path, sys.argv[3:6]), given)
