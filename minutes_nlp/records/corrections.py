"""What a person said about what the machine found: one line of the log `corrections.jsonl`.

A correction is keyed by its evidence: the document's path and digest, the passage, and the field. `in_force` tells
which of a log still hold, undone ones left out.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, JsonValue, TypeAdapter, ValidationError, model_validator

from minutes_nlp.records.evidence import Evidence, IsoDay, IsoDayOrMonth, Record
from minutes_nlp.records.items import ClockTime
from minutes_nlp.records.people import Role, Status

Kind = Literal[
    "action", "decision", "attendance", "meeting", "agenda_item", "link", "person", "organisation", "issue", "undo"
]
CorrectionId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
_Name = Annotated[str, Field(min_length=1)]
_Pair = tuple[_Name, _Name]

_TYPES: Mapping[tuple[str, str], Any] = {
    ("action", "status"): Literal["open", "done", "dropped"],
    ("action", "owners"): tuple[_Name, ...],
    ("action", "due"): IsoDayOrMonth | None,
    ("action", "quote"): Evidence,
    ("action", "exists"): bool,
    ("decision", "quote"): Evidence,
    ("decision", "exists"): bool,
    ("attendance", "name"): _Name,
    ("attendance", "status"): Status,
    ("attendance", "organisation"): _Name | None,
    ("attendance", "role"): Role | None,
    ("attendance", "exists"): bool,
    ("meeting", "title"): _Name | None,
    ("meeting", "body"): _Name | None,
    ("meeting", "date"): IsoDay | None,
    ("meeting", "start_time"): ClockTime | None,
    ("meeting", "end_time"): ClockTime | None,
    ("meeting", "location"): _Name | None,
    ("meeting", "next_meeting"): IsoDay | None,
    ("meeting", "restricted"): bool,
    ("agenda_item", "title"): _Name,
    ("agenda_item", "themes"): tuple[_Name, ...],
    ("agenda_item", "exists"): bool,
    ("link", "same"): bool,
    ("link", "closes"): bool,
    ("person", "merge"): _Pair,
    ("person", "split"): _Pair,
    ("person", "rename"): _Pair,
    ("organisation", "merge"): _Pair,
    ("organisation", "rename"): _Pair,
    ("issue", "settled"): CorrectionId,
    ("undo", "undone"): None,
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(field for owner, field in _TYPES if owner == kind) for kind in dict.fromkeys(kind for kind, _ in _TYPES)
}
"""The fields that can be corrected, by kind."""
RESTRICTED = "restricted"
"""The field of a meeting by which it is confidential: nothing that its document says, so no record has it."""
OF_A_PASSAGE = frozenset({"action", "decision", "attendance", "agenda_item", "link"})
"""The kinds that need a document and a passage in it."""
EVENTS = frozenset({"status", "owners", "due"})
"""The fields of an action that may change on a day (`on`), instead of correcting what was read."""


class CorrectedDocument(Record):
    """The document that was corrected: its path below the raw folder, and the digest of the file as it was then."""

    path: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Context(Record):
    """The text just before and after a passage: tells it from others with the same words in a changed document."""

    before: str = ""
    after: str = ""


class OtherPassage(Record):
    """A second passage, of the same or another document."""

    document: CorrectedDocument
    span: Evidence
    context: Context = Context()


class Correction(Record):
    """One statement of a person about what the machine found.

    Attributes:
        id: 16 hexadecimal digits, made from all the rest.
        at: the moment, ISO 8601 with a time zone.
        who: who said so.
        kind: what it is about; `undo` takes back another correction.
        field: which part of it (`FIELDS`).
        document: the document, for what stands in one.
        span: the passage as the machine found it (as it was, for `quote`), offsets half-open into the text; for
            `meeting`, a passage by which the document is known again (the one that was misread, else the date).
        context: the text around the passage.
        value: the right value. `quote`: an `Evidence`; `exists`: true for what was added or confirmed, false for what
            was rejected; `person` and `organisation`: two names or ids: `merge`, of whom the first stays; `rename`, who
            and the new name; `split`, who and the spelling that is someone else; `issue`: the issue's id.
        was: the value before, for people who read the log.
        on: the day on which an action changed (`status`, `owners`, `due`), which makes it an event of its history;
            without it, the machine read the passage wrongly.
        undoes: the id of the correction that is taken back.
        other: for `link`, the later passage that belongs to the action at `span`; for `due`, the passage that says so.
    """

    id: CorrectionId
    at: str
    who: Annotated[str, Field(min_length=1)]
    kind: Kind
    field: str
    document: CorrectedDocument | None = None
    span: Evidence | None = None
    context: Context = Context()
    value: JsonValue = None
    was: JsonValue = None
    on: IsoDay | None = None
    undoes: CorrectionId | None = None
    other: OtherPassage | None = None

    @classmethod
    def make(cls, *, at: datetime.datetime, who: str, kind: Kind, field: str, **values: Any) -> Correction:
        """A correction with its id.

        Args:
            at: the moment; with a time zone.
            who: who says so.
            kind, field: what is corrected.
            values: the other attributes.

        Raises:
            ValueError: the values don't fit `kind` and `field`.
        """
        if at.tzinfo is None:
            raise ValueError("the moment of a correction needs a time zone")
        rest = {"at": at.isoformat(timespec="milliseconds"), "who": who, "kind": kind, "field": field, **values}
        unnamed = cls.model_validate({"id": "0" * 16, **rest})
        return unnamed.model_copy(update={"id": unnamed.digest()})

    def digest(self) -> str:
        """The id that the content gives: the same content at the same moment is the same correction."""
        content = json.dumps(self.model_dump(mode="json", exclude={"id"}), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def line(self) -> str:
        """The line of the log, without its line break; what is empty is left out."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @property
    def is_event(self) -> bool:
        """Whether it tells what became of an action on a day, rather than what the document says."""
        return self.kind == "action" and self.on is not None

    def evidence(self) -> Evidence | None:
        """The passage that a correction of `quote` gives instead; `None` for every other."""
        return Evidence.model_validate(self.value) if self.field == "quote" else None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind, self.field) not in _TYPES:
            raise ValueError(f"a correction of {self.kind} has no field {self.field!r}")
        try:
            _values(self.kind, self.field).validate_python(self.value)
        except ValidationError as error:
            raise ValueError(f"{self.value!r} is no value of {self.kind}.{self.field}") from error
        if datetime.datetime.fromisoformat(self.at).tzinfo is None:
            raise ValueError("the moment of a correction needs a time zone")
        self._check_place()
        self._check_day()
        return self

    def _check_place(self) -> None:
        if self.kind in OF_A_PASSAGE and self.span is None:
            raise ValueError(f"a correction of {self.kind} needs a passage")
        if self.document is None and (self.kind == "meeting" or self.span is not None):
            raise ValueError(f"a correction of {self.kind} needs a document")
        if self.kind == "link" and self.other is None:
            raise ValueError("a link needs the other passage")
        if (self.kind == "undo") != (self.undoes is not None):
            raise ValueError("an undo, and nothing else, names a correction that it takes back")

    def _check_day(self) -> None:
        if self.on is not None and not (self.kind == "action" and self.field in EVENTS):
            raise ValueError(f"{self.kind}.{self.field} does not change on a day")
        if (self.kind, self.field, self.value) == ("action", "status", "dropped") and self.on is None:
            raise ValueError("an action is dropped on a day: minutes only say open or done")


@functools.cache
def _values(kind: str, field: str) -> TypeAdapter[Any]:
    """What the values of a field must be."""
    return TypeAdapter(_TYPES[kind, field])


def in_force(log: Iterable[Correction]) -> list[Correction]:
    """The corrections of a log that hold, in their order: none that was undone, and no undo.

    The undo of an undo brings back what had been undone. An undo only reaches what stands before it in the log.
    """
    undone: set[str] = set()
    holding: list[Correction] = []
    for correction in reversed(list(log)):
        if correction.id in undone:
            continue
        if correction.undoes is not None:
            undone.add(correction.undoes)
        else:
            holding.append(correction)
    return holding[::-1]
