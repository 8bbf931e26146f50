"""Records as files: whole or not at all, and never outside their folder."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import facts, spring

from minutes_nlp.errors import ExportError
from minutes_nlp.export import records
from minutes_nlp.export.records import read_record, record_path, write_record
from minutes_nlp.records import MeetingRecord


def named(path: str) -> MeetingRecord:
    return MeetingRecord(document=facts(path, "Tekst"), text="Tekst")


def test_the_whole_file_name_is_kept_so_that_two_formats_do_not_meet(tmp_path: Path) -> None:
    written = [write_record(named(name), tmp_path) for name in ("2024/a.docx", "2024/a.pdf")]
    assert written == [tmp_path / "2024" / "a.docx.json", tmp_path / "2024" / "a.pdf.json"]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = write_record(spring(), tmp_path)
    assert read_record(path) == spring()


def test_the_file_is_utf_8_that_people_can_read(tmp_path: Path) -> None:
    content = write_record(spring(), tmp_path).read_bytes()
    assert '"José Ampère"'.encode() in content
    assert content.endswith(b"}\n")
    assert b"\r" not in content


def test_a_record_takes_the_place_of_the_earlier_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_record(spring("a.txt"), tmp_path)
    path = write_record(named("a.txt"), tmp_path)
    assert read_record(path) == named("a.txt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt.json"]


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../a.txt",
        "a/../../b.txt",
        "a/../b.txt",
        "/etc/a.txt",
        "//server/a.txt",
        "C:/a.txt",
        "C:a.txt",
        "",
        ".",
        "a/",
        "a\0b.txt",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "records"
    with pytest.raises(ExportError) as caught:
        write_record(named(path), folder)
    assert caught.value.code == "export.outside"
    assert list(tmp_path.rglob("*")) == []


@given(st.text(st.sampled_from("./\\ab:~% é"), max_size=12))
def test_no_path_leads_outside_the_folder(path: str) -> None:
    folder = Path("records").resolve()
    try:
        found = record_path(path, folder)
    except ExportError:
        return
    assert Path(os.path.normpath(found)).is_relative_to(folder)
    assert Path(os.path.normpath(found)) != folder


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_folder_does_not_lead_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ExportError):
        write_record(named("link/a.txt"), tmp_path / "records")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "records").symlink_to(tmp_path / "disk")
    write_record(named("a.txt"), tmp_path / "records")
    assert (tmp_path / "disk" / "a.txt.json").exists()


def test_a_failure_while_writing_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_record(spring("a.txt"), tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(records.os, "fsync", full)
    with pytest.raises(ExportError, match="No space left") as caught:
        write_record(named("a.txt"), tmp_path)
    assert caught.value.code == "export.unwritable"
    assert read_record(path) == spring("a.txt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt.json"]


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("in the way")
    with pytest.raises(ExportError) as caught:
        write_record(named("a/b.txt"), tmp_path)
    assert caught.value.code == "export.unwritable"


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b'{"text": "half'])
def test_a_file_without_a_record_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        read_record(path)
    assert caught.value.code == "export.unreadable"
