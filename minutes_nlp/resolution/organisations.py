"""Which body a name stands for, in whatever language and form it is written.

The user's directory is read first, then the register of Belgian bodies and municipalities, then what the minutes
themselves print. Two names are one body only if they are the same letters, or if one of these lists says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from minutes_nlp.resolution.local_bodies import LocalBody, local_body, local_types, tokens
from minutes_nlp.resources.lexicon import first_names, languages, section, words_cache, words_of_all
from minutes_nlp.resources.registers import registered_bodies

Source = Literal["minutes", "directory", "register", "correction"]

_SHORT = 4  # letters of an abbreviation that counts only as it is printed: ONE is no one
_PLAIN_WORD = re.compile(r"\w[a-zà-öø-ÿ]+")
_BRACKETED = re.compile(r"(?P<head>[^()]+?)\s*\((?P<inside>[^()]+)\)\s*")
_ABBREVIATION = re.compile(r"(?=(?:[^A-ZÀ-ÖØ-Þ]*[A-ZÀ-ÖØ-Þ]){2})[\w.&-]{2,10}")
_EQUALS = re.compile(r"\s*[/|]\s*|\s+-\s+")
_PARTS = re.compile(r"\s*[,:;]\s+|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name of a body; `language` is `None` if it is the same in all, or nothing says which it is."""

    text: str
    language: str | None = None
    short: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A body with all its names, the one to show first.

    Attributes:
        key: tells it from all others, the same on every machine.
        kind: `federal`, `social-centre` …; empty if nothing says it.
        names: its names, each once.
        successor: the key of the body it was merged into.
        source: who knows of it.
    """

    key: str
    kind: str
    names: tuple[BodyName, ...]
    successor: str | None = None
    source: Source = "minutes"


@dataclass(frozen=True, slots=True)
class Found:
    """`key` is that of the only body a name stands for, else `None`; `candidates`: the keys if there are several."""

    key: str | None = None
    candidates: tuple[str, ...] = ()


def registered(key: str) -> Body | None:
    """The body of the register with this key."""
    kind, _, code = key.partition(":")
    if kind not in local_types():
        return _registered_by_key().get(key)
    local = LocalBody(kind, code)
    merged_into = local.successor()
    names = tuple(BodyName(name, language) for language, name in local.names().items())
    return Body(key, kind, names, _local_key(merged_into) if merged_into else None, "register")


@words_cache(50_000)
def in_register(text: str) -> Found:
    """The body of the register that `text` names.

    What stands behind a comma, a dash or in brackets may be a part of the body (`FOD Financiën - Patrimonium`): then
    the name before it counts. Names on both sides of a slash have to be those of one body.
    """
    return _looked_up(text, _in_register_exactly)


def _looked_up(text: str, exactly: Callable[[str], str | None]) -> Found:
    if key := exactly(text):
        return Found(key)
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        inside = bracketed["inside"] if _ABBREVIATION.fullmatch(bracketed["inside"]) else ""
        key = _looked_up(bracketed["head"], exactly).key or (exactly(inside) if inside else None)
        return Found(key)
    for separator, is_same in ((_EQUALS, True), (_PARTS, False)):
        parts = separator.split(text.strip())
        if len(parts) < 2 or not all(parts):
            continue
        keys = [exactly(part) for part in parts]
        if is_same and all(keys):
            several = tuple(dict.fromkeys(key for key in keys if key))
            return Found(several[0]) if len(several) == 1 else Found(None, several)
        if keys[0] and not (is_same and "/" in text):
            return Found(keys[0])
    return Found()


def _in_register_exactly(text: str) -> str | None:
    names, short = _registered_names()
    form = letters(text)
    if form in names:
        return names[form]
    for name, key in short.get(form, ()):
        if text.strip() == name or (
            len(form) > _SHORT and bool(_PLAIN_WORD.fullmatch(text.strip())) <= _is_plain(name)
        ):
            return key
    found = local_body(text)
    return _local_key(found) if found else None


def _is_plain(name: str) -> bool:
    """Whether an abbreviation is written like any word (`Fedasil`); others are never meant by one (`Victor`)."""
    return bool(_PLAIN_WORD.fullmatch(name))


def _local_key(body: LocalBody) -> str:
    return f"{body.type}:{body.nis}"


@words_cache()
def _registered_by_key() -> Mapping[str, Body]:
    bodies = {}
    for entry in registered_bodies():
        names = [BodyName(name, language) for language, listed in entry.names.items() for name in listed]
        for language, listed in entry.short.items():
            names += [BodyName(name, None if language == "any" else language, short=True) for name in listed]
        bodies[f"body:{entry.id}"] = Body(f"body:{entry.id}", entry.kind, tuple(names), source="register")
    return bodies


@words_cache()
def _registered_names() -> tuple[Mapping[str, str], Mapping[str, list[tuple[str, str]]]]:
    """Keys by the letters of a full name; abbreviations with their keys by the letters of these."""
    names: dict[str, str] = {}
    short: dict[str, list[tuple[str, str]]] = {}
    for key, body in _registered_by_key().items():
        for name in body.names:
            if name.short:
                short.setdefault(letters(name.text), []).append((name.text, key))
            else:
                names[letters(name.text)] = key
    return names, short


class Bodies:
    """All bodies that the user, the register or the minutes name.

    Args:
        listed: the bodies of the user's directory, `successor` a name of the body. One whose name the register knows
            is that of the register, with further names.
        printed: the names of organisations and bodies in the minutes, with how often they stand there.
    """

    def __init__(self, listed: Iterable[Body] = (), printed: Mapping[str, int] | None = None) -> None:
        self._bodies: dict[str, Body] = {}
        self._by_name: dict[str, str] = {}
        self._printed: Counter[str] = Counter(printed or {})
        self._spellings: dict[str, Counter[str]] = {}
        self._merged: dict[str, str] = {}
        self._abbreviations: Mapping[str, str] = {}
        self._found: dict[str, Found] = {}  # by text, before all merges
        self._now: dict[str, Found] = {}  # the same after them
        for body in listed:
            self._list(body)
        for known in list(self._bodies.values()):  # their successors are given by name
            after = self.find(known.successor).key if known.successor else None
            self._bodies[known.key] = replace(known, successor=after)
        self._abbreviations = self._learnt_abbreviations()
        self._forget()
        for name, count in sorted(self._printed.items()):
            if key := self.find(name).key:
                self._spellings.setdefault(key, Counter())[name] += count

    def find(self, text: str) -> Found:
        """The body that `text` names; one that only the minutes name is found by its letters.

        Nothing is found for a text without letters; candidates only if it names several bodies of the lists.
        """
        if text not in self._now:
            if text not in self._found:
                self._found[text] = self._find(text)
            found = self._found[text]
            key, candidates = self.now(found.key) if found.key else None, tuple(map(self.now, found.candidates))
            self._now[text] = Found(key, candidates)
        return self._now[text]

    def _find(self, text: str) -> Found:
        listed = self._listed(text)
        if listed.key or listed.candidates:
            return listed
        form = own_form(text)
        return Found(self._abbreviations.get(form, f"name:{form}")) if form else Found()

    def known(self, text: str) -> str | None:
        """The key of the body that the directory or the register has under `text`, or that the minutes print beside
        an attendee; `None` for any other text, and for one with a first name that only the minutes print so."""
        found = self.find(text).key
        if found is None or not found.startswith("name:"):
            return found
        return found if found in self._spellings and not first_names() & set(tokens(text)) else None

    def note(self, name: str, key: str) -> None:
        """The minutes call the body `key` so, once more."""
        self._spellings.setdefault(self.now(key), Counter())[name] += 1

    def group(self, names: Sequence[str], place: str = "") -> str:
        """The key of a group that meets and that the lists do not know; all of `names` are names of it.

        Args:
            names: as the minutes print them, with repetitions, the one to tell it by first.
            place: of a group that is only called by its kind (`bestuur`), what tells it from others of that kind.
        """
        forms = dict.fromkeys(form for name in names if (form := own_form(name)))
        key = self.now(f"group:{place}" if place else f"name:{next(iter(forms))}")
        self._spellings.setdefault(key, Counter()).update(names)
        if not place:
            for form in forms:
                self.merge(key, f"name:{form}")
        return key

    def body(self, key: str) -> Body:
        """The body with this key, named first as the minutes mostly print it."""
        key = self.now(key)
        base = self._base(key)
        members = [base, *(self._base(gone) for gone, stays in self._merged.items() if self.now(stays) == key)]
        spellings: Counter[str] = Counter()
        for member in members:
            spellings.update(self._spellings.get(member.key, {}))
        names = {name.text: name for member in members for name in member.names}
        for printed in sorted(spellings, key=lambda name: (-spellings[name], name)):
            names.setdefault(printed, BodyName(printed))
        first = self._shown(base, spellings)
        ordered = tuple(sorted(names.values(), key=lambda name: name.text != first))
        successor = self.now(base.successor) if base.successor else None
        return replace(base, names=ordered, successor=None if successor == key else successor)

    def all_keys(self) -> tuple[str, ...]:
        """The bodies of the directory and those that the minutes name, with their successors."""
        wanted = dict.fromkeys(map(self.now, [*self._bodies, *self._spellings]))
        for key in list(wanted):
            successor = self.body(key).successor
            while successor and successor not in wanted:
                wanted[successor] = None
                successor = self.body(successor).successor
        return tuple(wanted)

    def merge(self, stays: str, goes: str) -> None:
        """From now on the body `goes` is the body `stays` (keys); nothing happens if they are one already."""
        stays, goes = self.now(stays), self.now(goes)
        if stays != goes:
            self._merged[goes] = stays
            self._now.clear()

    def rename(self, key: str, name: str) -> None:
        """Show the body under `name`."""
        key = self.now(key)
        base = self._base(key)
        names = (BodyName(name), *(known for known in base.names if known.text != name))
        self._bodies[key] = replace(base, names=names, source="correction")
        self._by_name[letters(name)] = key
        self._forget()

    def _forget(self) -> None:
        """Look names up anew: what the lists say of them changed."""
        self._found.clear()
        self._now.clear()

    def _base(self, key: str) -> Body:
        return self._bodies.get(key) or registered(key) or Body(key, "", ())

    def _shown(self, base: Body, spellings: Counter[str]) -> str | None:
        """A user's own name first; else the most common spelling, of several the last by code points."""
        if base.source in ("directory", "correction") and base.names:
            return base.names[0].text
        if spellings:
            return max(spellings, key=lambda name: (spellings[name], name))
        return base.names[0].text if base.names else None

    def now(self, key: str) -> str:
        """The key of the body that the body `key` is, after all merges."""
        while key in self._merged:
            key = self._merged[key]
        return key

    def _list(self, body: Body) -> None:
        known = next((key for name in body.names if (key := in_register(name.text).key)), None)
        key = known or body.key
        base = self._bodies.get(key) or (registered(key) if known else None)
        if base is not None:
            names = tuple({name.text: name for name in (*body.names, *base.names)}.values())
            body = replace(body, kind=body.kind or base.kind, names=names, successor=body.successor or base.successor)
        self._bodies[key] = replace(body, key=key, source="directory")
        for name in body.names:
            self._by_name[letters(name.text)] = key

    def _listed(self, text: str) -> Found:
        found = _looked_up(text, lambda part: self._by_name.get(letters(part)))
        return found if found.key or found.candidates else in_register(text)

    def _learnt_abbreviations(self) -> Mapping[str, str]:
        """Abbreviations that the minutes print in brackets behind one full name only: `Nationaal Instituut X (NIX)`."""
        meant: dict[str, set[str]] = {}
        for name in self._printed:
            match = _BRACKETED.fullmatch(name)
            if match and _ABBREVIATION.fullmatch(match["inside"]) and own_form(match["head"]):
                key = self._listed(name).key or f"name:{own_form(match['head'])}"
                meant.setdefault(letters(match["inside"]), set()).add(key)
                meant.setdefault(own_form(name), set()).add(key)
        return {form: keys.pop() for form, keys in meant.items() if len(keys) == 1}


def _words(text: str) -> tuple[str, ...]:
    words = tokens(text)
    return tuple(word for word in words if word not in words_of_all("conjunctions")) or words


@words_cache()
def _legal_forms() -> frozenset[str]:
    return frozenset(letters(form) for code in languages() for form in section(code, "organisations")["legal"]["forms"])


def letters(text: str) -> str:
    """The letters and digits of a name, folded; `&` and the words for it aside."""
    return "".join(_words(text))


@words_cache(100_000)
def own_form(text: str) -> str:
    """The letters that tell an organisation from others: without its form in law (`vzw`) at an end."""
    words = _words(text)
    if len(words) > 1 and words[-1] in _legal_forms():
        words = words[:-1]
    if len(words) > 1 and words[0] in _legal_forms():
        words = words[1:]
    return "".join(words)
