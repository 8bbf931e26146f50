"""From a list of people as printed to entries: a small grammar.

    list   := group (`;` group)*
    group  := part (`,` part)*
    part   := names | head (`–` | `:` | `|`) tail | qualifier, each with remarks in brackets
    names  := name ((`en` | `et` | `&` | `/`) name)*

A qualifier (an organisation, a function, a role, “excused”) is said of the name before it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_brackets import Bracketed, find_brackets, mask, split_masked
from minutes_nlp.extraction.attendance_edges import (
    cut_note,
    cut_organisation,
    instead_of,
    proxy_of,
    read_prefix,
    replaced,
    stand_in,
)
from minutes_nlp.extraction.attendance_names import NAMES, QUALIFIERS, Kind, kind_of
from minutes_nlp.extraction.attendance_remarks import Entry, described, read_remark
from minutes_nlp.extraction.attendance_words import fold, pattern, role_of, status_of
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan

_STOP = r"(?:(?<=[^\W\d_]{3})|(?<=\0))\.\s+(?=[A-ZÀ-Þ@])"  # the stop of a sentence, not of `M.` or `dr.`
_HIDDEN = re.compile("\0+")  # brackets
_GROUPS = re.compile(rf";|\u2028|•|{_STOP}")
_PARTS = re.compile(r",|\s\+\s|\s{3,}(?=\S)")
_BEHIND_BRACKET = re.compile("(?<=\0)\\s+(?=[A-ZÀ-Þ])")
_INITIALED = re.compile(r"[A-Z]\.\s?\S")
_COUNT = re.compile(r"\s*\d+\s+[^\W\d_]")
_ENOUGH = 2  # names with initials
_TITLE_LENGTH = 4  # characters of a title that is also an initial, with its stop
_REMEMBERED = 512  # lines
_HOLDERS = frozenset((Kind.ORGANISATION, Kind.NAMELIKE, Kind.PERSON, Kind.ACRONYM))
_HEADS = re.compile(r"\s[-–—]+\s|\s[-–—](?=\S)|:(?=\s)|\s?\|\s?|\.{4,}|\s{3,}")


def read_entries(text: str, span: CharSpan, *, one: bool = False) -> list[Entry]:
    """The entries of a list printed at `span`.

    Args:
        text: the normalised text.
        span: a value after a label, a line, a list item or a table cell.
        one: whether the span speaks of one person, so that what follows a comma is said of that person.
    """
    return list(_entries(text, span, one))


@words_cache(_REMEMBERED)
def _entries(text: str, span: CharSpan, one: bool) -> tuple[Entry, ...]:
    """As `read_entries`, remembered: several steps ask about the same line."""
    brackets = find_brackets(text, span)
    masked = mask(text, span, brackets)
    groups = _with_titles(text, split_masked(masked, span, _GROUPS))
    apart = any(sign in masked for sign in ";\u2028")
    found: list[Entry] = []
    for group in groups:
        reader = _Group(text, group, brackets, one or apart)
        entries = reader.read()
        if found:
            for core, kind in reader.orphans:
                found[-1] = described(text, found[-1], core, kind)
        found += entries
    return tuple(with_initials(text, found))


def has_initial(text: str, entry: Entry) -> bool:
    """Whether a name begins with an initial."""
    return _INITIALED.match(entry.name.text(text)) is not None


def with_initials(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries; among names with initials (`A. Claes, M. Smets`) an `M.` is one, too, and no title."""
    if sum(map(functools.partial(has_initial, text), entries)) < _ENOUGH:
        return list(entries)
    found = []
    for entry in entries:
        lead = _initial_title().search(text, max(0, entry.name.start - _TITLE_LENGTH), entry.name.start)
        initial = lead if entry.kind is Kind.NAMELIKE else None
        name = CharSpan(initial.start(), entry.name.end) if initial else entry.name
        found.append(replace(entry, name=name, titled=entry.titled and not initial))
    return found


@words_cache()
def _initial_title() -> re.Pattern[str]:
    """A title right before a name that is also an initial (`M.`)."""
    return re.compile(rf"(?<!\w)(?=[A-Z])(?i:{pattern('people', 'initial_titles').pattern})\.\s?$")


@words_cache()
def _joins() -> re.Pattern[str]:
    """What stands between the last names of a list: “and” (also doubled: `en/et`, `and/or`), a slash."""
    return re.compile(rf"\s(?:&|(?:{either('conjunctions')})(?:/\w{{2,3}})?)\s|\s?/\s|\s/\s?", re.IGNORECASE)


def _addresses_several(part: str) -> bool:
    """Whether a part begins with a title of several people (`MM. Claes, Peeters`)."""
    return pattern("people", "plural_titles").match(fold(part.lstrip())) is not None


def _with_titles(text: str, pieces: Sequence[CharSpan]) -> list[CharSpan]:
    """The pieces, those put together again that were cut behind a title (`Prof. An Claes`)."""
    found: list[CharSpan] = []
    for piece in pieces:
        last = found[-1].text(text).split()[-1:] if found else []
        if last and _needs_stop(last[0]) and text[found[-1].end] == ".":
            found[-1] = CharSpan(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _needs_stop(word: str) -> bool:
    """Whether a stop behind a word is that of an abbreviation: a title or a status (`exc. V. Noblet`)."""
    folded = fold(word)
    status = word.islower() and pattern("status", "excused", "absent", "present").fullmatch(folded)
    return bool(status or pattern("people", "titles").fullmatch(folded))


@dataclass
class _Group:
    """Reads one group; `entries` grows as its parts are read."""

    text: str
    span: CharSpan
    brackets: Sequence[Bracketed]
    one: bool
    entries: list[Entry] = field(default_factory=list)
    shared: Entry | None = None  # what a head (`Stad Gent – `, `excusés – `) says of all names after it
    couple: int = 0  # how many of the last entries a remark in brackets is about
    orphans: list[tuple[CharSpan, Kind]] = field(default_factory=list)  # qualifiers before any name of this group
    stand_ins: list[Entry] = field(default_factory=list)  # who came instead of somebody named
    cores: dict[CharSpan, CharSpan] = field(default_factory=dict)  # what `_core` gave before

    def read(self) -> list[Entry]:
        parts = [
            part for piece in split_masked(self._masked(self.span), self.span, _PARTS) for part in self._apart(piece)
        ]
        if self.one:
            inverted = self._inverted(parts)
            if inverted:
                return [inverted]
            self.one = not self._list_like(parts)
        else:
            self.one = self._paired(parts)
        for part in parts:
            self._part(part)
        return [*self.entries, *self.stand_ins]

    def _apart(self, span: CharSpan) -> list[CharSpan]:
        """The span, cut where a comma was forgotten behind brackets (`An Claes (Stad Ham) Bo Smets (OCMW Ham)`)."""
        gaps = [gap.end() for gap in _BEHIND_BRACKET.finditer(self._masked(span))]
        starts = [span.start + gap for gap in gaps]
        cuts = [start for start in starts if names.begins_with_name(self.text, CharSpan(start, span.end))]
        return [CharSpan(a, b) for a, b in pairwise([span.start, *cuts, span.end])]

    def _inside(self, span: CharSpan) -> list[Bracketed]:
        return [b for b in self.brackets if span.contains(b.whole)]

    def _masked(self, span: CharSpan) -> str:
        return mask(self.text, span, self._inside(span))

    def _core(self, span: CharSpan) -> CharSpan:
        """The first piece of the span outside brackets, without titles and handles."""
        if span not in self.cores:
            self.cores[span] = self._read_core(span)
        return self.cores[span]

    def _read_core(self, span: CharSpan) -> CharSpan:
        pieces = (names.trim(self.text, piece) for piece in split_masked(self._masked(span), span, _HIDDEN))
        core = next((piece for piece in pieces if piece.length), CharSpan(span.start, span.start))
        core = names.strip_titles(self.text, names.without_handles(self.text, core))
        bare = names.strip_functions(self.text, core)
        core = core if bare == core else names.strip_titles(self.text, bare)
        core = names.strip_office(self.text, core)
        return names.trim(self.text, core)

    def _kind(self, span: CharSpan) -> Kind:
        return kind_of(read_prefix(self.text, self._core(span)).name.text(self.text))

    def _inverted(self, parts: Sequence[CharSpan]) -> Entry | None:
        """`Peeters, An` is one name."""
        if len(parts) != 2 or _addresses_several(parts[0].text(self.text)):
            return None
        last, first = (self._core(part) for part in parts)
        words = first.text(self.text).split()
        if not words or len(words) > 3 or not last.length:
            return None
        if not names.is_first_name(words[0]) or not all(names.is_first_name(w) or w.islower() for w in words):
            return None
        surname = last.text(self.text).split()
        opening = names.is_first_name(surname[0]) and not names.is_particle(surname[0])
        if len(surname) > 4 or opening or kind_of(last.text(self.text)) not in NAMES:
            return None
        entry = Entry(CharSpan(last.start, first.end), Kind.PERSON)
        return self._remarked(entry, [b for part in parts for b in self._inside(part)])

    def _paired(self, parts: Sequence[CharSpan]) -> bool:
        """Whether each name is followed by its organisation (`An Claes, Stad Ham, Bo Smets, OCMW Ham`)."""
        kinds = [self._kind(part) for part in parts]
        return bool(kinds) and kinds == [Kind.PERSON, Kind.ORGANISATION] * (len(kinds) // 2)

    def _list_like(self, parts: Sequence[CharSpan]) -> bool:
        """Whether the parts are names rather than one name and what is said of it."""
        if _addresses_several(self.span.text(self.text)):
            return True
        if len(parts) == 1:
            pieces = split_masked(self._masked(parts[0]), parts[0], _HEADS)
            return len(pieces) > 2 and all(self._kind(piece) in NAMES for piece in pieces)
        kinds = [self._kind(part) for part in parts]
        if self._surnames(parts, kinds):
            return True
        people = kinds.count(Kind.PERSON)
        if len(parts) >= 4 and all(kind in NAMES for kind in kinds):
            return True
        rest = sum(kind in NAMES or kind is Kind.ORGANISATION for kind in kinds) - people
        return len(parts) > 1 and people >= 2 and people >= rest

    def _surnames(self, parts: Sequence[CharSpan], kinds: Sequence[Kind]) -> bool:
        """`Claes, Smets, Maes, raadsleden` or `Mme Claes, M. Smets`: several surnames, perhaps with their function."""
        titled = [names.strip_titles(self.text, part) != names.trim(self.text, part) for part in parts]
        if sum(titled) > 1 or any(_addresses_several(part.text(self.text)) for part in parts[1:]):
            return True
        named = list(zip(parts, kinds, strict=True))[:-1] if kinds[-1:] == [Kind.FUNCTION] else []
        if named and all(self._in_capitals(part) for part, _ in named):
            return len(named) > 1 or " " in named[0][0].text(self.text).strip()
        return len(named) > 1 and all(kind is Kind.NAMELIKE for _, kind in named)

    def _in_capitals(self, part: CharSpan) -> bool:
        """Whether a part is surnames in capitals (`CLAES en SMETS`)."""
        words = self._core(part).text(self.text).split()
        surnames = [word for word in words if not pattern("people", "and").fullmatch(fold(word))]
        return bool(surnames) and all(word.isupper() and len(word) > 1 for word in surnames) and len(surnames) < 4

    def _part(self, span: CharSpan) -> None:
        pieces = split_masked(self._masked(span), span, _HEADS)
        pieces = [piece for piece in pieces if piece.trim(self.text).length]
        if not pieces:
            return
        head = pieces[0]
        if len(pieces) == 1 and not self.entries and self._stands_for(head):
            return
        if len(pieces) > 1 and self._is_shared(pieces):
            self._share(head)
            pieces = pieces[1:]
            head = pieces[0]
        self._names(head)
        for tail in pieces[1:]:
            self._tail(tail)

    def _stands_for(self, span: CharSpan) -> bool:
        """`namens de Stad Ham, An Claes`: the organisation of all names after it in the group."""
        core = names.trim(self.text, span)
        lead = pattern("people", "stands_for").match(fold(core.text(self.text)))
        named = names.trim(self.text, CharSpan(core.start + lead.end(), core.end)) if lead else core
        if not lead or not named.length or self._kind(named) is Kind.PERSON:
            return False
        self.shared = Entry(named, Kind.ORGANISATION, organisation=named)
        return True

    def _is_shared(self, pieces: Sequence[CharSpan]) -> bool:
        first, second = self._kind(pieces[0]), self._kind(pieces[1])
        if first is Kind.OTHER:
            return second in NAMES and self.text[pieces[0].end] == ":"
        if first in (Kind.STATUS, Kind.ROLE, Kind.FUNCTION, Kind.NOTE, Kind.ORGANISATION):
            return second in NAMES
        return first in (Kind.ACRONYM, Kind.NAMELIKE) and second is Kind.PERSON

    def _share(self, head: CharSpan) -> None:
        core = self._core(head)
        words = core.text(self.text)
        kind = kind_of(words)
        everybody = words[:1].islower() and pattern("status", "group").search(fold(words))  # `het voltallige bestuur`
        known = kind in QUALIFIERS or kind is Kind.OTHER or bool(everybody)
        self.shared = Entry(core, kind, status_of(words) if known else None, role_of(words), None if known else core)

    def _names(self, span: CharSpan) -> None:
        """One name, several joined ones, or a qualifier of the name before."""
        remarks = self._inside(span)
        joined = self._joined(span)
        if len(joined) > 1:
            for number, piece in enumerate(joined):
                self._name(piece, self._inside(piece))
                self.couple = number + 1
            if remarks and remarks[-1].whole.start >= joined[-1].start:
                self._share_remarks()
            return
        self._name(joined[0], remarks)

    def _joined(self, span: CharSpan) -> list[CharSpan]:
        run = names.first_names_in_a_row(self.text, span) if not self._inside(span) else []
        if run:
            return run
        if replaced(self.text, self._core(span)):
            return [span]  # `An Claes en remplacement de Bo Smets`
        titles = pattern("people", "titles")
        pieces = split_masked(self._masked(span), span, _joins())
        pieces = [piece for piece in pieces if not titles.fullmatch(fold(names.trim(self.text, piece).text(self.text)))]
        if not pieces or pieces == [span]:
            return [span]
        kinds = [self._kind(piece) for piece in pieces]
        surnames = _addresses_several(span.text(self.text)) or all(p.text(self.text).isupper() for p in pieces)
        if all(kind in NAMES for kind in kinds) and (Kind.PERSON in kinds or not self.one or surnames):
            return pieces
        if len(pieces) == 2 and kinds[0] is Kind.PERSON and pieces[1].trim(self.text).text(self.text)[:1].islower():
            return pieces[:1]  # “Tim et sa sœur”
        if kinds[0] is Kind.PERSON and set(kinds[:-1]) <= NAMES and _COUNT.match(pieces[-1].text(self.text)):
            return pieces[:-1]  # “An Claes and 23 members”
        return [span]

    def _name(self, span: CharSpan, remarks: list[Bracketed]) -> None:
        prefix = read_prefix(self.text, self._core(span))
        if self._replacing(prefix.name, remarks):
            return
        core, told = cut_note(self.text, prefix.name)
        if self.one and not self.entries and not told:
            core, told = cut_organisation(self.text, core)
        if told:
            remarks = [*remarks, Bracketed(told, told)]
        if prefix.status:
            self.shared = Entry(core, Kind.STATUS, prefix.status)
        words = core.text(self.text)
        kind = kind_of(words)
        first = words.split()[0] if words else ""
        may_hold = kind in _HOLDERS and not names.is_first_name(first)
        if may_hold and not (self.one and self.entries) and self._holds_people(core, remarks):
            return
        if kind in QUALIFIERS or (self.one and self.entries and kind is not Kind.PERSON):
            self._qualify(core, kind, remarks)
        elif (
            kind in NAMES
            or (kind is Kind.ORGANISATION and not self.entries)
            or (kind is Kind.ORGANISATION and not self.one)
        ):
            entry = Entry(core, kind, titled=core.start > names.trim(self.text, span).start)
            if self.shared:
                shared = self.shared
                entry = replace(entry, status=shared.status, role=shared.role, organisation=shared.organisation)
            if prefix.role:
                entry = replace(entry, role=prefix.role)
            self.entries.append(self._remarked(entry, remarks))
            self.couple = 1

    def _replacing(self, core: CharSpan, remarks: list[Bracketed]) -> bool:
        """`An Claes namens Bo Smets`: one is there, the other is not."""
        found = replaced(self.text, core)
        if not found:
            return False
        there, other = found[0], self._core(found[1])
        if not {kind_of(there.text(self.text)), kind_of(other.text(self.text))} <= {Kind.PERSON, Kind.NAMELIKE}:
            return False
        self.entries.append(self._remarked(Entry(there, Kind.PERSON), remarks))
        self.entries.append(self._remarked(Entry(other, Kind.PERSON, "excused"), remarks))
        return True

    def _holds_people(self, core: CharSpan, remarks: Sequence[Bracketed]) -> bool:
        """`Organisation (An Claes, Bo Smets)`: the people stand in the brackets."""
        for remark in remarks:
            inner = read_entries(self.text, remark.inner)
            spans = [entry.name.text(self.text).split()[0] for entry in inner]
            if inner and all(map(names.is_first_name, spans)) and all(self._may_belong(e, core) for e in inner):
                self.entries += [replace(entry, organisation=core) for entry in inner]
                return True
        return False

    def _may_belong(self, person: Entry, core: CharSpan) -> bool:
        """Whether a person in brackets may belong to what stands before them: of initials only with a full name."""
        name, before = person.name.text(self.text), core.text(self.text)
        if kind_of(before) is Kind.ACRONYM and (" " not in name or names.is_abbreviation_of(before, name)):
            return False
        return person.kind is Kind.PERSON

    def _tail(self, span: CharSpan) -> None:
        core = self._core(span)
        if not core.length or not self.entries:
            return
        if self._kind(span) is Kind.PERSON and not self.one and self.entries[-1].kind in NAMES:
            self._names(span)  # names separated by dashes
            return
        self._qualify(names.trim(self.text, self._uncut(span)), self._kind(span), self._inside(span))

    def _uncut(self, span: CharSpan) -> CharSpan:
        """The span up to its last bracket."""
        pieces = split_masked(self._masked(span), span, _HIDDEN)
        return pieces[0] if pieces else span

    def _qualify(self, core: CharSpan, kind: Kind, remarks: Sequence[Bracketed]) -> None:
        if not self.entries:
            self.orphans.append((core, kind))
            return
        last = self.entries[-1]
        if core.length:
            last = self._described(last, core, kind)
        self.entries[-1] = self._remarked(last, remarks)

    def _remarked(self, entry: Entry, remarks: Sequence[Bracketed]) -> Entry:
        for remark in remarks:
            missing, rest = instead_of(self.text, remark.inner)
            voter = proxy_of(self.text, remark.inner)
            if missing:
                self.stand_ins.append(Entry(missing, Kind.PERSON, "excused"))
            if voter:
                self.stand_ins.append(Entry(voter, Kind.PERSON, "present"))
            for span, kind in read_remark(self.text, rest):
                entry = self._described(entry, span, kind)
        return entry

    def _described(self, entry: Entry, span: CharSpan, kind: Kind) -> Entry:
        """The entry with one more thing said about it; somebody who came instead becomes an entry of its own."""
        instead = stand_in(self.text, span)
        if instead is None:
            return described(self.text, entry, span, kind)
        if entry.kind is Kind.ORGANISATION:  # `nv Duin, vertegenwoordigd door An Claes`
            return replace(entry, name=instead, kind=Kind.PERSON, organisation=entry.name)
        self.stand_ins.append(Entry(instead, Kind.PERSON, "present"))
        return replace(entry, status=entry.status or "excused")

    def _share_remarks(self) -> None:
        """`An Claes en Bo Smets (Stad Gent)`: the organisation is that of both."""
        organisation = self.entries[-1].organisation
        count = min(self.couple, len(self.entries))
        for index in range(len(self.entries) - count, len(self.entries)):
            if self.entries[index].organisation is None:
                self.entries[index] = replace(self.entries[index], organisation=organisation)
