"""What recognisers read and write: typed findings on a spaCy `Doc`, all offsets in the normalised text (`doc.text`).

A recogniser is a spaCy component with a frozen, versioned name (`minutes.attendance.v1`); since spaCy allows no dots
in the names of factories, its factory is `minutes_attendance_v1`. It declares the extension attributes that it reads
and writes; the pipeline is checked before any text is read.

| attribute of `doc._` | type | written by |
|---|---|---|
| `minutes_text` | `NormalisedText` | the pipeline itself |
| `minutes_layout` | `Layout` | `minutes.layout.v1` |
| `minutes_meeting` | `MeetingFinding` | `minutes.meeting.v1` |
| `minutes_attendance` | `list[AttendeeFinding]` | `minutes.attendance.v2` |
| `minutes_schedule` | `list[ScheduleFinding]` | `minutes.schedule.v1` |
| `minutes_decisions` | `list[DecisionFinding]` | `minutes.decisions.v2` |
| `minutes_actions` | `list[ActionFinding]` | `minutes.actions.v2` |
| `minutes_themes` | `ThemeFinding` | `minutes.themes.v2` |
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.language import NormalisedText
from minutes_nlp.records.items import ActionStatus
from minutes_nlp.records.people import Role, Status
from minutes_nlp.spans import CharSpan

if TYPE_CHECKING:
    from minutes_nlp.layout import Layout


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One fact of the meeting: its value, and the passage that proves it (`None` if it follows from others)."""

    value: str
    span: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class MeetingFinding:
    """Facts by the names of `Meeting` (`title`, `body`, `date` …); what the document does not say is not in it."""

    fields: dict[str, FieldValue] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendeeFinding:
    """A person of the attendance list; `span` is where the name stands."""

    name: str
    span: CharSpan
    status: Status
    organisation: str | None = None
    role: Role | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ScheduleFinding:
    """A line of the timetable; times are `HH:MM`."""

    start: str
    end: str | None
    title: str
    span: CharSpan
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DecisionFinding:
    """A passage that states a decision."""

    span: CharSpan
    block: int
    confidence: float = 1.0
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class OwnerMention:
    """An owner as written; `span` is `None` where it follows from the context (a heading, a merged cell)."""

    name: str
    span: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class ActionFinding:
    """A passage that states an action item.

    `due_scope` is where a deadline may stand: the passage itself, or the cell of the table that gives deadlines; `None`
    if it can have none. `due_leads` are the lines that announce its list, the nearest first: their deadline holds for
    an item that has none of its own.
    """

    span: CharSpan
    block: int
    owners: tuple[OwnerMention, ...] = ()
    due_scope: CharSpan | None = None
    due_leads: tuple[CharSpan, ...] = ()
    status: ActionStatus = "open"
    confidence: float = 1.0
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ThemeFinding:
    """Theme ids of the level-1 headings (by their index in `Layout.headings`)."""

    of_heading: dict[int, tuple[str, ...]] = field(default_factory=dict)


_ATTRIBUTES = (
    "minutes_text",
    "minutes_layout",
    "minutes_meeting",
    "minutes_attendance",
    "minutes_schedule",
    "minutes_decisions",
    "minutes_actions",
    "minutes_themes",
)
for _name in _ATTRIBUTES:
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


_Factory = TypeVar("_Factory", bound=Callable[..., Callable[[Doc], Doc]])


def recogniser(
    name: str, *, reads: Sequence[str] = (), writes: Sequence[str] = (), options: dict[str, Any] | None = None
) -> Callable[[_Factory], _Factory]:
    """Register a class (or function) that makes a component, called as `make(nlp, name, **options)`.

    Args:
        name: frozen and versioned: another behaviour that others may notice gets another version.
        reads: extension attributes without `doc._.` that must be there.
        writes: extension attributes that it sets.
        options: names and defaults of what can be configured.
    """

    def register(make: _Factory) -> _Factory:
        Language.factory(
            factory_name(name),
            default_config=options or {},
            requires=[f"doc._.{attribute}" for attribute in reads],
            assigns=[f"doc._.{attribute}" for attribute in writes],
            func=make,
        )
        return make

    return register


def factory_name(name: str) -> str:
    """The name of the spaCy factory of a recogniser."""
    return name.replace(".", "_")


def text_of(doc: Doc) -> NormalisedText:
    """The normalised text that the document was made from."""
    return cast(NormalisedText, doc._.minutes_text)


def layout_of(doc: Doc) -> Layout:
    """The roles of the document's blocks."""
    return cast("Layout", doc._.minutes_layout)


def attendance_of(doc: Doc) -> list[AttendeeFinding]:
    """The attendance found so far; empty if no recogniser for it ran."""
    return cast("list[AttendeeFinding]", doc._.minutes_attendance or [])


def mark(doc: Doc, group: str, spans: list[CharSpan]) -> None:
    """Also show findings as a spaCy span group (`doc.spans[group]`), widened to whole tokens."""
    found = [doc.char_span(span.start, span.end, label=group, alignment_mode="expand") for span in spans]
    doc.spans[group] = [span for span in found if span is not None]
