"""Which files are read, under which name, and why others are not."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.discovery import Discovery, discover, ignored_because, stable_name
from minutes_nlp.errors import ReadingError


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(found: Discovery) -> list[str]:
    return [file.name for file in found.files]


def reasons(found: Discovery) -> dict[str, str]:
    return {ignored.name: ignored.reason for ignored in found.ignored}


def test_nested_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/diep/er/x.md", "c")
    assert names(discover([tmp_path], tmp_path)) == ["a/diep/er/x.md", "a/z.txt", "b.txt", "c"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".verborgen.txt", "hidden"),
        (".DS_Store", "hidden"),
        ("Thumbs.db", "hidden"),
        ("~$verslag.docx", "temporary"),
        ("verslag.txt~", "temporary"),
        ("#verslag.txt#", "temporary"),
        (".#verslag.txt", "temporary"),
        (".verslag.txt.swp", "temporary"),
        ("verslag.docx.CRDOWNLOAD", "temporary"),
        ("verslag.txt", None),
        ("~verslag.txt", None),
        ("zonder-einde", None),
    ],
)
def test_hidden_and_temporary_files_are_left_out_with_a_reason(name: str, reason: str | None) -> None:
    assert ignored_because(name) == reason


def test_a_hidden_folder_is_left_out_whole(tmp_path: Path) -> None:
    make(tmp_path, ".git/een.txt", "twee.txt")
    found = discover([tmp_path], tmp_path)
    assert names(found) == ["twee.txt"]
    assert reasons(found) == {".git": "hidden"}


def test_a_file_that_is_named_is_read_even_if_hidden(tmp_path: Path) -> None:
    make(tmp_path, ".een.txt")
    assert names(discover([tmp_path / ".een.txt"], tmp_path)) == [".een.txt"]


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "een.txt")
    found = discover([tmp_path, tmp_path / "een.txt", tmp_path], tmp_path)
    assert names(found) == ["een.txt"]


def test_links_that_loop_are_followed_once(tmp_path: Path) -> None:
    make(tmp_path, "a/een.txt")
    (tmp_path / "a" / "terug").symlink_to(tmp_path, target_is_directory=True)
    found = discover([tmp_path], tmp_path)
    assert names(found) == ["a/een.txt"]
    assert reasons(found) == {"a/terug": "loop"}


def test_a_link_that_leads_out_of_the_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "raw/een.txt", "geheim/loon.txt", "geheim.txt")
    (tmp_path / "raw" / "bestand.txt").symlink_to(tmp_path / "geheim.txt")
    (tmp_path / "raw" / "map").symlink_to(tmp_path / "geheim", target_is_directory=True)
    (tmp_path / "raw" / "weg.txt").symlink_to(tmp_path / "nergens.txt")
    found = discover([tmp_path / "raw"], tmp_path / "raw")
    assert names(found) == ["een.txt"]
    assert reasons(found) == {"bestand.txt": "outside", "map": "outside", "weg.txt": "outside"}
    assert not found.covers("bestand.txt"), "what was read through a link is not gone"
    assert found.covers("een.txt")


def test_a_link_that_stays_in_the_folder_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "raw/2023/een.txt", "raw/2024/twee.txt")
    (tmp_path / "raw" / "2025").mkdir()
    (tmp_path / "raw" / "2025" / "laatste").symlink_to(tmp_path / "raw" / "2024", target_is_directory=True)
    found = discover([tmp_path / "raw" / "2025"], tmp_path / "raw")
    assert names(found) == ["2024/twee.txt"]
    assert reasons(found) == {}


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "raw/een.txt", "elders/twee.txt", "drie.txt")
    (tmp_path / "raw" / "map").symlink_to(tmp_path / "elders", target_is_directory=True)
    (tmp_path / "raw" / "drie.txt").symlink_to(tmp_path / "drie.txt")
    found = discover([tmp_path / "raw" / "map", tmp_path / "raw" / "drie.txt"], tmp_path / "raw")
    assert names(found) == ["drie.txt", "outside-1/elders/twee.txt"]
    assert reasons(found) == {}


def test_a_link_to_itself_is_left_to_reading_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "lus.txt").symlink_to(tmp_path / "lus.txt")
    assert names(discover([tmp_path], tmp_path)) == ["lus.txt"]


def test_a_second_name_of_the_same_file_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "een.txt")
    (tmp_path / "nog-een.txt").symlink_to(tmp_path / "een.txt")
    found = discover([tmp_path], tmp_path)
    assert names(found) == ["een.txt"]
    assert reasons(found) == {"nog-een.txt": "again"}


def test_the_folder_that_the_program_writes_to_is_never_read(tmp_path: Path) -> None:
    make(tmp_path, "structured/records/een.txt.json", "een.txt")
    found = discover([tmp_path], tmp_path / "raw", leave_out=tmp_path / "structured")
    assert names(found) == ["outside-1/een.txt"]
    assert reasons(found) == {"outside-1/structured": "output"}


def test_a_path_that_does_not_exist_is_refused_before_anything_is_walked(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        discover([tmp_path, tmp_path / "nergens"], tmp_path)
    assert refused.value.code == "ingest.no-path"


def test_a_folder_that_cannot_be_opened_is_reported_and_its_documents_are_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "dicht/een.txt", "open/twee.txt")
    iterdir = Path.iterdir

    def closed(path: Path):
        if path.name == "dicht":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    found = discover([tmp_path], tmp_path)
    assert names(found) == ["open/twee.txt"]
    assert [(name, problem.code) for name, problem in found.unreadable] == [("dicht", "ingest.folder")]
    assert not found.covers("dicht/een.txt")
    assert found.covers("open/drie.txt")


def test_a_name_is_composed_so_that_it_is_the_same_on_every_machine(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "pv-été.txt"))
    assert names(discover([tmp_path], tmp_path)) == [unicodedata.normalize("NFC", "pv-été.txt")]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    (name,) = names(discover([tmp_path], tmp_path))
    assert name == "caf\\xe9.txt"
    assert name.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("raw/een.txt", "een.txt"),
        ("raw/a/een.txt", "a/een.txt"),
        ("raw/../raw/een.txt", "een.txt"),
        ("archief/een.txt", "outside-1/archief/een.txt"),
        ("een.txt", "outside-1/een.txt"),
        ("../elders/een.txt", "outside-2/elders/een.txt"),
        ("raw", "."),
    ],
)
def test_the_name_is_the_way_from_the_raw_folder(tmp_path: Path, path: str, name: str) -> None:
    home = tmp_path / "thuis"
    (home / "raw").mkdir(parents=True)
    assert stable_name(home / path, home / "raw") == name


@given(st.lists(st.text("ab-1", min_size=1, max_size=3), min_size=1, max_size=4), st.integers(0, 3))
def test_two_places_never_have_the_same_name(parts: list[str], up: int) -> None:
    raw = Path("/x/y/z/raw")
    here, there = Path("/", *raw.parts[1 : 5 - up], *parts), Path("/", *raw.parts[1 : 5 - up], *parts, "more")
    assert stable_name(here, raw) != stable_name(there, raw)
    assert ".." not in stable_name(here, raw).split("/")


def test_a_folder_covers_its_own_names_and_the_raw_folder_nothing_outside(tmp_path: Path) -> None:
    make(tmp_path, "raw/a/een.txt", "ab/twee.txt")
    whole = discover([tmp_path / "raw"], tmp_path / "raw")
    assert whole.covers("weg.txt")
    assert not whole.covers("outside-1/ab/weg.txt")
    part = discover([tmp_path / "raw" / "a"], tmp_path / "raw")
    assert part.covers("a/weg.txt")
    assert not part.covers("ab/weg.txt")
    assert not discover([tmp_path / "raw" / "a" / "een.txt"], tmp_path / "raw").covers("a/weg.txt")
