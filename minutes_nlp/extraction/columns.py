"""Which column of an action table says who, what, when and how far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from minutes_nlp.language import TextBlock
from minutes_nlp.resources import languages
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import CharSpan


class Column(StrEnum):
    """What the cells of a column say about an action."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of one table that were understood: column to position."""

    positions: tuple[tuple[Column, int], ...]

    def assign(self, row: TextBlock) -> tuple[tuple[Column, CharSpan], ...]:
        """The cells of a row by their column."""
        return tuple((column, row.cells[at]) for column, at in self.positions if at < len(row.cells))


def read_columns(header: TextBlock, text: str, language: str) -> TableColumns | None:
    """The columns that a header row names, in its own words or those of any known language.

    Returns:
        `None` if it names neither who nor what, or only one column: then the row is no header of an action table.
    """
    found = _named(header, text, language)
    if len(found) < 2 or not ({Column.WHO, Column.WHAT} & found.keys()):
        return None
    return TableColumns(tuple(found.items()))


def names_none(header: TextBlock, text: str, language: str) -> bool:
    """Whether a header row has no column of an action list at all: the rows below it tell of something else."""
    return not _named(header, text, language)


def _named(header: TextBlock, text: str, language: str) -> dict[Column, int]:
    """The first place of each column that a row names."""
    order = (language, *(code for code in languages() if code != language))
    found: dict[Column, int] = {}
    for at, cell in enumerate(header.cells):
        column = _column(cell.text(text).strip(" *_:?"), order)
        if column and column not in found:
            found[column] = at
    return found


def _column(title: str, order: tuple[str, ...]) -> Column | None:
    if not title or len(title) > 40:
        return None
    for code in order:
        words = section(code, "actions").get("columns", {})
        for column in Column:
            if phrases(tuple(words.get(column.value, ()))).search(title):
                return column
    return None
