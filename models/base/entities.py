"""Sets with named entities (one `word tag` a line), written the way texts are: no space before a comma."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from treebanks import Sentence, Word

LABELS = ("PER", "LOC", "ORG")
_MARKUP = {"''", "'''", "**", "``", "*"}
_NO_SPACE_BEFORE = set(".,;:!?)]»%…") | {"...", "”"}
_NO_SPACE_AFTER = set("([«“")
_SHORT = 5


def read_iob(path: Path) -> list[Sentence]:
    """The sentences of a set; tags of other kinds than person, place and organisation count as none."""
    sentences = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line]
        words = [Word(text, entity=_tag(tag)) for text, tag in rows if text.strip() and text not in _MARKUP]
        if words:
            sentences.append(_spaced(_continued(words)))
    return sentences


def share(sentences: list[Sentence], part: str) -> list[Sentence]:
    """The part of a set (`train`, `dev` or `test`): of every ten stretches of a hundred sentences 8, 1 and 1."""
    chosen = {"train": range(8), "dev": range(8, 9), "test": range(9, 10)}[part]
    return [sentence for index, sentence in enumerate(sentences) if index // 100 % 10 in chosen]


def in_context(sentences: list[Sentence], dice: random.Random) -> Iterator[Sentence]:
    """All sentences, but only one in four of the bare titles, which teach that every capital is a name."""
    for sentence in sentences:
        outside = sum(word.entity == "O" and word.text[:1].islower() for word in sentence)
        if (len(sentence) >= _SHORT and outside) or dice.random() < 0.25:
            yield sentence


def _tag(tag: str) -> str:
    return tag if tag[2:] in LABELS else "O"


def _continued(words: list[Word]) -> list[Word]:
    """An entity whose first word was markup begins with its next word."""
    before = "O"
    repaired = []
    for word in words:
        tag = word.entity
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        repaired.append(replace(word, entity=tag))
        before = tag
    return repaired


def _spaced(words: list[Word]) -> Sentence:
    following = [*words[1:], Word("")]
    return tuple(
        replace(
            word,
            space=not (
                after.text in _NO_SPACE_BEFORE
                or word.text in _NO_SPACE_AFTER
                or (word.text[-1] in "'’" and len(word.text) > 1)
            ),
        )
        for word, after in zip(words, following, strict=True)
    )
