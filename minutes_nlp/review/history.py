"""The log of corrections for people, and taking one back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.errors import ReviewError
from minutes_nlp.query.places import checked_prefix, several, shown
from minutes_nlp.records.corrections import Correction, in_force
from minutes_nlp.review.desk import Desk
from minutes_nlp.store.correction_log import read_log


@dataclass(frozen=True, slots=True)
class LogRow:
    """A correction as people read it.

    `value` and `was` are what is right and what stood there before (several values in a tuple, a corrected quote as its
    words). `undone` is true for what was taken back, and for the undo of an undo that was itself taken back.
    """

    id: str
    at: str
    who: str
    kind: str
    field: str
    value: str | bool | tuple[str, ...] | None
    was: str | bool | tuple[str, ...] | None
    on: str | None
    quote: str | None
    document: str | None
    undoes: str | None
    undone: bool


def log_rows(
    log: Sequence[Correction],
    *,
    who: str | None = None,
    since: datetime.date | None = None,
    documents: Sequence[str] | None = None,
) -> list[LogRow]:
    """The log for people, the newest first.

    Args:
        log: the whole log, in its order.
        who: only corrections of this person.
        since: only corrections from this day on (of the moment as it was noted).
        documents: only corrections of these documents (paths).
    """
    holding = {correction.id for correction in in_force(log)} | _undos_in_force(log)
    return [
        _row(correction, correction.id not in holding)
        for correction in reversed(log)
        if (who is None or correction.who == who)
        and (since is None or correction.at[:10] >= since.isoformat())
        and (documents is None or (correction.document is not None and correction.document.path in documents))
    ]


def undo_of(desk: Desk, log: Sequence[Correction], reference: str) -> tuple[Correction, Correction]:
    """What takes back the correction with this id, or whose id begins so; and that correction.

    Undoing an undo brings back what it had taken away.

    Raises:
        QueryError: `query.short_id`; `query.several_rows`.
        ReviewError: `review.no_correction`; `review.undone`: it was taken back already.
    """
    wanted = checked_prefix(reference)
    found = [correction for correction in log if correction.id.startswith(wanted)]
    if not found:
        raise ReviewError(
            "review.no_correction",
            f"The log has no correction {reference}.",
            "`minutes log` lists them with their ids.",
            reference=reference,
        )
    if len(found) > 1:
        raise several(reference, [f"{correction.id} {correction.kind}.{correction.field}" for correction in found])
    target = found[0]
    if target not in in_force(log) and target.id not in _undos_in_force(log):
        raise ReviewError(
            "review.undone",
            f"{target.id} was undone already.",
            "To bring it back, undo the undo: `minutes log` shows it.",
            reference=target.id,
        )
    undo = Correction.make(at=desk.clock(), who=desk.who, kind="undo", field="undone", undoes=target.id)
    return undo, target


def undo(desk: Desk, reference: str) -> tuple[Correction, Correction]:
    """As `undo_of`, with the log of the desk."""
    return undo_of(desk, read_log(desk.log).corrections, reference)


def _undos_in_force(log: Sequence[Correction]) -> set[str]:
    """The undos that were not taken back themselves."""
    undone: set[str] = set()
    holding = set()
    for correction in reversed(log):
        if correction.undoes is not None and correction.id not in undone:
            undone.add(correction.undoes)
            holding.add(correction.id)
    return holding


def _row(correction: Correction, undone: bool) -> LogRow:
    return LogRow(
        id=correction.id,
        at=correction.at,
        who=correction.who,
        kind=correction.kind,
        field=correction.field,
        value=_plain(correction.value),
        was=_plain(correction.was),
        on=correction.on,
        quote=shown(correction.span.quote) if correction.span else None,
        document=correction.document.path if correction.document else None,
        undoes=correction.undoes,
        undone=undone,
    )


def _plain(value: object) -> str | bool | tuple[str, ...] | None:
    """A value of a correction as one cell of a table."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, list):
        return tuple(map(str, value))
    if isinstance(value, dict) and "quote" in value:
        return shown(str(value["quote"]))
    return str(value)
