"""The words of each language, as data files, and the one module that reads them."""

from minutes_nlp.resources.lexicon import languages, phrases, section, themes, words_cache

__all__ = ["languages", "phrases", "section", "themes", "words_cache"]
