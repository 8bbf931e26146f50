"""Corrections of one record, put together by the row that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.correcting.anchors import locate, locate_beside
from minutes_nlp.resolution.correcting.claims import Change
from minutes_nlp.resolution.correcting.slots import PARTS
from minutes_nlp.spans import CharSpan

Role = Literal["passage", "other"]


class Target(NamedTuple):
    """What a correction is about in a record.

    Attributes:
        correction: its id.
        role: `passage` for the one that was corrected, `other` for the later one of a link.
        span: where that stands in the text; `None` if it is no longer there.
        part: the part of the record that its row belongs to, if it is about a row.
        row: the index of the row there; `None` if there is none (any more).
    """

    correction: str
    role: Role
    span: CharSpan | None
    part: str | None = None
    row: int | None = None


@dataclass(slots=True)
class Group:
    """The corrections of one row, in the order in which they were made.

    Attributes:
        kind: of the row.
        span: the passage that they are about.
        quote: the passage that the row has instead, if that was corrected.
        absorbed: passages whose row turned out to be this one.
        corrections: what was said.
        row: the index of the row in the corrected record; set once that is known.
    """

    kind: str
    span: CharSpan
    quote: CharSpan | None = None
    absorbed: list[CharSpan] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    row: int | None = None

    def change(self) -> Change:
        """What they say together: of each field the last."""
        values: dict[str, Correction] = {}
        adds = False
        for correction in self.corrections:
            adds = adds or not (correction.kind == "link" and correction.value is False)
            if not correction.is_event and correction.kind != "link" and correction.field != "quote":
                values[correction.field] = correction
        exists = values.pop("exists", None)
        rejected = exists is not None and exists.value is False
        return Change(self.span, self.quote, values, rejected=rejected, adds=adds, absorbed=tuple(self.absorbed))


class Filing:
    """Puts the corrections of one record into groups, and down as lost what no longer fits.

    Args:
        text: the document's text.
        sha256: the digest of the file.

    Attributes:
        groups: by kind and passage.
        of_meeting: corrections of the meeting's facts, with the passage by which the document was known again.
        elsewhere: targets that are no rows.
    """

    def __init__(self, text: str, sha256: str) -> None:
        self.text = text
        self.sha256 = sha256
        self.groups: dict[tuple[str, CharSpan], Group] = {}
        self.of_meeting: list[tuple[Correction, CharSpan | None]] = []
        self.elsewhere: list[Target] = []
        self._order: dict[str, int] = {}
        self._roots: dict[tuple[str, CharSpan], CharSpan] = {}  # from a corrected quote to the passage it corrects
        self._moved: dict[tuple[str, str], CharSpan] = {}  # by the words of a passage that is gone: its corrected quote

    def file(self, corrections: Sequence[Correction]) -> None:
        """Take the corrections of the document, in the order of the log."""
        for correction in corrections:
            quote = correction.evidence()
            if quote is not None and correction.span is not None and self._place(correction) is None:
                place = locate_beside(quote, correction.span, None, self.text)
                if place is not None:
                    self._moved[correction.kind, correction.span.quote] = place
        self._order = {correction.id: number for number, correction in enumerate(corrections)}
        for correction in corrections:
            self._file(correction)

    def _place(self, correction: Correction) -> CharSpan | None:
        """Where the passage of a correction stands now; for one with a corrected quote, the passage before."""
        assert correction.span is not None
        place = locate(correction.span, correction.context, self.text)
        kind = row_kind(correction)
        if place is None:
            place = self._moved.get((kind, correction.span.quote))
        return None if place is None else self._roots.get((kind, place), place)

    def _file(self, correction: Correction) -> None:
        if correction.span is None:
            self._file_unplaced(correction)
            return
        place = self._place(correction)
        kind = row_kind(correction)
        quote = correction.evidence()
        moved = self._quote(quote, correction.span, place) if quote is not None else None
        if place is None or (quote is not None and moved is None):
            self.elsewhere.append(Target(correction.id, "passage", None))
        elif kind == "meeting":
            self.of_meeting.append((correction, place))
        elif kind not in PARTS:
            self.elsewhere.append(Target(correction.id, "passage", place))
        else:
            group = self.groups.setdefault((kind, place), Group(kind, place))
            group.corrections.append(correction)
            if moved is not None:
                self._move(group, moved)

    def _file_unplaced(self, correction: Correction) -> None:
        """Without a passage nothing tells that a changed file is still about the same meeting."""
        if correction.kind == "meeting" and correction.document is not None:
            if correction.document.sha256 == self.sha256:
                self.of_meeting.append((correction, None))
            else:
                self.elsewhere.append(Target(correction.id, "passage", None))

    def _quote(self, quote: Evidence, passage: Evidence, place: CharSpan | None) -> CharSpan | None:
        """Where a corrected quote stands now."""
        found = locate_beside(quote, passage, place, self.text)
        return found or locate_beside(quote, passage, None, self.text)

    def _move(self, group: Group, quote: CharSpan) -> None:
        """Give a group another quote. Whatever else was said of that passage is said of the same row."""
        if group.quote is not None:
            self._roots.pop((group.kind, group.quote), None)
        group.quote = None if quote == group.span else quote
        if group.quote is None:
            return
        owner = self.groups.get((group.kind, self._roots.get((group.kind, quote), quote)))
        if owner is None:
            self._roots[group.kind, quote] = group.span
        elif owner.span == quote and owner.quote is None:
            self._merge(owner, group)
            self._roots[group.kind, quote] = group.span
        elif owner.span != quote and owner is not group:
            self._merge(group, owner)
            owner.absorbed.append(group.span)
            self._roots[group.kind, group.span] = owner.span

    def _merge(self, gone: Group, kept: Group) -> None:
        """Put the corrections of one group among those of another, in the order of the log."""
        del self.groups[gone.kind, gone.span]
        kept.corrections = sorted([*kept.corrections, *gone.corrections], key=lambda c: self._order[c.id])
        kept.absorbed += gone.absorbed


def row_kind(correction: Correction) -> str:
    """The kind of the row at a correction's passage; a link begins at an action."""
    return "action" if correction.kind == "link" else correction.kind
