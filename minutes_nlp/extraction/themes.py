"""`minutes.themes.v1`: what the main items are about, by keywords of the closed list of themes."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import ThemeFinding, layout_of, recogniser, text_of
from minutes_nlp.extraction.keywords import KeywordIndex
from minutes_nlp.language import UNKNOWN, NormalisedText
from minutes_nlp.layout import Heading
from minutes_nlp.resources import languages, section, words_cache

PROCEDURE = "meeting-procedure"
MOST = 3  # themes of one item, by the guideline


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
    """The keyword scores of one item, and how many words its content has."""

    scores: Mapping[str, float]
    words: int


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
        hits = [item_hits(normalised, headings, index, self.weights) for index in main]
        chosen = choose(hits, self.weights)
        doc._.minutes_themes = ThemeFinding(dict(zip(main, chosen, strict=True)))
        return doc


def item_hits(normalised: NormalisedText, headings: tuple[Heading, ...], index: int, weights: ThemeWeights) -> ItemHits:
    """The keywords of an item with all its sub-items, in the languages it is written in."""
    item = headings[index]
    titles: dict[str, list[str]] = defaultdict(list)
    content: dict[str, list[str]] = defaultdict(list)
    heading_blocks = {heading.block for heading in headings}
    words = 0
    for number, block in enumerate(normalised.blocks):
        if not item.line.start <= block.span.start < item.end:
            continue
        text = block.span.text(normalised.text)
        if number in heading_blocks:
            titles[block.language].append(text)
        else:
            content[block.language].append(text)
            words += len(text.split())
    scores: dict[str, float] = defaultdict(float)
    for theme, keywords in _find(titles).items():
        scores[theme] += weights.heading * len(keywords)
    for theme, keywords in _find(content).items():
        scores[theme] += sum(1 + math.log(count) for count in keywords.values())
    if words > weights.short and PROCEDURE in scores:
        scores[PROCEDURE] *= weights.long_procedure
    return ItemHits(scores, words)


def _find(texts: Mapping[str, list[str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for language, parts in texts.items():
        for code in languages() if language == UNKNOWN else (language,):
            for theme, keywords in _index(code).find("\n".join(parts)).items():
                found[theme] |= keywords
    return found


def choose(hits: list[ItemHits], weights: ThemeWeights) -> list[tuple[str, ...]]:
    """The themes of each item of a document, the likeliest first."""
    shares: dict[str, float] = defaultdict(float)
    for hit in hits:
        total = sum(hit.scores.values()) or 1.0
        for theme, score in hit.scores.items():
            shares[theme] += score / total / len(hits) if theme != PROCEDURE else 0.0
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
