"""Where a value stands in the text, and how it was found."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Offset = Annotated[int, Field(ge=0, description="code points from the start of the document's text")]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


def _in_the_calendar(value: str) -> str:
    """`value`, a day or a month, if the calendar has it."""
    datetime.date.fromisoformat(value if len(value) > len("2024-05") else f"{value}-01")
    return value


IsoDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_in_the_calendar)]
IsoDayOrMonth = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$"), AfterValidator(_in_the_calendar)]


class Record(BaseModel):
    """Base of every record: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Record):
    """The passage that proves a value.

    `start` and `end` are code-point offsets into the document's text, `end` exclusive; `quote` is exactly the text
    between them.
    """

    start: Offset
    end: Offset
    quote: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"a quote of {len(self.quote)} characters cannot stand at [{self.start}, {self.end})")
        return self


class Found(Record):
    """How a value was found: the recogniser's frozen name and its confidence (0 to 1; not calibrated for rules)."""

    recogniser: str = ""
    confidence: Confidence = 1.0
