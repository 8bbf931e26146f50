"""`minutes.themes.v1` and `v2`: what the main items are about, by keywords of the closed list, and by a trained model.

The keywords (`resources/<iso>/themes.toml`) speak of the same themes in every language; the model
(`models/themes/`) weighs them together with the words of the item.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import ThemeFinding, layout_of, recogniser, text_of
from minutes_nlp.extraction.keywords import KeywordIndex
from minutes_nlp.extraction.theme_model import MOST, PROCEDURE, ThemeItem, shipped_themes, theme_features
from minutes_nlp.language import UNKNOWN, NormalisedText
from minutes_nlp.layout import Heading
from minutes_nlp.resources import languages, section, words_cache


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """How hits are weighed; chosen on the training documents.

    Attributes:
        heading: weight of a keyword in a heading, against 1 for its first time in the content.
        share: a theme is kept if its score is at least this part of the best one's.
        lowest: scores below say nothing.
        document: how much a theme gains from the rest of the document.
        long_procedure: what is left of the procedure's score where an item has content of its own.
        short: words of content up to which an item without any hit is taken for procedure.
    """

    heading: float = 3.0
    share: float = 0.5
    lowest: float = 1.0
    document: float = 2.0
    long_procedure: float = 0.6
    short: int = 40


@dataclass(frozen=True, slots=True)
class ItemHits:
    """What the keywords say of one item.

    Attributes:
        scores: of each theme with a hit, in its headings and its content.
        words: how many words the content has.
        headings: the themes with a hit in its headings.
    """

    scores: Mapping[str, float]
    words: int
    headings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ItemTexts:
    """The text of an item with all its sub-items, by language (`unknown` among them): headings, and all else."""

    titles: Mapping[str, list[str]]
    content: Mapping[str, list[str]]

    @property
    def words(self) -> int:
        """How many words the content has."""
        return sum(len(text.split()) for texts in self.content.values() for text in texts)


@words_cache()
def _index(language: str) -> KeywordIndex:
    return KeywordIndex(section(language, "themes")["keywords"])


@recogniser("minutes.themes.v1", reads=["minutes_text", "minutes_layout"], writes=["minutes_themes"])
class ThemeRecogniser:
    """Gives each level-1 item one to three themes, or none where nothing tells.

    Reads: layout. Writes: `doc._.minutes_themes`.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name
        self.weights = ThemeWeights()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        normalised, headings = text_of(doc), layout_of(doc).headings
        main = [index for index, heading in enumerate(headings) if heading.level == 1]
        hits = [hits_of(texts, self.weights) for texts in item_texts(normalised, headings, main)]
        chosen = choose(hits, self.weights)
        doc._.minutes_themes = ThemeFinding(dict(zip(main, chosen, strict=True)))
        return doc


@recogniser("minutes.themes.v2", reads=["minutes_text", "minutes_layout"], writes=["minutes_themes"])
class TrainedThemeRecogniser:
    """Gives each level-1 item one to three themes, by a trained model that weighs keywords and words.

    Reads: layout. Writes: `doc._.minutes_themes`.

    Quality: see `models/themes/README.md`.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        normalised, headings = text_of(doc), layout_of(doc).headings
        main = [index for index, heading in enumerate(headings) if heading.level == 1]
        model = shipped_themes()
        chosen = [model.choose(theme_features(item)) for item in theme_items(normalised, headings, main)]
        doc._.minutes_themes = ThemeFinding(dict(zip(main, chosen, strict=True)))
        return doc


def theme_items(normalised: NormalisedText, headings: tuple[Heading, ...], main: list[int]) -> list[ThemeItem]:
    """What the model looks at, for the headings `main` of one document."""
    return items_of(item_texts(normalised, headings, main))


def items_of(texts: list[ItemTexts]) -> list[ThemeItem]:
    """What the model looks at, for the items of one document."""
    hits = [hits_of(item, ThemeWeights(long_procedure=1.0)) for item in texts]
    document = shares_of(hits)
    return [
        ThemeItem(
            " ".join(part for parts in item.titles.values() for part in parts),
            " ".join(part for parts in item.content.values() for part in parts),
            hit.scores,
            hit.headings,
            document,
            hit.words,
        )
        for item, hit in zip(texts, hits, strict=True)
    ]


def item_texts(normalised: NormalisedText, headings: tuple[Heading, ...], indices: Sequence[int]) -> list[ItemTexts]:
    """The texts of each of these items with all its sub-items."""
    blocks, heading_blocks = normalised.blocks, {heading.block for heading in headings}
    in_text = sorted(range(len(blocks)), key=lambda number: blocks[number].span.start)
    starts = [blocks[number].span.start for number in in_text]
    found = []
    for item in (headings[index] for index in indices):
        titles: dict[str, list[str]] = defaultdict(list)
        content: dict[str, list[str]] = defaultdict(list)
        for number in sorted(in_text[bisect_left(starts, item.line.start) : bisect_left(starts, item.end)]):
            texts = titles if number in heading_blocks else content
            texts[blocks[number].language].append(blocks[number].span.text(normalised.text))
        found.append(ItemTexts(titles, content))
    return found


def hits_of(texts: ItemTexts, weights: ThemeWeights) -> ItemHits:
    """The keywords of texts, each in its language."""
    scores: dict[str, float] = defaultdict(float)
    in_headings, words = _find(texts.titles), texts.words
    for theme, keywords in in_headings.items():
        scores[theme] += weights.heading * len(keywords)
    for theme, keywords in _find(texts.content).items():
        scores[theme] += sum(1 + math.log(count) for count in keywords.values())
    if words > weights.short and PROCEDURE in scores:
        scores[PROCEDURE] *= weights.long_procedure
    return ItemHits(scores, words, frozenset(in_headings))


def _find(texts: Mapping[str, list[str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for language, parts in texts.items():
        for code in languages() if language == UNKNOWN else (language,):
            for theme, keywords in _index(code).find("\n".join(parts)).items():
                found[theme] |= keywords
    return found


def shares_of(hits: list[ItemHits]) -> dict[str, float]:
    """How much of a document each theme has by its keywords: the mean of its shares of the items."""
    shares: dict[str, float] = defaultdict(float)
    for hit in hits:
        total = sum(hit.scores.values()) or 1.0
        for theme, score in hit.scores.items():
            shares[theme] += score / total / len(hits)
    return dict(shares)


def choose(hits: list[ItemHits], weights: ThemeWeights) -> list[tuple[str, ...]]:
    """The themes of each item of a document by the keywords alone, the likeliest first."""
    shares = defaultdict(float, shares_of(hits) | {PROCEDURE: 0.0})
    usual = max(shares, key=lambda theme: (shares[theme], theme)) if any(shares.values()) else None
    return [_of_item(hit, shares, usual, weights) for hit in hits]


def _of_item(hit: ItemHits, shares: Mapping[str, float], usual: str | None, weights: ThemeWeights) -> tuple[str, ...]:
    scores = {theme: score * (1 + weights.document * shares[theme]) for theme, score in hit.scores.items()}
    best = max(scores.values(), default=0.0)
    if best < weights.lowest:
        if hit.words < weights.short:
            return (PROCEDURE,)
        return (usual,) if usual else ()
    ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
    kept = [theme for theme in ranked if scores[theme] >= weights.share * best][:MOST]
    if kept[0] == PROCEDURE:
        return (PROCEDURE,)
    return tuple(theme for theme in kept if theme != PROCEDURE)
