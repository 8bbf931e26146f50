"""A spaCy `Doc` over the normalised text, every block cut into tokens by the rules of its own language."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from minutes_nlp.language.detect import UNKNOWN
from minutes_nlp.language.normalise import NormalisedText
from minutes_nlp.language.sentences import sentences

_FALLBACK = "xx"


@functools.cache
def _blank(language: str) -> Language:
    return spacy.blank(_FALLBACK if language == UNKNOWN else language)


def make_doc(normalised: NormalisedText, vocab: Vocab) -> Doc:
    """Tokens and sentence starts for the whole text; `doc.text` equals `normalised.text`.

    A block always starts a sentence. Every token's `lang_` stays that of the vocabulary; the language of a block is
    in `TextBlock.language`.
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    position = 0
    for block in normalised.blocks:
        _gap(normalised.text[position : block.span.start], words, spaces)
        starts += [False] * (len(words) - len(starts))
        begins = {s.start - block.span.start for s in sentences(normalised.text, block.span, block.language)}
        for token in _blank(block.language).make_doc(block.span.text(normalised.text)):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            starts.append(token.idx in begins)
        position = block.span.end
    _gap(normalised.text[position:], words, spaces)
    starts += [False] * (len(words) - len(starts))
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)


def _gap(text: str, words: list[str], spaces: list[bool]) -> None:
    """Add what stands between two blocks (a line end) as one token of white space."""
    if text:
        words.append(text)
        spaces.append(False)
