"""Evaluate the program on a folder of documents and gold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from minutes_nlp.errors import EvaluationError
from minutes_nlp.evaluation.score import Scores, load_gold, score
from minutes_nlp.reading import Limits, SourceDocument, read_document
from minutes_nlp.records import MeetingRecord


class Extractor(Protocol):
    """Turns a document into a record (`MinutesPipeline` does)."""

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of one document."""


def evaluate_folder(
    folder: Path,
    extractor: Extractor,
    *,
    gold: Path | None = None,
    documents: Path | None = None,
    prefix: str = "",
    limits: Limits = Limits(),
    progress: Callable[[str], None] = lambda _: None,
) -> Scores:
    """Extract every document that has gold, and score it.

    Args:
        folder: holds `docs/` and `gold/`, unless these are given by `documents` and `gold`.
        extractor: what is evaluated.
        gold: folder of gold files.
        documents: folder of the documents that the gold names.
        prefix: score only documents whose name starts so (`nl-`).
        limits: what is still read.
        progress: called with each document's name before it is read.

    Raises:
        EvaluationError: no gold, or a document that gold names is missing.
        ReadingError: a document cannot be read.
    """
    wanted = load_gold(gold or folder / "gold")
    source = documents or folder / "docs"
    pairs: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], str]] = {}
    for name, entry in wanted.items():
        if not name.startswith(prefix):
            continue
        path = source / name
        if not path.is_file():
            raise EvaluationError("evaluation.no-document", f"There is gold for {name}, but no {path}.", path=path)
        progress(name)
        record = extractor.process(read_document(path, name=name, limits=limits))
        pairs[name] = (entry, record.evaluation_view(), record.text)
    return score(pairs)
