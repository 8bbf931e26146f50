"""Themes of the main items from what a model found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from minutes_nlp.extraction.base import ThemeFinding, layout_of, text_of
from minutes_nlp.extraction.own.sources import SpanSource, TextClassifier
from minutes_nlp.spans import CharSpan

_PROCEDURE = "meeting-procedure"  # stands alone, by the guideline
_MOST = 3


@dataclass(frozen=True, slots=True)
class ClassifiedItems:
    """Gives each main item the themes that a classifier gives to its text: heading, content and sub-items."""

    model: TextClassifier
    threshold: float

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        items = _items(doc)
        text = text_of(doc).text
        scores = self.model.classify([span.text(text) for span in items.values()]) if items else []
        kept = [{theme: p for theme, p in known.items() if p >= self.threshold} for known in scores]
        doc._.minutes_themes = ThemeFinding(dict(zip(items, map(_surest, kept), strict=True)))
        return doc


@dataclass(frozen=True, slots=True)
class ItemsOfSpans:
    """Gives each main item the themes of the passages that a model finds in it."""

    model: SpanSource
    threshold: float

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        items = _items(doc)
        scores: dict[int, dict[str, float]] = defaultdict(dict)
        for found in self.model.find(text_of(doc).text, [*items.values()]):
            if found.confidence is not None and found.confidence < self.threshold:
                continue
            for item, span in items.items():
                if span.contains(found.span):
                    scores[item][found.label] = max(scores[item].get(found.label, 0.0), found.sureness)
        doc._.minutes_themes = ThemeFinding({item: _surest(scores[item]) for item in items})
        return doc


def _items(doc: Doc) -> dict[int, CharSpan]:
    """The main items, by their index in `Layout.headings`, with all of their text."""
    return {
        index: CharSpan(heading.line.start, heading.end)
        for index, heading in enumerate(layout_of(doc).headings)
        if heading.level == 1
    }


def _surest(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The themes of an item, the surest first; of as sure ones the first found."""
    ranked = sorted(scores, key=lambda theme: -scores[theme])[:_MOST]
    if ranked[:1] == [_PROCEDURE]:
        return (_PROCEDURE,)
    return tuple(theme for theme in ranked if theme != _PROCEDURE)
