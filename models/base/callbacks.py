"""What the configuration needs to train, but not to load: abbreviations that the tokenizer keeps whole."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.symbols import ORTH

from minutes_nlp.language.sentences import abbreviations


@spacy.registry.callbacks("minutes.abbreviations.v1")
def keep_abbreviations() -> Callable[[Language], Language]:
    """A callback that makes each abbreviation of the language one token, in lower case and with a capital."""

    def callback(nlp: Language) -> Language:
        add_abbreviations(nlp)
        return nlp

    return callback


def add_abbreviations(nlp: Language) -> None:
    """Make the abbreviations of the pipeline's language single tokens."""
    for word in sorted(abbreviations(nlp.lang)):
        for form in {word, word.upper() if len(word) == 2 else word[0].upper() + word[1:]}:
            nlp.tokenizer.add_special_case(form, [{ORTH: form}])
