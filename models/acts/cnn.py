"""A convolutional text classifier of spaCy as the judge of units, for comparison only.

    python models/acts/cnn.py SHARED OUT [--groups N]

Reads `OUT/units.pickle`. One model for all languages, which embeds words by hashes of their form, prefix, suffix and
shape (no vectors), sees the last heading, the lead-in, the end of the unit before and the unit, and answers for both
acts. `--groups` also holds out groups of whole bodies over train and dev, of which only N are judged.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from documents import ActDocument, load
from scoring import SHARES, Scored, best, calibration_error, groups_of, log_odds, mixed, outcomes, write_report
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from minutes_nlp.extraction.units import Unit
from minutes_nlp.training.acts import ACTS

SEED = 7
EPOCHS = 3
BATCH = 64
RATE = 2e-3
DROPPED = 0.25
INVENTED = 0.6  # share of the units of invented minutes that teach
PARTS = 5  # groups of bodies
LENGTHS = {"heading": 8, "lead": 8, "before": 8, "unit": 40}  # words of each part
NETWORK = {
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
            "include_static_vectors": False,
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


def fit(documents: Sequence[ActDocument], epochs: int = EPOCHS) -> Language:
    """A classifier fitted on the units of documents. The same documents give the same classifier."""
    fix_random_seed(SEED)
    dice = random.Random(SEED)
    nlp = spacy.blank("xx")
    classifier = nlp.add_pipe("textcat_multilabel", config={"model": NETWORK})
    examples = []
    for document in documents:
        for number, doc in enumerate(texts(nlp, document.units)):
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
        print(f"epoch {epoch + 1}: loss {losses['textcat_multilabel']:.2f}, {spent:.0f} s", flush=True)
    return nlp


def judge(nlp: Language, documents: Sequence[ActDocument]) -> dict[str, list[np.ndarray]]:
    """Per act and document the probability of each unit."""
    found: dict[str, list[np.ndarray]] = {act: [] for act in ACTS}
    classifier = nlp.get_pipe("textcat_multilabel")
    for document in documents:
        docs = list(classifier.pipe(texts(nlp, document.units), batch_size=128))
        for act in ACTS:
            found[act].append(np.array([doc.cats[act] for doc in docs]))
    return found


def report(documents: Sequence[ActDocument], found: dict[str, list[np.ndarray]]) -> dict[str, dict[str, object]]:
    """The figures of the classifier alone and mixed with the cues, at the threshold best on these documents."""
    content: dict[str, dict[str, object]] = {}
    for act in ACTS:
        alone: Scored = list(zip(documents, found[act], strict=True))
        content[act] = {"alone": best(outcomes(alone, act)), "calibration error": calibration_error(alone, act)}
        content[act]["cues alone"] = best(outcomes([(d, d.cues[act]) for d in documents], act))
        for share in SHARES:
            blend = [(d, mixed(log_odds(p), log_odds(d.cues[act]), share)) for d, p in alone]
            content[act][f"share {share} beside the cues"] = best(outcomes(blend, act))
    return content


def main(out: Path, groups: int) -> None:
    """Fit on train and invented minutes, judge dev; then hold out groups of bodies."""
    documents = load(out)
    dev = [document for document in documents if document.split == "dev"]
    nlp = fit([document for document in documents if document.split != "dev"])
    begun = time.process_time()
    found = judge(nlp, dev)
    speed = sum(len(document.units) for document in dev) / (time.process_time() - begun)
    cost = {"units per second": round(speed), "bytes": len(nlp.get_pipe("textcat_multilabel").to_bytes())}
    write_report(out, "cnn", {"dev": report(dev, found), **cost})
    group = groups_of(documents, PARTS)
    held_out: list[ActDocument] = []
    all_found: dict[str, list[np.ndarray]] = {act: [] for act in ACTS}
    for number in range(groups):
        nlp = fit([d for d, g in zip(documents, group, strict=True) if g != number], EPOCHS - 1)
        outside = [d for d, g in zip(documents, group, strict=True) if g == number and d.split != "written"]
        held_out += outside
        for act, values in judge(nlp, outside).items():
            all_found[act] += values
        write_report(out, "cnn, bodies held out", {"groups": number + 1, "figures": report(held_out, all_found)})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--groups", type=int, default=0)
    options = parser.parse_args()
    main(options.out, options.groups)
