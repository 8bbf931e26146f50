"""Is what a model says really written there? Its quotes are looked for in the text, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_nlp.spans import CharSpan


def occurrences(text: str, quote: str, within: CharSpan) -> Iterator[CharSpan]:
    """Where `quote` stands in a part of `text`, in order; nowhere if it does not.

    Every character must be the same, in the same case; only white space may differ. A quote does not begin or end
    inside a word, and holds a letter or digit: of a stop alone nothing can be told.

    Example:
        >>> text = "An Claes belt\\nde aannemer."
        >>> list(occurrences(text, "belt de aannemer", CharSpan(0, len(text))))
        [CharSpan(start=9, end=25)]
        >>> list(occurrences(text, "belt de aanneming", CharSpan(0, len(text))))
        []
    """
    words = quote.split()
    if not any(map(str.isalnum, quote)):
        return
    begins = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    ends = r"(?!\w)" if re.search(r"\w\Z", words[-1]) else ""
    wanted = re.compile(begins + r"\s+".join(map(re.escape, words)) + ends)
    for match in wanted.finditer(text, within.start, within.end):
        yield CharSpan(*match.span())


def nearest(text: str, quote: str, within: CharSpan, to: CharSpan) -> CharSpan | None:
    """The occurrence of `quote` in a part of `text` that lies nearest to a passage; `None` if there is none."""

    def distance(span: CharSpan) -> int:
        return max(to.start - span.end, span.start - to.end, 0)

    return min(occurrences(text, quote, within), key=distance, default=None)


class Unused:
    """Finds quotes of one part of a text, each time the first place that was not given before."""

    def __init__(self, text: str, within: CharSpan) -> None:
        self._text = text
        self._within = within
        self._given: set[CharSpan] = set()

    def find(self, quote: str) -> CharSpan | None:
        """The next place where `quote` stands; `None` if it stands nowhere else."""
        for span in occurrences(self._text, quote, self._within):
            if span not in self._given:
                self._given.add(span)
                return span
        return None
