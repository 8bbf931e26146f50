"""Bytes to text: byte-order marks and strict UTF-8 first, then cp1252; the result says which was used."""

from __future__ import annotations

import codecs

from minutes_nlp.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """The text of `content` with `\\n` line ends and no byte-order mark, and the name of the encoding.

    Raises:
        ReadingError: `reading.nul` for NUL characters, `reading.undecodable` if no encoding fits.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _finish(_strict(content, encoding), encoding)
    if (guessed := _utf16_without_mark(content)) is not None:
        return _finish(_strict(content, guessed), guessed)
    try:
        return _finish(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _finish(_strict(content, "cp1252"), "cp1252")


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 betrays itself in Western text: every second byte is zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if half < 4:
        return None
    if sample[1::2].count(0) > 0.8 * half and sample[0::2].count(0) == 0:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.8 * half and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise ReadingError(
            "reading.undecodable",
            f"The text cannot be decoded as {encoding} ({where}).",
            "Save the file again as UTF-8.",
            encoding=encoding,
            where=where,
        ) from error


def _finish(text: str, encoding: str) -> tuple[str, str]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ReadingError(
            "reading.nul",
            "The file holds NUL characters, which no text has.",
            "Open it in the program that made it and save it as plain text (UTF-8).",
        )
    return text, encoding
