"""The raw text the encoder learns from: `config.toml` says which, and how much of each."""

from __future__ import annotations

import lzma
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def configuration() -> dict[str, Any]:
    """The content of `config.toml`."""
    return tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))


def paragraphs(resources: Path, corpus: dict[str, dict[str, int]]) -> Iterator[str]:
    """The paragraphs of every text up to its number of words, text after text."""
    for language, texts in corpus.items():
        for name, budget in texts.items():
            left = budget
            with lzma.open(resources / "text" / language / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
                for line in lines:
                    words = len(line.split())
                    if words < 3:
                        continue
                    yield line.strip()
                    left -= words
                    if left <= 0:
                        break


def shuffled(resources: Path, corpus: dict[str, dict[str, int]], seed: int) -> list[str]:
    """All paragraphs in an order that depends on the seed alone."""
    found = list(paragraphs(resources, corpus))
    random.Random(seed).shuffle(found)
    return found
