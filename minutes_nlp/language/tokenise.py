"""A spaCy `Doc` over the normalised text, for findings to hang on."""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

from minutes_nlp.language.normalise import NormalisedText
from minutes_nlp.language.sentences import sentences

_WORD = r"[^\W_]+(?:['’.·-][^\W_]+)*"
_TOKEN = re.compile(rf"({_WORD}|\s+|.)( ?)", re.DOTALL)


def make_doc(normalised: NormalisedText, vocab: Vocab) -> Doc:
    """Tokens and sentence starts for the whole text; `doc.text` equals `normalised.text`.

    A token is a word or number with what an apostrophe, hyphen or point joins to it, a sign, or white space, in every
    language alike: the recognisers read the text, not the tokens. A block always starts a sentence. The language of
    a block is in `TextBlock.language`.
    """
    begins = {
        sentence.start
        for block in normalised.blocks
        for sentence in sentences(normalised.text, block.span, block.language)
    }
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    for token in _TOKEN.finditer(normalised.text):
        words.append(token[1])
        spaces.append(bool(token[2]))
        starts.append(token.start() in begins)
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
