"""From a file's bytes to its text and blocks."""

from minutes_nlp.reading.document import Block, BlockKind, Cell, SourceDocument
from minutes_nlp.reading.readers import Limits, Reader, read_content, read_document

__all__ = ["Block", "BlockKind", "Cell", "Limits", "Reader", "SourceDocument", "read_content", "read_document"]
