"""Join the trained halves of a pipeline and write it as it ships: `package.py LANGUAGE TRAINED RESOURCES OUTPUT`.

Nothing of the training stays but what the pipeline needs: no paths, no vocabulary beyond labels and lemmas. Its
`meta.json` names the licence and every set it learnt from with its commit. `OUTPUT/LANGUAGE` is replaced.
"""

from __future__ import annotations

import shutil
import sys
import warnings
from pathlib import Path

import spacy
from sources import HERE, check_sources
from spacy.language import Language
from spacy.strings import StringStore

VERSION = "1.0.0"
LICENCE = {
    "nl": "CC BY-SA 4.0 (treebanks, Wikipedia) and LGPL-2.1-or-later (Alpino)",
    "fr": "CC BY-SA 4.0 (treebanks, Wikipedia) and LGPL-LR (Sequoia, FQB)",
    "de": "CC BY-SA 4.0 (treebanks, Wikipedia)",
    "en": "CC BY-SA 4.0 (treebank)",
}
_PROBE = "This is a line\n- and this another. It ends here."


def joined(trained: Path) -> Language:
    """The words half with the sentence boundaries in front."""
    nlp = spacy.load(trained / "words" / "model-best")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W113\]")  # the boundaries use no vectors, so they need not agree
        nlp.add_pipe("senter", source=spacy.load(trained / "boundaries" / "model-best"), first=True)
    return nlp


def describe(nlp: Language, resources: Path) -> None:
    """Fill the description of the pipeline and forget the paths of its training."""
    nlp.meta.update(
        name="minutes_base",
        version=VERSION,
        description="Small pipeline for minutes of meetings; data, scores and limits: models/base/README.md.",
        author="minutes_nlp",
        license=LICENCE[nlp.lang],
        sources=[
            {"name": row["name"], "url": row["source_repo"], "commit": row["commit"], "license": row["licence"]}
            for row in check_sources(resources, nlp.lang)
        ],
        performance={},
    )
    for name in nlp.config["paths"]:
        nlp.config["paths"][name] = None


def needed_strings(nlp: Language) -> set[str]:
    """The strings without which labels and lemmas could not be read back."""
    labels = {str(label) for labels in nlp.pipe_labels.values() for label in labels}
    parts = {part for label in labels for part in label.replace("|", "=").split("=")}
    trees = spacy.util.srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    lemmas = {nlp.vocab.strings[tree[key]] for tree in trees for key in ("orig", "subst") if key in tree}
    return labels | parts | lemmas


def main(language: str, trained: Path, resources: Path, output: Path) -> None:
    """Write the pipeline, load it again, and check that it says the same as before."""
    nlp = joined(trained / language)
    describe(nlp, resources)
    target = output / language
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)
    StringStore(sorted(needed_strings(nlp))).to_disk(target / "vocab" / "strings.json")
    probe = HERE / "invented" / f"{language}-test.txt"
    text = probe.read_text(encoding="utf-8") if probe.exists() else _PROBE
    if nlp(text).to_json() != spacy.load(target)(text).to_json():
        raise ValueError(f"{target} does not say what was trained")
    print(target, round(sum(file.stat().st_size for file in target.rglob("*") if file.is_file()) / 2**20, 1), "MiB")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]))
