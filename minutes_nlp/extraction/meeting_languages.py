"""The languages that a document is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes_nlp.extraction.meeting_lines import PrintedLine
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.language import UNKNOWN, NormalisedText, detector
from minutes_nlp.language.sentences import sentences
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SEGMENT = re.compile(r"\s[–—/|]\s|\s-\s")
_FULL_SENTENCE = 6  # words
_SURE = 0.97
_TITLE_LINES = 6
_TITLE_WORDS = 2
_SURE_TITLE = 0.9
_SHARE = 0.02  # of the document's words that a further language must have, unless a heading line is in it
_MAIN_WEIGHT = 30.0  # how much likelier the document's own language is than another


def document_languages(
    normalised: NormalisedText, lines: Sequence[PrintedLine], title: Title | None
) -> tuple[str, ...]:
    """ISO 639-1 codes, the language with most words first; empty if nothing could be told.

    A language counts if full sentences, or a part of a bilingual title, are written in it; names, single foreign
    words, code and addresses don't.
    """
    text = normalised.text
    counts: Counter[str] = Counter()
    for block in normalised.blocks:
        if block.language != UNKNOWN:
            counts[block.language] += len(_WORD.findall(block.span.text(text)))
    if not counts:
        return ()
    main, _ = counts.most_common(1)[0]
    prior = {code: _MAIN_WEIGHT if code == main else 1.0 for code in detector().candidates}
    others: Counter[str] = Counter()
    sentences_in: Counter[str] = Counter()
    for span in _passages(normalised):
        inner = span.text(text)
        words = len(_WORD.findall(inner))
        if words < _FULL_SENTENCE:
            continue
        guess = detector().guess(inner, prior)
        if guess.language not in (main, UNKNOWN) and guess.probability >= _SURE:
            others[guess.language] += words
            sentences_in[guess.language] += 1
    total = sum(counts.values())
    found = [code for code, words in others.items() if words >= _SHARE * total and sentences_in[code] >= 2]
    found += [code for code in _title_languages(text, lines, title, main) if code not in found]
    return (main, *sorted(found, key=lambda code: (-others[code], code)))


def _passages(normalised: NormalisedText) -> Iterator[CharSpan]:
    for block in normalised.blocks:
        if block.kind is BlockKind.CODE:
            continue
        if block.cells:
            yield from (cell for cell in block.cells if cell.length)
        else:
            yield from sentences(normalised.text, block.span, block.language)


def _title_languages(text: str, lines: Sequence[PrintedLine], title: Title | None, main: str) -> list[str]:
    """Further languages of the two parts of a bilingual title or of a bilingual line among the first."""
    found = []
    candidates = [line.span.text(text) for line in lines[:_TITLE_LINES] if not line.front]
    for candidate in [*([title.text] if title else []), *candidates]:
        parts = [part for part in _SEGMENT.split(candidate) if len(_WORD.findall(part)) >= _TITLE_WORDS]
        if len(parts) != 2:
            continue
        guesses = [detector().guess(part) for part in parts]
        told = {guess.language for guess in guesses if guess.probability >= _SURE_TITLE}
        if len(told) == 2 and main in told:
            found += [code for code in sorted(told - {main}) if code not in found]
    return found
