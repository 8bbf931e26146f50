"""Who is named in a passage: attendees in any short form, handles, groups, functions, other proper names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.resources.lexicon import either, expression, first_names, section, words_cache, words_of_all
from minutes_nlp.resources.phrase_index import PhraseIndex
from minutes_nlp.spans import CharSpan

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŠŽ"
_HANDLE = re.compile(r"(?<![\w.])@[\w.·-]*\w")  # what stands behind the name in an address is none
_INSIDE_SENTENCE = re.compile(rf"(?<=[\w,)] )[{_CAPITAL}][\w'’-]*")
_CAPITALISED = re.compile(rf"(?<!\w)[{_CAPITAL}][\w'’-]*")
_TITLE = 16  # characters that titles before a name may have
_SHORTEST = 4  # letters of a first name that is known as one wherever it stands
_DOCUMENTS = 2  # of which the names are remembered
_SPEAKER = re.compile(r"\W{0,3}([^\W\d_][\w.-]{1,19})\s?:(?=\s)")  # `mdk: …`, whatever the case
_CLITIC = re.compile(r"['’]\w{1,2}\Z")  # `I'll`
_JOINED = re.compile(r"\s*(?:,|/|&|\+)\s*")
# A word that signs cut off on either side: a prefix, what a bracket holds, what an arrow points at, a part of a list.
_SET_APART = re.compile(r"(?:^[^\w@]*|[(\[/,&+:>→]\s*)([^\W\d_][\w.'’-]*\w)(?=\s*(?:[)\]/,&+:]|[.!;]?\s*$))")


class Named(StrEnum):
    """What kind of name a mention is."""

    ATTENDEE = "attendee"
    HANDLE = "handle"
    GROUP = "group"
    PROPER = "proper"  # capitalised, and nothing more is known


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage; `span` counts from its start. `name` is the full name of the attendee if that is sure."""

    name: str
    span: CharSpan
    kind: Named


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The names of one document, to be looked up in its passages. Make it with `names_of`.

    It equals only itself: `names_of` gives the same one again for the same document.

    Attributes:
        attendees: any form of an attendee's name or organisation.
        full: the full name of the only attendee whom a form stands for.
        proper: words that the document never writes without a capital, if they are first names or stand inside a
            sentence.
        organisations: the names of attendees' organisations.
        folded: the full name by the form in lower case, for words that signs set apart (`an: …`, `(bram)`).
    """

    attendees: re.Pattern[str]
    full: Mapping[str, str] = field(default_factory=dict)
    proper: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    folded: Mapping[str, str] = field(default_factory=dict)

    def mentions(self, text: str, language: str) -> list[Mention]:
        """All names of `text`, left to right, without overlaps: attendees before groups before other names."""
        words = owner_words(language)
        return [
            mention
            for mention in self._all(text, language)
            if mention.kind is not Named.PROPER
            or mention.name.islower()
            or _is_titled(words.titled, text, mention.span.start)
            or self._named_in_bracket(text, mention.span, language)
            or self.is_name(mention.span.text(text), language)
        ]

    @staticmethod
    def _named_in_bracket(text: str, span: CharSpan, language: str) -> bool:
        """Whether a capitalised word is a name because it stands among such in brackets.

        Any word is; in a language that writes all nouns with a capital, only a first name.
        """
        nouns = section(language, "language").get("nouns_have_capitals", False)
        person = not nouns or unaccented(span.text(text).split()[0]) in first_names()
        return person and _in_bracket(text, span)

    def _all(self, text: str, language: str) -> list[Mention]:
        """The names of `text` and every other word with a capital, left to right, without overlaps."""
        words = owner_words(language)
        found: list[Mention] = list(self._set_apart(text))
        for pattern, kind in (
            (self.attendees, Named.ATTENDEE),
            (_HANDLE, Named.HANDLE),
            (words.groups, Named.GROUP),
            (_proper(), Named.PROPER),
        ):
            if kind is Named.GROUP and not words.group_index.possible(text):
                continue
            for match in pattern.finditer(text):
                start, end = match.span()
                if kind is Named.PROPER:
                    start = _without_title(words.titled, text, _after_label(words.labels, text, start, end), end)
                    if words.labels.fullmatch(text, start, end):
                        continue  # `TODO @an` names but one
                span = CharSpan(start, end)
                if span.length and not any(span.overlaps(m.span) for m in found):
                    name = span.text(text)
                    found.append(Mention(self.full.get(name, name), span, kind))
        return _whole_groups(sorted(found, key=lambda m: m.span), text, words)

    def _set_apart(self, text: str) -> Iterator[Mention]:
        """Those whom signs on both sides set apart in another case than they have elsewhere: attendees, first names."""
        for match in _SET_APART.finditer(text):
            word, span = match[1], CharSpan(*match.span(1))
            name = self.folded.get(word.casefold())
            if name and word not in self.full:
                yield Mention(name, span, Named.ATTENDEE)
            elif name is None and word.islower() and len(word) >= _SHORTEST and is_first_name(word):
                yield Mention(word, span, Named.PROPER)

    def is_name(self, word: str, language: str) -> bool:
        """Whether a capitalised word is more than the first word of a sentence or (in German) a noun."""
        if sum(c.isupper() for c in word.split()[0]) > 1:
            return True
        if section(language, "language").get("nouns_have_capitals", False):
            return False
        if word.casefold() in small_words(language):
            return False
        parts = _plain(word.split())
        return bool(parts) and all(part in self.proper for part in parts)

    def coordinated(self, text: str, language: str) -> list[list[Mention]]:
        """The mentions of `text`, those joined by a comma, a slash or “and” together."""
        return _joined(self.mentions(text, language), text, language)

    def possible(self, text: str, language: str) -> list[list[Mention]]:
        """The same of all that might be names: any word with a capital, and one before a colon at the beginning."""
        found = self._all(text, language)
        speaker = _SPEAKER.match(text)
        span = CharSpan(*speaker.span(1)) if speaker else None
        if speaker and span and not any(span.overlaps(mention.span) for mention in found):
            found = sorted([*found, Mention(speaker[1], span, Named.PROPER)], key=lambda mention: mention.span)
        return _joined(found, text, language)


def _after_label(labels: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a name begins that a label precedes within one capitalised phrase (`Actie Jan`); `start` if none does."""
    label = labels.match(text, start)
    after = label.end() if label else end
    return after + 1 if after + 1 < end and text[after] == " " else start


def _without_title(titled: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a name begins that a title precedes within one capitalised phrase (`Mevrouw Claes`)."""
    found = titled.match(text, start, end)
    return found.end() if found else start


def _is_titled(titled: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a title stands right before (`M. Garnier`): then a capitalised word is somebody's name."""
    return any(found.end() == start for found in titled.finditer(text, max(0, start - _TITLE), start))


def _whole_groups(mentions: Sequence[Mention], text: str, words: OwnerWords) -> list[Mention]:
    """The mentions, what names one group as one: `board members`, `members of the board`, `dienst Jeugd en Sport`."""
    found: list[Mention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if last and _goes_on(last, mention, text, words):
            span = CharSpan(last.span.start, mention.span.end)
            found[-1] = Mention(span.text(text), span, Named.GROUP)
        else:
            found.append(mention)
    return found


def _goes_on(group: Mention, mention: Mention, text: str, words: OwnerWords) -> bool:
    """Whether a mention is the rest of the name of the group before it."""
    if group.kind is not Named.GROUP:
        return False
    between = text[group.span.end : mention.span.start]
    if mention.kind is Named.GROUP:
        return between == " " or words.part_of.fullmatch(between) is not None
    if mention.kind is not Named.PROPER or is_first_name(mention.name) or not words.named_groups.match(group.name):
        return False
    return between == " " or (" " in group.name and words.part_and.fullmatch(between) is not None)


def _joined(mentions: Iterable[Mention], text: str, language: str) -> list[list[Mention]]:
    join = owner_words(language).join
    series: list[list[Mention]] = []
    for mention in mentions:
        between = text[series[-1][-1].span.end : mention.span.start] if series else "x"
        if series and (_JOINED.fullmatch(between) or join.fullmatch(between)):
            series[-1].append(mention)
        else:
            series.append([mention])
    return series


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """The words around owners of one language, as patterns; `inverts` if a subject may stand right behind its verb."""

    groups: re.Pattern[str]
    group_index: PhraseIndex
    articles: re.Pattern[str]
    article_before: re.Pattern[str]
    join: re.Pattern[str]
    agent: re.Pattern[str]
    addressee: re.Pattern[str]
    labels: re.Pattern[str]
    pronouns: re.Pattern[str]
    impersonal: re.Pattern[str]
    owner_label: re.Pattern[str]
    prepositions: re.Pattern[str]
    label_links: re.Pattern[str]
    label_before: re.Pattern[str]
    part_of: re.Pattern[str]
    part_and: re.Pattern[str]
    named_groups: re.Pattern[str]
    titled: re.Pattern[str]
    states: re.Pattern[str]
    functions: re.Pattern[str]
    titles: re.Pattern[str]
    before_verb: re.Pattern[str]
    inverts: bool


@words_cache()
def owner_words(language: str) -> OwnerWords:
    """The words of `[owners]` in the language's `actions.toml`."""
    words: dict[str, Any] = dict(section(language, "actions").get("owners", {}))
    words["states"] = section(language, "actions").get("status", {}).get("done", ())

    def any_of(*keys: str) -> str:
        entries = sorted((e for key in keys for e in words.get(key, ())), key=len, reverse=True)
        return "|".join(f"(?:{expression(entry)})" for entry in entries) or "(?!)"

    article = any_of("articles")
    return OwnerWords(
        groups=re.compile(
            rf"(?:{any_of('groups', 'functions')}|(?:{any_of('named_groups')})(?=\s(?-i:[{_CAPITAL}])))", re.IGNORECASE
        ),
        group_index=PhraseIndex({key: words.get(key, ()) for key in ("groups", "functions", "named_groups")}),
        articles=re.compile(rf"(?:(?:{article})\s*)*", re.IGNORECASE),
        article_before=re.compile(rf"(?:(?<!\w)(?:{article})\s*)+\Z", re.IGNORECASE),
        join=re.compile(rf"\s*,?\s*(?:{any_of('join')})?\s*(?:(?:{article})\s*)?", re.IGNORECASE),
        agent=re.compile(rf"(?:{any_of('agent')})\s+(?:(?:{article})\s*)*\Z", re.IGNORECASE),
        addressee=re.compile(rf"(?:{any_of('addressee')})\s+(?:(?:{article})\s*)*\Z", re.IGNORECASE),
        labels=re.compile(rf"(?:{any_of('labels')})", re.IGNORECASE),
        pronouns=re.compile(rf"(?:{any_of('pronouns')})", re.IGNORECASE),
        impersonal=re.compile(rf"(?:{any_of('impersonal')})", re.IGNORECASE),
        owner_label=re.compile(rf"(?:{any_of('owner_labels')})\s?:\s*(?:(?:{article})\s*)*\Z", re.IGNORECASE),
        prepositions=re.compile(rf"(?:{any_of('prepositions')})\s+(?:(?:{article})\s*)*\Z", re.IGNORECASE),
        label_links=re.compile(rf"[\s:.\d–—-]*(?:(?:{any_of('label_links')})\s)?\s*", re.IGNORECASE),
        label_before=re.compile(
            rf"(?:{any_of('task_labels')})[\s:]*(?:(?:{any_of('label_links')})\s+)?(?:(?:{article})\s*)*\Z",
            re.IGNORECASE,
        ),
        states=re.compile(rf"(?:{any_of('states')})", re.IGNORECASE),
        part_of=re.compile(rf"\s(?:{any_of('part_of')})\s?", re.IGNORECASE),
        part_and=re.compile(rf"\s(?:{either('conjunctions')})\s"),
        named_groups=re.compile(rf"(?:{any_of('named_groups')})", re.IGNORECASE),
        titled=re.compile(rf"(?:(?:{any_of('honorifics')})\s*)+", re.IGNORECASE),
        functions=re.compile(f"(?:{any_of('functions', 'titles')})", re.IGNORECASE),
        titles=re.compile(rf"(?:(?:{any_of('articles', 'titles', 'functions')})\s*)*", re.IGNORECASE),
        before_verb=re.compile(rf"\s+(?!(?i:{any_of('prepositions', 'agent')}))[^\W\d{_CAPITAL}_]"),
        inverts=bool(words.get("subject_behind_verb", False)),
    )


@words_cache()
def small_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing of what a sentence is about, folded: none is a name at its beginning."""
    lists = (section(language, kind).get("small_words", ()) for kind in ("language", "ledger"))
    return frozenset(word.casefold() for words in lists for word in words)


@words_cache()
def calendar_words(language: str) -> frozenset[str]:
    """The names of months and weekdays of a language and their short forms, folded; first names apart (`April`)."""
    words = section(language, "dates")
    kinds = ("months", "month_abbreviations", "weekdays", "weekday_abbreviations")
    found = {word.casefold() for kind in kinds for listed in words.get(kind, {}).values() for word in listed}
    return frozenset(word for word in found - first_names() if len(word) > 2)


def names_of(attendance: Iterable[AttendeeFinding], text: str) -> Names:
    """The names under which attendees and their organisations may be mentioned, and the other names in `text`."""
    return _names_of(tuple(attendance), text)


@words_cache(_DOCUMENTS)
def _names_of(attendance: tuple[AttendeeFinding, ...], text: str) -> Names:
    forms: dict[str, set[str]] = {}
    organisations: set[str] = set()
    for attendee in attendance:
        for form in _forms(attendee.name):
            forms.setdefault(form, set()).add(attendee.name)
        if attendee.organisation:
            forms.setdefault(attendee.organisation, set()).add(attendee.organisation)
            organisations.add(attendee.organisation)
    for form in [form for form in forms if form[0].islower()]:
        forms.setdefault(form[0].upper() + form[1:], set()).update(forms[form])  # as it opens a sentence
    full = {form: next(iter(names)) for form, names in forms.items() if len(names) == 1}
    folded: dict[str, set[str]] = {}
    for form, names in forms.items():
        if len(form) >= _SHORTEST - 1 and " " not in form:
            folded.setdefault(form.casefold(), set()).update(names)
    alone = {form: next(iter(names)) for form, names in folded.items() if len(names) == 1}
    return Names(_any_of(forms), full, _proper_words(text), frozenset(organisations), alone)


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these forms of names, the longest first, by its first letter: that is quick to look for."""
    rests: dict[str, list[str]] = {}
    for form in sorted((form for form in forms if len(form) > 1), key=len, reverse=True):
        rests.setdefault(form[0], []).append(re.escape(form[1:]))
    each = (rf"{re.escape(first)}(?<![\w@-].)(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(rf"(?:{'|'.join(each) or '(?!)'})(?![\w-])", re.DOTALL)


@words_cache()
def _proper() -> re.Pattern[str]:
    """Words with a capital, initials before them and particles between them."""
    return re.compile(
        rf"[{_CAPITAL}](?<![\w@].)(?:[{_CAPITAL}]{{0,2}}&[{_CAPITAL}]{{1,3}}(?!\w)|(?:\.\s?[{_CAPITAL}])*[\w'’-]*)"
        rf"(?:\s(?:(?:{either('name_particles')})\s){{0,2}}[{_CAPITAL}][\w'’-]+)*"
    )


@words_cache()
def _only_names() -> re.Pattern[str]:
    """Such names and what joins them."""
    return re.compile(rf"(?:{_proper().pattern}|[\s,/&+]|(?<=[\s/])(?:{either('conjunctions')})(?=[\s/]))+")


def _plain(words: Iterable[str]) -> list[str]:
    """The words of a name without particles."""
    particles = words_of_all("name_particles")
    return [word for word in words if word.casefold() not in particles]


def _in_bracket(text: str, span: CharSpan) -> bool:
    """Whether a capitalised word stands in brackets with nothing but other names."""
    opening = max(text.rfind("(", 0, span.start), text.rfind("[", 0, span.start))
    closing = min((at for sign in ")]" if (at := text.find(sign, span.end)) >= 0), default=-1)
    return opening >= 0 and closing >= 0 and _only_names().fullmatch(text[opening + 1 : closing]) is not None


def _proper_words(text: str) -> frozenset[str]:
    common = set(re.findall(r"(?<!\w)[^\W\dA-ZÀ-ÖØ-Þ_][\w'’-]*", text))
    inside = set(_INSIDE_SENTENCE.findall(text))
    borne = {
        word for word in _CAPITALISED.findall(text) if len(word) >= _SHORTEST and unaccented(word) in first_names()
    }
    return frozenset(word for word in inside | borne if word.casefold() not in common)


def is_first_name(name: str) -> bool:
    """Whether a name is a first name, alone or with one word more."""
    words = name.split()
    return len(words) <= 2 and unaccented(words[0]) in first_names()


def is_no_name(word: str, language: str) -> bool:
    """Whether a capitalised word is but a label, an article, a letter, a small word, or says that something is done."""
    words = owner_words(language)
    told = any(pattern.fullmatch(word) for pattern in (words.labels, words.articles, words.states))
    small = word.casefold() in small_words(language) or _CLITIC.sub("", word).casefold() in small_words(language)
    return told or len(word) < 2 or small or word.casefold() in calendar_words(language)


def unaccented(word: str) -> str:
    """`word` without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _forms(name: str) -> list[str]:
    """The name, its parts (first name, family name with particles), its initials, an initial with the family name."""
    words = [word.title() if word.isupper() and len(word) > 3 else word for word in name.replace(",", " ").split()]
    forms = [name, " ".join(words)]
    plain = _plain(words)
    forms += [word for word in plain if len(word) > 1 and word[0].isupper() and not word.endswith(".")]
    if len(plain) < 2:
        return forms
    first, rest = words[0], words[1:]
    forms.append(" ".join(rest))
    forms += [f"{first[0]}. {' '.join(rest)}", f"{first[0]}.{' '.join(rest)}", f"{first} {rest[-1][0]}."]
    forms += _initials(words)
    family_first = " ".join(words[:-1])
    forms += [f"{words[-1][0]}. {family_first.title()}", f"{words[-1]} {family_first}"]
    return forms


def _initials(words: Sequence[str]) -> list[str]:
    """`Thomas van Zuijlen`: TVZ and TvZ; two letters at least, hyphens count (`Jean-Luc`: JL)."""
    parts = [part for word in words for part in word.split("-") if part]
    letters = "".join(part[0] for part in parts)
    return [letters, letters.upper()] if len(letters) > 1 and letters[0].isupper() else []
