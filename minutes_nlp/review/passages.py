"""Finding a quote in a document: exactly one place is meant, or the person says which."""

from __future__ import annotations

from minutes_nlp.errors import ReviewError
from minutes_nlp.records import Evidence
from minutes_nlp.resolution.correcting.anchors import places
from minutes_nlp.spans import CharSpan

_SHOWN = 8
_AROUND = 24  # characters shown on either side of a place


def find_passage(text: str, quote: str, nth: int | None = None) -> Evidence:
    """Where a quote stands in a text; white space may differ.

    Args:
        text: the document's text.
        quote: the words, exactly.
        nth: which of several places is meant, from 1 in the order of the text.

    Raises:
        ReviewError: `review.no_quote`: there are no words, or they don't stand there; `review.several_quotes`: they
            stand there more than once and `nth` is `None`; `review.nth`: there are fewer places.
    """
    wanted = quote.strip()
    found = list(places(wanted, text)) if wanted else []
    if not found:
        raise ReviewError(
            "review.no_quote",
            f"“{wanted}” does not stand in the document.",
            "Give the words exactly as `minutes text FILE` prints them.",
            quote=wanted,
        )
    if nth is not None and nth > len(found):
        raise ReviewError(
            "review.nth",
            f"“{wanted}” stands there {len(found)} times, not {nth}.",
            "Give a smaller number after --nth.",
            quote=wanted,
            count=len(found),
            nth=nth,
        )
    if nth is None and len(found) > 1:
        listed = "; ".join(f"{number}: {_described(span, text)}" for number, span in enumerate(found[:_SHOWN], 1))
        listed += " …" if len(found) > _SHOWN else ""
        raise ReviewError(
            "review.several_quotes",
            f"“{wanted}” stands there {len(found)} times: {listed}.",
            "Give more words, or say which with --nth.",
            quote=wanted,
            count=len(found),
            places=listed,
        )
    span = found[(nth or 1) - 1]
    return Evidence(start=span.start, end=span.end, quote=span.text(text))


def _described(span: CharSpan, text: str) -> str:
    """A place: its line, from 1, and the words around it."""
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    line = text.count("\n", 0, span.start) + 1
    return f"[{line}] …{' '.join(text[start:end].split())}…"
