"""Every hostile file ends with its own error, and an ingest of all of them loses none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hostile import LIMITS, Case, cases

from minutes_nlp.errors import MinutesError
from minutes_nlp.ingest import Entry, Places, Processing, ingest
from minutes_nlp.reading.readers import read_bytes
from minutes_nlp.reading.safely import read_safely, unpack

CASES = list(cases())


def codes(path: Path) -> set[str]:
    """The codes of all that goes wrong when a file is read, and its members if it is an archive."""
    found: set[str] = set()

    def note(problem: MinutesError) -> None:
        assert problem.message
        assert problem.hint
        found.add(problem.code)

    try:
        content = read_bytes(path, LIMITS)
        members = unpack(content, name=path.name, limits=LIMITS)
        if members is None:
            read_safely(content, name=path.name, limits=LIMITS)
        for member in members or ():
            try:
                if member.problem is not None:
                    raise member.problem
                read_safely(member.content, name=f"{path.name}/{member.path}", limits=LIMITS)
            except MinutesError as problem:
                note(problem)
    except MinutesError as problem:
        note(problem)
    return found


def test_there_are_enough_and_no_two_have_the_same_name() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_ends_with_its_own_error(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.make())
    assert codes(path) == case.expected()


class Quiet:
    """A progress that nobody looks at."""

    def start(self, total: int) -> None:
        pass

    def begin(self, name: str) -> None:
        pass

    def end(self, entry: Entry) -> None:
        pass


def test_an_ingest_of_all_of_them_loses_no_file(tmp_path: Path, processor, noon) -> None:
    places = Places(tmp_path / "raw", tmp_path / "structured" / "records", tmp_path / "structured" / "minutes.db")
    places.raw.mkdir()
    contents = {case.name: case.make() for case in CASES}
    for name, content in contents.items():
        (places.raw / name).write_bytes(content)
    report = ingest([], places, Processing("one", lambda: processor, LIMITS), progress=Quiet(), clock=lambda: noon)
    with closing(sqlite3.connect(places.database)) as db:
        told = {path for (path,) in db.execute("SELECT path FROM documents UNION SELECT path FROM ingest_errors")}
    for name, content in contents.items():
        assert (places.raw / name).read_bytes() == content
        assert any(path == name or path.startswith(f"{name}/") for path in told), name
    failed = {entry.name.split("/")[0] for entry in report.of_kind("failed")}
    assert failed == {case.name for case in CASES if case.expected()}
