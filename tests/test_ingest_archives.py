"""Archives in the raw folder: each member is a document of its own, under its path in the archive."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.ingest import Entry, IngestReport, Places, Processing, ingest
from minutes_nlp.reading import Limits
from minutes_nlp.store.connect import open_database

MARCH, APRIL = "Verslag\nDATE 2026-03-10\nACTION Noor belt\n", "Verslag\nDATE 2026-04-14\nDECISION ja\n"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of these members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


class Told:
    """A progress that remembers how many files there are, and which are done."""

    total = 0

    def __init__(self) -> None:
        self.ended: list[str] = []

    def start(self, total: int) -> None:
        self.total = total

    def begin(self, name: str) -> None:
        pass

    def end(self, entry: Entry) -> None:
        self.ended.append(entry.name)


class Workplace:
    """A folder with `raw/`, and the ingest over it."""

    def __init__(self, folder: Path, processor, noon) -> None:
        self.places = Places(folder / "raw", folder / "structured" / "records", folder / "structured" / "minutes.db")
        self.places.raw.mkdir()
        self.processor, self.noon = processor, noon

    def put(self, name: str, content: bytes) -> Path:
        (self.places.raw / name).write_bytes(content)
        return self.places.raw / name

    def ingest(self, *paths: Path) -> IngestReport:
        self.processor.processed.clear()
        self.progress = Told()
        processing = Processing("one", lambda: self.processor, Limits(depth=2))
        return ingest(paths, self.places, processing, progress=self.progress, clock=lambda: self.noon)

    def kinds(self, *paths: Path) -> dict[str, str]:
        return {entry.name: entry.reason or entry.kind for entry in self.ingest(*paths).entries}

    def failures(self) -> dict[str, str]:
        with closing(open_database(self.places.database)) as db:
            return dict(db.execute("SELECT path, code FROM ingest_errors").fetchall())


@pytest.fixture
def workplace(tmp_path: Path, processor, noon) -> Workplace:
    return Workplace(tmp_path, processor, noon)


def test_members_are_documents_with_their_path_also_those_of_archives_in_it(workplace: Workplace) -> None:
    workplace.put("2026.zip", zipped({"maart.txt": MARCH, "lente/april.zip": zipped({"a.txt": APRIL})}))
    assert workplace.kinds() == {"2026.zip/maart.txt": "new", "2026.zip/lente/april.zip/a.txt": "new"}
    assert (workplace.places.records / "2026.zip" / "lente" / "april.zip" / "a.txt.json").is_file()
    assert workplace.progress.total == len(workplace.progress.ended) == 2


def test_only_what_changed_in_an_archive_is_processed_and_what_it_lost_is_missing(workplace: Workplace) -> None:
    workplace.put("2026.zip", zipped({"a.txt": MARCH, "b.txt": MARCH, "c.txt": MARCH}))
    workplace.ingest()
    workplace.put("2026.zip", zipped({"a.txt": MARCH, "b.txt": APRIL}))
    assert workplace.kinds() == {
        "2026.zip/a.txt": "unchanged",
        "2026.zip/b.txt": "changed",
        "2026.zip/c.txt": "missing",
    }
    assert workplace.processor.processed == ["2026.zip/b.txt"]


def test_an_archive_named_by_itself_tells_what_it_lost_and_nothing_of_others(workplace: Workplace) -> None:
    path = workplace.put("2026.zip", zipped({"a.txt": MARCH, "b.txt": MARCH}))
    workplace.put("los.txt", APRIL.encode())
    workplace.ingest()
    workplace.put("2026.zip", zipped({"a.txt": MARCH}))
    (workplace.places.raw / "los.txt").unlink()
    assert workplace.kinds(path) == {"2026.zip/a.txt": "unchanged", "2026.zip/b.txt": "missing"}


def test_an_archive_that_is_gone_takes_its_members_with_it(workplace: Workplace) -> None:
    workplace.put("2026.zip", zipped({"a.txt": MARCH}))
    workplace.ingest()
    (workplace.places.raw / "2026.zip").unlink()
    assert workplace.kinds() == {"2026.zip/a.txt": "missing"}


def test_a_damaged_archive_fails_and_its_members_are_not_missing(workplace: Workplace) -> None:
    whole = zipped({"a.txt": MARCH})
    workplace.put("2026.zip", whole)
    workplace.ingest()
    workplace.put("2026.zip", whole[:-10])
    assert workplace.kinds() == {"2026.zip": "failed"}
    assert workplace.failures() == {"2026.zip": "reading.damaged"}
    workplace.put("2026.zip", whole)
    assert workplace.kinds() == {"2026.zip/a.txt": "unchanged"}
    assert workplace.failures() == {}


def test_a_member_that_fails_is_told_and_the_others_are_read(workplace: Workplace) -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": MARCH})})})
    members = {"a.txt": MARCH, "leeg.txt": " ", "programma": b"\x7fELF\0", "diep.zip": deep}
    workplace.put("2026.zip", zipped(members))
    kinds = workplace.kinds()
    assert kinds["2026.zip/a.txt"] == "new"
    failures = workplace.failures()
    assert failures["2026.zip/leeg.txt"] == "reading.empty"
    assert failures["2026.zip/diep.zip/a.zip"] == "reading.archive-depth"
    assert failures["2026.zip/programma"] == "reading.other-format"


def test_hidden_and_temporary_members_are_left_out(workplace: Workplace) -> None:
    workplace.put("2026.zip", zipped({"a.txt": MARCH, "__MACOSX/._a.txt": "x", "b/~$c.txt": "x"}))
    assert workplace.kinds() == {
        "2026.zip/a.txt": "new",
        "2026.zip/__MACOSX/._a.txt": "hidden",
        "2026.zip/b/~$c.txt": "temporary",
    }


def test_the_same_path_twice_is_told(workplace: Workplace) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.txt", MARCH)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", APRIL)
    workplace.put("2026.zip", kept.getvalue())
    assert [entry.kind for entry in workplace.ingest().entries] == ["new", "failed"]
    assert workplace.failures() == {"2026.zip/a.txt": "ingest.same-name"}
