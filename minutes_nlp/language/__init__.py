"""Languages of blocks, the readable text, tokens and sentences."""

from minutes_nlp.language.detect import UNKNOWN, LanguageDetector, LanguageGuess, detector
from minutes_nlp.language.normalise import NormalisedText, TextBlock, normalise
from minutes_nlp.language.sentences import sentences

__all__ = [
    "UNKNOWN",
    "LanguageDetector",
    "LanguageGuess",
    "NormalisedText",
    "TextBlock",
    "detector",
    "normalise",
    "sentences",
]
