"""The rows that tell of one person or one body. Days are ISO 8601 text; `None`: the minutes do not say."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_nlp.query.rows import ActionRow, PersonRow


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """Who stood for which body: from the first to the last meeting in whose list it says so (`source` is `minutes`),
    or as the user's directory has it (`directory`; `None` is then open)."""

    person_id: str
    person: str
    organisation_id: str
    organisation: str
    first_day: str | None
    last_day: str | None
    meetings: int
    source: str


@dataclass(frozen=True, slots=True)
class AttendedRow:
    """A meeting in whose list a person or a body stands; `name` and `organisation` as printed there."""

    meeting_id: str
    date: str | None
    title: str | None
    body: str | None
    name: str
    status: str
    role: str | None
    organisation: str | None
    document: str


@dataclass(frozen=True, slots=True)
class UnsureRow:
    """A name in a list that several people fit, `candidates` by name; nobody was chosen."""

    attendance_id: str
    name: str
    candidates: tuple[str, ...]
    status: str
    organisation: str | None
    meeting_id: str
    meeting_date: str | None
    meeting_body: str | None
    document: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A meeting that a body held."""

    meeting_id: str
    date: str | None
    title: str | None
    body: str | None
    document: str


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme (its id) and in how many of the meetings it came up."""

    theme: str
    meetings: int


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """All that is known of one person.

    Attributes:
        person: her row.
        names: how the minutes, the directory and corrections call her.
        source: who knows of her: `minutes`, `directory`, `correction`.
        affiliations: for which bodies she stood and when.
        meetings: in whose lists she stands, the latest first.
        unsure: meetings with a name that fits her and others.
        actions: that she owns or owned, the most urgent first.
        themes: of the meetings at which she was present, the most common first.
    """

    person: PersonRow
    names: tuple[str, ...]
    source: str
    affiliations: tuple[AffiliationRow, ...]
    meetings: tuple[AttendedRow, ...]
    unsure: tuple[AttendedRow, ...]
    actions: tuple[ActionRow, ...]
    themes: tuple[ThemeCount, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A body with its figures.

    `people` stood for it in the lists of `meetings` meetings; `held` are its own meetings; `successor` is the name of
    the body it was merged into.
    """

    id: str
    name: str
    kind: str
    source: str
    successor: str | None
    people: int
    meetings: int
    held: int
    open_actions: int
    last_meeting: str | None


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name of a body, in which language (`None`: in none in particular), and whether it is an abbreviation."""

    name: str
    language: str | None
    short: bool


@dataclass(frozen=True, slots=True)
class OrganisationDetail:
    """All that is known of one body.

    Attributes:
        organisation: its row.
        names: all its names, the one to show first.
        predecessors: names of the bodies that were merged into it.
        affiliations: who stood for it and when.
        meetings: in whose lists it stands, beside a person or by itself; the latest first.
        held: its own meetings, the latest first.
        actions: that it or somebody who stood for it owns or owned, the most urgent first.
        themes: of all these meetings, the most common first.
    """

    organisation: OrganisationRow
    names: tuple[NameRow, ...]
    predecessors: tuple[str, ...]
    affiliations: tuple[AffiliationRow, ...]
    meetings: tuple[AttendedRow, ...]
    held: tuple[HeldRow, ...]
    actions: tuple[ActionRow, ...]
    themes: tuple[ThemeCount, ...]
