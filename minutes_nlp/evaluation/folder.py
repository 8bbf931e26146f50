"""Evaluate the program on a folder of documents and gold."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minutes_nlp.errors import EvaluationError
from minutes_nlp.evaluation.score import Scores, load_gold, score
from minutes_nlp.pipeline.jobs import Job, Outcomes, Processor, process_here, size_of
from minutes_nlp.reading import Limits, read_document


def evaluate_folder(
    folder: Path,
    extractor: Processor,
    *,
    gold: Path | None = None,
    documents: Path | None = None,
    prefix: str = "",
    limits: Limits = Limits(),
    progress: Callable[[str], None] = lambda _: None,
) -> Scores:
    """As `evaluate_with`, by an extractor, one document after the other."""
    return evaluate_with(
        folder,
        lambda jobs, _: process_here(jobs, lambda: extractor),
        gold=gold,
        documents=documents,
        prefix=prefix,
        limits=limits,
        progress=progress,
    )


def evaluate_with(
    folder: Path,
    run: Callable[[Iterable[Job], int], Outcomes],
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
        run: processes documents, of which there are so many; it gives what came of them in their order.
        gold: folder of gold files.
        documents: folder of the documents that the gold names.
        prefix: score only documents whose name starts so (`nl-`).
        limits: what is still read.
        progress: called with each document's name before it is read.

    Raises:
        EvaluationError: no gold, or a document that gold names is missing.
        MinutesError: a document cannot be read or processed.
    """
    wanted = load_gold(gold or folder / "gold")
    source = documents or folder / "docs"
    chosen = [name for name in wanted if name.startswith(prefix)]
    for name in chosen:
        if not (source / name).is_file():
            path = source / name
            raise EvaluationError("evaluation.no-document", f"There is gold for {name}, but no {path}.", path=path)

    def jobs() -> Iterator[Job]:
        for name in chosen:
            progress(name)
            read = functools.partial(read_document, source / name, name=name, limits=limits)
            yield Job(name, read, size_of(source / name), limits.working_seconds)

    pairs: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], str]] = {}
    for outcome in run(jobs(), len(chosen)):
        if outcome.record is None:
            assert outcome.problem is not None
            raise outcome.problem
        pairs[outcome.name] = (wanted[outcome.name], outcome.record.evaluation_view(), outcome.record.text)
    return score(pairs)
