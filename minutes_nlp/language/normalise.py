"""The readable text of a whole document, block by block, with the way back to the source.

All recognisers look at this text: markup is gone, printed lines are joined, table cells stand side by side. Offsets in
it are called normalised; `NormalisedText.to_source` gives the span in `SourceDocument.text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes_nlp.language.clean import clean
from minutes_nlp.language.detect import UNKNOWN, LanguageDetector
from minutes_nlp.reading import Block, BlockKind, SourceDocument
from minutes_nlp.spans import CharSpan, OffsetMap

CELL_SEPARATOR = " | "
_SET_APART = (BlockKind.RULE, BlockKind.FURNITURE)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as recognisers see it.

    Attributes:
        block: the block it was made from (its kind, level, marker, page …).
        span: in the normalised text.
        cells: of a table row, in the normalised text; an empty cell is an empty span.
        key, value: of a key–value line, in the normalised text.
        language: ISO 639-1 code or `unknown`.
        confidence: probability of the language, 0 to 1.
        apart: whether a blank line (or a rule, or the edge of a page) stands before it.
    """

    block: Block
    span: CharSpan
    cells: tuple[CharSpan, ...] = ()
    key: CharSpan | None = None
    value: CharSpan | None = None
    language: str = UNKNOWN
    confidence: float = 0.0
    apart: bool = False

    @property
    def kind(self) -> BlockKind:
        """What the block is by its form."""
        return self.block.kind


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """The readable text: `blocks` in order, separated by `\\n`."""

    text: str
    blocks: tuple[TextBlock, ...]
    offsets: OffsetMap

    def to_source(self, span: CharSpan) -> CharSpan:
        """The span of the source document that a normalised span stands for."""
        return self.offsets.to_source(span)


def normalise(document: SourceDocument, languages: LanguageDetector) -> NormalisedText:
    """Clean every block that is text (rules and page furniture are left out) and tell its language."""
    builder = _Builder(document.text)
    found = [builder.add(block) for block in document.blocks if block.kind not in _SET_APART]
    text = "".join(builder.parts)
    kept = [b for b in found if b is not None]
    guesses = languages.detect([b.span.text(text) for b in kept])
    apart = _apart(document.text, [b.block for b in kept])
    blocks = tuple(
        replace(b, language=guess.language, confidence=guess.probability, apart=apart_)
        for b, guess, apart_ in zip(kept, guesses, apart, strict=True)
    )
    return NormalisedText(text, blocks, builder.offsets)


def _apart(text: str, blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether more than the end of a line parts it from the one before."""
    ends = [0, *(block.span.end for block in blocks)]
    return [text.count("\n", end, block.span.start) > 1 for end, block in zip(ends, blocks, strict=False)]


class _Builder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.offsets = OffsetMap()
        self.parts: list[str] = []

    def _clean(self, lines: tuple[CharSpan, ...]) -> CharSpan:
        start = len(self.offsets)
        self.parts.append(clean(self.source, lines, self.offsets))
        return CharSpan(start, len(self.offsets))

    def _between(self, sign: str, at: int) -> None:
        """Add a separator that stands for nothing in the source."""
        self.parts.append(self.offsets.add(sign, CharSpan(at, at)))

    def add(self, block: Block) -> TextBlock | None:
        """Append a block; `None` if nothing readable is left of it."""
        if not block.lines:
            return None
        if self.parts:
            self._between("\n", block.lines[0].start)
        start = len(self.offsets)
        if block.cells:
            cells = self._cells(block)
            return TextBlock(block, CharSpan(start, len(self.offsets)), cells)
        span = self._clean(block.lines)
        if not span.length:
            return None
        key = self._locate(block.key, span)
        value = self._locate(block.value, span)
        return TextBlock(block, span, (), key, value)

    def _cells(self, block: Block) -> tuple[CharSpan, ...]:
        cells: list[CharSpan] = []
        for number, cell in enumerate(block.cells):
            if number:
                at = cell.lines[0].start if cell.lines else self._end()
                self._between(CELL_SEPARATOR, at)
            cells.append(self._clean(cell.lines))
        return tuple(cells)

    def _end(self) -> int:
        """Where the last thing added ends in the source."""
        length = len(self.offsets)
        return self.offsets.to_source(CharSpan(max(0, length - 1), length)).end if length else 0

    def _locate(self, span: CharSpan | None, within: CharSpan) -> CharSpan | None:
        """The normalised span of a source span that lies in the block just added."""
        return self.offsets.from_source(span, within) if span else None
