"""Is a short text a person's name, an organisation, or something said about either?"""

from __future__ import annotations

import re
from enum import Enum

from minutes_nlp.extraction.attendance_words import first_names, fold, pattern, role_of, status_of
from minutes_nlp.resources import words_cache
from minutes_nlp.resources.lexicon import either
from minutes_nlp.spans import CharSpan

_NAME_TOKENS = 6
_REMEMBERED = 8192
_STATUS_WORDS = 8
_ACRONYM = 4
_TOKEN = re.compile(r"\S+")
_INITIAL = re.compile(r"(?:[A-ZÀ-Þ][a-z]?\.-?){1,4}[A-ZÀ-Þ]?\.?$|[A-ZÀ-Þ]$")
_HANDLE = re.compile(r"\s*(?:<[^<>\s]*@[^<>\s]*>|\(@[^()]*\)|\([^()\s]*@\)|@[\w-]+|https?://\S+)")
_EDGES = "".join(map(chr, range(33))) + '\u2028,;:.*_`|•·–—−-¹²³⁴⁵()"“”'
_LEAD = re.compile(r"(?:[a-zß-ÿœ]['’a-zß-ÿœ.-]*\s+){1,4}(?=[A-ZÀ-Þ])")
_OFFICE = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ-]+\s+(?:[a-zß-ÿœ]['’a-zß-ÿœ.-]*\s+){0,3}(?=[A-ZÀ-Þ])")
_ROW = 5  # as many first names are no name of one person; one less where some have the letter of a surname
_BARE = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


class Kind(Enum):
    """What a piece of an entry is."""

    PERSON = "person"  # a name for sure, or nearly
    NAMELIKE = "namelike"  # capitals that may be a name or an organisation
    LOWER = "lower"  # one or two words in lower case: a nickname, a handle
    ACRONYM = "acronym"  # initials of a person, or an organisation
    ORGANISATION = "organisation"
    ROLE = "role"
    STATUS = "status"
    FUNCTION = "function"
    NOTE = "note"  # late, online, until item 3 …
    NOBODY = "nobody"  # none, everybody, see annex
    OTHER = "other"


QUALIFIERS = frozenset({Kind.ROLE, Kind.STATUS, Kind.FUNCTION, Kind.NOTE, Kind.NOBODY})
NAMES = frozenset({Kind.PERSON, Kind.NAMELIKE, Kind.LOWER, Kind.ACRONYM})


def trim(text: str, span: CharSpan) -> CharSpan:
    """The span without separators, bullets and footnote signs at its edges; the stop of an initial stays."""
    inner = span.trim(text, _EDGES)
    if inner.end < span.end and text[inner.end] == ")" and "(" in inner.text(text):
        return CharSpan(inner.start, inner.end + 1)
    if inner.end < span.end and text[inner.end] == "." and _keeps_stop(inner.text(text)):
        return CharSpan(inner.start, inner.end + 1)
    return inner


def _keeps_stop(name: str) -> bool:
    last = name.rsplit(None, 1)[-1] if name else ""
    return len(last) == 1 or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", last))


def strip_titles(text: str, span: CharSpan) -> CharSpan:
    """The span without titles and forms of address before a name (also doubled: `De heer / Monsieur`)."""
    titles = pattern("people", "titles")
    first = True
    while True:
        span = trim(text, span)
        folded = fold(span.text(text))
        found = titles.match(folded)
        if not found or not (first or _may_follow_title(found[0])):
            return span
        gap = _behind_title().match(folded, found.end())
        if not gap or (gap.end() == len(folded) and gap.end() > 3):
            return span
        span = CharSpan(span.start + gap.end(), span.end)
        first = gap[0].strip(" .") != ""


def _may_follow_title(title: str) -> bool:
    """Whether a word right behind a title is a second one: a letter (`dr. M. Claes`) is an initial there."""
    return not pattern("people", "initial_titles").fullmatch(title)


@words_cache()
def _behind_title() -> re.Pattern[str]:
    """What stands between a title and a name, or between two titles."""
    titles = pattern("people", "titles").pattern
    return re.compile(rf"\.?(?:\s*[/&]\s*|\s+(?:{either('conjunctions')})\s+(?={titles})|\s+|\s*$)", re.IGNORECASE)


@words_cache()
def _time() -> re.Pattern[str]:
    """A time of day, or a number of three digits."""
    return re.compile(
        rf"\d{{1,2}}\s?(?:[:.]\s?\d{{0,2}}|(?:{either('hour_words')})\s?\d{{0,2}})\b|\d{{3,}}", re.IGNORECASE
    )


def strip_functions(text: str, span: CharSpan) -> CharSpan:
    """The span without words in lower case before a name (`pastoor An Claes`, `les conseillères An Claes`).

    Words that give a role, a status or a note stay: they say more than what the person does.
    """
    words = span.text(text)
    lead = _LEAD.match(words)
    rest = CharSpan(span.start + lead.end(), span.end) if lead else span
    if not lead or all(map(_is_article, lead[0].split())) or role_of(lead[0]) or status_of(lead[0]):
        return span
    folded = fold(lead[0])
    if pattern("people", "notes", "proxy", "replaces", "replaced_by", "and").match(folded):
        return span
    named = strip_titles(text, rest)
    known = pattern("people", "functions", "titles").search(folded) or named != rest
    kind = kind_of(named.text(text))
    return rest if kind is Kind.PERSON or (known and kind is Kind.NAMELIKE) else span


def strip_office(text: str, span: CharSpan) -> CharSpan:
    """The span without an office with a capital before a full name (`Diensthoofd An Claes`); a role stays."""
    words = span.text(text)
    lead = _OFFICE.match(words)
    if not lead or not pattern("people", "functions").match(fold(words)) or role_of(lead[0]):
        return span
    rest = CharSpan(span.start + lead.end(), span.end)
    return rest if kind_of(rest.text(text)) is Kind.PERSON and " " in rest.text(text) else span


def _is_article(word: str) -> bool:
    """Whether a word before a name may be a part of it."""
    return is_particle(word) and not re.match(r"l['’]\w{3}", word)


def without_handles(text: str, span: CharSpan) -> CharSpan:
    """The span up to the first e-mail address, handle (`@x`) or link in it; after it if it opens with a handle."""
    inner = span.text(text)
    opening = re.match(r"\s*@(?=[\w-])", inner)
    if opening:
        return CharSpan(span.start + opening.end(), span.end)
    found = _HANDLE.search(inner)
    return CharSpan(span.start, span.start + found.start()) if found else span


@words_cache(_REMEMBERED)
def kind_of(text: str) -> Kind:
    """What `text`, without its brackets and titles, is by itself."""
    whole = CharSpan(0, len(text))
    bare = trim(text, whole).text(text)
    if not bare:
        return Kind.OTHER
    return _qualifier(bare) or _name(bare)


def _qualifier(bare: str) -> Kind | None:
    """What a piece says about somebody else, if it is no name."""
    folded = fold(bare)
    known = _has_first_name(bare)
    if pattern("labels", "nobody").match(folded) and not known:
        return Kind.NOBODY
    if role_of(bare):
        return Kind.ROLE
    if (bare[0].islower() or not known) and _says_status(bare, folded):
        return Kind.STATUS
    if _time().search(bare):
        return Kind.NOTE
    return _low_qualifier(folded) if bare[0].islower() else None if known else _high_qualifier(folded)


def _says_status(bare: str, folded: str) -> bool:
    words = len(bare.split())
    away = pattern("status", "unexcused", "excused", "absent")
    if words <= _STATUS_WORDS and (away.search(folded) if bare[0].islower() else away.match(folded)):
        return True
    return words <= 4 and status_of(bare) == "present" and bool(pattern("status", "present").match(folded))


def _low_qualifier(folded: str) -> Kind | None:
    """Of a piece that begins in lower case."""
    if pattern("people", "notes").match(folded) and not pattern("people", "particles").match(folded):
        return Kind.NOTE
    return Kind.FUNCTION if pattern("people", "functions").search(folded) else _high_qualifier(folded)


def _high_qualifier(folded: str) -> Kind | None:
    """Of a piece without a known first name."""
    if pattern("people", "functions").match(folded) or pattern("roles", "chair", "secretary").match(folded):
        return Kind.FUNCTION  # also the chair of something else
    return Kind.NOTE if len(folded.split()) > 2 and pattern("people", "notes").match(folded) else None


def _has_first_name(text: str) -> bool:
    """Whether the first or the last word is a known first name (with a capital, and not in capitals only if short)."""
    tokens = _BARE.findall(text)
    return bool(tokens) and any(is_first_name(token) for token in (tokens[0], tokens[-1]))


@words_cache(_REMEMBERED)
def is_first_name(token: str) -> bool:
    """Whether a word, or the first part of a compound, is a common first name written with a capital."""
    if not token[:1].isupper() or (token.isupper() and len(token) <= 3):
        return False
    folded = fold(token)
    if pattern("people", "pronouns").fullmatch(folded):
        return False
    return folded in first_names() or re.split(r"['’.-]", folded)[0] in first_names()


def _name(bare: str) -> Kind:
    """Person or organisation, by known words, capitals and particles."""
    tokens = bare.split()
    organisation = pattern("organisations", "words").search(fold(bare))
    if "@" in bare or "://" in bare or any(map(str.isdigit, tokens)):
        return Kind.ORGANISATION if organisation else Kind.OTHER
    if re.search(r"[?!:=<>{}\[\]]", bare):
        return Kind.OTHER
    first = is_first_name(_first_word(tokens[0]))
    surname = [token for token in tokens[1:] if not is_particle(token)]
    begins = first or ("." in tokens[0] and _INITIAL.match(tokens[0]))
    if organisation and not (begins and len(surname) == 1 and not _is_word_of_organisation(tokens[0])):
        return Kind.ORGANISATION
    lower = [t for t in tokens if not _capital(t) and not is_particle(t)]
    if lower:
        return _lower_kind(bare, tokens, lower)
    return _single(bare, first) if len(tokens) == 1 else _several(tokens, first)


def _single(bare: str, first: bool) -> Kind:
    if re.fullmatch(r"[A-ZÀ-Þ0-9&.]{2,6}", bare):
        return Kind.ACRONYM
    return Kind.PERSON if first else Kind.NAMELIKE


def _several(tokens: list[str], first: bool) -> Kind:
    if len(tokens) > _NAME_TOKENS:
        return Kind.ORGANISATION
    initials = _INITIAL.match(tokens[0]) or ("." in tokens[-1] and _INITIAL.match(tokens[-1]))
    if first or initials or is_first_name(_first_word(tokens[-1])):
        return Kind.PERSON
    if tokens[0].isupper() and 1 < len(tokens[0]) <= _ACRONYM and not any(map(str.isupper, tokens[1:])):
        return Kind.ORGANISATION  # `CHU de la Brenne`
    inner = [token for token in tokens[1:-1] if is_particle(token)]
    plural = any(pattern("people", "plural_particles").fullmatch(fold(token)) for token in inner)
    bound = bool(inner) and not plural and len(tokens) <= 5 and not is_particle(tokens[-1])
    return Kind.PERSON if bound else Kind.NAMELIKE


def _lower_kind(bare: str, tokens: list[str], lower: list[str]) -> Kind:
    if len(tokens) <= 2 and len(lower) == len(tokens):
        return Kind.LOWER
    if len(tokens) == 2 and is_first_name(_first_word(tokens[0])) and len(lower) == 1 and len(lower[0]) <= 12:
        return Kind.PERSON
    return Kind.ORGANISATION if bare[0].isupper() and len(tokens) >= 2 and len(tokens) <= 10 else Kind.OTHER


def _is_word_of_organisation(token: str) -> bool:
    return bool(pattern("organisations", "words").fullmatch(fold(token))) and not is_first_name(token)


def _first_word(token: str) -> str:
    found = _BARE.search(token)
    return found[0] if found else token


def _capital(token: str) -> bool:
    letters = token.lstrip("'’(\"“[&/")
    return (
        letters[:1].isupper()
        or (letters[:1].isdigit() and any(c.isupper() for c in letters))
        or token in ("&", "-", "–")
    )


@words_cache(_REMEMBERED)
def is_particle(token: str) -> bool:
    """Whether a word is one that stands between first name and surname (`van`, `de`, `d'…`)."""
    folded = fold(token).strip(".")
    found = pattern("people", "particles").fullmatch(folded)
    return bool(found) or bool(re.match(r"(?:d|l|t)['’]\w", folded)) or folded in ("'t", "’t", "'s")


def organisation_of(text: str, label: CharSpan) -> CharSpan | None:
    """The organisation that a label before names gives; `None` if it says what the people are or do."""
    label = trim(text, label)
    lead = pattern("people", "stands_for").match(fold(label.text(text)))
    named = trim(text, CharSpan(label.start + lead.end(), label.end)) if lead else label
    words = fold(named.text(text)).split()
    if not words:
        return None
    about = pattern("people", "functions")
    known = pattern("organisations", "words").search(" ".join(words))
    if not known and not any(map(str.isupper, named.text(text)[1:])):
        return None
    people = any(about.fullmatch(word) for word in (words[0], words[-1]))
    return None if people or pattern("status", "group").search(" ".join(words)) else named


def first_names_in_a_row(text: str, span: CharSpan) -> list[CharSpan]:
    """The names of `Lucie Hervé Anissa Tom B.`, where nothing separates them; empty if it is another list."""
    tokens = [CharSpan(span.start + t.start(), span.start + t.end()) for t in _TOKEN.finditer(span.text(text))]
    found: list[CharSpan] = []
    for token in tokens:
        word = token.text(text)
        if found and len(word.rstrip(".")) == 1 and word[0].isupper():
            found[-1] = CharSpan(found[-1].start, token.end)  # the first letter of a surname
        else:
            found.append(token)
    words = [name.text(text) for name in found]
    if len(found) < (_ROW if len(found) == len(tokens) else _ROW - 1):
        return []
    if not all(word[0].isupper() and (word[-1].isalnum() or word[-1] == ".") for word in words):
        return []
    return found if sum(is_first_name(word.split()[0]) for word in words) * 3 >= len(found) * 2 else []


def begins_with_name(text: str, span: CharSpan) -> bool:
    """Whether a passage begins with a first name, an initial or a form of address."""
    inner = strip_titles(text, span)
    first = inner.text(text).split(maxsplit=1)[:1]
    if not first:
        return False
    titled = inner.start > trim(text, span).start and first[0][0].isupper()
    return titled or is_first_name(_first_word(first[0])) or bool("." in first[0] and _INITIAL.match(first[0]))


def is_abbreviation_of(short: str, name: str) -> bool:
    """Whether `short` (`PPK`, `JST`) is made of letters of the name in order, its first letter being the name's."""
    letters = [c for c in fold(name) if c.isalpha()]
    wanted = [c for c in fold(short) if c.isalpha()]
    if not wanted or len(wanted) > 4 or not letters or wanted[0] != letters[0]:
        return False
    remaining = iter(letters)
    return all(letter in remaining for letter in wanted)


def is_known_first_name(token: str) -> bool:
    """Whether a word is a common first name, whatever its case."""
    return fold(token) in first_names()


def reads_like_text(words: str) -> bool:
    """Whether a piece has too many words in lower case for a name of a person or an organisation."""
    tokens = words.split()
    lower = [t for t in tokens if t[:1].islower() and not is_particle(t)]
    return len(lower) >= 3 or len(tokens) > 12
