"""Files that are no minutes: a clear error with a stable code, whatever is wrong with them."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import Limits, read_document

GOOD = "Verslag\n\nDe raad keurt de begroting goed.\n"


LIMITS = Limits()


def error_of(path: Path, limits: Limits = LIMITS) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_document(path, limits=limits)
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def written(folder: Path, content: bytes, name: str = "verslag.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"  \n\t\r\n", "\ufeff \n".encode(), " \n".encode("utf-16"), "\xa0".encode()])
def test_a_file_without_a_visible_character_is_empty(tmp_path: Path, content: bytes) -> None:
    assert error_of(written(tmp_path, content)).code == "reading.empty"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    error = error_of(tmp_path)
    assert (error.code, error.values["path"]) == ("reading.directory", tmp_path)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the superuser, who may read everything."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter on Windows")
def test_a_file_that_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        path = written(folder, GOOD.encode())
        path.chmod(0o644)
        with as_nobody():
            assert read_document(path).text == GOOD
        path.chmod(0o000)
        with as_nobody():
            assert error_of(path).code == "reading.permission"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert error_of(tmp_path / "weg.txt").code == "reading.missing"
    assert error_of(written(tmp_path, b"x") / "in-een-bestand.txt").code == "reading.missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_and_a_device_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.txt")
    assert error_of(tmp_path / "pijp.txt").code == "reading.special"
    assert error_of(Path(os.devnull)).code == "reading.special"


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "een.txt").symlink_to(tmp_path / "twee.txt")
    (tmp_path / "twee.txt").symlink_to(tmp_path / "een.txt")
    (tmp_path / "los.txt").symlink_to(tmp_path / "weg.txt")
    (tmp_path / "goed.txt").symlink_to(written(tmp_path, GOOD.encode(), "echt.txt"))
    assert error_of(tmp_path / "een.txt").code == "reading.link-loop"
    assert error_of(tmp_path / "los.txt").code == "reading.link-broken"
    assert read_document(tmp_path / "goed.txt").text == GOOD


def test_binary_content(tmp_path: Path) -> None:
    assert error_of(written(tmp_path, bytes(range(256)) * 40)).code == "reading.binary"


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7-Zip"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "ZIP (Word, Excel, LibreOffice …)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "Word/Excel 97-2003"),
        (b"SQLite format 3\0\x10\0", "SQLite"),
        (b"RIFF\x24\x08\0\0WAVEfmt ", "RIFF (WAV, AVI, WebP)"),
    ],
)
def test_another_format_under_the_name_of_a_text(tmp_path: Path, content: bytes, format_: str) -> None:
    error = error_of(written(tmp_path, content))
    assert (error.code, error.values["format"]) == ("reading.other-format", format_)


@pytest.mark.parametrize("name", ["verslag.xyz", "verslag", "verslag.docx", "verslag.md"])
def test_text_is_read_whatever_its_ending(tmp_path: Path, name: str) -> None:
    assert read_document(written(tmp_path, GOOD.encode(), name)).text == GOOD


def test_text_may_begin_with_the_letters_of_a_signature(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, b"RIFF is geen verslag maar een afkorting.\n")).blocks


def test_a_file_larger_than_any_format_may_be_is_refused_by_its_size_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "groot.txt"
    with path.open("wb") as file:
        file.truncate(LIMITS.container + 1)
    monkeypatch.setattr(Path, "open", lambda *_args, **_more: pytest.fail("the file was opened"))
    monkeypatch.setattr(Path, "read_bytes", lambda *_args: pytest.fail("the file was loaded"))
    error = error_of(path)
    assert (error.code, error.values["limit"]) == ("reading.too-large", LIMITS.container)
    assert error.values["size"] == LIMITS.container + 1


def test_the_size_limit_is_inclusive(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.encode())
    size = path.stat().st_size
    assert read_document(path, limits=Limits(bytes=size)).size == size
    assert error_of(path, Limits(bytes=size - 1)).code == "reading.too-large"


def test_nul_characters(tmp_path: Path) -> None:
    error = error_of(written(tmp_path, b"Verslag\nDe raad\0 keurt goed.\n" + b"Goed. " * 50))
    assert (error.code, error.values["line"]) == ("reading.nul", 2)


LONE = "Verslag\nDe raad \ud800 keurt de begroting goed.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_half_a_character(tmp_path: Path, encoding: str) -> None:
    error = error_of(written(tmp_path, LONE.encode(encoding, "surrogatepass")))
    assert (error.code, error.values["line"]) == ("reading.surrogate", 2)


@pytest.mark.parametrize(
    "content",
    [
        "één agenda\nvijf euro: ".encode() + b"\xe2\x82\n",  # a character cut short
        "één agenda\n".encode() + b"caf\xe9 zonder UTF-8 en " + "één punt\n".encode(),  # another encoding in between
        "één agenda\n".encode() + "één".encode()[:-1] + b"\xc3",  # a file cut short
        b"Verslag\ncaf\xc3",  # cut short in its only accent
    ],
)
def test_damaged_utf8_is_not_read_as_something_else(tmp_path: Path, content: bytes) -> None:
    error = error_of(written(tmp_path, content))
    assert (error.code, error.values["line"]) == ("reading.broken-utf8", 2)


def test_bytes_without_a_meaning(tmp_path: Path) -> None:
    error = error_of(written(tmp_path, b"Verslag\ncaf\xe9 \x81\n"))
    assert (error.code, error.values["encoding"], error.values["line"]) == ("reading.undecodable", "cp1252", 2)
    assert error_of(written(tmp_path, GOOD.encode("utf-16")[:-1])).code == "reading.undecodable"


def test_a_line_of_five_million_characters(tmp_path: Path) -> None:
    path = written(tmp_path, b"Verslag\n" + b"a" * 5_000_000 + b"\n")
    error = error_of(path, Limits(bytes=6_000_000))
    assert (error.code, error.values["length"], error.values["limit"]) == ("reading.long-line", 5_000_000, LIMITS.line)
    assert error_of(path).code in ("reading.long-line", "reading.too-large")


def test_a_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, b"caf\xe9 \x81")
    error_of(path)
    assert path.read_bytes() == b"caf\xe9 \x81"
