"""Learning the themes of main items: their features and labels from gold, and a linear model fitted in closed form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.extraction.theme_model import PROCEDURE, ThemeModel, chosen, theme_features
from minutes_nlp.extraction.themes import theme_items
from minutes_nlp.language import LanguageDetector, NormalisedText, normalise
from minutes_nlp.layout import Heading
from minutes_nlp.resources import themes
from minutes_nlp.spans import CharSpan
from minutes_nlp.training.corpus import Example
from minutes_nlp.training.fit import FitSettings, folds_of, matrix

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ThemeExample:
    """A main item: its features, its themes, its document, and where that comes from."""

    features: Mapping[str, float]
    themes: frozenset[str]
    document: str
    body: str
    split: str


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """How the model is fitted.

    Attributes:
        bits: `2 ** bits` weights per theme.
        ridge: L2 regularisation.
        written: how much an invented item counts, against 1 for a real one.
        folds: groups of whole bodies that are held out in turn.
        seed: of the division into groups.
    """

    bits: int = 15
    ridge: float = 3.0
    written: float = 0.5
    folds: int = 8
    seed: int = 1


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """F1 on whole bodies held out, of items and of documents, with the choice of themes that was best for items.

    `by_body` is the F1 of the items of each body.
    """

    items: float
    documents: float
    lowest: float
    share: float
    examples: int
    bodies: int
    by_body: Mapping[str, float]


def theme_examples(documents: Iterable[Example], detector: LanguageDetector) -> Iterator[ThemeExample]:
    """The main items of documents, by the headings of their gold; items without themes teach nothing."""
    for example in documents:
        normalised = normalise(example.document, detector)
        headings, labels = _outline(normalised, example.gold["agenda_items"])
        main = [index for index, heading in enumerate(headings) if heading.level == 1]
        for index, item in zip(main, theme_items(normalised, headings, main), strict=True):
            if labels[index]:
                name = str(example.gold["doc"])
                yield ThemeExample(theme_features(item), labels[index], name, example.body, example.split)


def _outline(
    normalised: NormalisedText, items: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Heading, ...], list[frozenset[str]]]:
    """The headings of gold, at the blocks that hold them, and their themes."""
    found: list[tuple[int, CharSpan, Mapping[str, Any]]] = []
    starts = [normalised.to_source(block.span).start for block in normalised.blocks]
    for item in sorted(items, key=lambda entry: int(entry["start"])):
        at = [number for number, start in enumerate(starts) if start < item["end"]]
        if at and (not found or found[-1][0] != at[-1]):
            found.append((at[-1], normalised.blocks[at[-1]].span, item))
    headings = []
    for place, (block, span, item) in enumerate(found):
        later = [other for _, other, entry in found[place + 1 :] if entry["level"] <= item["level"]]
        end = later[0].start if later else len(normalised.text)
        headings.append(Heading(block, span, item["number"], item["title"], item["level"], end))
    return tuple(headings), [frozenset(item.get("themes") or ()) for _, _, item in found]


def fit_themes(
    examples: Sequence[ThemeExample], settings: ThemeSettings = ThemeSettings()
) -> tuple[ThemeModel, ThemeReport]:
    """Fit all themes; the same examples give the same model.

    Args:
        examples: real and invented items (`split` is `written`); only real ones choose and are reported.
        settings: how to fit.
    """
    names = tuple(str(theme["id"]) for theme in themes())
    table = matrix([example.features for example in examples], settings.bits)
    inner = np.asarray((table @ table.T).todense()) + 1.0  # every item has a feature of 1 besides: the bias
    wanted = np.array([[name in example.themes for name in names] for example in examples], dtype=np.float64)
    real = np.array([example.split != "written" for example in examples])
    penalty = settings.ridge / np.where(real, 1.0, settings.written)
    folds = folds_of([e.body for e in examples], FitSettings(folds=settings.folds, seed=settings.seed))
    held_out = np.zeros_like(wanted)
    for fold in range(settings.folds):
        inside, outside = folds != fold, folds == fold
        if inside.any() and outside.any():
            dual = _solve(inner[np.ix_(inside, inside)], wanted[inside], penalty[inside])
            held_out[outside] = inner[np.ix_(outside, inside)] @ dual
    judged = [example for example, kept in zip(examples, real, strict=True) if kept]
    report = _report(held_out[real], judged, names)
    dual = _solve(inner, wanted, penalty)
    weights = np.asarray(table.T @ dual)
    scale = round(float(np.abs(weights).max()) / 127, 8) or 1.0
    small = np.round(weights / scale).astype(np.int8)
    bias = np.round(dual.sum(axis=0), 6)  # as of the scale: the last digits depend on the number of threads
    return ThemeModel(names, small, bias, scale, report.lowest, report.share), report


def _solve(inner: Matrix, wanted: Matrix, penalty: Matrix) -> Matrix:
    return np.asarray(np.linalg.solve(inner + np.diag(penalty), wanted))


def _report(scores: Matrix, examples: Sequence[ThemeExample], names: tuple[str, ...]) -> ThemeReport:
    choices = [(lowest, share) for lowest in (0.15, 0.2, 0.25, 0.3, 0.35) for share in (0.3, 0.4, 0.5, 0.6, 0.7)]
    of_items = {choice: f1_of_items(_all(scores, names, *choice), examples) for choice in choices}
    best = max(choices, key=lambda choice: (of_items[choice], choice))
    documents = f1_of_documents(_all(scores, names, *best), examples)
    found = _all(scores, names, *best)
    by_body = {body: _of_body(found, examples, body) for body in sorted({example.body for example in examples})}
    return ThemeReport(of_items[best], documents, *best, len(examples), len(by_body), by_body)


def _of_body(found: Sequence[frozenset[str]], examples: Sequence[ThemeExample], body: str) -> float:
    pairs = [(one, example) for one, example in zip(found, examples, strict=True) if example.body == body]
    return f1_of_items([one for one, _ in pairs], [example for _, example in pairs])


def _all(scores: Matrix, names: tuple[str, ...], lowest: float, share: float) -> list[frozenset[str]]:
    return [frozenset(chosen(row, names, lowest, share)) for row in scores]


def f1_of_items(found: Sequence[frozenset[str]], examples: Sequence[ThemeExample]) -> float:
    """F1 of the themes of items."""
    return _f1([(one, example.themes) for one, example in zip(found, examples, strict=True)])


def f1_of_documents(found: Sequence[frozenset[str]], examples: Sequence[ThemeExample]) -> float:
    """F1 of the themes of documents: those of their items, procedure only where it is the only one."""
    pairs: dict[str, tuple[set[str], set[str]]] = {}
    for one, example in zip(found, examples, strict=True):
        ours, gold = pairs.setdefault(example.document, (set(), set()))
        ours |= one
        gold |= example.themes
    procedure = {PROCEDURE}
    return _f1([(ours - procedure or ours, gold - procedure or gold) for ours, gold in pairs.values()])


def _f1(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> float:
    right = total = 0
    for found, gold in pairs:
        ours, theirs = set(found), set(gold)
        right += len(ours & theirs)
        total += len(ours) + len(theirs)
    return 2 * right / total if total else 0.0
