"""What people are told of a text that OCR read from pictures of pages: which pages, and how sure it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minutes_nlp.cli.messages import Messages


def ocr_facts(
    pages: Sequence[int], confidence: float | None, unread: Sequence[int], say: Messages
) -> Iterator[tuple[str, str]]:
    """Each fact with its label; none where the file itself holds the text.

    Args:
        pages: that OCR read, from 1, in order.
        confidence: in their words, 0 to 1.
        unread: pages left out since OCR is not installed.
        say: the messages.
    """
    if pages:
        yield say("columns.ocr"), say("ocr.read", pages=page_ranges(pages), percent=percent(confidence or 0.0))
    if unread:
        yield say("ocr.not_read"), say("ocr.unread", pages=page_ranges(unread))


def percent(confidence: float) -> int:
    """A confidence in per cent; 100 only if it is 1."""
    return min(round(100 * confidence), 99) if confidence < 1 else 100


def page_ranges(pages: Sequence[int]) -> str:
    """Numbers of pages in order, those in a row shortened: `1-3, 7`, with an en dash."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ", ".join("–".join(map(str, run)) for run in runs)
