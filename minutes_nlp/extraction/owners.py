"""Who has to do what a passage says: by label, prefix, bracket, subject of the verb, agent or addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from minutes_nlp.extraction.names import Mention, Named, Names, OwnerWords, is_first_name, owner_words
from minutes_nlp.spans import CharSpan

_OPENING = re.compile(r"^[\W_]*")
_COLON = re.compile(r"\s?[:>–—](?!\w)|\s-\s")
_LOWER_NEXT = re.compile(r"\W*[a-zà-öø-ÿ]")
_CAPITAL_NEXT = re.compile(r"\s+[A-ZÀ-Ý][a-zà-ÿ]")  # a column of names, its gap lost
_BRACKETS = re.compile(r"[(\[<]([^()\[\]<>]{2,80})[)\]>]")
_ARROW = re.compile(r"(?:→|⇒|[-=]+>|>>|:|\s[-–—])\s*$")
# A day or a status behind the names; behind a comma only what has a number.
_AFTERTHOUGHT = re.compile(r"(?:\s[-–—|]\s|\s\(|,\s(?=\D*\d))(?:[^.:;]|\.(?=\d)){1,25}\W*\Z")
_NEAR = 25
_ARTICLE = 3  # characters that an article before a name may have
_ADJACENT = re.compile(r"[\s,]*")


class Holder(StrEnum):
    """Why somebody is taken for the one who has to act."""

    LABEL = "label"  # `Actie Jan: …`, `(Actie: Jan)`
    TRAILING = "trailing"  # `… (Jan)`, `… -> Jan`
    SUBJECT = "subject"
    PREFIX = "prefix"  # `Jan: …`
    ADDRESSEE = "addressee"
    AGENT = "agent"  # `… door Jan`


@dataclass(frozen=True, slots=True)
class Held:
    """People or groups of a passage in one part; spans count from the passage's start."""

    part: Holder
    mentions: tuple[Mention, ...]


def holders(text: str, language: str, names: Names, verbs: Iterable[CharSpan]) -> list[Held]:
    """All who may be meant to act, the surest part first.

    Args:
        text: a passage.
        language: of the passage.
        names: of the document.
        verbs: where phrases stand that assign something (`zal`, `va contacter`), in the passage.
    """
    words = owner_words(language)
    series = names.coordinated(text, language)
    spans = sorted(verbs)
    found: list[Held] = []
    opening, labelled = opening_of(text, words)
    for number, mentions in enumerate(series):
        following = series[number + 1][0].span.start if number + 1 < len(series) else len(text)
        part = _part(text, mentions, following, spans, words, opening, labelled)
        if part:
            found.append(Held(part, tuple(mentions)))
    order = list(Holder)
    return sorted(_under_prefix(found, text), key=lambda held: order.index(held.part))


def _under_prefix(found: Sequence[Held], text: str) -> list[Held]:
    """Without what only looks like an owner in a passage that a name opens (`Jan: bezorgt iedereen de API`).

    If the passage goes on in lower case the name is its subject; else other people and groups may act.
    """
    prefix = next((held for held in found if held.part is Holder.PREFIX), None)
    if prefix is None or any(mention.kind is Named.GROUP for mention in prefix.mentions):
        return list(found)
    goes_on = _LOWER_NEXT.match(text, prefix.mentions[-1].span.end) is not None
    return [held for held in found if held.part in (Holder.LABEL, Holder.PREFIX) or _acts_beside(held, goes_on=goes_on)]


def _acts_beside(held: Held, *, goes_on: bool) -> bool:
    kind = held.mentions[0].kind
    if kind in (Named.ATTENDEE, Named.HANDLE):
        return not goes_on or held.part is not Holder.SUBJECT
    return kind is Named.GROUP and not goes_on


def opening_of(text: str, words: OwnerWords) -> tuple[int, bool]:
    """Where the passage begins after bullets, a label (`Actie`) and articles; whether there was a label."""
    at = _end(_OPENING.match(text))
    label = words.labels.match(text, at)
    if label:
        at = label.end()
        at = _end(words.label_links.match(text, at))
    return _end(words.articles.match(text, at)), label is not None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The signs and words that a name, or names that are joined, stand between in a passage.

    Attributes:
        bracket: whether a bracket is around them.
        bracket_only: whether that holds nothing else.
        bracket_last: whether it ends the passage.
        last: whether the names end the passage.
        arrow: whether an arrow, a colon or a dash stands right before them.
        agent, addressee, preposition: whether such words stand right before them.
    """

    bracket: bool
    bracket_only: bool
    bracket_last: bool
    last: bool
    arrow: bool
    agent: bool
    addressee: bool
    preposition: bool

    def present(self) -> Iterator[str]:
        """The names of the attributes that hold."""
        return (field.name for field in fields(self) if getattr(self, field.name))


def surroundings(text: str, start: int, end: int, words: OwnerWords) -> Surroundings:
    """What is around the names that stand from `start` to `end` in a passage."""
    bracket = _bracket_around(text, start, end)
    before, last = text[:start], not text[end:].strip(" .;!)")
    return Surroundings(
        bracket=bracket is not None,
        bracket_only=bracket is not None and start - bracket.start(1) <= _ARTICLE and bracket.end(1) <= end + 1,
        bracket_last=bracket is not None and not text[bracket.end() :].strip(" .;,!"),
        last=last,
        arrow=_ARROW.search(before) is not None,
        agent=words.agent.search(before) is not None,
        addressee=words.addressee.search(before) is not None,
        preposition=words.prepositions.search(before) is not None,
    )


def _bracket_around(text: str, start: int, end: int) -> re.Match[str] | None:
    return next((b for b in _BRACKETS.finditer(text) if b.start() < start and end < b.end()), None)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _part(
    text: str,
    mentions: Sequence[Mention],
    following: int,
    verbs: Sequence[CharSpan],
    words: OwnerWords,
    opening: int,
    labelled: bool,
) -> Holder | None:
    start, end = mentions[0].span.start, mentions[-1].span.end
    sure = all(m.kind is not Named.PROPER for m in mentions)
    begins = start <= opening
    if begins and labelled and (_COLON.match(text, end) or sure or not text[end:].strip(" .")):
        return Holder.LABEL
    people = sure or all(m.kind is not Named.PROPER or is_first_name(m.name) for m in mentions)
    if begins and ((people and _COLON.match(text, end)) or (sure and _CAPITAL_NEXT.match(text, end))):
        return Holder.PREFIX
    if words.owner_label.search(text, 0, start):
        return Holder.LABEL
    bracket = _bracket_around(text, start, end)
    if bracket:
        return _bracketed(text, bracket, start, end, sure, words)
    if apart := _set_apart(text, start, end, sure, words):
        return apart
    before = text[:start]
    if words.agent.search(before):
        return Holder.AGENT
    if words.addressee.search(before):
        return Holder.ADDRESSEE
    if not words.prepositions.search(before) and _has_verb(text, start, end, following, verbs, words):
        return Holder.SUBJECT
    return None


def _set_apart(text: str, start: int, end: int, sure: bool, words: OwnerWords) -> Holder | None:
    """A label, an arrow, a dash or a colon before names that end the passage, save for a day or a status."""
    before, last = text[:start], not text[end:].strip(" .;!)")
    if last and words.label_before.search(before):
        return Holder.LABEL
    sign = _ARROW.search(words.article_before.sub("", before).removesuffix("("))
    if sign is None or words.functions.fullmatch(before[: sign.start()].strip()):  # `Voorzitter: An Claes`
        return None
    return Holder.TRAILING if last or (sure and _AFTERTHOUGHT.match(text, end)) else None


def _bracketed(text: str, bracket: re.Match[str], start: int, end: int, sure: bool, words: OwnerWords) -> Holder | None:
    """A bracket holds owners if it holds nothing else, save a label before them."""
    before, after = text[bracket.start(1) : start], text[end : bracket.end(1)]
    if words.labels.match(before.strip()):
        return Holder.LABEL
    closes = not text[bracket.end() :].strip(" .;,!")
    if words.articles.fullmatch(before.lstrip()) and not after.strip() and (sure or closes):
        return Holder.TRAILING if closes or sure else None
    return None


def _has_verb(text: str, start: int, end: int, following: int, verbs: Sequence[CharSpan], words: OwnerWords) -> bool:
    """Whether a verb follows closely, with no other name between, or the name stands right behind one as a subject."""
    for verb in verbs:
        if end <= verb.start <= end + _NEAR and verb.start <= following and "." not in text[end : verb.start]:
            return True
        first_word = re.compile(r"\w+").match(text, verb.start)
        behind = first_word.end() if first_word else verb.end
        if words.inverts and verb.start < start and behind <= start:
            gap = _ADJACENT.match(text, behind)
            if gap and _end(words.articles.match(text, gap.end())) == start:
                return True
    return False
