"""The date words of a language, by class, as the data file `dates.toml` gives them.

A class is what the rules speak of: `month`, `weekday`, `by` (“tegen”, “avant”), `edge` (“eind”) … A phrase may belong
to several classes, with a value in each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutes_nlp.errors import ResourceError
from minutes_nlp.resources import lexicon

Value = int | str | tuple[int, ...]
Meaning = Mapping[str, Value]

ALL_LANGUAGES = "unknown"
_PLAIN_WORD = r"[^\W\d_]+(?:'(?=[^\W\d_]|\Z))?"
_RULE = re.compile(r"easter([+-]\d+)|(\d\d)-(\d\d)")
_UNIT = re.compile(r"(\d+)([hdwmy])")
# Phrases of these classes (and any digit) are worth a closer look; without one a text holds no date.
_TRIGGERS = frozenset(
    {"month", "month_short", "month_week", "weekday", "next", "unit", "span_word", "day_word", "period", "period_end"}
    | {"feast", "holiday", "season", "vague", "vague_alone"}
)


class _Folding(dict[int, str]):
    """Maps each character to its lower case without accent, one to one, so that offsets stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "’‘ʼ`´":
            folded = "'"
        else:
            parts = [c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)]
            folded = "".join(parts).lower()
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in lower case without accents and superscripts, of the same length."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the word list: its tokens (folded) and what it means in each class."""

    tokens: tuple[str, ...]
    meaning: Meaning
    capitalised: bool = False


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language, or of all together.

    `phrases` maps the first token of a phrase to the phrases that begin so, longest first; `triggers` are
    tokens without one of which (or a digit) there is no date; `token` splits a folded text.
    """

    phrases: Mapping[str, tuple[Phrase, ...]]
    triggers: frozenset[str]
    token: re.Pattern[str]
    month_names: Mapping[str, int]
    meeting_endings: tuple[str, ...]
    month_first: bool

    def meaningful(self, folded: str) -> bool:
        """Whether a folded text may hold a date at all."""
        return any(map(str.isdigit, folded)) or not self.triggers.isdisjoint(_WORDS.findall(folded))


_WORDS = re.compile(_PLAIN_WORD)


def _token_pattern(suffixes: list[str]) -> re.Pattern[str]:
    endings = "|".join(sorted({re.escape(fold(s)) for s in suffixes}, key=len, reverse=True))
    ordinal = rf"\d{{1,2}}(?:\^?\(?(?:{endings})\)?\^?)(?!\w)" if endings else r"(?!)"
    return re.compile(
        rf"(?P<ordinal>(?<![\d.,:/-]){ordinal})|(?P<number>\d+(?:[.,:/-]\d+)*)"
        rf"|(?P<short_year>(?<!\w)'\d\d(?!\w))|(?P<word>{_PLAIN_WORD})|(?P<symbol>[^\w\s])"
    )


def _unit(code: str) -> tuple[int, int, int]:
    """Days, months and hours of a unit such as `1w`."""
    match = _UNIT.fullmatch(code)
    if match is None:
        raise ResourceError("resources.date_rule", f"{code!r} is no length of time.", rule=code)
    count = int(match[1])
    days, months, hours = {"h": (0, 0, 1), "d": (1, 0, 0), "w": (7, 0, 0), "m": (0, 1, 0), "y": (0, 12, 0)}[match[2]]
    return days * count, months * count, hours * count


def _feast(code: str) -> tuple[int, int]:
    """Month (0 for days from Easter) and day of a rule such as `12-25` or `easter+39`."""
    match = _RULE.fullmatch(code)
    if match is None:
        raise ResourceError("resources.date_rule", f"{code!r} is no rule for a feast day.", rule=code)
    return (0, int(match[1])) if match[1] else (int(match[2]), int(match[3]))


def _entries(content: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, Value]]:
    """Every phrase of a language with a class and its value there."""
    tables = (
        ("months", "month", int),
        ("month_abbreviations", "month_short", int),
        ("weekdays", "weekday", int),
        ("weekday_abbreviations", "weekday_short", int),
        ("numbers", "number_word", int),
        ("ordinals", "ordinal_word", int),
        ("day_words", "day_word", int),
        ("weekday_shifts", "weekday_shift", int),
        ("units", "unit", _unit),
        ("spans", "span_word", _unit),
        ("feasts", "feast", _feast),
        ("edges", "edge", str),
        ("periods", "period", str),
        ("period_ends", "period_end", str),
    )
    for table, name, convert in tables:
        for key, listed in content[table].items():
            for phrase in listed:
                value: Value = convert(key)
                yield phrase, name, value
                if name == "period":
                    yield phrase, f"period_{key}", key
    for name, listed in content["words"].items():
        for phrase in listed:
            yield phrase, name, 1
    yield from _weekday_parts(content)
    also_names = {fold(word) for word in content["also_names"]}
    for listed in content["month_abbreviations"].values():
        yield from ((phrase, "month_short_sure", 1) for phrase in listed if fold(phrase) not in also_names)


def _weekday_parts(content: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, Value]]:
    """Weekdays written together with a part of the day, months written together with “week”."""
    for key, listed in content["weekdays"].items():
        for phrase in listed:
            for part in content["words"]["daypart"]:
                if part.isalpha():
                    yield phrase + part, "weekday", int(key)
    for key, listed in content["months"].items():
        for phrase in listed:
            yield from ((phrase + week, "month_week", int(key)) for week in content["periods"]["week"])


def words_of(language: str) -> str:
    """`language` if there are word lists for it, else `ALL_LANGUAGES`."""
    return language if language in lexicon.languages() else ALL_LANGUAGES


@lexicon.words_cache()
def date_words(language: str) -> DateWords:
    """The date words of `language` (ISO 639-1), or of all languages together for `ALL_LANGUAGES`.

    Raises:
        ResourceError: a word list is missing or malformed.
    """
    languages = lexicon.languages() if language == ALL_LANGUAGES else (language,)
    contents = [lexicon.section(one, "dates") for one in languages]
    token = _token_pattern([suffix for content in contents for suffix in content["ordinal_suffixes"]])
    meanings: dict[tuple[str, ...], dict[str, Value]] = {}
    capitalised: set[tuple[str, ...]] = set()
    free: set[tuple[str, ...]] = set()  # words that some language writes without a capital
    for content in contents:
        listed: set[tuple[str, ...]] = set()
        for phrase, name, value in _entries(content):
            tokens = tuple(found[0] for found in token.finditer(fold(phrase)))
            for form in {tokens, tokens[:-1] if len(tokens) > 2 and tokens[-1] == "." else tokens}:
                meanings.setdefault(form, {}).setdefault(name, value)
                listed.add(form)
        capitals = {(fold(word),) for word in content["capitalised"]}
        capitalised |= capitals
        free |= listed - capitals
    by_first: dict[str, list[Phrase]] = {}
    for tokens, meaning in meanings.items():
        by_first.setdefault(tokens[0], []).append(Phrase(tokens, meaning, tokens in capitalised - free))
    return DateWords(
        phrases={first: tuple(sorted(found, key=lambda p: -len(p.tokens))) for first, found in by_first.items()},
        triggers=frozenset(
            max(tokens, key=len) for tokens, meaning in meanings.items() if not _TRIGGERS.isdisjoint(meaning)
        ),
        token=token,
        month_names={fold(name): int(key) for c in contents for key, names in c["months"].items() for name in names},
        meeting_endings=tuple(fold(end) for content in contents for end in content["words"]["meeting_endings"]),
        month_first=any(content["month_first"] for content in contents),
    )
