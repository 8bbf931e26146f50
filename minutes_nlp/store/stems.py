"""The stems of words, by which a search forgives inflection: `vergadering` also finds `vergaderingen`."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable

import Stemmer

from minutes_nlp.resources import section, words_cache
from minutes_nlp.resources.folding import fold

_ALGORITHMS = {"nl": "dutch", "fr": "french", "en": "english", "de": "german"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORTEST_BEGINNING = 2  # letters before an ending
_TELLING_ENDING = 3  # letters of an ending before which one letter is enough

_RULES = 1  # another number, and the stems of every database are worked out again

LANGUAGES = tuple(_ALGORITHMS)
"""The languages whose words have stems."""


class Stems:
    """Stems the words of some languages. An object serves one thread: the stemmers keep what they work on.

    Args:
        languages: ISO codes; those without a stemmer are left out, and with none left all are taken.
    """

    def __init__(self, languages: Iterable[str] = ()) -> None:
        wanted = [code for code in dict.fromkeys(languages) if code in _ALGORITHMS] or LANGUAGES
        self._stemmers = [(code, Stemmer.Stemmer(_ALGORITHMS[code])) for code in wanted]

    def of(self, word: str) -> set[str]:
        """The stems of a word, folded, each with its language's code before it; none for a word of fewer than three
        letters.

        A word is stemmed as it is written, without its accents, and with those that its ending may lack, so that who
        types none finds it in any form: the stem of `approuvee` is that of `approuvée`.
        """
        if not _WORD.fullmatch(word):
            return set()
        plain = {word.lower(), fold(word)}
        return {stem for code, stemmer in self._stemmers for stem in _stems(plain, code, stemmer)}

    def of_forms(self, word: str) -> set[str]:
        """The stems of a word that is searched for, and those of its other forms that have a stem of their own:
        `verslag` has that of `verslagen` too. The pairs of endings in `search.toml` tell which forms there are.
        """
        if not _WORD.fullmatch(word):
            return set()
        return {
            stem
            for code, stemmer in self._stemmers
            for stem in _stems(_forms(word.lower(), code) | _forms(fold(word), code), code, stemmer)
        }


def _stems(words: Iterable[str], language: str, stemmer: Stemmer.Stemmer) -> set[str]:
    """The stems of words, as they are written and with the accents that they may lack."""
    return {language + fold(stemmer.stemWord(one)) for word in words for one in {word, _accented(word, language)}}


def _forms(word: str, language: str) -> set[str]:
    """The word, what it may be a form of, and the other forms of these."""
    pairs = _pairs(language)
    bases = {word} | {_with_ending(word, form, base) for base, form in pairs}
    return bases | {_with_ending(one, base, form) for one in bases for base, form in pairs}


def _with_ending(word: str, ending: str, other: str) -> str:
    """The word with another ending; the word itself if it has not the one."""
    beginning = word.removesuffix(ending)
    tells = not beginning or len(beginning) >= _SHORTEST_BEGINNING or len(ending) >= _TELLING_ENDING
    return beginning + other if tells and word.endswith(ending) else word


def _accented(word: str, language: str) -> str:
    """The word with the accents that its ending may lack (`search.toml`); the word itself if it has no such ending."""
    endings = _endings(language)
    for length in range(min(len(word) - _SHORTEST_BEGINNING, max(map(len, endings), default=0)), 0, -1):
        if accented := endings.get(word[-length:]):
            return word[:-length] + accented
    return word


@words_cache()
def _endings(language: str) -> dict[str, str]:
    """What endings without accents may stand for."""
    return dict(section(language, "search").get("endings", {}))


@words_cache()
def _pairs(language: str) -> frozenset[tuple[str, str]]:
    """Endings of a word and of a form of it, with their accents and without."""
    listed = section(language, "search").get("forms", {}).get("pairs", ())
    return frozenset(pair for base, form in listed for pair in ((base, form), (fold(base), fold(form))))


def word_stems(text: str, language: str | None) -> str:
    """The stems of the words of `text`, as the index holds them: each once, with spaces between.

    Args:
        language: of the text; `None` or one without a stemmer: the words are stemmed by the rules of each language.
    """
    stems = Stems([language] if language else ())
    found: dict[str, None] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        found.update(dict.fromkeys(sorted(stems.of(word))))
    return " ".join(found)


@words_cache()
def stem_rules() -> int:
    """A number from 1 that is another one whenever the stems of some text are others: with other rules or stemmers."""
    endings = [sorted(_endings(code).items()) for code in LANGUAGES]
    made_by = repr((_RULES, Stemmer.version(), _ALGORITHMS, endings))
    return int.from_bytes(hashlib.sha256(made_by.encode()).digest()[:3]) + 1


def has_present_stems(db: sqlite3.Connection) -> bool:
    """Whether the stems of a database are those of the present rules (their number is its `user_version`)."""
    rules: int = db.execute("PRAGMA user_version").fetchone()[0]
    return rules == stem_rules()


def refresh_stems(db: sqlite3.Connection) -> None:
    """Work out the stems of every passage by the present rules.

    Args:
        db: in a transaction.
    """
    rows = db.execute("SELECT number, text, language, stems FROM passages")
    changed = [(new, number) for number, text, language, old in rows if (new := word_stems(text, language)) != old]
    db.executemany("UPDATE passages SET stems = ? WHERE number = ?", changed)
    db.execute(f"PRAGMA user_version = {stem_rules()}")
