"""The shape of the answers that an endpoint has to give, one per part; every text in them is a quote of the minutes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from minutes_nlp.extraction.own.labels import targets
from minutes_nlp.records.people import Role, Status

_MANY = 500  # answers about one part of a document
_LONG = 5000  # characters of a quote

Quote = Annotated[str, Field(min_length=1, max_length=_LONG)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class DecisionAnswer(_Shape):
    """A decision."""

    quote: Quote


class ActionAnswer(_Shape):
    """An action: the words that state it, its owners, its deadline, and the words that say it is done."""

    quote: Quote
    owners: Annotated[list[Quote], Field(max_length=_MANY)] = []
    due: Quote | None = None
    done: Quote | None = None


class AttendanceAnswer(_Shape):
    """A person of the attendance list; `quote` is the name."""

    quote: Quote
    status: Status
    organisation: Quote | None = None
    role: Role | None = None


def _closed(schema: dict[str, Any]) -> None:
    schema["enum"] = list(targets("themes"))


class ThemeAnswer(_Shape):
    """A theme, and the words that show it; an id outside the closed list is dropped like an invented quote."""

    theme: Annotated[str, Field(json_schema_extra=_closed)]
    quote: Quote


class DecisionAnswers(_Shape):
    """All decisions of a text."""

    found: Annotated[list[DecisionAnswer], Field(max_length=_MANY)]


class ActionAnswers(_Shape):
    """All actions of a text."""

    found: Annotated[list[ActionAnswer], Field(max_length=_MANY)]


class AttendanceAnswers(_Shape):
    """All people of the attendance lists of a text."""

    found: Annotated[list[AttendanceAnswer], Field(max_length=_MANY)]


class ThemeAnswers(_Shape):
    """All themes of an item."""

    found: Annotated[list[ThemeAnswer], Field(max_length=_MANY)]


Answer = DecisionAnswer | ActionAnswer | AttendanceAnswer | ThemeAnswer
Answers = DecisionAnswers | ActionAnswers | AttendanceAnswers | ThemeAnswers
SHAPES: dict[str, type[Answers]] = {
    "decisions": DecisionAnswers,
    "actions": ActionAnswers,
    "attendance": AttendanceAnswers,
    "themes": ThemeAnswers,
}


def schema(part: str) -> dict[str, Any]:
    """The JSON schema of the answers about a part; all keys are required, as servers that enforce it want it."""
    return SHAPES[part].model_json_schema(mode="serialization")
