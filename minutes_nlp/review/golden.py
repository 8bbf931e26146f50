"""What corrected meetings teach: a case that must stay right, and examples to learn from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from minutes_nlp.errors import MinutesError, ReviewError
from minutes_nlp.export.records import write_whole
from minutes_nlp.reading import Limits, read_safely
from minutes_nlp.review.originals import original
from minutes_nlp.store.load import load_record
from minutes_nlp.training.corpus import Example


class Case(NamedTuple):
    """The two files of a case: the document and its gold."""

    document: Path
    gold: Path


def keep_case(db: sqlite3.Connection, raw: Path, path: str, folder: Path, *, limits: Limits, replace: bool) -> Case:
    """Make a document and its corrected record a case of `folder/docs` and `folder/gold`.

    Args:
        db: the database.
        raw: the folder that minutes are dropped in.
        path: the document's path below it.
        folder: where cases are kept; made if needed.
        limits: how large a file may be.
        replace: whether an earlier case of the same document may be replaced.

    Raises:
        ReviewError: `review.no-document`; `review.golden-there`: there is such a case already.
        ExportError: the files cannot be written.
    """
    record = load_record(db, path)
    content = original(raw, path, record.document.sha256, limits)
    case = Case(folder / "docs" / path, folder / "gold" / f"{path.replace('/', '__')}.json")
    if case.gold.exists() and not replace:
        raise ReviewError(
            "review.golden-there",
            f"There is a case {case.gold} already.",
            "With --replace it is replaced.",
            path=case.gold,
        )
    write_whole(case.gold, json.dumps(record.evaluation_view(), ensure_ascii=False, indent=1) + "\n")
    case.document.parent.mkdir(parents=True, exist_ok=True)
    case.document.write_bytes(content)
    return case


class Lessons:
    """Corrected documents as examples to learn from.

    Args:
        db: the database.
        raw: the folder that minutes are dropped in.
        limits: how large a file may be.

    Attributes:
        passed_over: documents that cannot be used, with the reason; filled while the examples are taken.
    """

    def __init__(self, db: sqlite3.Connection, raw: Path, limits: Limits) -> None:
        self.db = db
        self.raw = raw
        self.limits = limits
        self.passed_over: list[tuple[str, MinutesError]] = []

    def examples(self) -> Iterator[Example]:
        """Every document in which a person said which passages are decisions or actions; each is a body of its own."""
        sql = """SELECT DISTINCT d.path, d.sha256 FROM documents d
            JOIN correction_targets t ON t.document_id = d.id AND t.role = 'passage' AND t.start_offset IS NOT NULL
            JOIN corrections c ON c.id = t.correction_id
            WHERE c.kind IN ('action', 'decision') AND json_extract(c.content, '$.on') IS NULL ORDER BY d.path"""
        for path, sha256 in self.db.execute(sql).fetchall():
            try:
                content = original(self.raw, path, sha256, self.limits)
                document = read_safely(content, name=path, limits=self.limits)
                record = load_record(self.db, path)
                if document.text != record.text:
                    raise _changed(self.raw / path)
            except MinutesError as problem:
                self.passed_over.append((path, problem))
                continue
            yield Example(document, record.evaluation_view(), path, "train")


def _changed(path: Path) -> ReviewError:
    """The file is read otherwise than when it was ingested: another version of the program."""
    return ReviewError(
        "review.no-document",
        f"{path} is no longer there, or not as it was read.",
        "Run `minutes ingest` first.",
        path=path,
    )
