"""What each column of an action list means: by its heading in any of the languages, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, section, words_cache

Role = Literal["action", "owner", "due", "status", "number", "other"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
Status = Literal["open", "done", "dropped"]

_SEARCHED: Final = 15  # rows among which the headings are looked for
_HEADING: Final = 30  # characters of a heading that no list of words knows
_CONTENT: Final[Mapping[Role, float]] = {"due": 0.6, "status": 0.6, "action": 1.0, "owner": 0.6}
"""The roles that content tells, in the order in which they choose, with the least score (see `_score`)."""
_DATE = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?!\d)")
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.&-]*(?:[ ,;/+&]+[\w'’.&()-]+){0,6}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns mean.

    Attributes:
        header: the row with the headings, counted from 0; `None` if there is none.
        roles: of each column; each of `action`, `owner`, `due`, `status` at most once.
    """

    header: int | None
    roles: tuple[Role, ...]


def guess_columns(rows: Sequence[Sequence[str]]) -> Guess:
    """What the columns of a list mean.

    The headings are the row, among the first, in which most cells are words for one of the roles, `action` or at least
    two of them among these; else the first row with more than a title, if it is short and unlike what stands below
    (`_is_unlike`). A heading that begins or ends with such a word is taken for it. A role that no heading claims goes
    to the column whose content fits: days, words for a status, names, and for the action the longest text.

    Args:
        rows: all of the same length.
    """
    header = _header(rows)
    roles: list[Role | None] = [None] * len(rows[0])
    roles = _of_headings(rows[header]) if header is not None else roles
    body = rows[header + 1 :] if header is not None else rows
    columns = [[row[place] for row in body if row[place]] for place in range(len(roles))]
    for role, least in _CONTENT.items():
        if role not in roles:
            scores = {place: _score(role, columns[place]) for place, known in enumerate(roles) if known is None}
            best_place = max(scores, key=lambda place: scores[place], default=None)
            if best_place is not None and scores[best_place] >= least:
                roles[best_place] = role
    return Guess(header, tuple(role or "other" for role in roles))


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of the headings, counted from 0; `None` if there is none."""
    header, best = None, 0
    for number, row in enumerate(rows[:_SEARCHED]):
        named = {role for cell in row if (role := heading_role(cell)) is not None}
        if len(named) > best and ("action" in named or len(named) > 1):
            header, best = number, len(named)
    if header is not None:
        return header
    first = next((number for number, row in enumerate(rows[:_SEARCHED]) if sum(map(bool, row)) > 1), None)
    return first if first is not None and _is_unlike(rows[first], rows[first + 1 :]) else None


def _of_headings(headings: Sequence[str]) -> list[Role | None]:
    """What each column holds by its heading, each but `other` once; what is known exactly comes first."""
    roles: list[Role | None] = [None] * len(headings)
    for find in (heading_role, _near_role):
        for place, cell in enumerate(headings):
            if roles[place] is None and ((role := find(cell)) == "other" or role not in roles):
                roles[place] = role
    return roles


def _is_unlike(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a row of words that no list knows has the headings of the rows below it.

    It has a short text without digits for every column in use, none of which comes again below; and below one of them
    stand days or words for a status, as that text is not.
    """
    columns = [[row[place] for row in body if row[place]] for place in range(len(first))]
    used = [(cell, column) for cell, column in zip(first, columns, strict=True) if cell or column]
    if any(not cell or len(cell) > _HEADING or any(map(str.isdigit, cell)) for cell, _ in used):
        return False
    if any(fold(cell) in map(fold, column) for cell, column in used):
        return False
    telling: tuple[Role, ...] = ("due", "status")
    return any(
        _score(role, column) >= _CONTENT[role] and not _fits(role, cell) for cell, column in used for role in telling
    )


def has_only_headings(rows: Sequence[Sequence[str]], guess: Guess) -> bool:
    """Whether no row stands below the headings.

    A lone row without a known set of headings counts as headings too, unless it holds a day or a status, which no
    heading does: nothing else tells it from an action.
    """
    if guess.header is not None:
        return len(rows) == guess.header + 1
    lone = rows[0] if len(rows) == 1 else ()
    return bool(lone) and not any(
        heading_role(cell) is None and (_fits("due", cell) or _fits("status", cell)) for cell in lone
    )


def heading_role(cell: str) -> Role | None:
    """What a column with this heading holds; `None` if it is no known heading.

    Example:
        >>> heading_role("Te doen"), heading_role("Échéance :"), heading_role("Budget")
        ('action', 'due', None)
    """
    return _headings().get(" ".join(_WORD.findall(fold(cell))))


def _near_role(cell: str) -> Role | None:
    """What a column holds whose heading begins or ends with a known one: `Tegen ten laatste`; `None` if both differ."""
    words = _WORD.findall(fold(cell))
    known = _headings()
    shorter = range(len(words) - 1, 0, -1)
    begins = next((role for n in shorter if (role := known.get(" ".join(words[:n])))), None)
    ends = next((role for n in shorter if (role := known.get(" ".join(words[-n:])))), None)
    return begins or ends if begins == ends or None in (begins, ends) else None


def status_of(cell: str) -> Status | None:
    """The status that a cell gives; `None` if it gives none that is known.

    Example:
        >>> status_of("Afgewerkt op 3 mei"), status_of("en cours"), status_of("rood")
        ('done', 'open', None)
    """
    words = _WORD.findall(fold(cell).replace("%", " procent"))
    known = _statuses()
    for length in range(len(words), 0, -1):
        if (status := known.get(" ".join(words[:length]))) is not None:
            return status
    return None


def _score(role: Role, cells: Sequence[str]) -> float:
    """How well the cells of a column suit a role: the share that fits, and for the action their mean length."""
    if not cells:
        return 0.0
    if role == "action":
        return sum(map(len, cells)) / len(cells)
    return sum(_fits(role, cell) for cell in cells) / len(cells)


def _fits(role: Role, cell: str) -> bool:
    if role == "due":
        return _DATE.search(cell) is not None
    return status_of(cell) is not None if role == "status" else _NAME.fullmatch(cell) is not None


@words_cache()
def _headings() -> Mapping[str, Role]:
    return {
        " ".join(_WORD.findall(fold(word))): role
        for language in languages()
        for role, words in _words(language, "columns").items()
        if role in ROLES
        for word in words
    }


@words_cache()
def _statuses() -> Mapping[str, Status]:
    found: dict[str, Status] = {}
    for language in languages():
        table = _words(language, "status")
        for status in get_args(Status):
            found.update({" ".join(_WORD.findall(fold(word))): status for word in table.get(status, ())})
    return found


def _words(language: str, name: str) -> Mapping[str, Sequence[str]]:
    table: Mapping[str, Sequence[str]] = section(language, "lists")[name]
    return table
