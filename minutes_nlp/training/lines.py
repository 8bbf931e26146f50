"""Lines of one to three words whose language is known: what tells how well the languages of blocks are found.

Two sources. **Treebanks**: whole sentences of that length, and phrases around a noun (the noun with all that hangs on
it, if that is one to three words side by side), from the files named `*-test`. **Minutes**: headings, table cells and
other short lines of documents that are written in one language by their gold.

What counts as a line of its language is decided by rule, the same for every detector. A line is left out where nobody
could tell the language from it, that is, where one other language has all its words. A word is another language's if
the treebanks of that language have it at least twice (proper names and foreign words aside). Words that belong to no
language count as everyone's: names (proper names of the treebanks; in minutes the people and bodies of the gold, and
common first names), abbreviations (up to four capitals, or no vowel), words of one letter, and what has a figure in it.
How many lines the rule leaves out is told, and they can be scored too.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from minutes_nlp.language import LanguageDetector, normalise
from minutes_nlp.reading import read_document
from minutes_nlp.records.gold import load_gold
from minutes_nlp.resources.lexicon import first_names

LANGUAGES = ("de", "en", "fr", "nl")
LONGEST = 3  # words of a short line
_ENOUGH = 2  # times that a treebank has a word, before it is a word of its language
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouy]")
_NO_WORDS = ("PROPN", "NUM", "SYM", "X", "PUNCT")


@dataclass(frozen=True, slots=True)
class Line:
    """A short line.

    Attributes:
        text: as it stands there.
        language: ISO 639-1 code.
        words: how many words it has, 1 to 3.
        ambiguous: whether another language has all its words.
        prior: how much of its document is written in each language; empty for a line that stands alone.
    """

    text: str
    language: str
    words: int
    ambiguous: bool
    prior: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a treebank: its number in the sentence, form, part of speech, head, and whether it is foreign."""

    number: int
    form: str
    pos: str
    head: int
    foreign: bool


def sentences_of(path: Path) -> Iterator[list[Token]]:
    """The sentences of a CoNLL-U file; words that are written together (`du`) are one token, with the head of the
    first."""
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        found: list[Token] = []
        last = 0  # the last word that a token already shown covers
        form = ""
        for line in paragraph.split("\n"):
            fields = line.split("\t")
            if len(fields) < 10 or "." in fields[0]:
                continue
            if "-" in fields[0]:
                last, form = int(fields[0].split("-")[1]), fields[1]
                continue
            number = int(fields[0])
            if number <= last and not form:
                continue
            found.append(Token(number, form or fields[1], fields[3], int(fields[6]), "Foreign=Yes" in fields[5]))
            form = ""
        if found:
            yield found


def treebank_files(treebanks: Path, language: str, part: str) -> list[Path]:
    """The files of one language for `train`, `dev` or `test`, in a fixed order."""
    return sorted((treebanks / language).glob(f"*-{part}.conllu"))


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Which of the languages have a word, in lower case, by their treebanks."""

    languages: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, treebanks: Path) -> CommonWords:
        """Count the words of all treebanks in a folder with one folder per language."""
        having: dict[str, set[str]] = defaultdict(set)
        for language in LANGUAGES:
            counts: Counter[str] = Counter()
            for path in sorted((treebanks / language).glob("*.conllu")):
                for sentence in sentences_of(path):
                    counts.update(t.form.casefold() for t in sentence if t.pos not in _NO_WORDS and not t.foreign)
            for word, count in counts.items():
                if count >= _ENOUGH:
                    having[word].add(language)
        return cls({word: frozenset(found) for word, found in having.items()})

    def ambiguous(self, text: str, language: str, names: Iterable[str] = ()) -> bool:
        """Whether another language than `language` has all the words of a text; `names` belong to none."""
        others = set(LANGUAGES) - {language}
        known = frozenset(names)
        for match in _WORD.finditer(text):
            whole = match[0].casefold()
            parts = [whole] if whole in self.languages else [part[0] for part in _PART.finditer(match[0])]
            for part in parts:
                if not _belongs_to_none(part, known):
                    others &= self.languages.get(part.casefold(), frozenset())
        return bool(others)


def _belongs_to_none(word: str, names: frozenset[str]) -> bool:
    if len(word) < 2 or not word.isalpha() or (word.isupper() and len(word) <= 4):
        return True
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return plain in names or not _VOWEL.search(plain)


def treebank_lines(
    treebanks: Path, common: CommonWords, part: str = "test", size: int = 500, seed: int = 0
) -> list[Line]:
    """Lines from the treebanks: up to `size` per language and number of words, drawn with `seed`.

    Raises:
        OSError: a treebank cannot be read.
    """
    lines: list[Line] = []
    for language in LANGUAGES:
        found: dict[str, None] = {}
        for path in treebank_files(treebanks, language, part):
            for sentence in sentences_of(path):
                found.update(dict.fromkeys(_phrases(sentence)))
        for words in range(1, LONGEST + 1):
            group = sorted(text for text in found if len(text.split()) == words)
            random.Random(seed).shuffle(group)  # noqa: S311 - dice for a sample, not for secrets
            lines += [Line(t, language, words, common.ambiguous(t, language)) for t in group[:size]]
    return lines


def _phrases(sentence: list[Token]) -> Iterator[str]:
    """The sentence itself and its phrases around nouns, where they are short."""
    inside = [token for token in sentence if token.pos != "PUNCT"]
    if len(inside) <= LONGEST and _tells(inside):
        yield " ".join(token.form for token in inside)
    below: dict[int, list[Token]] = defaultdict(list)
    for token in sentence:
        below[token.head].append(token)
    for token in inside:
        if token.pos == "NOUN":
            phrase = _subtree(token, below)
            whole = phrase[-1].number - phrase[0].number < 2 * LONGEST and _side_by_side(phrase, sentence)
            if len(phrase) <= LONGEST and whole and _tells(phrase):
                yield " ".join(part.form for part in phrase)


def _tells(tokens: list[Token]) -> bool:
    return bool(tokens) and not any(token.pos in _NO_WORDS or token.foreign for token in tokens)


def _subtree(token: Token, below: Mapping[int, list[Token]]) -> list[Token]:
    found, waiting = [], [token]
    while waiting:
        taken = waiting.pop()
        found.append(taken)
        waiting += below.get(taken.number, [])
    return sorted(found, key=lambda part: part.number)


def _side_by_side(phrase: list[Token], sentence: list[Token]) -> bool:
    between = [token for token in sentence if phrase[0].number <= token.number <= phrase[-1].number]
    return between == phrase


def minutes_lines(folder: Path, common: CommonWords, detector: LanguageDetector) -> list[Line]:
    """The short lines of the minutes in a folder with `docs/` and `gold/`; each with the prior of its document.

    Raises:
        EvaluationError: gold is missing or malformed.
        ReadingError: a document cannot be read.
    """
    lines: list[Line] = []
    for name, gold in load_gold(folder / "gold").items():
        spoken = gold["meeting"]["languages"] or []
        if len(spoken) != 1 or spoken[0] not in LANGUAGES:
            continue
        document = normalise(read_document(folder / "docs" / name, name=name), detector)
        blocks = [block.span.text(document.text) for block in document.blocks]
        cells = [cell.text(document.text) for block in document.blocks for cell in block.cells]
        titles = [item["title"] for item in gold["agenda_items"]]
        prior = tuple(sorted(detector.prior(blocks).items()))
        names = _names(gold)
        for text in dict.fromkeys(part.strip() for part in (*titles, *blocks, *cells)):
            words = len(text.split())
            if 1 <= words <= LONGEST and any(c.isalpha() for c in text) and not _address(text):
                lines.append(Line(text, spoken[0], words, common.ambiguous(text, spoken[0], names), prior))
    return lines


def _address(text: str) -> bool:
    return any(sign in text for sign in ("@", "/", "_", "#")) or bool(re.search(r"\w\.\w", text))


def _names(gold: Mapping[str, object]) -> frozenset[str]:
    """The parts of the names of people and bodies that the gold has, and common first names; without accents."""
    found: list[str] = []
    for layer in ("attendance", "actions"):
        for entry in gold[layer]:  # type: ignore[attr-defined]
            found += [entry.get("name") or "", entry.get("organisation") or "", *(entry.get("owners") or [])]
    parts = (part[0].casefold() for text in found for part in _PART.finditer(text))
    plain = ("".join(c for c in unicodedata.normalize("NFD", p) if not unicodedata.combining(c)) for p in parts)
    return first_names() | frozenset(plain)
