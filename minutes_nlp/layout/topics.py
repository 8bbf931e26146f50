"""Rows of a table that each report on an item: which cell names it, and its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from minutes_nlp.language import TextBlock
from minutes_nlp.layout.words import Vocabulary
from minutes_nlp.spans import CharSpan

_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\(?(\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-Z])[.)]{0,2}")
_TOPIC = 8  # words that a cell may have that names what its row is about
_SAID = 2  # how many times as many words the other cells must have, and as many as a topic may have besides
_HEADED = 25  # words that a cell under a head such as `Onderwerp` may have
_HEAD = 4  # words that a head may have


@dataclass(frozen=True, slots=True)
class Topic:
    """The cell that names what a row is about.

    Attributes:
        span: of the cell, in the normalised text.
        number: of the item, from the cell before it, without its stop; `None` if there is none.
        headed: whether it stands under a head that says that the column names items (`Onderwerp`).
    """

    span: CharSpan
    number: str | None = None
    headed: bool = False


def find_topics(text: str, blocks: Sequence[TextBlock], words: Vocabulary) -> dict[int, Topic]:
    """The topics of the rows that name one, by index of their block.

    A head says which column names the items if a later one says that its column tells about them (`Bespreking`,
    `Besluit`); the names may then be as long as they like. Elsewhere the first cell that is no number names the item,
    if it is short and the others say more.
    """
    found: dict[int, Topic] = {}
    tabled = ((i, block) for i, block in enumerate(blocks) if block.cells)
    for _, group in groupby(tabled, key=lambda pair: pair[1].block.table):
        rows = list(group)
        column = _headed_column(text, rows[0][1], words)
        for index, row in rows[column is not None :]:
            topic = _plain(text, row) if column is None else _under_head(text, row, column)
            if topic is not None:
                found[index] = topic
    return found


def _headed_column(text: str, head: TextBlock, words: Vocabulary) -> int | None:
    """The column whose head says that it names the items; `None` if the first row of a table says nothing of it."""
    heads = [re.sub(r"[^\w\s]+", " ", cell.text(text)).casefold().split() for cell in head.cells]
    if any(len(said) > _HEAD for said in heads):
        return None
    tells = next((i for i, said in enumerate(heads) if not words.said_heads.isdisjoint(said)), 0)
    topics = [i for i, said in enumerate(heads[:tells]) if " ".join(said) in words.topic_heads]
    return topics[-1] if topics else None  # the one before it (`Item`) is over the numbers


def _under_head(text: str, row: TextBlock, column: int) -> Topic | None:
    if column >= len(row.cells):
        return None
    cell = row.cells[column]
    printed = cell.text(text)
    if not _LETTER.search(printed) or len(printed.split()) > _HEADED:
        return None
    return Topic(cell, _number_before(text, row, column), headed=True)


def _plain(text: str, row: TextBlock) -> Topic | None:
    """The first cell of a row, or the second after a number, that names what the others are about."""
    if row.block.header:
        return None
    column = 1 if _number_before(text, row, 1) else 0
    if len(row.cells) < column + 2:
        return None
    first, *others = (cell.text(text).split() for cell in row.cells[column:])
    named = 0 < len(first) <= _TOPIC and any(_LETTER.match(word) for word in first)
    if not named or sum(map(len, others)) < _SAID * len(first) + _TOPIC:
        return None
    return Topic(row.cells[column], _number_before(text, row, column))


def _number_before(text: str, row: TextBlock, column: int) -> str | None:
    found = _NUMBER.fullmatch(row.cells[0].text(text).strip()) if column else None
    return found[1] if found else None
