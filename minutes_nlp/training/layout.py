"""Learning what blocks are for: blocks with their features and gold tags from documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes_nlp.language import NormalisedText, detector, normalise
from minutes_nlp.layout import Label, Layout, analyse
from minutes_nlp.layout.agenda import same_title
from minutes_nlp.layout.features import Features, describe
from minutes_nlp.layout.words import Role, vocabulary
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan
from minutes_nlp.training.corpus import Example
from minutes_nlp.training.layout_signs import signs_of_blocks

HEADINGS = ("h1", "h2", "h3")  # `h3`: level 3 and deeper
BODY = Label.BODY.value
ROW = "row"  # of a table of action items
_OTHERS = (Label.TITLE, Label.METADATA, Label.ATTENDANCE, Label.TIMETABLE, Label.AGENDA_LIST)
TAGS = (*HEADINGS, *(label.value for label in _OTHERS), ROW, BODY)
_HALF = 0.5
_NAMED = 0.4  # share of the words of a block from which it is a list of people
_SAME_TITLE = 0.6  # share of common words
_SHORT = 12  # words that a fact may have
_POINT = 24  # words that an announced point may have
_TITLE_BLOCKS = 5  # blocks at the top, one of which is the title
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class TaggedBlocks:
    """A document as a sequence of blocks.

    Attributes:
        signs: the features of each block.
        tags: what each block is for.
        rules: what the rules say it is for.
        body, split: as in `Example`.
        name: of the document.
        words: how many words its text has.
    """

    signs: Sequence[Sequence[str]]
    tags: Sequence[str]
    rules: Sequence[str]
    body: str
    split: str
    name: str
    words: int


def tagged(documents: Iterable[Example]) -> Iterator[TaggedBlocks]:
    """Documents with gold as sequences of blocks; those without blocks are left out."""
    words = vocabulary()
    for example in documents:
        normalised = normalise(example.document, detector())
        features = describe(normalised, words)
        if not features:
            continue
        layout = analyse(normalised)
        signs = signs_of_blocks(normalised, features, layout, words)
        tags = gold_tags(example.document.text, example.gold, normalised, features)
        size = len(example.document.text.split())
        rules = rule_tags(layout)
        yield TaggedBlocks(signs, tags, rules, example.body, example.split, example.document.name, size)


def rule_tags(layout: Layout) -> list[str]:
    """The labels of a layout as tags; the rules know no rows of actions."""
    tags = [BODY if label is Label.HEADING else label.value for label in layout.labels]
    for heading in layout.headings:
        tags[heading.block] = _heading(heading.level)
    return tags


def _heading(level: int) -> str:
    return HEADINGS[min(level, len(HEADINGS)) - 1]


def gold_tags(
    text: str, gold: Mapping[str, Any], normalised: NormalisedText, features: Sequence[Features]
) -> list[str]:
    """What each block is for by the gold of its document; what gold does not say directly follows from its values."""
    sources = [normalised.to_source(block.span) for block in normalised.blocks]
    tags = [BODY] * len(features)
    heads = _headings(text, gold, sources)
    for index, level in heads.items():
        tags[index] = _heading(level)
    tagger = _GoldTagger(text, gold, features, sources, tags)
    tagger.rows()
    tagger.people()
    tagger.timetable()
    tagger.announced()
    tagger.front(min(heads, default=len(features)))
    return tags


def _headings(text: str, gold: Mapping[str, Any], sources: Sequence[CharSpan]) -> dict[int, int]:
    """Block and level of each gold heading: the block that begins on its line, or that holds it."""
    beginning: dict[int, int] = {}
    for index, span in enumerate(sources):
        beginning.setdefault(text.count("\n", 0, _first(text, span.start)), index)
    found: dict[int, int] = {}
    for item in gold["agenda_items"]:
        line = text.count("\n", 0, item["start"])
        holding = next((i for i, span in enumerate(sources) if span.start <= item["start"] < span.end), None)
        block = beginning.get(line, holding)
        if block is not None:
            found.setdefault(block, item["level"])
    return found


def _first(text: str, offset: int) -> int:
    """The first offset that holds no white space, from the given one on."""
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


@dataclass(frozen=True, slots=True)
class _GoldTagger:
    """Tags what is no heading; a tag once given stays."""

    text: str
    gold: Mapping[str, Any]
    features: Sequence[Features]
    sources: Sequence[CharSpan]
    tags: list[str]

    def _open(self) -> list[Features]:
        return [block for block in self.features if self.tags[block.index] == BODY]

    def rows(self) -> None:
        """Rows of a table that are mostly an action item."""
        actions = [CharSpan(action["start"], action["end"]) for action in self.gold["actions"]]
        for block in self._open():
            span = self.sources[block.index]
            covered = (min(span.end, action.end) - max(span.start, action.start) for action in actions)
            if block.kind is BlockKind.TABLE_ROW and max(covered, default=0) >= _HALF * span.length:
                self.tags[block.index] = ROW

    def people(self) -> None:
        """Blocks that are mostly attendees with their organisations, or have a label and an attendee; labels alone."""
        people = [(set(_words(p["name"])), set(_words(p["organisation"] or ""))) for p in self.gold["attendance"]]
        words = vocabulary()
        for block in self._open():
            own = _words(block.text)
            named = [name | organisation for name, organisation in people if name and name <= set(own)]
            said = set().union(*named)
            labelled = words.begins(Role.ATTENDANCE, block.label or block.title)
            if named and (labelled or sum(word in said for word in own) >= _NAMED * len(own)):
                self.tags[block.index] = Label.ATTENDANCE
        for block in reversed(self._open()):
            above = self.tags[block.index + 1 : block.index + 2] == [Label.ATTENDANCE]
            if above and words.begins(Role.ATTENDANCE, block.title):
                self.tags[block.index] = Label.ATTENDANCE

    def timetable(self) -> None:
        """Blocks that begin with a time and hold the title of an entry of the timetable."""
        titles = [set(_words(entry["title"])) for entry in self.gold["schedule"]]
        for block in self._open():
            inside = set(_words(block.text))
            if block.timed and any(title and len(title & inside) >= _HALF * len(title) for title in titles):
                self.tags[block.index] = Label.TIMETABLE

    def announced(self) -> None:
        """Blocks that say the title of an item before its heading does."""
        items = [(item["title"], item["start"]) for item in self.gold["agenda_items"]]
        for block in self._open():
            here = self.sources[block.index].start
            if 0 < block.words <= _POINT and any(here < at and same_title(block.title, title) for title, at in items):
                self.tags[block.index] = Label.AGENDA_LIST

    def front(self, first: int) -> None:
        """The title, and short lines before the first heading, which give facts.

        Args:
            first: the block of the first heading.
        """
        title = set(_words(self.gold["meeting"]["title"] or ""))
        for block in self._open():
            inside = set(_words(block.text))
            same = len(title & inside) >= _SAME_TITLE * len(title | inside)
            if title and same and block.index < max(first, _TITLE_BLOCKS):
                self.tags[block.index] = Label.TITLE
                break
        for block in self._open():
            if block.index < first and block.words <= _SHORT and not block.sentence:
                self.tags[block.index] = Label.METADATA


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
