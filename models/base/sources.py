"""Which data a pipeline learns from (`sources.toml`), where they lie, and whether their licence allows it."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = 7


def sources(language: str) -> dict[str, Any]:
    """The section of one language: `text`, `ud` and `ner`, each possibly missing."""
    chosen: dict[str, Any] = _table()[language]
    return chosen


def treebank_file(resources: Path, language: str, name: str) -> Path:
    """The file of a treebank."""
    return resources / "ud" / language / f"{name}.conllu"


def entity_file(resources: Path, language: str, name: str, *, evaluation_only: bool = False) -> Path:
    """The file of a set with named entities."""
    return resources / "ner" / ("evaluation-only" if evaluation_only else "") / language / f"{name}.iob"


def text_file(resources: Path, language: str, name: str) -> Path:
    """The packed file of a raw text."""
    return resources / "text" / language / f"{name}.txt.xz"


def check_sources(resources: Path, language: str) -> list[dict[str, str]]:
    """The rows of the manifest behind everything that trains a language's pipeline.

    Raises:
        ValueError: a set is not in the manifest, or its licence is none of those that `sources.toml` names.
    """
    with (resources / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["name"], row["lang"]): row for row in csv.DictReader(file)}
    allowed = _table()["licences"]
    chosen = []
    for kind, parts in sources(language).items():
        names = list(parts) if kind == "text" else [*parts["train"], *parts.get("split", ())]
        for name in names:
            row = rows.get((name.removesuffix("-20MB").removesuffix("-15MB"), language))
            if row is None or not any(licence in row["licence"] for licence in allowed[kind]):
                raise ValueError(f"{language}/{kind}/{name}: no licence to train on ({row and row['licence']})")
            chosen.append(row)
    return chosen


def _table() -> dict[str, Any]:
    with (HERE / "sources.toml").open("rb") as file:
        return tomllib.load(file)
