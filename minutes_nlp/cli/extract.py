"""`minutes extract`, `text` and `schema`: what the program finds in files, without a database."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.output import machine_stream, write_json
from minutes_nlp.cli.problems import FAILED, UsageError, report
from minutes_nlp.cli.session import session
from minutes_nlp.cli.tables import clean
from minutes_nlp.cli.work import parse_jobs, processing
from minutes_nlp.errors import MinutesError, ReadingError

if TYPE_CHECKING:
    from minutes_nlp.cli.messages import Messages
    from minutes_nlp.discovery import SourceFile
    from minutes_nlp.pipeline.jobs import Job
    from minutes_nlp.reading import Limits


def extract(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR…", show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", parser=parse_jobs, show_default=False)
    ] = None,
) -> None:
    """Print or write one JSON object per document; exit code 1 if a file failed, after the others are done."""
    from minutes_nlp.export.records import write_whole
    from minutes_nlp.pipeline.jobs import unexpected

    here = session(context)
    settings = here.settings
    files, problems = _files(paths, output, here.say)
    if output is not None:
        _prepare(output, files)
    processed = processing(settings, jobs)
    for outcome in processed.run(_tasks(files, processed.limits, problems), len(files)):
        if outcome.record is None:
            assert outcome.problem is not None
            problems.append(outcome.problem)
            continue
        view = outcome.record.evaluation_view()
        if output is None:
            write_json(view, indent=None)
            continue
        try:
            write_whole(output / f"{outcome.name}.json", json.dumps(view, ensure_ascii=False, indent=1) + "\n")
        except MinutesError as problem:
            problems.append(problem)
        except Exception as problem:  # noqa: BLE001 - whatever one document brings about, the others are still written
            problems.append(unexpected(outcome.name, problem))
    sys.stdout.flush()
    for error in problems:
        report(error, here.say)
    if problems:
        raise typer.Exit(FAILED)


def _files(paths: Iterable[Path], output: Path | None, say: Messages) -> tuple[list[SourceFile], list[MinutesError]]:
    """The files under the paths, each named by its way from the path it was found under, and what went wrong.

    Results of an earlier run, in `output`, are no documents. Links that lead out of a path are told of, and not read.
    """
    from minutes_nlp.discovery import discover

    files: list[SourceFile] = []
    problems: list[MinutesError] = []
    for path in paths:
        found = discover([path], path if path.is_dir() else path.parent, leave_out=output)
        files += found.files
        for link in (left for left in found.ignored if left.reason == "outside"):
            reason = say("ingest.because.outside")
            sys.stderr.write(say("ingest.left_out", name=clean(link.name), reason=reason) + "\n")
        problems += [problem for _, problem in found.unreadable]
    if not files and not problems:
        where = ", ".join(map(str, paths))
        raise ReadingError(
            "extract.nothing",
            f"There is no file to read in {where}.",
            "Name a file, or a folder with some.",
            path=where,
        )
    return files, problems


def _tasks(files: Iterable[SourceFile], limits: Limits, problems: list[MinutesError]) -> Iterator[Job]:
    """What is to be processed: the files, of archives their members; what can't be had goes to the problems."""
    from minutes_nlp.discovery import ignored_because
    from minutes_nlp.pipeline.jobs import Job, size_of
    from minutes_nlp.reading import read_document, read_safely
    from minutes_nlp.reading.safely import members_of

    for file in files:
        try:
            members = members_of(file.path, name=file.name, limits=limits)
            if members is None:
                read = functools.partial(read_document, file.path, name=file.name, limits=limits)
                yield Job(file.name, read, size_of(file.path), limits.working_seconds)
            for member in members or ():
                name = f"{file.name}/{member.path}"
                if member.problem is not None:
                    problems.append(member.problem)
                elif ignored_because(member.path) is None:
                    read = functools.partial(read_safely, member.content, name=name, limits=limits)
                    yield Job(name, read, len(member.content), limits.working_seconds)
        except MinutesError as problem:
            problems.append(problem)


def _prepare(output: Path, files: list[SourceFile]) -> None:
    """Make the folder and see that it can take the results, before the first document is processed."""
    seen: set[str] = set()
    for file in files:
        if file.name in seen:
            raise UsageError(
                "extract.same-name",
                f"Two files are called {file.name}.",
                "Write them into different folders.",
                name=file.name,
            )
        seen.add(file.name)
    if output.exists() and not output.is_dir():
        raise UsageError("extract.no-folder", f"{output} is no folder.", "Give a folder to write into.", path=output)
    output.mkdir(parents=True, exist_ok=True)
    if not os.access(output, os.W_OK):
        raise UsageError("ingest.not-writable", f"{output} may not be written to.", "Choose another.", path=output)


def text(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]) -> None:
    """Print the text that offsets refer to, character for character."""
    from minutes_nlp.reading.safely import open_document

    document = open_document(file, limits=session(context).settings.reading_limits())
    machine_stream().write(document.text)


def schema() -> None:
    """Print the JSON Schema of a record."""
    from minutes_nlp.records import MeetingRecord

    write_json(MeetingRecord.model_json_schema(mode="serialization"))
