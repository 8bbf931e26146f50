"""Bytes become text with plain line ends, and the document says how they were read."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import read_content, read_document
from minutes_nlp.reading.encoding import decode

TEXT = "Verslag\nD’r zijn «vijf» punten – één ervan kost 3 €.\nVolgende keer: café.\n"


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
    ],
)
def test_the_same_text_in_any_encoding(encoded: bytes, name: str) -> None:
    assert decode(encoded) == (TEXT, name)


@pytest.mark.parametrize("byte", sorted(set(range(0x80, 0x100)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}))
def test_every_byte_that_cp1252_defines(byte: int) -> None:
    line = b"Verslag met accenten: \xe9\xe8 " + bytes([byte]) + b" einde"
    assert decode(line) == (line.decode("cp1252"), "cp1252")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(ends: str) -> None:
    assert decode(TEXT.replace("\n", ends).encode())[0] == TEXT


def test_mixed_line_ends_and_a_last_line_without_one() -> None:
    assert decode(b"een\r\ntwee\rdrie\n\r\nvier")[0] == "een\ntwee\ndrie\n\nvier"


def test_only_a_leading_byte_order_mark_is_dropped() -> None:
    assert decode("\ufeffeen\ufeff".encode())[0] == "een\ufeff"


def test_what_a_document_says_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "pv.md"
    path.write_bytes("# Séance\n".encode("cp1252"))
    document = read_document(path, name="commune/pv.md")
    assert (document.name, document.encoding, document.media_type, document.size) == (
        "commune/pv.md",
        "cp1252",
        "text/markdown",
        9,
    )
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert read_content(text.encode(), name="a.txt").text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert outcome(content) in (
        "text",
        "reading.nul",
        "reading.surrogate",
        "reading.broken-utf8",
        "reading.undecodable",
    )


def outcome(content: bytes) -> str:
    try:
        text, _ = decode(content)
    except ReadingError as error:
        return error.code
    return "text" if "\r" not in text else "a carriage return"
