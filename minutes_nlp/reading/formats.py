"""Files that are something else than text, told by their first bytes, whatever their names say."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP (Word, Excel, LibreOffice …)"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%!PS-Adobe", "PostScript"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"ID3", "MP3"),
    (b"OggS\x00", "Ogg"),
    (b"RIFF", "RIFF (WAV, AVI, WebP)"),
)
_FLAT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?[^>]*>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\])?\s*>|\s)*+<(?:\w+:)?document\s[^>]*"
    rb"""mimetype=["']application/vnd\.oasis\.opendocument\.text""",
    re.DOTALL,
)
_HEAD = 65_536  # bytes in which the header of a mail ends, or what there is of it tells enough
_FIELD = re.compile(rb"([!-9;-~]+):")
_OF_MAIL_PROGRAMS = frozenset((b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"))
_ALSO_WORDS = (b"BZh", b"ID3", b"RIFF")  # a text may begin so; the format has control characters right after


def foreign_format(content: bytes) -> str | None:
    """The name of the format that a file's first bytes give away, or `None` if it may be text."""
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            after = content[len(signature) : len(signature) + 16]
            if signature in _ALSO_WORDS and not any(byte < 9 or 13 < byte < 32 for byte in after):
                continue
            return name
    return None


def is_flat_text(content: bytes) -> bool:
    """Whether a file is an OpenDocument text that is one XML file (`.fodt`)."""
    return _FLAT.match(content[:_HEAD]) is not None


def is_mail(content: bytes) -> bool:
    """Whether a file is a mail message as it travels: header fields first, some that only a mail program writes."""
    head = content[:_HEAD].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n")
    lines = head.split(b"\n\n")[0].lower().split(b"\n")
    if lines[0].startswith(b"from "):  # as mailboxes on Unix separate messages
        del lines[0]
    if not lines or not _FIELD.match(lines[0]):
        return False
    fields = {found.group(1) for line in lines if (found := _FIELD.match(line))}
    return b"from" in fields and not fields.isdisjoint(_OF_MAIL_PROGRAMS)
