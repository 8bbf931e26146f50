"""Invented passages as documents: where sentences begin and which names stand in them (`invented/*.txt`)."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

HERE = Path(__file__).parent / "invented"
LABELS = {"person": "PER", "first": "PER", "surname": "PER", "initials": "", "place": "LOC", "body": "ORG"}
_SLOT = re.compile(r"\{initials\} \{surname\}|\{(\w+)\}")
_ENDS = (".", "!", "?", "…", "”", "»", '"')
_MARK = re.compile(r"\[(PER|LOC|ORG) ([^\]]+)\]")


class Names:
    """What fills the slots of a language's passages, drawn with seeded dice."""

    def __init__(self, language: str, resources: Path, dice: random.Random) -> None:
        with (HERE / "names.toml").open("rb") as file:
            self.words: dict[str, list[str]] = tomllib.load(file)[language]
        with (resources / "lex/names/be-statbel-noms.csv").open(encoding="utf-8") as file:
            self.words["first"] = [row["name_detected"] for row in csv.DictReader(file) if float(row["n_tot"]) > 400]
        with (resources / "lex/geo/belgif-refnis2025.tsv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.words["place"] = [row[language] for row in rows if row["uri"][-5:].isdigit() and row[language]]
        self.dice = dice

    def fill(self, slot: str) -> str:
        """A value for a slot; `person` is a first name with a family name."""
        if slot == "person":
            return f"{self.fill('first')} {self.fill('surname')}"
        if slot == "initials":
            return ".".join(self.dice.choice("ABCDEFGHIJKLMNPRSTVW") for _ in range(self.dice.randint(1, 2))) + "."
        value = self.dice.choice(self.words[slot])
        return _SLOT.sub(lambda match: self.fill(match[1]), value)


def passages(path: Path) -> list[list[str]]:
    """The passages of a file, each a list of sentences; `>` still stands before those on a line of their own."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [block.splitlines() for block in "\n".join(lines).strip().split("\n\n")]


def filled(sentence: str, names: Names) -> str:
    """The sentence with its slots filled; names keep the marks `[PER …]`, `[LOC …]`, `[ORG …]`."""

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return f"[PER {names.fill('initials')} {names.fill('surname')}]"
        label = LABELS.get(match[1], "")
        return f"[{label} {names.fill(match[1])}]" if label else names.fill(match[1])

    return _SLOT.sub(value, sentence)


def marked_doc(nlp: Language, sentences: list[str]) -> Doc:
    """A document of marked sentences with its sentence starts and entities, cut into tokens by `nlp`.

    What follows a line without a stop, such as a heading, begins a line, too.
    """
    text, starts, spans = "", [], []
    for sentence in sentences:
        own_line = sentence.startswith(">") or not text.endswith(_ENDS)
        text += ("\n" if own_line else " ") if text else ""
        starts.append(len(text))
        for piece in re.split(r"(\[(?:PER|LOC|ORG) [^\]]+\])", sentence.lstrip("> ")):
            mark = _MARK.fullmatch(piece)
            if mark:
                spans.append((len(text), len(text) + len(mark[2]), mark[1]))
            text += mark[2] if mark else piece
    doc = nlp.make_doc(text)
    entities = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    doc.set_ents([entity for entity in entities if entity])
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


def invented_docs(nlp: Language, resources: Path, repeats: int, dice: random.Random) -> Iterator[Doc]:
    """Every passage of the language `repeats` times, with other names each time."""
    names = Names(nlp.lang, resources, dice)
    for passage in passages(HERE / f"{nlp.lang}.txt"):
        for _ in range(repeats):
            yield marked_doc(nlp, [filled(sentence, names) for sentence in passage])
