"""What a question asks for, and how that becomes conditions in SQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from minutes_nlp.store.identity import fold

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Which actions to list; every condition that is given has to hold, none given lists all.

    Attributes:
        open: those that are open. With `done` as well: both.
        done: those that are done.
        overdue: open ones whose last day is before `today`; needs `today`.
        stale: open ones of which so many meetings of their series (or more) have said nothing since their last sign.
        ownerless: open ones that nobody has to do; with `done`: done ones.
        dateless: open ones without a deadline that is a day or a month; with `done`: done ones.
        id: only the action with this id.
        as_of: as everything stood at the end of this day; `today` should then be that day.
        owner: words of the owner's name, each a substring, without case or accents; the name that the attendance list
            gives counts too.
        organisation: likewise, of the owner itself or of the organisation printed beside it in the attendance list.
        owner_id: owned by exactly this person, by her id.
        body_id: owned by exactly this body, or by somebody who stood for it, by its id.
        due_before: due on a day before this one (a month counts as its last day); without a deadline: not listed.
        due_after: due on a day after this one, likewise.
        meeting: a meeting as `find_meetings` takes it; every meeting that fits. Actions of earlier meetings that it
            speaks of count too.
        theme: id or part of the label (in any language) of a theme of the main agenda item.
        today: the day on which the question is asked.
        repeats: every passage by itself, also those that say again what an earlier one said, in the same minutes or
            in those of an earlier meeting, and superseded versions.
    """

    open: bool = False
    done: bool = False
    overdue: bool = False
    owner: str | None = None
    organisation: str | None = None
    due_before: datetime.date | None = None
    due_after: datetime.date | None = None
    meeting: str | None = None
    theme: str | None = None
    today: datetime.date | None = None
    repeats: bool = False
    stale: int | None = None
    ownerless: bool = False
    dateless: bool = False
    as_of: datetime.date | None = None
    owner_id: str | None = None
    body_id: str | None = None
    id: str | None = None

    @property
    def status(self) -> str | None:
        """The only status that is asked for, if it is one."""
        if self.open != self.done:
            return "open" if self.open else "done"
        still_open = self.overdue or self.stale is not None or ((self.ownerless or self.dateless) and not self.done)
        return "open" if still_open else None


@dataclass(slots=True)
class Conditions:
    """Conditions joined by AND, with the values for their placeholders in order."""

    parts: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    def add(self, sql: str, *values: Value) -> None:
        """One more condition; `values` fill its `?`."""
        self.parts.append(f"({sql})")
        self.values.extend(values)

    def add_in(self, expression: str, allowed: Iterable[str]) -> None:
        """`expression` is one of `allowed`; if that is empty, nothing fits."""
        listed = list(allowed)
        self.add(f"{expression} IN ({', '.join('?' * len(listed))})", *listed)

    def where(self) -> str:
        """The `WHERE` clause, empty without conditions."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def words_in(column: str, words: str) -> tuple[str, list[str]]:
    """A condition: the folded text in `column` contains each of `words`; with the values for its placeholders.

    Words that fold to nothing give a condition that always holds.
    """
    folded = fold(words).split()
    return " AND ".join([f"instr({column}, ?) > 0"] * len(folded)) or "1", folded


THEME_OF_ITEM: Final = """EXISTS (
  SELECT 1 FROM item_themes t WHERE t.agenda_item_id IN (i.id, i.main_item_id) AND t.theme_id IN ({placeholders}))"""
"""Condition on the agenda item `i`: it, or the main item it belongs to, has one of some themes."""


def add_theme(conditions: Conditions, theme_ids: Iterable[str]) -> None:
    """Only rows whose agenda item `i` is about one of the themes."""
    listed = list(theme_ids)
    conditions.add(THEME_OF_ITEM.format(placeholders=", ".join("?" * len(listed))), *listed)
