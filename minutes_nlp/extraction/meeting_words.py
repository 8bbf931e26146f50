"""The words for the facts of a meeting, of all languages at once: the head of a document is too short to trust one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from minutes_nlp.resources import languages, phrases, section, words_cache
from minutes_nlp.resources.folding import CharacterTable
from minutes_nlp.resources.phrase_index import PhraseIndex

FACTS = ("title", "meeting_date", "date", "time", "start", "end", "location", "body", "next_meeting")


def folded(text: str) -> str:
    """For comparison only: without case and accents, one kind of apostrophe, single spaces; offsets are lost."""
    return " ".join((text.lower() if text.isascii() else text.translate(_FOLDED)).split())


def _fold_character(character: str) -> str:
    flat = unicodedata.normalize("NFKD", character).casefold().replace("’", "'")
    return "".join(c for c in flat if not unicodedata.combining(c))


_FOLDED = CharacterTable(_fold_character)


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """What `resources/<iso>/meeting.toml` of every language say together.

    Attributes:
        keys: the fact that a key means (`Vergaderdatum` → `meeting_date`), by its folded form.
        key: finds a known key before a colon, at the beginning of a line or after a separator.
        joints: words and signs that join parts of a key or a name.
        report, meeting, manner, links, no_title: folded words around a body's name.
        people: folded words that open a list of people.
        letterhead: finds the words of a letterhead at the beginning of a line.
        body: finds the words for a group that meets.
        organisation: finds what an organisation is called before its name.
        assembly: finds the meetings of all members of an organisation.
        kind: finds the words for the report and the meeting and their manner, as printed with or without accents.
        report_first: finds a word for the report at the beginning of folded text.
        acronyms: folded short names of bodies that say nothing outside a title.
        compounds: the body that a compound of it and a word for a meeting is about (`bestuursvergadering`).
        meeting_tails, report_tails: what compounds for a meeting, for a report end in, folded.
        index: tells which of `sentences` a text may hold.
        sentences: what a sentence says of the meeting: `opened`, `opening`, `closing`, `held`, `online`,
            `next_meeting`, `takes_place`, `purposes` (after it nothing is said of the place), `not_meeting` (before a
            date that is another's), `earlier_minutes` (anywhere in the line).
        next_word: finds words that make what follows the next one.
        place_lead: words that lead to the name of a place.
        place_host: such words that are kept with the name (`bij Anna`).
        place: finds what a place is called (`…zaal`, `école`), or a tool of those who meet at a distance.
        internal: folded groups that every organisation has (`bestuur`).
        authority: finds what an authority is called before its name.
        legal_form: finds legal forms (`vzw`), which mark the name of an organisation.
        place_stops, place_joint: words that end it; the latter only before a small letter.
        conference: finds the hosts of conference tools.
    """

    keys: Mapping[str, str]
    key: re.Pattern[str]
    joints: frozenset[str]
    report: frozenset[str]
    meeting: frozenset[str]
    manner: frozenset[str]
    links: frozenset[str]
    no_title: frozenset[str]
    people: frozenset[str]
    letterhead: re.Pattern[str]
    body: re.Pattern[str]
    acronyms: frozenset[str]
    organisation: re.Pattern[str]
    assembly: re.Pattern[str]
    kind: re.Pattern[str]
    report_first: re.Pattern[str]
    compounds: Mapping[str, str]
    meeting_tails: tuple[str, ...]
    report_tails: tuple[str, ...]
    index: PhraseIndex
    sentences: Mapping[str, re.Pattern[str]]
    next_word: re.Pattern[str]
    place_lead: re.Pattern[str]
    place_host: re.Pattern[str]
    place: re.Pattern[str]
    internal: frozenset[str]
    authority: re.Pattern[str]
    legal_form: re.Pattern[str]
    place_stops: re.Pattern[str]
    place_joint: re.Pattern[str]
    conference: re.Pattern[str]

    def says(self, name: str, text: str) -> re.Match[str] | None:
        """Where a text first has a phrase of `sentences[name]`."""
        return self.sentences[name].search(text) if name in self.index.possible(text) else None

    def is_meeting(self, word: str) -> bool:
        """Whether a folded word means a meeting, alone or at the end of a compound (`teamvergadering`)."""
        return word in self.meeting or word in self.compounds or word.endswith(self.meeting_tails)

    def fact_of(self, key: str) -> tuple[str, ...]:
        """The facts that a printed key names: several for `Datum en plaats`; empty if it is not known."""
        flat = folded(key).strip(" *_-:.#")
        if flat in self.keys:
            return (self.keys[flat],)
        parts = [part.strip(" -") for part in _joints().split(flat)]
        if not all(part in self.keys for part in parts):
            return ()
        return tuple(dict.fromkeys(self.keys[part] for part in parts))


@words_cache()
def _joints() -> re.Pattern[str]:
    words = {folded(word) for word in _merged("words", "key_joints")}
    return re.compile(rf"\s*[/|,&+]\s*|\s+(?:{'|'.join(map(re.escape, sorted(words)))})\s+")


def _merged(part: str, name: str) -> tuple[str, ...]:
    entries = (entry for code in languages() for entry in section(code, "meeting")[part].get(name, ()))
    return tuple(dict.fromkeys(entries))


def _word_set(name: str) -> frozenset[str]:
    return frozenset(folded(word) for word in _merged("words", name))


def _compounds() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in languages():
        content = section(code, "meeting")["body"]
        for first, body in content["of_compound"].items():
            for tail in content["compound_tails"]:
                found[folded(first + tail)] = body
                found.setdefault(folded(f"{first}s{tail}"), body)
    return found


def _alternatives(words: Iterable[str]) -> str:
    """A pattern of plain words or phrases, the longer first; an apostrophe stands for both kinds."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered)


def _with_plain_forms(part: str, name: str) -> re.Pattern[str]:
    """Finds phrases, also as printed without accents (`COMITE`)."""
    entries = _merged(part, name)
    return phrases(tuple(dict.fromkeys((*entries, *map(folded, entries)))))


def _printed_form(part: str, *names: str) -> re.Pattern[str]:
    words = {form for name in names for word in _merged(part, name) for form in (word, folded(word))}
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)", re.IGNORECASE)


@words_cache()
def meeting_words() -> MeetingWords:
    """The words, read once."""
    keys: dict[str, str] = {}
    printed: set[str] = set()
    for fact in FACTS:
        for key in _merged("keys", fact):
            keys.setdefault(folded(key), fact)
            printed |= {key, unicodedata.normalize("NFC", folded(key))}
    one, joints = _alternatives(printed), _alternatives(_merged("words", "key_joints"))
    key = rf"(?:{one})(?:\s*(?:[/|,&+]|\b(?:{joints})\b)\s*-?(?:{one}))*"
    letterhead = _alternatives(_merged("words", "letterhead"))
    names = (
        *("takes_place", "purposes", "opened", "opening", "closing", "held", "online"),
        *("next_meeting", "not_meeting", "earlier_minutes"),
    )
    return MeetingWords(
        keys=MappingProxyType(keys),
        key=re.compile(rf"(?:^|(?<=[-–|;,·(])|(?<=\s\s))[^\w(]*(?P<key>{key})[\s*_]*:(?!//)[\s*_]*", re.IGNORECASE),
        joints=_word_set("key_joints") | {"&", "/", "|", "+"},
        report=_word_set("report"),
        meeting=_word_set("meeting"),
        manner=_word_set("manner"),
        links=_word_set("links"),
        no_title=_word_set("no_title"),
        people=_word_set("people"),
        letterhead=re.compile(rf"\W*(?:{letterhead})(?!\w)\.?\s*(?:[:+\d(]|$)", re.IGNORECASE),
        body=_with_plain_forms("body", "nouns"),
        acronyms=frozenset(folded(word) for word in _merged("body", "acronyms")),
        organisation=_with_plain_forms("body", "organisation"),
        assembly=_with_plain_forms("body", "assemblies"),
        kind=_printed_form("words", "report", "meeting", "manner"),
        report_first=re.compile(rf"(?:{_alternatives(_word_set('report'))})(?!\w)"),
        compounds=MappingProxyType(_compounds()),
        meeting_tails=tuple(sorted(folded(word) for word in _merged("body", "compound_tails"))),
        report_tails=tuple(sorted(folded(word) for word in _merged("words", "report_tails"))),
        index=PhraseIndex({name: _merged("sentences", name) for name in names}),
        sentences=MappingProxyType({name: phrases(_merged("sentences", name)) for name in names}),
        next_word=_printed_form("sentences", "next_words"),
        place_lead=_printed_form("sentences", "place_leads"),
        place_host=_printed_form("sentences", "place_hosts"),
        place=_with_plain_forms("sentences", "places"),
        internal=frozenset(folded(word) for word in _merged("body", "internal")),
        authority=phrases(_merged("body", "authorities")),
        legal_form=_printed_form("body", "legal_forms"),
        place_stops=phrases(_merged("sentences", "place_stops")),
        place_joint=phrases(_merged("words", "key_joints")),
        conference=re.compile("|".join(map(re.escape, _merged("sentences", "conference_hosts"))), re.IGNORECASE),
    )
