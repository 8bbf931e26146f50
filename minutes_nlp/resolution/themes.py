"""The themes of a document, from those of its agenda items."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_nlp.records import AgendaItem

PROCEDURE = "meeting-procedure"


def document_themes(items: Iterable[AgendaItem]) -> tuple[str, ...]:
    """The union of the items' themes in order, without procedure unless that is all there is."""
    found = dict.fromkeys(theme for item in items for theme in item.themes)
    if len(found) > 1:
        found.pop(PROCEDURE, None)
    return tuple(found)
