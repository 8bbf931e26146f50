"""Treebanks in CoNLL-U as sentences whose words are those of a text: parts of one written word are joined again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Word:
    """One word; empty annotations say that nothing is known of it, not that it has none."""

    text: str
    space: bool = True
    pos: str = ""
    morph: str | None = None
    lemma: str = ""
    entity: str = ""


Sentence = tuple[Word, ...]


def read_conllu(path: Path) -> list[Sentence]:
    """The sentences of a treebank."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    sentences = [_sentence([line.split("\t") for line in block.splitlines() if line[:1].isdigit()]) for block in blocks]
    return [sentence for sentence in sentences if sentence]


def text_of(sentence: Sentence) -> str:
    """The sentence as it is written."""
    return "".join(word.text + " " * word.space for word in sentence).strip()


def _sentence(rows: list[list[str]]) -> Sentence:
    words: list[Word] = []
    single = {row[0]: row for row in rows if row[0].isdigit()}
    skip: set[str] = set()
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            numbers = [str(number) for number in range(first, last + 1)]
            words += _written(row, [_word(single[number]) for number in numbers])
            skip.update(numbers)
        elif row[0] in single and row[0] not in skip:
            words.append(_word(row))
    return tuple(words)


def _word(row: list[str]) -> Word:
    form, lemma, pos, morph, space = row[1], row[2], row[3], row[5], "SpaceAfter=No" not in row[9]
    lemma = form if lemma == "_" else lemma
    return Word(form, space, pos, "" if morph == "_" else morph, compound(form, lemma) if "_" in lemma else lemma)


def _written(row: list[str], parts: list[Word]) -> list[Word]:
    """Parts whose forms make up the written word stay apart (`do` + `n't`); others become one (`du` = `de` + `le`)."""
    space = "SpaceAfter=No" not in row[9]
    if "".join(part.text for part in parts) == row[1]:
        return [replace(part, space=False) for part in parts[:-1]] + [replace(parts[-1], space=space)]
    article = [part.pos for part in parts] == ["ADP", "DET"]
    head = parts[0] if article else parts[-1]
    return [replace(head, text=row[1], space=space, morph=parts[-1].morph)]


def compound(form: str, lemma: str) -> str:
    """The lemma of a compound written with its linking letters.

    Args:
        form: the word as it stands (`verzekeringsmaatschappijen`).
        lemma: its parts with `_` between them (`verzekering_maatschappij`).

    Returns:
        `verzekeringsmaatschappij`; the parts joined if the last is not found in the form.
    """
    parts = [part for part in lemma.split("_") if part]
    if not parts:
        return form
    last = parts[-1]
    for length in range(len(last), 2, -1):
        start = form.casefold().rfind(last[:length].casefold())
        if start > 0:
            return form[:start] + last
    return "".join(parts)
