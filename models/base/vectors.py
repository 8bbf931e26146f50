"""Floret vectors of a language from its raw text: `vectors.py LANGUAGE RESOURCES FOLDER`.

Writes `FOLDER/LANGUAGE.txt` (one paragraph a line, cut into tokens) and `FOLDER/LANGUAGE.floret`, which
`spacy init vectors LANGUAGE FILE OUTPUT --mode floret` reads. One thread, so that the same text gives the same bytes.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import floret
from sources import check_sources, sources, text_file

ROWS = 20_000
WIDTH = 64
EPOCHS = 3
# A word (with the apostrophe of an elision; numbers with their points), or one sign.
_TOKEN = re.compile(r"\d[\d.,]*\d|[^\W\d_]+[’'](?=\w)|\w+(?:-\w+)*|[^\w\s]")


def paragraphs(path: Path, characters: int) -> Iterator[str]:
    """Every n-th line of a packed text, so that about `characters` of it are read."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    step = max(1, round(sum(map(len, lines)) / characters))
    yield from lines[::step]


def write_text(language: str, resources: Path, output: Path) -> int:
    """Write the tokens of all texts of a language; returns how many."""
    count = 0
    with output.open("w", encoding="utf-8") as file:
        for name, characters in sources(language)["text"].items():
            for line in paragraphs(text_file(resources, language, name), characters):
                tokens = _TOKEN.findall(line)
                count += len(tokens)
                file.write(" ".join(tokens) + "\n")
    return count


def main(language: str, resources: Path, folder: Path) -> None:
    """Read the texts, train, save."""
    check_sources(resources, language)
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / f"{language}.txt"
    print(language, write_text(language, resources, text), "tokens", flush=True)
    model = floret.train_unsupervised(
        str(text), model="cbow", mode="floret", hashCount=2, bucket=ROWS, dim=WIDTH, minn=4, maxn=5, minCount=5,
        epoch=EPOCHS, lr=0.05, neg=5, thread=1, verbose=0,
    )  # fmt: skip
    model.save_floret_vectors(str(folder / f"{language}.floret"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
