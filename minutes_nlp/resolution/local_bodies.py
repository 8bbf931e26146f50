"""Bodies that are a type with a municipality: `OCMW Luik`, `CPAS de Liège`, `ÖSHZ Lüttich` are one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, section, words_cache
from minutes_nlp.resources.registers import Municipality, municipalities

NAMED_IN = ("nl", "fr", "de")
"""The languages in which a local body is given a name, the languages of the country."""
_SAINTS = {"sint": "st", "saint": "st", "sankt": "st", "sainte": "ste"}

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalBody:
    """A type of body (a key of `types` in the word lists) of a municipality, by its code."""

    type: str
    nis: str

    def names(self) -> Mapping[str, str]:
        """What it is called, by language."""
        place = municipalities()[self.nis].names
        return {code: _display(code)[self.type].format(place=place[code]) for code in NAMED_IN}

    def successor(self) -> LocalBody | None:
        """The body of the municipality that this one was merged into."""
        merged_into = municipalities()[self.nis].successor
        return LocalBody(self.type, merged_into) if merged_into else None


def squeezed(text: str) -> str:
    """The letters and digits of `text`, folded, without anything between: `s-Gravenbrakel` and `'s Gravenbrakel`."""
    return "".join(tokens(text))


def tokens(text: str) -> Tokens:
    """The words of `text`, folded, without punctuation."""
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def local_body(text: str) -> LocalBody | None:
    """The local body that `text` names, `None` if it is no type with exactly one municipality.

    A name that two municipalities bear is that of the one whose own language it is in (`CPAS de Saint-Nicolas`: not
    that of Sint-Niklaas).
    """
    words = tokens(text)
    for type_, rest in _without_type(words):
        found = _municipality(rest)
        if found:
            return LocalBody(type_, found)
    return None


@words_cache()
def local_types() -> frozenset[str]:
    """The types of local bodies."""
    return frozenset(_words()[0].values())


@words_cache()
def _words() -> tuple[Mapping[Tokens, str], frozenset[str], Mapping[str, str]]:
    """The phrases of types with their type, the joints, and the articles that a joint holds."""
    types: dict[Tokens, str] = {}
    joints: set[str] = set()
    articles: dict[str, str] = {}
    for code in languages():
        lists = section(code, "organisations")
        types |= {tokens(phrase): type_ for type_, phrases in lists["types"].items() for phrase in phrases}
        joints |= {fold(word) for word in lists["joints"]["words"]}
        articles |= lists["joints"].get("articles", {})
    return types, frozenset(joints), articles


@words_cache()
def _display(language: str) -> Mapping[str, str]:
    names: Mapping[str, str] = section(language, "organisations")["display"]
    return names


@words_cache()
def _places() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """The municipalities of each name, squeezed: code, and whether the name is in their own language."""
    found: dict[str, dict[str, bool]] = {}
    for place in municipalities().values():
        for name, own in _names(place):
            for form in (squeezed(name), _with_short_saint(name)):
                known = found.setdefault(form, {})
                known[place.nis] = known.get(place.nis, False) or own
    return {form: tuple(sorted(places.items())) for form, places in found.items()}


def _names(place: Municipality) -> Iterator[tuple[str, bool]]:
    for language, name in place.names.items():
        yield name, language in place.own
    for name in place.also:
        yield name, True


def _with_short_saint(name: str) -> str:
    return "".join(_SAINTS.get(word, word) for word in tokens(name))


def _without_type(words: Tokens) -> Iterator[tuple[str, Tokens]]:
    """The types that `words` begin or end with, each with the words left."""
    types, joints, _ = _words()
    for begin in range(len(words)):
        found, rest = None, words[begin:]
        while (hit := _leading(rest, types)) and found in (None, hit[0]):  # OCMW-CPAS
            found, rest = hit
        if found and rest:
            yield found, rest
        if words[begin] not in joints:
            break
    for length in range(len(words) - 1, 0, -1):
        if words[-length:] in types:
            yield types[words[-length:]], words[:-length]


def _leading(words: Tokens, types: Mapping[Tokens, str]) -> tuple[str, Tokens] | None:
    """The longest type that `words` begin with, and the rest."""
    for length in range(min(len(words), 8), 0, -1):
        if words[:length] in types:
            return types[words[:length]], words[length:]
    return None


def _municipality(words: Tokens) -> str | None:
    """The only municipality that `words` name after joints (`de la ville de Liège`), else `None`."""
    _, joints, articles = _words()
    for begin in range(len(words)):
        rest = words[begin:]
        if begin and words[begin - 1] in articles:
            rest_with_article = (articles[words[begin - 1]], *rest)
            if found := _called(rest_with_article):
                return found
        if found := _called(rest):
            return found
        if words[begin] not in joints:
            return None
    return None


def _called(words: Sequence[str]) -> str | None:
    """The municipality of this name, or of these two names in a row (`Ixelles-Elsene`)."""
    if len(words) > 12:
        return None
    whole = _places().get("".join(words))
    if whole:
        return _one(whole)
    for middle in range(1, len(words)):
        first, second = (_places().get("".join(part), ()) for part in (words[:middle], words[middle:]))
        both = {nis for nis, _ in first} & {nis for nis, _ in second}
        if len(both) == 1:
            return both.pop()
    return None


def _one(places: Sequence[tuple[str, bool]]) -> str | None:
    """The only one, or the only one whose own language the name is in."""
    if len(places) == 1:
        return places[0][0]
    own = [nis for nis, is_own in places if is_own]
    return own[0] if len(own) == 1 else None
