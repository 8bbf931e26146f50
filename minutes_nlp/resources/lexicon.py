"""The only reader of the word lists.

A language is a folder `resources/<iso>/` of TOML files; a user may lay further folders over it with
`minutes_nlp.resources.lexicon.overlay`. Lists of phrases are written in a small notation, so that a linguist can edit
them without knowing regular expressions:

| notation | meaning |
|---|---|
| `wordt goedgekeurd` | these words, in any case, any white space between; `'` also stands for `’` |
| `goedgekeurd*` | a word that begins so |
| `*vergadering` | a word that ends so |
| `wordt ... goedgekeurd` | up to eight other words between, not crossing `.`, `;`, `?` or `!` |
| `(wordt\\|worden)` | one of these |
| `(unaniem)?` | optional |
| `^Actie:` | only at the beginning of the passage |
| `akkoord$` | only at the end of the passage (final punctuation aside) |
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib import resources as package_files
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar, cast

from minutes_nlp.errors import LanguageError, ResourceError

_PACKAGE = "minutes_nlp.resources"
_GAP_WORDS = 8
_overlays: list[Path] = []
_caches: list[Callable[[], None]] = []  # how each is emptied

P = ParamSpec("P")
T = TypeVar("T")


def words_cache(maxsize: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A cache for a function whose result follows from the word lists; `overlay` empties it.

    Args:
        maxsize: how many results to keep; `None` keeps all.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = functools.lru_cache(maxsize)(function)
        _caches.append(cached.cache_clear)
        return cast(Callable[P, T], cached)

    return decorate


def overlay(folder: Path | None) -> None:
    """Lay the user's folder `<folder>/<iso>/<name>.toml` over the package's lists; `None` removes all overlays.

    A key in the overlay replaces the package's key of the same name; `extra_<key>` adds to it. What was made of the
    lists before is forgotten; objects that hold on to words (a pipeline) have to be built after it.

    Raises:
        ResourceError: a file in the folder is no valid TOML; the package's lists are then used alone.
    """
    _overlays.clear()
    _forget()
    if folder is not None:
        for path in sorted(folder.glob("*/*.toml")):
            _parse(path.read_text(encoding="utf-8"), str(path))
        _overlays.append(folder)


def overlaid() -> Path | None:
    """The user's folder that lies over the package's lists, if any."""
    return _overlays[-1] if _overlays else None


def _forget() -> None:
    for clear in _caches:
        clear()


@words_cache()
def languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have a folder, sorted."""
    root = package_files.files(_PACKAGE)
    found = {entry.name for entry in root.iterdir() if entry.is_dir() and (entry / "language.toml").is_file()}
    for folder in _overlays:
        found |= {entry.name for entry in folder.iterdir() if (entry / "language.toml").is_file()}
    return tuple(sorted(found))


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ResourceError("resources.toml", f"{where} is no valid TOML: {error}.", path=where) from error


def _merge(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        if key.startswith("extra_") and isinstance(value, list):
            merged[key.removeprefix("extra_")] = [*merged.get(key.removeprefix("extra_"), []), *value]
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _merge(dict(merged[key]), value)
        else:
            merged[key] = value
    return merged


@words_cache()
def section(language: str, name: str) -> Mapping[str, Any]:
    """The file `<language>/<name>.toml` as a read-only mapping.

    Raises:
        LanguageError: the language has no folder.
        ResourceError: the file is missing or malformed.
    """
    if language not in languages():
        raise LanguageError("language.unknown", f"There are no word lists for {language!r}.", language=language)
    content: dict[str, Any] | None = None
    packaged = package_files.files(_PACKAGE) / language / f"{name}.toml"
    if packaged.is_file():
        content = _parse(packaged.read_text(encoding="utf-8"), f"{language}/{name}.toml")
    for folder in _overlays:
        path = folder / language / f"{name}.toml"
        if path.is_file():
            content = _merge(content or {}, _parse(path.read_text(encoding="utf-8"), str(path)))
    if content is None:
        where = f"{language}/{name}.toml"
        raise ResourceError("resources.missing", f"The word list {where} is missing.", path=where)
    return MappingProxyType(content)


@words_cache()
def words_of_all(key: str) -> tuple[str, ...]:
    """The words that the languages list at `key` of their `language.toml`, together: for names and joints of lists,
    which keep their form in a text of another language. Longest first."""
    found = {word for code in languages() for word in section(code, "language").get(key, ())}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@words_cache()
def either(key: str) -> str:
    """The regular expression (source, without group) of any word of `words_of_all(key)`; any white space between."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words_of_all(key)) or "(?!)"


@words_cache()
def themes() -> tuple[Mapping[str, Any], ...]:
    """The closed list of themes: `id`, a label per language, `scope`."""
    text = (package_files.files(_PACKAGE) / "themes.toml").read_text(encoding="utf-8")
    return tuple(_parse(text, "themes.toml")["themes"])


@words_cache()
def first_names() -> frozenset[str]:
    """Common first names, in lower case without accents; compounds by their first part only."""
    text = (package_files.files(_PACKAGE) / "first_names.toml").read_text(encoding="utf-8")
    return frozenset(_parse(text, "first_names.toml")["names"].split())


def _word(word: str) -> str:
    if word == "...":
        return ""  # handled by the caller
    optional = word.endswith(")?")
    body = word[:-1] if optional else word
    escaped = re.escape(body).replace("'", "['’]")
    escaped = escaped.replace(r"\*", r"\w*").replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|")
    escaped = escaped.replace(r"\ ", r"\s+")
    left = r"\b" if re.match(r"[\w(*]", body) else ""
    right = r"\b" if re.search(r"[\w)*]$", body) else ""
    inner = f"{left}{escaped}{right}"
    return f"(?:{inner}\\s+)?" if optional else inner


def split_phrase(phrase: str) -> list[str]:
    """The words of a phrase; what stands in parentheses is one word."""
    return re.findall(r"\([^)]*\)\??|[^\s(]+(?:\([^)]*\)\S*)?", phrase)


def expression(phrase: str) -> str:
    """The regular expression (source, for `re.IGNORECASE`) of one phrase in the notation above.

    Raises:
        ResourceError: the phrase is empty or its parentheses don't match.
    """
    begins, ends = phrase.startswith("^"), phrase.endswith("$")
    parts = split_phrase(phrase.removeprefix("^").removesuffix("$").strip())
    if not parts or phrase.count("(") != phrase.count(")"):
        raise ResourceError("resources.phrase", f"{phrase!r} is no phrase.", phrase=phrase)
    built = r"\A\W*" if begins else ""
    gap_pending = False
    previous_joins = False
    for number, part in enumerate(parts):
        if part == "...":
            gap_pending = True
            continue
        if number and gap_pending:
            built += rf"(?:[^\w.;?!]+[\w'’.-]*\w){{0,{_GAP_WORDS}}}?[^\w.;?!]+"
        elif number and not previous_joins:
            built += r"\s+"
        built += _word(part)
        previous_joins, gap_pending = part.endswith(")?"), False
    return built + (r"\W*\Z" if ends else "")


@functools.cache
def phrases(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One case-insensitive pattern that finds any of `entries`; an empty tuple gives a pattern that never matches."""
    if not entries:
        return re.compile(r"(?!)")
    ordered: Iterable[str] = sorted(entries, key=len, reverse=True)
    return re.compile("|".join(f"(?:{expression(entry)})" for entry in ordered), re.IGNORECASE)
