"""Several documents at once, in processes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from minutes_nlp.pipeline.build import MinutesPipeline, build_pipeline
from minutes_nlp.pipeline.settings import PipelineSettings
from minutes_nlp.reading import SourceDocument
from minutes_nlp.records import MeetingRecord
from minutes_nlp.resources import lexicon

_START: Final = "spawn"  # the only way that every system has, and the only one that is safe beside threads
_pipelines: list[MinutesPipeline] = []


def process_all(
    documents: Iterable[SourceDocument], settings: PipelineSettings | None = None, *, jobs: int = 1
) -> Iterator[MeetingRecord]:
    """The records of many documents, in their order.

    Args:
        documents: what was read.
        settings: which recogniser does what.
        jobs: how many processes; each loads the pipeline anew (seconds), so that few documents gain nothing.

    Raises:
        ValueError: `jobs` is below 1.
        ExtractionError: the recognisers are configured wrongly.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} processes can do nothing")
    pipeline = build_pipeline(settings)  # a wrong configuration is told here, not by a process that dies
    if jobs == 1:
        yield from map(pipeline.process, documents)
        return
    with ProcessPoolExecutor(jobs, get_context(_START), _prepare, (settings, lexicon.overlaid())) as pool:
        yield from pool.map(_process, documents)


def _prepare(settings: PipelineSettings | None, words: Path | None) -> None:
    lexicon.overlay(words)
    _pipelines.append(build_pipeline(settings))


def _process(document: SourceDocument) -> MeetingRecord:
    return _pipelines[0].process(document)
