"""Documents with gold to learn from, each with the body it comes from, so that whole bodies can be held out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes_nlp.errors import EvaluationError
from minutes_nlp.reading import Limits, SourceDocument, read_content, read_document
from minutes_nlp.records.gold import load_gold
from minutes_nlp.training.written import read_written


@dataclass(frozen=True, slots=True)
class Example:
    """A document with its gold.

    Attributes:
        document: as read.
        gold: in the fields of the annotation guideline, offsets into the document's text.
        body: whose minutes they are; every invented document is a body of its own.
        split: `train`, `dev` or `written`.
    """

    document: SourceDocument
    gold: Mapping[str, Any]
    body: str
    split: str


def shared_examples(corpus: Path, splits: Sequence[str] = ("train", "dev")) -> Iterator[Example]:
    """The real minutes of a folder with `SOURCES.tsv` and, per split, `docs/` and `gold/`.

    Raises:
        EvaluationError: gold is missing or malformed.
        ReadingError: a document cannot be read.
    """
    with (corpus / "SOURCES.tsv").open(encoding="utf-8", newline="") as table:
        bodies = {row["document"].removesuffix(".txt"): row["body"] for row in csv.DictReader(table, delimiter="\t")}
    for split in splits:
        for name, gold in load_gold(corpus / split / "gold").items():
            document = read_document(corpus / split / "docs" / name, name=name)
            yield Example(document, gold, bodies[name.removesuffix(".txt")], split)


def folder_examples(folder: Path, limits: Limits = Limits()) -> Iterator[Example]:
    """The documents of a user's folder with `docs/` and `gold/`; every document is a body of its own.

    Raises:
        EvaluationError: gold is missing or malformed, or a document that it names is missing.
        ReadingError: a document cannot be read.
    """
    for name, gold in load_gold(folder / "gold").items():
        path = folder / "docs" / name
        if not path.is_file():
            raise EvaluationError("evaluation.no-document", f"There is gold for {name}, but no {path}.", path=path)
        yield Example(read_document(path, name=name, limits=limits), gold, name, "train")


def written_examples(folder: Path) -> Iterator[Example]:
    """The invented minutes of a folder.

    Raises:
        EvaluationError: a file's marks don't match.
    """
    for minutes in read_written(folder):
        document = read_content(minutes.text.encode(), name=minutes.name)
        yield Example(document, minutes.gold, f"written:{minutes.name}", "written")
