"""Headings that come or go: what stands below them changes its agenda item."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_nlp.records import AgendaItem
from minutes_nlp.resolution.correcting.slots import RECOGNISER, Rows, Slot
from minutes_nlp.spans import CharSpan


def item_at(rows: Rows, start: int) -> Slot | None:
    """The last agenda item that begins before `start` and still goes on there."""
    below = [slot for slot in rows.of["agenda_item"] if slot.span.start <= start < slot.row.extent_end]
    return below[-1] if below else None


def add_item(rows: Rows, span: CharSpan) -> Slot:
    """Make the line at `span` the heading of a main agenda item; what stood under the item before it may follow."""
    before = [slot for slot in rows.of["agenda_item"] if slot.span < span]
    after = rows.of["agenda_item"][len(before) :]
    end = max((slot.row.extent_end for slot in before if slot.row.extent_end > span.start), default=len(rows.text))
    following = next((slot.span.start for slot in after if slot.row.level == 1), end)
    end = max(span.end, min(end, _last_letter(rows.text, following)))
    for slot in before:
        if slot.row.extent_end > span.start:
            slot.change(extent_end=_last_letter(rows.text, span.start))
    heading = rows.evidence(span)
    item = AgendaItem(
        title=" ".join(heading.quote.split()),
        level=1,
        language=rows.language(span),
        evidence=heading,
        extent_end=end,
        recogniser=RECOGNISER,
    )
    added = Slot(item)
    rows.insert("agenda_item", added)
    for act in _acts(rows):
        follows = span.start <= act.span.start < end
        if follows and (act.item is None or act.item.span < span):
            act.item = added
    rows.themes_changed = True
    return added


def remove_item(rows: Rows, slot: Slot) -> None:
    """Take a heading away; the items that ended at it go on, and what stood under it belongs to the one before."""
    slots = rows.of["agenda_item"]
    place = slots.index(slot)
    before, after = slots[:place], slots[place + 1 :]
    slots.remove(slot)
    _go_on(rows.text, before, slot, after)
    for act in _acts(rows):
        if act.item is slot:
            act.item = before[-1] if before else None
    rows.themes_changed = True


def _go_on(text: str, before: Sequence[Slot], gone: Slot, after: Sequence[Slot]) -> None:
    """Let the items that a heading ended go on to where the next heading, or what was under it, ends them."""
    shallowest = 10
    for slot in reversed(before):
        if slot.row.level >= shallowest:
            continue
        shallowest = slot.row.level
        if slot.row.extent_end <= gone.span.start:
            ending = (
                other.span.start
                for other in after
                if other.row.level <= shallowest and other.span.start < gone.row.extent_end
            )
            stop = next(ending, None)
            slot.change(extent_end=gone.row.extent_end if stop is None else _last_letter(text, stop))


def _last_letter(text: str, before: int) -> int:
    """Where the text before an offset ends, without white space."""
    return len(text[:before].rstrip())


def _acts(rows: Rows) -> list[Slot]:
    return [*rows.of["decision"], *rows.of["action"]]
