"""Skip-gram vectors of word pieces, for the embeddings of the encoder to start from.

    python models/acts/encoder/vectors.py OUT

Reads `OUT/rows.npy`, writes `OUT/vectors.npy`: a row per word piece, zeros for those that don't occur. Needs `floret`.
An encoder that starts from them learns far sooner: see `pretrain.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import floret
import numpy as np
from corpus import ROWS, configuration

VECTORS = "vectors.npy"


def main(out: Path) -> None:
    """Write the rows as text, one number a word piece, and learn from it with one thread."""
    config = configuration()
    settings, width = config["vectors"], config["model"]["hidden"]
    text = out / "pieces.txt"
    with text.open("w", encoding="utf-8") as file:
        for row in np.load(out / ROWS, mmap_mode="r")[: settings["rows"]]:
            file.write(" ".join(map(str, row[1:])) + "\n")
    model = floret.train_unsupervised(
        str(text), model="skipgram", dim=width, minn=0, maxn=0, minCount=1, epoch=settings["epochs"],
        ws=settings["window"], neg=5, lr=0.05, t=1e-3, thread=1, verbose=0,
    )  # fmt: skip
    text.unlink()
    vectors = np.zeros((config["tokenizer"]["vocabulary"], width), np.float32)
    for word in model.words:
        if word.isdigit():
            vectors[int(word)] = model.get_word_vector(word)
    np.save(out / VECTORS, vectors)
    print(int(np.abs(vectors).sum(1).astype(bool).sum()), "word pieces have a vector")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
