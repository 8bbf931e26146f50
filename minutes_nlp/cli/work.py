"""What the commands that process documents have in common: how many processes share the work, and how long it took."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from minutes_nlp.cli.output import write_table
from minutes_nlp.cli.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minutes_nlp.cli.messages import Messages
    from minutes_nlp.ingest import Processing
    from minutes_nlp.pipeline.jobs import Job, Outcomes
    from minutes_nlp.pipeline.timings import Timings
    from minutes_nlp.settings import Settings


def parse_jobs(value: str) -> int:
    """A number of processes.

    Raises:
        UsageError: it is no whole number from 1.
    """
    if not value.isdecimal() or int(value) < 1:
        raise UsageError("usage.jobs", f"{value} is no number of processes.", "Use a whole number from 1.", value=value)
    return int(value)


def processing(settings: Settings, jobs: int | None = None) -> Processing:
    """How documents are processed under these settings; the pipeline itself is built when it is first needed.

    Args:
        settings: of the user.
        jobs: how many processes, if the command line says so.
    """
    from minutes_nlp.ingest import Processing
    from minutes_nlp.pipeline import fingerprint
    from minutes_nlp.pipeline.jobs import Processor
    from minutes_nlp.resources import lexicon

    lexicon.overlay(settings.words_folder)
    chosen = settings.pipeline_settings()

    def build() -> Processor:
        from minutes_nlp.pipeline import build_pipeline

        return build_pipeline(chosen)

    def share(tasks: Iterable[Job], processes: int) -> Outcomes:
        from minutes_nlp.pipeline.parallel import process_jobs

        return process_jobs(tasks, chosen, jobs=processes)

    return Processing(
        fingerprint(chosen, settings.words_folder),
        build,
        settings.reading_limits(),
        share,
        settings.jobs if jobs is None else jobs,
    )


def write_timings(timings: Timings, say: Messages) -> None:
    """A table of the computing time of every part, summed over the processes, the whole last."""
    parts = dict(timings.seconds)
    total = sum(parts.values())
    rows = [
        (
            say.get(f"values.road.{part}", part),
            f"{seconds:.2f}",
            f"{timings.words / seconds:.0f}" if seconds else "-",
            f"{seconds / total:.1%}" if total else "-",
        )
        for part, seconds in (*parts.items(), ("all", total))
    ]
    headings = [say(f"columns.{name}") for name in ("part", "seconds", "words_per_second", "share")]
    sys.stdout.write("\n")
    write_table(headings, list(zip(*rows, strict=True)), say)
