"""Bytes to text: byte-order marks and strict UTF-8 first, then cp1252; the result says which was used."""

from __future__ import annotations

import codecs
import re

from minutes_nlp.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEAD = re.compile(rb"[\xc2-\xf4][\x80-\xbf]*\Z")
_BROKEN_SHARE = 4  # broken bytes for each whole character from which a text counts as cp1252, not as damaged UTF-8
_AGAIN = "Save the file again as UTF-8 in the program that made it."


def decode(content: bytes, name: str = "") -> tuple[str, str]:
    """The text of `content` with `\\n` line ends and no byte-order mark, and the name of the encoding.

    Text that is UTF-8 but for a few bytes is refused, not read as cp1252: every accent in it would come out wrong.

    Args:
        content: the file's bytes.
        name: what the file is called in messages.

    Raises:
        ReadingError: `reading.nul` for NUL characters, `reading.surrogate` for halves of characters,
            `reading.broken-utf8` for damaged UTF-8, `reading.undecodable` if no encoding fits.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _finish(_strict(content, encoding, name), encoding, name)
    if (guessed := _utf16_without_mark(content)) is not None:
        return _finish(_strict(content, guessed, name), guessed, name)
    try:
        return _finish(content.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError as error:
        if _damaged_utf8(content):
            raise _broken(content, "utf-8", error.start, name) from error
        return _finish(_strict(content, "cp1252", name), "cp1252", name)


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 betrays itself in Western text: every second byte is zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.8 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _damaged_utf8(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 were meant as such: whole characters beside few broken ones, or a cut-off end."""
    if _SURROGATE_BYTES.search(content):
        return True
    readable = content.decode("utf-8", "ignore")
    whole = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", readable))
    kept = len(readable.encode("utf-8"))
    broken = len(content) - kept
    if whole:
        return broken <= _BROKEN_SHARE * whole
    end = _LEAD.search(content[-4:])
    return end is not None and len(end[0]) == broken


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(content, encoding, error.start, name) from error


def _broken(content: bytes, encoding: str, position: int, name: str) -> ReadingError:
    """The error for content that stops being `encoding` at byte `position`; it names the line."""
    ahead = content[:position].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    line = ahead.count("\n") + 1
    if _holds_surrogate(content, encoding):
        return _surrogate(name, line)
    if encoding.startswith("utf-8"):
        return ReadingError(
            "reading.broken-utf8",
            f"{name} is UTF-8 text with damaged characters, the first on line {line}.",
            "Mend that line, or save the file again as UTF-8.",
            path=name,
            line=line,
        )
    return ReadingError(
        "reading.undecodable",
        f"{name} cannot be read as {encoding}: line {line} holds bytes that mean nothing in it.",
        _AGAIN,
        path=name,
        encoding=encoding,
        line=line,
    )


def _holds_surrogate(content: bytes, encoding: str) -> bool:
    """Whether halves of characters are what makes the content unreadable."""
    if encoding.startswith("utf-8"):
        return _SURROGATE_BYTES.search(content) is not None
    if not encoding.startswith("utf-16"):
        return False
    whole = content[: len(content) // 2 * 2]
    return _SURROGATE.search(whole.decode(encoding, "surrogatepass")) is not None


def _surrogate(name: str, line: int) -> ReadingError:
    return ReadingError(
        "reading.surrogate",
        f"{name} holds half a character (a lone surrogate) on line {line}.",
        _AGAIN,
        path=name,
        line=line,
    )


def _finish(text: str, encoding: str, name: str) -> tuple[str, str]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if (first := text.find("\0")) >= 0:
        line = text.count("\n", 0, first) + 1
        raise ReadingError(
            "reading.nul",
            f"{name} holds NUL characters, which no text has; the first is on line {line}.",
            "Open it in the program that made it and save it as plain text (UTF-8).",
            path=name,
            line=line,
        )
    return text, encoding
