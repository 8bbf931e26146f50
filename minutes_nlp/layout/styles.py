"""The styles in which headings are printed, and which blocks of a document are printed in each."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from minutes_nlp.language.detect import UNKNOWN
from minutes_nlp.layout.codes import is_code
from minutes_nlp.layout.features import TIGHT, Features
from minutes_nlp.layout.sequences import best_chain
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_TITLE = 16  # words that a heading in an unmarked style may have
_NUMBERED_TITLE = 45
_LINE = 12
_KEY = 6
_INDENTED = 3  # columns from which a numbered line is taken to stand under another one
_INDENTED_FORM, _CAPS_FORM, _STRONG_FORM, _LISTED_FORM = " indented", " capitals", " bold", " listed"
_NUMBER_SIGNS = (_LISTED_FORM, _STRONG_FORM, _CAPS_FORM, TIGHT, _INDENTED_FORM)
_NUMBERING = 3  # numbers printed alike from which they may be a numbering of their own
_BARE_LIST = 4  # bullets
_RUNNING = 3  # from how many times on a title is a label that comes again in each item rather than a heading
_SPEAKER = 3  # words that the name of a speaker may have
_OVER_LIST = range(2, 6)  # words of a line before a colon that may name the list below it rather than announce it
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_SECTION = 2  # parts of the number of a section (`2.1`), which is one whatever its title
_LEAD_IN = 4  # words above which a line before a colon may announce a list


class Family(StrEnum):
    """What makes a line look like a heading."""

    MARKED = "marked"
    NUMBER = "number"
    BOLD = "bold"
    CAPS = "caps"
    COLON = "colon"
    BULLET = "bullet"
    LINE = "line"
    KEY = "key"
    TOPIC = "topic"  # each paragraph is about something of its own
    ROW = "row"  # cells of a table that name what their rows are about
    TIMED = "timed"  # each begins with the time at which it began
    POINT = "point"  # titles of the announced agenda, in whatever form


@dataclass(frozen=True, slots=True)
class Style:
    """A way of printing headings.

    Attributes:
        family: what makes it a heading.
        depth: of a marked heading its level, of a number its parts, of a bullet its nesting; otherwise 1.
        form: of a number how it is written, and whether it is indented.
    """

    family: Family
    depth: int = 1
    form: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Where headings are looked for.

    Attributes:
        features: of all blocks of the document.
        closed: blocks that have another role.
        people: the words of the lists of people, in lower case.
        words: the vocabulary.
    """

    features: Sequence[Features]
    closed: frozenset[int]
    people: frozenset[str]
    words: Vocabulary

    def after(self, index: int) -> Features | None:
        """The block below, `None` at the end."""
        return self.features[index + 1] if index + 1 < len(self.features) else None


def styles_of(block: Features, following: Features | None) -> list[Style]:
    """The styles that a block may be counted under, given the block below it."""
    if block.kind is BlockKind.TABLE_ROW:
        return [Style(Family.ROW)] if block.topic else []
    if block.blank or block.kind in (BlockKind.CODE, BlockKind.FIGURE):
        return []
    if block.marked:
        return [Style(Family.MARKED, block.marked)] if block.indent < _INDENTED - 1 else []
    if block.timed and block.words <= _TITLE:
        return [Style(Family.TIMED)]
    found: list[Style] = []
    if block.number and block.words <= _NUMBERED_TITLE:
        found.append(Style(Family.NUMBER, block.depth + max(0, block.nesting - 1), _form_of(block)))
    if block.bullet:
        found.append(Style(Family.BULLET, block.nesting))
    if block.words <= _TITLE and not block.linked:
        found += [Style(family) for family in _families_of_title(block, following)]
    return found or [Style(Family.TOPIC)]


def _form_of(block: Features) -> str:
    """How a number and its title are written."""
    signs = {
        _LISTED_FORM: block.introduced,
        _STRONG_FORM: block.strong,
        _CAPS_FORM: block.caps,
        _INDENTED_FORM: block.indent >= _INDENTED,
    }
    return block.form + "".join(form for form, sign in signs.items() if sign)


def _families_of_title(block: Features, following: Features | None) -> list[Family]:
    """What makes a short unmarked line look like a heading, number and bullet aside."""
    signs = {
        Family.BOLD: block.strong,
        Family.CAPS: block.caps and not block.nesting,
        Family.COLON: block.colon and not block.bullet and not block.low,
        Family.LINE: _is_line(block, following),
        Family.KEY: block.keyed and len(block.key.split()) <= _KEY,
    }
    return [family for family, sign in signs.items() if sign]


def _is_line(block: Features, following: Features | None) -> bool:
    """Whether a short line without sign stands over something longer than itself, or over a list."""
    signed = block.nesting or block.number or block.keyed or block.colon
    if signed or block.sentence or block.timed or block.low or block.words > _LINE:
        return False
    if following is None or following.marked:
        return False
    return following.nesting > 0 or following.words > max(8, block.words) or following.sentence


def candidates(field: Field, parts: Sequence[range], *, inner: bool = False) -> Mapping[Style, tuple[int, ...]]:
    """For each style the blocks of the given stretches that are printed in it, and may be headings.

    Left out are lead-ins, the names of speakers, translations of a heading, numbers that don't count up, and short
    lines and marked headings that come again (running titles, `Stemming` in each item).

    Args:
        field: where to look.
        parts: the stretches.
        inner: whether they lie inside items. There a date may be a heading, but a longer line before a colon over a
            list rather announces the list.
    """
    found: dict[Style, list[int]] = defaultdict(list)
    for part in parts:
        for index in part:
            block = field.features[index]
            if index in field.closed or (block.dated and not inner) or not (block.marked or _names_topic(block, field)):
                continue
            if translates(block, field.features):
                continue
            following = field.after(index)
            announces = inner and following is not None and following.nesting > 0 and block.words not in _OVER_LIST
            for style in styles_of(block, following):
                if not (announces and style.family is Family.COLON):
                    found[style].append(index)
    _even_out(found, field)
    kept = {style: _plausible(style, members, field, parts, inner=inner) for style, members in found.items()}
    return {style: tuple(members) for style, members in kept.items() if members}


def _even_out(found: dict[Style, list[int]], field: Field) -> None:
    """Count numbers under one style that differ by chance: set flush right (`IX.`, `X.`), without a space, in capitals.

    They stay apart if the same numbers come in both, and those with the sign count up by themselves: the numbers of
    the items are in bold, say, and those of the lists in them are not. Of lists below a line that announces them the
    others must count up by themselves.
    """
    for sign in _NUMBER_SIGNS:
        for style in [s for s in found if sign in s.form]:
            plain = replace(style, form=style.form.replace(sign, ""))
            if plain not in found:
                continue
            members = sorted([*found[style], *found[plain]])
            ordinals = [field.features[m].ordinal or 0 for m in members]
            counts_up = all(b - a == 1 for a, b in itertools.pairwise(ordinals))
            main, others = (plain, style) if sign == _LISTED_FORM else (style, plain)
            if counts_up or (sign != _INDENTED_FORM and not _apart(found[main], found[others], field)):
                found[plain] = members
                del found[style]


def _apart(main: Sequence[int], others: Sequence[int], field: Field) -> bool:
    """Whether numbers are a numbering of their own beside others that are printed unlike."""
    own = [field.features[m] for m in main]
    numbers = {f.number for f in own}
    if len(numbers) == 1 or numbers.isdisjoint(field.features[m].number for m in others):
        return False
    chain = best_chain([f.ordinal or 0 for f in own])
    return len(chain) >= _NUMBERING and (own[chain[0]].ordinal or 0) <= 1


def translates(block: Features, features: Sequence[Features]) -> bool:
    """Whether a line has the number of the heading right above it: the same heading in another language."""
    if block.marked or block.number is None or not block.index:
        return False
    above = features[block.index - 1]
    other = UNKNOWN not in (above.language, block.language) and above.language != block.language
    return above.number == block.number and (above.marked > 0 or other)


def _names_topic(block: Features, field: Field) -> bool:
    """Whether an unmarked line may name what follows: no lead-in, and no name of a speaker."""
    leads_in = field.words.is_whole(Role.LEAD_IN, block.heading) and block.depth < _SECTION
    if leads_in and not (block.bullet and nests(field, block.index)):
        return False
    if block.number:
        return True
    if _names_part(block.title, field.words):
        return False
    if block.colon and _LEAD_IN < block.words <= _TITLE and field.words.contains(Role.ANNOUNCING, block.title):
        return False
    name = block.named or block.key or block.title
    parts = re.findall(r"[^\W\d_]+", name.casefold())
    person = 0 < len(parts) <= _SPEAKER and all(part in field.people for part in parts)
    return not person or (not block.caps and _ACRONYM.search(name) is not None)


def _names_part(title: str, words: Vocabulary) -> bool:
    """Whether a title is a part of a text and its number (`Artikel 2`), and nothing else."""
    part, _, number = title.strip(" .:").partition(" ")
    return part.casefold().strip(".") in words.parts and re.fullmatch(r"\d+\w{0,3}|[IVX]+", number) is not None


def _plausible(style: Style, members: list[int], field: Field, parts: Sequence[range], *, inner: bool) -> list[int]:
    """The members of a style without those that the other members show to be none."""
    if style.family is Family.NUMBER:
        return _counting(members, field, parts)
    if style.family is Family.BULLET:
        return _without_bare_lists(members, field)
    if style.family in (Family.TOPIC, Family.ROW):
        return members
    if style.family is Family.TIMED:
        return _later_and_later(members, field)
    titles = [field.features[m].title.casefold() for m in members]
    times = Counter(titles)
    if style.family is Family.MARKED:
        once = [m for m, title in zip(members, titles, strict=True) if times[title] < _RUNNING]
        return once if once or inner else members
    first: dict[str, int] = {}
    for member, title in zip(members, titles, strict=True):
        first.setdefault(title, member)
    lines = style.family is Family.LINE
    return [
        m
        for m, title in zip(members, titles, strict=True)
        if times[title] < _RUNNING and (not lines or first[title] == m)
    ]


def _later_and_later(members: Sequence[int], field: Field) -> list[int]:
    """The lines with a title that begin no earlier than the one before; times out of line fall away."""
    kept: list[int] = []
    latest = -1
    for member in members:
        found = field.words.time.match(field.features[member].text)
        if found is None or not re.search(r"[^\W\d_]{2,}", field.features[member].text[found.end() :]):
            continue
        hour, minute = [*map(int, re.findall(r"\d+", found["start"])), 0][:2]
        if 60 * hour + minute >= latest:
            latest = 60 * hour + minute
            kept.append(member)
    return kept


def _without_bare_lists(members: Sequence[int], field: Field) -> list[int]:
    """Bullets, without the longer lists in which nothing stands below any bullet, if other lists have something below.

    In a report that is a list of topics with remarks below them, bare lists are lists of names or options.
    """
    lists: list[list[int]] = []
    for member in members:
        if lists and all(f.nesting for f in field.features[lists[-1][-1] : member]):
            lists[-1].append(member)
        else:
            lists.append([member])
    bare = [not any(nests(field, m) for m in inside) for inside in lists]
    if all(bare):
        return list(members)
    kept = [inside for inside, empty in zip(lists, bare, strict=True) if not empty or len(inside) < _BARE_LIST]
    return [member for inside in kept for member in inside]


def nests(field: Field, member: int) -> bool:
    """Whether a list item stands deeper right below this one."""
    following = field.after(member)
    return following is not None and following.nesting > field.features[member].nesting


def _counting(members: Sequence[int], field: Field, parts: Sequence[range]) -> list[int]:
    """The members whose numbers count up within each stretch; of the same number in two languages the first."""
    features = field.features
    kept: list[int] = []
    for part in parts:
        inside = [m for m in members if m in part]
        known = set(inside)
        first = [m for m in inside if m - 1 not in known or features[m - 1].number != features[m].number]
        if first and is_code(features[first[0]].form):
            first = sorted({features[m].number: m for m in reversed(first)}.values())
        for session in _sessions(first, field):
            kept += [session[position] for position in best_chain([features[m].ordinal or 0 for m in session])]
    return kept


def _sessions(members: Sequence[int], field: Field) -> list[list[int]]:
    """The members, apart where numbers begin anew in a second session or a second report.

    Below a line that names a session (`Besloten zitting`) they do; below other facts or names if the numbers before are
    not carried on later, and those to come are not much fewer and have other titles: else the first are announced.
    """
    features = field.features
    ordinals = [features[m].ordinal or 0 for m in members]
    later = list(itertools.accumulate(reversed(ordinals), max))[::-1]  # the highest number from each member on
    sessions: list[list[int]] = [[]]
    highest = 0  # of the last session
    for position, member in enumerate(members):
        if sessions[-1] and ordinals[position] <= 1:
            above = features[member - 1]
            named = not above.number and field.words.is_whole(Role.WRAPPER, above.title)
            second = _NUMBERING <= later[position] <= highest <= 2 * later[position]
            if named or (second and _reports_anew(sessions[-1], members[position:], field)):
                sessions.append([])
                highest = 0
        sessions[-1].append(member)
        highest = max(highest, ordinals[position])
    return sessions


def _reports_anew(before: Sequence[int], after: Sequence[int], field: Field) -> bool:
    """Whether facts or names stand between two lists of numbered lines, whose titles are not the same."""
    titles = {field.features[m].title for m in before}
    others = titles.isdisjoint(field.features[m].title for m in after[:_NUMBERING])
    return others and any(index in field.closed for index in range(before[-1] + 1, after[0]))
