"""What a model of the user's own is asked for: labels of texts, or labelled passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from minutes_nlp.extraction.base import OwnerMention
from minutes_nlp.records.people import Role
from minutes_nlp.spans import CharSpan

UNTOLD = 0.5
"""The confidence of what a model found without telling how sure it is: neither sure nor unlikely."""


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """A passage that a model found, in the normalised text.

    Attributes:
        span: where it stands.
        label: one of `labels.targets`.
        confidence: 0 to 1; `None` if the model does not tell.
        owners: of an action, if the model names them; empty: the program works them out.
        due: of an action, the words that give the deadline; `None`: the program looks for them.
        done: of an action, whether words of the text say that it is done.
        organisation, role: of an attendee; `None` if the model does not tell.
    """

    span: CharSpan
    label: str
    confidence: float | None = None
    owners: tuple[OwnerMention, ...] = ()
    due: CharSpan | None = None
    done: bool = False
    organisation: str | None = None
    role: Role | None = None

    @property
    def sureness(self) -> float:
        """The confidence to store, 0 to 1."""
        return UNTOLD if self.confidence is None else round(self.confidence, 3)


class TextClassifier(Protocol):
    """A model that labels whole texts."""

    def classify(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """For each text the probability (0 to 1) of each label of `labels.targets` that the model knows."""


@runtime_checkable
class SpanSource(Protocol):
    """A model that finds passages."""

    def find(self, text: str, passages: Sequence[CharSpan]) -> list[ModelSpan]:
        """What it finds in `passages` of the normalised `text`, in the order of the text."""


Model = TextClassifier | SpanSource


def sure_enough(found: Sequence[ModelSpan], threshold: float) -> list[ModelSpan]:
    """The passages from `threshold` on (all those without confidence), in the order of the text, without overlaps.

    Of two that overlap the surer one stays, of two as sure the longer one.
    """
    ranked = sorted(found, key=lambda entry: (-entry.sureness, -entry.span.length, entry.span.start))
    kept: list[ModelSpan] = []
    for entry in ranked:
        likely = entry.confidence is None or entry.confidence >= threshold
        if likely and entry.span.length and not any(entry.span.overlaps(other.span) for other in kept):
            kept.append(entry)
    return sorted(kept, key=lambda entry: entry.span)
