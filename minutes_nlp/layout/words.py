"""The words of headings and labels, of all languages at once: minutes mix their languages, and so do their labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.resources.folding import CharacterTable
from minutes_nlp.resources.lexicon import phrases
from minutes_nlp.resources.phrase_index import PhraseIndex


class Role(StrEnum):
    """What a label says about the block that it heads; the keys of `resources/<iso>/headings.toml`."""

    ATTENDANCE = "attendance"
    PEOPLE = "people"
    METADATA = "metadata"
    AGENDA = "agenda"
    WRAPPER = "wrapper"
    LEAD_IN = "lead_in"
    ANNOUNCING = "announcing"
    ITEM = "item"
    CLOSING = "closing"
    TITLE = "title"
    TITLE_KEY = "title_key"


_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_REMEMBERED = 4096  # lines
_EDGES = " \t:.;,-–—_*#=>~!?…|/\"'“”"


class _Form:
    """The phrases of all roles in one form, each role compiled at first use."""

    def __init__(self, lists: Mapping[Role, Sequence[str]]) -> None:
        self._lists = lists
        self._index = PhraseIndex({role.value: entries for role, entries in lists.items()})
        self._patterns: dict[Role, re.Pattern[str]] = {}

    def says(self, role: Role, plain: str) -> bool:
        """Whether a phrase of the role stands in a line without accents."""
        if role.value not in self._index.possible(plain):
            return False
        if role not in self._patterns:
            self._patterns[role] = phrases(tuple(self._lists[role]))
        return self._patterns[role].search(plain) is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of headings and labels. Accents play no part: capitals often lack them (`ETAIENT PRESENTS`).

    Attributes:
        lists: the phrases of each role.
        number: finds the number that a line begins with (groups `word`, `number`, `stop`).
        time: finds the time or range of times that a line begins with (groups `start`, `end`).
        small: the function words of each language, without those that labels and names are made of too.
        calendar: names of months and days.
        particles: small words that names are made of.
        parts: words before the number of a part of a text that is no item (`Artikel 1.`).
        topic_heads: what stands over a column that names items; `said_heads`: words over one that tells about them.
    """

    lists: Mapping[Role, tuple[str, ...]]
    number: re.Pattern[str]
    time: re.Pattern[str]
    small: Mapping[str, frozenset[str]]
    calendar: frozenset[str]
    particles: frozenset[str]
    parts: frozenset[str]
    topic_heads: frozenset[str]
    said_heads: frozenset[str]
    _forms: dict[str, _Form] = field(default_factory=dict, repr=False, compare=False)

    def _says(self, role: Role, form: str, plain: str) -> bool:
        """Whether a line without accents has a phrase of a role as `form` says (`^%s$`: the whole line)."""
        if form not in self._forms:
            self._forms[form] = _Form({of: [form % entry for entry in listed] for of, listed in self.lists.items()})
        return self._forms[form].says(role, plain)

    def is_whole(self, role: Role, line: str) -> bool:
        """Whether the line says nothing but this; brackets and final punctuation don't count.

        A label in two languages (`Varia / Divers`) says it in one of them at least.
        """
        if self._says(role, "^%s$", _plain_bare(line)):
            return True
        twins = line.split("/")
        return len(twins) == 2 and any(self._says(role, "^%s$", _plain_bare(twin)) for twin in twins if twin.strip())

    def begins(self, role: Role, line: str) -> bool:
        """Whether the line begins with a phrase of this role."""
        return self._says(role, "^%s", _plain(line))

    def ends(self, role: Role, line: str) -> bool:
        """Whether the line ends with a phrase of this role; brackets and final punctuation don't count."""
        return self._says(role, "%s$", _plain_bare(line))

    def contains(self, role: Role, line: str) -> bool:
        """Whether a phrase of this role stands anywhere in the line."""
        return self._says(role, "%s", _plain(line))

    def is_date(self, line: str) -> bool:
        """Whether the line holds numbers and names of days and months, and nothing else."""
        found = re.findall(r"[^\W_]+", line.casefold())
        if not found:
            return False
        small = self.particles if any(word.isdigit() for word in found) else frozenset()
        return all(word.isdigit() or word in self.calendar or word in small for word in found)

    def small_share(self, line: str, spoken: Iterable[str]) -> float:
        """The share of function words among the words of a line: high in sentences, low in lists of names.

        Args:
            line: the text.
            spoken: the languages that the document is written in; the one with the highest share counts.
        """
        words = re.findall(r"[^\W\d_]+", line.casefold())
        shares = (sum(word in self.small[code] for word in words) for code in spoken)
        return max(shares, default=0) / len(words) if words else 0.0


@words_cache()
def vocabulary() -> Vocabulary:
    """The words of all languages that have word lists."""
    lists = {
        role: tuple(
            dict.fromkeys(_plain(p) for code in languages() for p in section(code, "headings").get(role.value, ()))
        )
        for role in Role
    }
    particles = frozenset(_forms("name_particles"))
    named = (entries for role, entries in lists.items() if role is not Role.ANNOUNCING)
    labels = {p.strip("*") for entries in named for p in entries} | particles
    small = {
        code: frozenset(w for w in section(code, "language").get("small_words", ()) if _plain(w) not in labels)
        for code in languages()
    }
    return Vocabulary(
        lists=lists,
        number=_number(_forms("number_words"), _forms("number_signs")),
        time=_time(_forms("clock"), _forms("until")),
        small=small,
        calendar=_calendar(),
        particles=particles,
        parts=frozenset(_forms("numbered_parts")),
        topic_heads=frozenset(_forms("topic_heads")),
        said_heads=frozenset(_forms("said_heads")),
    )


def _plain(text: str) -> str:
    """Without accents."""
    return text if text.isascii() else text.translate(_PLAIN)


def _plain_character(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


_PLAIN = CharacterTable(_plain_character)


@words_cache(_REMEMBERED)
def _plain_bare(line: str) -> str:
    """As both, remembered: several roles are asked about the same line."""
    return _plain(_bare(line))


def _bare(line: str) -> str:
    """Without brackets and what stands around the words."""
    return _BRACKETS.sub("", line).strip(_EDGES) or line.strip(_EDGES)


def _forms(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for code in languages() for p in section(code, "layout").get(key, ())))


def _calendar() -> frozenset[str]:
    """Names of months and days, full and short."""
    keys = ("months", "month_abbreviations", "weekdays", "weekday_abbreviations")
    lists = [section(code, "dates").get(key, {}) for code in languages() for key in keys]
    return frozenset(name.casefold().strip(".") for names in lists for entry in names.values() for name in entry)


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _number(words: tuple[str, ...], signs: tuple[str, ...]) -> re.Pattern[str]:
    """`3`, `3.`, `2.1)`, `Punt 3:`, `IV.`, `IV.2`, `A.`, `§ 4`, with what separates it from the title."""
    sign = rf"[§#]\s*|(?:{_alternatives(signs)})(?![^\W\d_])\.?\s*"
    return re.compile(
        rf"""\s*(?:(?P<word>{_alternatives(words)})\s*)?(?:{sign})?
        (?P<number>
            \d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?:\.(?-i:[a-z])(?=[):\s]|\.\s)|[a-h](?=[.)]\s))?
            |[IVX]{{1,5}}(?:(?:\.\d{{1,2}}){{1,2}}(?=[.):\s])|(?=[.):]))
            |[A-Za-z](?=[.)](?:\s|$))
        )
        (?P<stop>\s?[.):°º]{{1,2}}|/(?=\s|(?-i:[A-ZÀ-Þ]))|(?=\s*[-–—|]\s)|(?=\s|$))
        (?:\s*[/|]\s*(?:{_alternatives(words)})\s*(?:{sign})?(?P=number)\b)?  # the same in another language
        \s*(?:[-–—|:]\s+)?""",
        re.VERBOSE | re.IGNORECASE,
    )


def _time(clock: tuple[str, ...], until: tuple[str, ...]) -> re.Pattern[str]:
    """A line that begins with a time or a range of times."""
    sign = _alternatives(clock)
    time = rf"(?:[01]?\d|2[0-4])\s?(?:(?:[:.]|{sign})\s?[0-5]\d(?!\d)(?:\s?(?:{sign})\b)?|(?:{sign})\b)"
    return re.compile(
        rf"\W*(?P<start>{time})(?:\s*(?:[-–—→]|{_alternatives(until)})\s*(?P<end>{time}))?(?=\W|$)", re.IGNORECASE
    )
