"""The pages of one person and of one body, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import cell
from minutes_nlp.cli.pages import action_line, section, wrapped

if TYPE_CHECKING:
    from minutes_nlp.query.people_rows import (
        AffiliationRow,
        AttendedRow,
        HeldRow,
        OrganisationDetail,
        PersonDetail,
        ThemeCount,
    )


def person_page(detail: PersonDetail, themes: Mapping[str, str], say: Messages, columns: int) -> Iterator[str]:
    """The lines of a person's page; `themes` are the labels by id."""
    person, colon = detail.person, say("help.colon")
    yield from wrapped(person.name, columns)
    others = [name for name in detail.names if name != person.name]
    yield from _facts({"names": ", ".join(others), "last_meeting": person.last_meeting, "id": person.id}, say, columns)
    for status in ("present", "excused", "absent"):
        attended = [_attended(row) for row in detail.meetings if row.status == status]
        yield from section(say(f"who.{status}"), attended, columns, say)
    yield from section(
        say("who.unsure"), [f"{_attended(row)}{colon} {row.name}" for row in detail.unsure], columns, say
    )
    stood_for = [_time(row.organisation, row, say) for row in detail.affiliations]
    yield from section(say("who.stood_for"), stood_for, columns, say)
    yield from section(say("show.actions"), [action_line(row, say) for row in detail.actions], columns, say)
    yield from section(say("columns.themes"), _themes(detail.themes, themes, say), columns, say)


def organisation_page(
    detail: OrganisationDetail, themes: Mapping[str, str], say: Messages, columns: int
) -> Iterator[str]:
    """The lines of a body's page; `themes` are the labels by id."""
    body = detail.organisation
    yield from wrapped(body.name, columns)
    others = [name for name in detail.names if name.name != body.name]
    names = [f"{name.name} ({name.language})" if name.language else name.name for name in others]
    facts = {
        "names": ", ".join(names),
        "kind": say.get(f"values.body_kind.{body.kind}", body.kind),
        "successor": body.successor,
        "predecessors": ", ".join(detail.predecessors),
        "last_meeting": body.last_meeting,
        "id": body.id,
    }
    yield from _facts(facts, say, columns)
    people = [_time(row.person, row, say) for row in detail.affiliations]
    yield from section(say("who.people"), people, columns, say)
    yield from section(say("who.held"), [_held(row) for row in detail.held], columns, say)
    yield from section(say("who.attended"), _listed(detail.meetings, say), columns, say)
    yield from section(say("show.actions"), [action_line(row, say) for row in detail.actions], columns, say)
    yield from section(say("columns.themes"), _themes(detail.themes, themes, say), columns, say)


def _facts(facts: Mapping[str, str | None], say: Messages, columns: int) -> Iterator[str]:
    for name, value in facts.items():
        if value:
            yield from wrapped(f"{say(f'columns.{name}')}{say('help.colon')} {cell(value, name, say)}", columns, "  ")


def _attended(row: AttendedRow) -> str:
    return " · ".join(filter(None, (row.date, row.body or row.title or row.document, row.organisation)))


def _held(row: HeldRow) -> str:
    return " · ".join(filter(None, (row.date, row.title or row.body, row.document)))


def _listed(rows: Iterable[AttendedRow], say: Messages) -> list[str]:
    """One line per meeting, with who stood in its list for the body."""
    names: dict[tuple[str | None, str], list[str]] = {}
    for row in rows:
        place = (row.date, row.body or row.title or row.document)
        names.setdefault(place, []).append(f"{row.name} ({say(f'who.was.{row.status}')})")
    colon = say("help.colon")
    return [f"{' · '.join(filter(None, place))}{colon} {', '.join(who)}" for place, who in names.items()]


def _time(name: str, row: AffiliationRow, say: Messages) -> str:
    """A name with the time for which it holds, and how many meetings say so."""
    said = say("who.directory") if row.source == "directory" else say("who.meetings", count=row.meetings)
    first, last = row.first_day or "…", row.last_day or "…"
    days = first if first == last else f"{first} – {last}"
    return f"{name} ({days}; {said})"


def _themes(counts: Iterable[ThemeCount], labels: Mapping[str, str], say: Messages) -> list[str]:
    colon = say("help.colon")
    return [f"{labels.get(count.theme, count.theme)}{colon} {count.meetings}" for count in counts]
