"""Texts with the expected passages written into them: `<act>De notulen worden goedgekeurd.</act>`.

An `<act>` may carry what must be found about it: `<act owners="An Claes, bestuur" status="done">`.
"""

import re
from collections.abc import Callable

import spacy
from spacy.tokens import Doc

from minutes_nlp.extraction.attendance import find_attendance
from minutes_nlp.language import detector, normalise
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.layout import analyse
from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.document import Block, SourceDocument

_TAG = re.compile(r"<act(?P<facts>[^>]*)>(?P<text>.*?)</act>", re.DOTALL)
_FACT = re.compile(r'(\w+)="([^"]*)"')
_VOCAB = spacy.blank("xx").vocab


def plain(marked: str) -> str:
    """The text without the expectations."""
    return _TAG.sub(lambda match: match["text"], marked)


def expected(marked: str) -> list[str]:
    """The marked passages, their lines joined, in the order of the text."""
    return [" ".join(match["text"].split()) for match in _TAG.finditer(marked)]


def facts(marked: str) -> list[dict[str, str]]:
    """What is written in the opening tags."""
    return [dict(_FACT.findall(match["facts"])) for match in _TAG.finditer(marked)]


def read(text: str, blocks: tuple[Block, ...] = ()) -> Doc:
    """The document as the recognisers of decisions and actions get it: with layout and attendance.

    The blocks are those of Markdown unless they are given.
    """
    document = SourceDocument("case.md", text, blocks or split_blocks(text), "", "text/markdown", "utf-8", len(text))
    normalised = normalise(document, detector())
    doc = make_doc(normalised, _VOCAB)
    doc._.minutes_text = normalised
    doc._.minutes_layout = analyse(normalised)
    doc._.minutes_attendance = find_attendance(normalised, doc._.minutes_layout)
    return doc


def annotate(recogniser: Callable[[Doc], Doc], marked: str) -> Doc:
    """The document of a marked text after one recogniser."""
    return recogniser(read(plain(marked)))
