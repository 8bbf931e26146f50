"""Plain text, Markdown and reStructuredText: one reader, since real minutes mix their signs."""

from __future__ import annotations

from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.encoding import decode
from minutes_nlp.reading.formats import foreign_format
from minutes_nlp.reading.readers import Limits, check_lines, digest, empty

_MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".rst": "text/x-rst"}
_KNOWN = (".txt", ".text", ".md", ".markdown", ".rst", "")
_SAMPLE = 8192
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x0b\x1b")


class TextReader:
    """Reads anything that is text."""

    name = "text"

    def score(self, content: bytes, suffix: str) -> float:
        """1 for a known ending, 0.5 for other text, 0 for other formats and for control characters."""
        if foreign_format(content):
            return 0.0
        sample = content[:_SAMPLE]
        utf16 = sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sample.count(0) > 0.4 * len(sample)
        if not utf16 and sum(byte in _CONTROL for byte in sample) > 0.02 * len(sample):
            return 0.0
        return 1.0 if suffix in _KNOWN else 0.5

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        text, encoding = decode(content, name)
        if not text.strip():
            raise empty(name)
        check_lines(text, name, limits)  # before it is split into blocks
        suffix = name[name.rfind(".") :].lower() if "." in name else ""
        return SourceDocument(
            name=name,
            text=text,
            blocks=split_blocks(text),
            sha256=digest(content),
            media_type=_MEDIA_TYPES.get(suffix, "text/plain"),
            encoding=encoding,
            size=len(content),
        )
