"""Finding a passage again in a text that may have changed since: by its words, what stood around it, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Context
from minutes_nlp.spans import CharSpan

CONTEXT = 48
"""Characters kept on either side of a passage."""
_TELLING = 20  # letters of quote and context that must agree before a passage counts as the same one

_NEAR = 200  # characters that a corrected quote may have moved against the passage that it corrects


def context_of(span: CharSpan, text: str) -> Context:
    """What stands around a passage, as `locate` needs it."""
    return Context(before=text[max(0, span.start - CONTEXT) : span.start], after=text[span.end : span.end + CONTEXT])


def locate(passage: Evidence, context: Context, text: str) -> CharSpan | None:
    """Where a passage stands in `text` now.

    Of several places with the same words, the one with the same text around it counts, then the one nearest to where
    the passage was. White space may differ. A short passage (a name) must also have some of its context left: the
    same name elsewhere in the document is no proof.

    Args:
        passage: as it was, offsets into the text as it was.
        context: what stood around it.
        text: the text as it is.

    Returns:
        The span in `text`; `None` if the passage is no longer there.
    """
    found = CharSpan(passage.start, passage.end)
    if not passage.quote.strip():
        return found if found.end <= len(text) and found.text(text) == passage.quote else None
    best: tuple[int, int] | None = None
    place: CharSpan | None = None
    for span in places(passage.quote, text):
        agreeing = _agreeing(span, context, text)
        rank = (agreeing, -abs(span.start - passage.start))
        if best is None or rank > best:
            best, place = rank, span
    if best is None or len(passage.quote) + best[0] < _needed(passage.quote, context):
        return None
    return place


def locate_beside(passage: Evidence, before: Evidence, place: CharSpan | None, text: str) -> CharSpan | None:
    """Where a passage stands now that stood near another one, which is found again at `place` (`None`: nowhere).

    Args:
        passage: as it was.
        before: the other one as it was.
        place: where that one stands in `text`.
        text: the text as it is.

    Returns:
        The span in `text`; `None` if the words are no longer there, or too few to know them by without the other one.
    """
    if place is None:
        return locate(passage, Context(), text) if len(passage.quote) >= _TELLING else None
    shift = place.start - before.start
    start = max(0, passage.start + shift)
    expected = Evidence(start=start, end=start + len(passage.quote), quote=passage.quote)
    found = locate(expected, Context(), text)
    return found if found and abs(found.start - start) <= _NEAR + before.end - before.start else None


def _needed(quote: str, context: Context) -> int:
    """How many letters must agree at least: all there are, if the passage is short and stood nearly alone."""
    return min(_TELLING, len(quote) + (len(context.before) + len(context.after)) // 2)


def places(quote: str, text: str) -> Iterator[CharSpan]:
    """Every place with the words of `quote`; with other white space only if there is none with the same."""
    start = text.find(quote)
    if start >= 0:
        while start >= 0:
            yield CharSpan(start, start + len(quote))
            start = text.find(quote, start + 1)
        return
    words = r"\s+".join(re.escape(word) for word in quote.split())
    for match in re.finditer(words, text):
        yield CharSpan(*match.span())


def _agreeing(span: CharSpan, context: Context, text: str) -> int:
    """How many letters beside `span` are those that stood beside the passage."""
    return _common(reversed(context.before), reversed(text[max(0, span.start - CONTEXT) : span.start])) + _common(
        iter(context.after), iter(text[span.end : span.end + CONTEXT])
    )


def _common(first: Iterator[str], second: Iterator[str]) -> int:
    """The number of equal letters at the beginning."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
