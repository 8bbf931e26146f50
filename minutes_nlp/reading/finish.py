"""The end of every reader that makes text and blocks of its own: the document, or the error that it holds no text."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_nlp.reading.archive import no_text
from minutes_nlp.reading.document import Apart, Block, Ocr, SourceDocument
from minutes_nlp.reading.readers import digest


def finished(
    content: bytes,
    name: str,
    composed: tuple[str, tuple[Block, ...]],
    media_type: str,
    *,
    encoding: str = "utf-8",
    apart: Iterable[Apart] = (),
    ocr: Ocr | None = None,
) -> SourceDocument:
    """The document that was read.

    Args:
        content: the file.
        name: how the document is shown and stored.
        composed: its text and the blocks of that text.
        media_type: what the file is.
        encoding: of the characters in the file.
        apart: what was set apart.
        ocr: what was read by OCR.

    Raises:
        ReadingError: `reading.no-text`: there is no visible word.
    """
    text, blocks = composed
    if not text:
        raise no_text(name)
    return SourceDocument(
        name=name,
        text=text,
        blocks=blocks,
        sha256=digest(content),
        media_type=media_type,
        encoding=encoding,
        size=len(content),
        apart=tuple(apart),
        ocr=ocr,
    )
