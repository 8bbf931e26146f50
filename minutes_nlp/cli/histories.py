"""The page of one action: how it stands, what became of it, what may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import cell
from minutes_nlp.cli.pages import section, wrapped

if TYPE_CHECKING:
    from minutes_nlp.query.history import ActionHistory, HistoryEvent, HistoryProposal

_FACTS = ("owners", "due", "due_text", "opened_on", "closed_on", "last_sign_on", "silent_meetings")
_ABOUT = ("meeting_title", "meeting_body", "item_title", "document", "id")


def history_page(found: ActionHistory, say: Messages, columns: int) -> Iterator[str]:
    """The lines of an action's page, none wider than `columns` (save single words that are)."""
    from minutes_nlp.query.readable import one_line

    action = found.action
    yield from wrapped(one_line(action.action), columns)
    status = say("values.status.overdue" if action.overdue else f"values.status.{action.status}")
    yield from wrapped(f"{say('columns.status')}{say('help.colon')} {status}", columns, "  ")
    for name in (*_FACTS, *_ABOUT):
        if value := cell(getattr(action, name), name, say):
            yield from wrapped(f"{say(f'columns.{name}')}{say('help.colon')} {value}", columns, "  ")
    yield from section(say("history.events"), [_event(event, say) for event in found.events], columns, say)
    yield from section(say("history.proposals"), [_proposal(entry, say) for entry in found.proposals], columns, say)


def _event(event: HistoryEvent, say: Messages) -> str:
    """A change on one line: the day, what changed, the passage or the person."""
    told = [event.day or say("history.no_day"), cell(event.kind, "event", say)]
    if event.owners is not None and event.kind != "restated":
        told.append(", ".join(event.owners) or say("history.nobody"))
    if event.due:
        told.append(event.due)
    begun = f"{' · '.join(told)}{say('help.colon')}"
    if event.quote is not None:
        return f"{begun} {_passage(event.quote, event.document or '', event.start or 0, say)}"
    return f"{begun} {say('history.corrected', who=event.who or '', correction=event.correction or '')}"


def _proposal(entry: HistoryProposal, say: Messages) -> str:
    sure = say("review.ask.sure", percent=round(100 * entry.confidence))
    told = [entry.day or say("history.no_day"), f"{cell(entry.event, 'event', say)}?", sure]
    return f"{' · '.join(told)}{say('help.colon')} {_passage(entry.quote, entry.document, entry.start, say)}"


def _passage(quote: str, document: str, start: int, say: Messages) -> str:
    from minutes_nlp.query.readable import one_line

    return f"{say('help.quoted', text=one_line(quote))} ({document}, {start})"
