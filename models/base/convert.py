"""Training, development and test documents of a language: `convert.py LANGUAGE RESOURCES FOLDER`.

Writes into `FOLDER/LANGUAGE`: `boundaries-train.spacy` and `boundaries-dev.spacy` (where sentences begin is known),
`words-train.spacy` and `words-dev.spacy` (the same and the sets with named entities, of whose sentences nothing sure is
known), one `test-NAME.spacy` per test set. The sentences that train are set into documents as minutes have them:
running text, lists with their marks and often without stop, wrapped lines.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import spacy
from callbacks import add_abbreviations
from entities import in_context, read_iob, share
from passages import HERE, invented_docs
from sources import SEED, check_sources, entity_file, sources, treebank_file
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from treebanks import Sentence, Word, read_conllu, text_of

_MARKS = ("-", "•", "–", "*", "o", "→")
_LINE_END = Word("\n", False, "SPACE", "", "\n")
_REPEATS = 12
_ATTRIBUTES = ["ORTH", "SPACY", "SENT_START", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]


def document(vocab: Vocab, sentences: Iterable[Sentence], *, boundaries: bool) -> Doc:
    """A document of sentences; without `boundaries` nothing is said of where they begin."""
    words = [word for sentence in sentences for word in sentence]
    starts: list[bool | None] = []
    for sentence in sentences:
        starts += [index == 0 if boundaries else None for index in range(len(sentence))]
    known = bool(words[0].pos)
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[word.space for word in words],
        sent_starts=starts,
        pos=[word.pos for word in words] if known else None,
        morphs=[word.morph or "" for word in words] if known else None,
        lemmas=[word.lemma for word in words] if known else None,
        ents=[word.entity for word in words] if words[0].entity else None,
    )


def groups(sentences: Sequence[Sentence], sizes: Iterator[int]) -> Iterator[list[Sentence]]:
    """The sentences in their order, in groups."""
    rest = iter(sentences)
    while group := list(islice(rest, next(sizes))):
        yield group


def running(sentences: list[Sentence]) -> list[Sentence]:
    """Sentences of one paragraph."""
    return [(*sentence[:-1], replace(sentence[-1], space=True)) for sentence in sentences]


def listed(sentences: list[Sentence], dice: random.Random) -> list[Sentence]:
    """Sentences as the items of a list or as lines: marks before them, the stop often left out or a semicolon."""
    style = dice.choice(("mark", "number", "letter", "none"))
    mark, end = dice.choice(_MARKS), dice.choice(("kept", "left out", ";"))
    items = []
    for number, sentence in enumerate(sentences, 1):
        words = list(sentence)
        if words[-1].text == "." and len(words) > 1 and end != "kept":
            words[-1:] = [replace(words[-1], text=";", lemma=";")] if end == ";" else []
        letter = "abcdefghijkl"[number - 1]
        before = {
            "mark": [Word(mark, True, "PUNCT", "", mark)],
            "number": [Word(str(number), False, "X", "", str(number)), Word(".", True, "PUNCT", "", ".")],
            "letter": [Word(letter, False, "X", "", letter), Word(")", True, "PUNCT", "", ")")],
            "none": [],
        }[style]
        items.append((*before, *words[:-1], replace(words[-1], space=False), _LINE_END))
    return items


def wrapped(sentences: list[Sentence], dice: random.Random) -> list[Sentence]:
    """Running text whose lines end every ten to sixteen words."""
    result, column, width = [], 0, dice.randint(10, 16)
    for sentence in running(sentences):
        words: list[Word] = []
        for word in sentence:
            column += 1
            if column >= width and word.space:
                words += [replace(word, space=False), _LINE_END]
                column = 0
            else:
                words.append(word)
        result.append(tuple(words))
    return result


def laid_out(sentences: list[Sentence], dice: random.Random) -> list[Sentence]:
    """The sentences as a paragraph (half of the time), a list, or wrapped lines."""
    chance = dice.random()
    if chance < 0.55:
        return running(sentences)
    return listed(sentences, dice) if chance < 0.85 else wrapped(sentences, dice)


def treebank_parts(resources: Path, language: str) -> tuple[list[Sentence], list[Sentence]]:
    """What trains and what chooses; a sentence that also stands in a test set trains nothing."""
    parts = sources(language)["ud"]
    tested = {text_of(s) for name in parts["test"] for s in read_conllu(treebank_file(resources, language, name))}
    train = [s for name in parts["train"] for s in read_conllu(treebank_file(resources, language, name))]
    train = [sentence for sentence in train if text_of(sentence) not in tested]
    dev = [s for name in parts["dev"] for s in read_conllu(treebank_file(resources, language, name))]
    if not dev:
        train, dev = [s for i, s in enumerate(train) if i % 10], train[::10]
    return train, dev


def entity_docs(vocab: Vocab, resources: Path, language: str, part: str, dice: random.Random) -> Iterator[Doc]:
    """Documents with named entities only; of the silver sets a twelfth is enough to choose."""
    parts = sources(language).get("ner")
    if not parts:
        return
    split = [s for name in parts["split"] for s in share(read_iob(entity_file(resources, language, name)), part)]
    whole = [s for name in parts[part] for s in read_iob(entity_file(resources, language, name))]
    whole = list(in_context(whole, dice)) if part == "train" else whole[::12]
    for sentences in (split, whole):
        for group in groups(sentences, iter(lambda: dice.randint(2, 6), 0)):
            yield document(vocab, running(group), boundaries=False)


def save(path: Path, docs: Iterable[Doc]) -> None:
    """Write documents and print how many tokens they have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen = [doc for doc in docs if len(doc)]
    DocBin(docs=chosen, attrs=_ATTRIBUTES).to_disk(path)
    print(path, len(chosen), "documents", sum(map(len, chosen)), "tokens", flush=True)


def main(language: str, resources: Path, folder: Path) -> None:
    """Write all documents of a language."""
    check_sources(resources, language)
    dice, nlp, output = random.Random(SEED), spacy.blank(language), folder / language
    sizes = iter(lambda: dice.randint(1, 9), 0)
    train, dev = treebank_parts(resources, language)
    docs = [document(nlp.vocab, laid_out(group, dice), boundaries=True) for group in groups(train, sizes)]
    if (HERE / f"{language}.txt").exists():
        add_abbreviations(nlp)
        docs += invented_docs(nlp, resources, _REPEATS, dice)
    save(output / "boundaries-train.spacy", docs)
    save(output / "words-train.spacy", [*docs, *entity_docs(nlp.vocab, resources, language, "train", dice)])
    docs = [document(nlp.vocab, laid_out(group, dice), boundaries=True) for group in groups(dev[::3], sizes)]
    save(output / "boundaries-dev.spacy", docs)
    save(output / "words-dev.spacy", [*docs, *entity_docs(nlp.vocab, resources, language, "dev", dice)])
    for name in sources(language)["ud"]["test"]:
        tens = groups(read_conllu(treebank_file(resources, language, name)), iter(lambda: 10, 0))
        save(output / f"test-{name}.spacy", [document(nlp.vocab, running(ten), boundaries=True) for ten in tens])
    save_entity_tests(nlp.vocab, resources, language, output)


def save_entity_tests(vocab: Vocab, resources: Path, language: str, output: Path) -> None:
    """Write the test parts of the sets with named entities, one file each, a sentence a document."""
    parts = sources(language).get("ner", {"split": (), "test": (), "evaluation_only": ()})
    sets = {name: share(read_iob(entity_file(resources, language, name)), "test") for name in parts["split"]}
    sets |= {name: read_iob(entity_file(resources, language, name)) for name in parts["test"]}
    for name in parts["evaluation_only"]:
        sets[name] = read_iob(entity_file(resources, language, name, evaluation_only=True))
    for name, sentences in sets.items():
        if not sentences:  # too short a set has no tenth stretch
            continue
        save(output / f"test-ner-{name}.spacy", [document(vocab, running([s]), boundaries=False) for s in sentences])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
