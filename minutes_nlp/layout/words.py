"""The words of headings and labels, of all languages at once: minutes mix their languages, and so do their labels."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from minutes_nlp.resources import languages, section
from minutes_nlp.resources.lexicon import phrases


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
_EDGES = " \t:.;,-–—_*#=>~!?…|/\"'“”"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled lists of words."""

    whole: Mapping[Role, re.Pattern[str]]
    begin: Mapping[Role, re.Pattern[str]]
    end: Mapping[Role, re.Pattern[str]]
    anywhere: Mapping[Role, re.Pattern[str]]
    number: re.Pattern[str]
    time: re.Pattern[str]
    small: Mapping[str, frozenset[str]]
    calendar: frozenset[str]
    particles: frozenset[str]

    def is_whole(self, role: Role, line: str) -> bool:
        """Whether the line says nothing but this; brackets and final punctuation don't count."""
        return bool(self.whole[role].search(_plain(_bare(line))))

    def begins(self, role: Role, line: str) -> bool:
        """Whether the line begins with a phrase of this role."""
        return bool(self.begin[role].match(_plain(line)))

    def ends(self, role: Role, line: str) -> bool:
        """Whether the line ends with a phrase of this role; brackets and final punctuation don't count."""
        return bool(self.end[role].search(_plain(_bare(line))))

    def contains(self, role: Role, line: str) -> bool:
        """Whether a phrase of this role stands anywhere in the line."""
        return bool(self.anywhere[role].search(_plain(line)))

    def is_date(self, line: str) -> bool:
        """Whether the line holds numbers and names of days and months, and nothing else."""
        found = re.findall(r"[^\W_]+", line.casefold())
        known = [word.isdigit() or word in self.calendar for word in found]
        return (
            all(known)
            and bool(found)
            or (
                any(word.isdigit() for word in found)
                and all(k or word in self.particles for k, word in zip(known, found, strict=True))
            )
        )

    def small_share(self, line: str, spoken: Iterable[str]) -> float:
        """The share of function words among the words of a line: high in sentences, low in lists of names.

        Args:
            line: the text.
            spoken: the languages that the document is written in; the one with the highest share counts.
        """
        words = re.findall(r"[^\W\d_]+", line.casefold())
        shares = (sum(word in self.small[code] for word in words) for code in spoken)
        return max(shares, default=0) / len(words) if words else 0.0


@functools.cache
def vocabulary() -> Vocabulary:
    """The words of all languages that have word lists."""
    lists: dict[Role, tuple[str, ...]] = {
        role: tuple(
            dict.fromkeys(_plain(p) for code in languages() for p in section(code, "headings").get(role.value, ()))
        )
        for role in Role
    }
    labels = {p.strip("*") for entries in lists.values() for p in entries} | set(_forms("name_particles"))
    small = {
        code: frozenset(w for w in section(code, "language").get("small_words", ()) if _plain(w) not in labels)
        for code in languages()
    }
    return Vocabulary(
        whole={role: phrases(tuple(f"^{p}$" for p in entries)) for role, entries in lists.items()},
        begin={role: phrases(tuple(f"^{p}" for p in entries)) for role, entries in lists.items()},
        end={role: phrases(tuple(f"{p}$" for p in entries)) for role, entries in lists.items()},
        anywhere={role: phrases(entries) for role, entries in lists.items()},
        number=_number(_forms("number_words")),
        time=_time(_forms("clock"), _forms("until")),
        small=small,
        calendar=_calendar(),
        particles=frozenset(_forms("name_particles")),
    )


def _plain(text: str) -> str:
    """Without accents, which capitals often lack (`ETAIENT PRESENTS`)."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


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


def _number(words: tuple[str, ...]) -> re.Pattern[str]:
    """`3`, `3.`, `2.1)`, `Punt 3:`, `IV.`, `A.`, `§ 4`, with what separates it from the title."""
    return re.compile(
        rf"""\s*(?:(?P<word>{_alternatives(words)})\s*|[§#]\s*|n[°ºr]\.?\s*)?
        (?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[IVX]{{1,5}}(?=[.):])|[A-Za-z](?=[.)](?:\s|$)))
        (?P<stop>\s?[.):°]{{1,2}}|(?=\s*[-–—|]\s)|(?=\s|$))
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
