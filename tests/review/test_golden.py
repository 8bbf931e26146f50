"""A corrected meeting as a case: the file as it was read, wherever it lies, and never a case by accident."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.errors import ReviewError
from minutes_nlp.reading import Limits
from minutes_nlp.reading.readers import digest
from minutes_nlp.review.golden import keep_case
from minutes_nlp.review.originals import original
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record
from tests.invented_records import NOON, SPRING, spring

NAME = "wilgenhof/2024-03-04.txt"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "wilgenhof").mkdir(parents=True)
    (folder / NAME).write_text(SPRING, encoding="utf-8", newline="\n")
    return folder


def test_the_file_is_given_as_it_was_read(raw: Path) -> None:
    assert original(raw, NAME, digest(SPRING.encode())) == SPRING.encode()


def test_a_member_of_an_archive_is_taken_out_of_it(raw: Path) -> None:
    with zipfile.ZipFile(raw / "lente.zip", "w") as archive:
        archive.writestr("maart/verslag.txt", SPRING)
    assert original(raw, "lente.zip/maart/verslag.txt", digest(SPRING.encode())) == SPRING.encode()
    with pytest.raises(ReviewError):
        original(raw, "lente.zip/april/verslag.txt", digest(SPRING.encode()))


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_is_no_longer_the_same_is_refused(raw: Path, change: str) -> None:
    if change == "gone":
        (raw / NAME).unlink()
    else:
        (raw / NAME).write_text("iets anders", encoding="utf-8")
    with pytest.raises(ReviewError) as caught:
        original(raw, NAME, digest(SPRING.encode()))
    assert caught.value.code == "review.no-document"


def test_a_case_holds_file_and_record_and_is_replaced_only_if_asked(raw: Path, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
        case = keep_case(db, raw, NAME, tmp_path / "out", limits=Limits(), replace=False)
        assert case.document.read_bytes() == SPRING.encode()
        assert json.loads(case.gold.read_text(encoding="utf-8")) == spring().evaluation_view()
        with pytest.raises(ReviewError) as caught:
            keep_case(db, raw, NAME, tmp_path / "out", limits=Limits(), replace=False)
        assert caught.value.code == "review.golden-there"
        keep_case(db, raw, NAME, tmp_path / "out", limits=Limits(), replace=True)
