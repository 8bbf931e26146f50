"""From a file's bytes to its text and blocks."""

from minutes_nlp.reading.document import Apart, ApartKind, Block, BlockKind, Cell, SourceDocument
from minutes_nlp.reading.readers import Limits, Reader, read_content
from minutes_nlp.reading.safely import read_document, read_safely

__all__ = [
    "Apart",
    "ApartKind",
    "Block",
    "BlockKind",
    "Cell",
    "Limits",
    "Reader",
    "SourceDocument",
    "read_content",
    "read_document",
    "read_safely",
]
