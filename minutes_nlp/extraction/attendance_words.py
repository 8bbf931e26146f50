"""The words of attendance lists, in all languages at once: labels are short and often bilingual.

Texts are compared folded: lower case, without accents, character for character (offsets stay valid).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from minutes_nlp.records.people import Role, Status
from minutes_nlp.resources import languages, phrases, section, words_cache
from minutes_nlp.resources.folding import CharacterTable
from minutes_nlp.resources.lexicon import first_names
from minutes_nlp.resources.phrase_index import PhraseIndex

__all__ = [
    "Cue",
    "first_names",
    "fold",
    "may_give_role",
    "may_give_status",
    "pattern",
    "phrase_index",
    "read_cue",
    "role_of",
    "speaks_of_next",
    "status_of",
]

_SECTION = "attendance"
_STATUSES: tuple[Status, ...] = ("excused", "absent", "present")
_LABEL_WORDS = 9
_REMEMBERED = 4096  # the same few texts are asked about again and again
_LABEL_BEFORE = 5  # words before the one that says “present” …
_LABEL_AFTER = 4  # … and after it
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_INCLUSIVE = re.compile(r"(?<=\w)[·.(‑-](?:e|s|es|ne|nes|ere|eres|rice|rices|trice|trices|euse|euses)\)?(?=$|[^\w])")
_WORD = re.compile(r"[^\W_]+")
_NO_SIGNS = dict.fromkeys(map(ord, "_¹²³⁴⁵"), " ")  # letters and digits to `re`, but no part of a word
_FACES = re.compile(r"(?<!\w)[>]?[:;]-?[()DP](?!\w)")


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].casefold()
    return base if len(base) == 1 else character


_FOLDED = CharacterTable(_fold_character)


def fold(text: str) -> str:
    """`text` without case and accents, of the same length."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


@words_cache()
def pattern(part: str, *keys: str) -> re.Pattern[str]:
    """Finds, in folded text, any phrase that any language lists under `[part]` at one of `keys`."""
    return phrases(_listed(part, *keys))


@words_cache()
def phrase_index(part: str, *keys: str) -> PhraseIndex:
    """Tells at which of `keys` under `[part]` any language lists a phrase that may stand in a folded text."""
    return PhraseIndex({key: _listed(part, key) for key in keys})


def _listed(part: str, *keys: str) -> tuple[str, ...]:
    entries = [
        fold(entry)
        for language in languages()
        for key in keys
        for entry in section(language, _SECTION).get(part, {}).get(key, ())
    ]
    return tuple(dict.fromkeys(entries))


def may_give_status(text: str) -> bool:
    """Whether `status_of` may give a status for a part of `text`."""
    index = phrase_index("status", "unexcused", "excused", "absent", "present")
    return bool(index.possible(fold(text.translate(_NO_SIGNS))))


def may_give_role(text: str) -> bool:
    """Whether `role_of` may give a role for a part of `text`."""
    return bool(phrase_index("roles", "chair", "secretary").possible(fold(text.translate(_NO_SIGNS))))


@dataclass(frozen=True, slots=True)
class Cue:
    """What a label says about what follows it.

    `people`: persons with this status or role. `group`: a category of people (members, guests). `elsewhere`: people
    who need not be there (copies, the next meeting). `metadata`: no people at all.
    """

    kind: Literal["people", "group", "elsewhere", "metadata"]
    status: Status | None = None
    role: Role | None = None
    weak: bool = False  # a word that says it only in front of names (`Wie: …`)


@words_cache(_REMEMBERED)
def status_of(text: str) -> Status | None:
    """The status that the words of `text` give, the weightiest word first (“absent, excused” is excused)."""
    index = phrase_index("status", "neutral", "unexcused", "excused", "absent", "present")
    folded = _plain(text)
    if "neutral" in index.possible(folded):
        folded = pattern("status", "neutral").sub(" ", folded)
    found = {key: pattern("status", key).search(folded) for key in index.possible(folded)}
    if found.get("unexcused"):
        return "absent"
    excused, absent, present = (found.get(key) for key in ("excused", "absent", "present"))
    if excused and present and not absent and present.start() < excused.start():
        return "present"  # “present or represented”
    if excused:
        return "excused"
    if absent:
        return "absent"
    return "present" if present else None


@words_cache(_REMEMBERED)
def role_of(text: str) -> Role | None:
    """The role that `text` names, if it names nothing more than that (a vice-president has none)."""
    folded = _plain(text)
    if not phrase_index("roles", "chair", "secretary").possible(folded):
        return None
    if pattern("roles", "deputy").search(folded) and not pattern("roles", "tail").match(folded):
        return None
    chair = pattern("roles", "chair").search(folded)
    secretary = pattern("roles", "secretary").search(folded)
    if not chair and not secretary:
        return None
    rest = pattern("roles", "chair", "secretary").sub(" ", folded)
    rest = pattern("people", "titles").sub(" ", rest)
    left = [word for word in _WORD.findall(rest) if not word.isdigit() and not _in_tail(word)]
    if left:
        return None
    return "chair" if chair else "secretary"


def speaks_of_next(title: str) -> bool:
    """Whether a line is a title (no label with its value) about the next meeting."""
    is_title = len(title.split()) <= _LABEL_WORDS and ":" not in title.rstrip(" :*")
    return is_title and bool(pattern("prose", "next").search(fold(title)))


def _in_tail(word: str) -> bool:
    found = pattern("roles", "tail").fullmatch(word)
    return bool(found) or bool(pattern("people", "and").fullmatch(word))


def _plain(text: str) -> str:
    """Folded, without inclusive endings (`présent·e·s`) and smileys."""
    folded, endings = _INCLUSIVE.subn("", fold(_FACES.sub(" ", text)))
    while endings:
        folded, endings = _INCLUSIVE.subn("", folded)
    return folded


def _well_placed(folded: str) -> bool:
    """Whether the word of status stands where labels have it: in the first words, or at the end of not too many."""
    found = pattern("status", "unexcused", "excused", "absent", "present").search(folded)
    if not found:
        return False
    before, after = len(_WORD.findall(folded[: found.start()])), len(_WORD.findall(folded[found.end() :]))
    return before <= _LABEL_BEFORE and after <= _LABEL_AFTER and (before <= 2 or after <= 1)


@words_cache(_REMEMBERED)
def read_cue(label: str) -> Cue | None:
    """What a label (without its colon) says; `None` if it is no label of an attendance list that the lists know."""
    folded = _plain(_BRACKETS.sub(" ", label)).strip(" \t:;.,-–—*_#=?!/")
    words = [word for word in _WORD.findall(folded) if not word.isdigit()]
    if not words or len(words) > _LABEL_WORDS:
        return None
    if pattern("labels", "addressed").fullmatch(folded) or pattern("labels", "elsewhere").match(folded):
        return Cue("elsewhere")
    role = role_of(folded)
    status = status_of(folded)
    metadata = pattern("labels", "metadata").match(folded)
    if role and len(words) <= 6 and not metadata:
        return Cue("people", status or "present", role)
    if metadata:
        return Cue("metadata")
    if status == "absent" and status_of(label) == "excused":
        status = "excused"  # “absent (with notice)”
    if status and _well_placed(folded):
        return Cue("people", status)
    exact = next((name for name in _STATUSES if pattern("status", f"exactly_{name}").fullmatch(folded)), None)
    if exact:
        return Cue("people", exact, weak=True)
    group = pattern("status", "group").search(folded)
    if group and (group.start() == 0 or not pattern("organisations", "words").search(folded)):
        return Cue("group")
    return None
