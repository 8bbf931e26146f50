"""Minutes whose expected layout is written into them.

A line may end in `⟦1⟧` (it heads an item of that level) or in a label such as `⟦attendance⟧`. The signs are taken out
before the text is read. Headings are compared as a whole: a line without a level must not head anything.
"""

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from minutes_nlp.language import NormalisedText, detector, normalise
from minutes_nlp.layout import Layout, analyse
from minutes_nlp.reading import SourceDocument, read_content

_SIGN = re.compile(r" ?⟦([\w-]+)⟧$", re.MULTILINE)


@dataclass(frozen=True)
class Laid:
    """A text with its layout, and what was expected of it."""

    document: SourceDocument
    normalised: NormalisedText
    layout: Layout
    expected: dict[int, str]  # by number of the printed line, from 0

    def line_of(self, block: int) -> int:
        """The printed line that a block begins on."""
        start = self.normalised.to_source(self.normalised.blocks[block].span).start
        return self.document.text.count("\n", 0, start)

    @property
    def levels(self) -> dict[int, int]:
        """The level of each line that heads an item."""
        return {self.line_of(h.block): h.level for h in self.layout.headings}

    @property
    def expected_levels(self) -> dict[int, int]:
        """What `levels` should be."""
        return {line: int(sign) for line, sign in self.expected.items() if sign.isdigit()}

    def labels(self, name: str) -> set[int]:
        """The lines that carry a label."""
        return {self.line_of(i) for i, label in enumerate(self.layout.labels) if label == name}

    def expected_labels(self, name: str) -> set[int]:
        """What `labels` should be."""
        return {line for line, sign in self.expected.items() if sign == name}


def lay(text: str) -> Laid:
    """Take the signs out of a text and analyse it."""
    text = textwrap.dedent(text).strip("\n")
    expected = {number: found[1] for number, line in enumerate(text.split("\n")) if (found := _SIGN.search(line))}
    document = read_content(_SIGN.sub("", text).encode(), name="minutes.txt")
    normalised = normalise(document, detector())
    return Laid(document, normalised, analyse(normalised), expected)


@pytest.fixture(scope="session")
def laid() -> Callable[[str], Laid]:
    """The function `lay`."""
    return lay
