"""Who judges a unit: the weighted cues of the word lists, or these together with a trained model."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from minutes_nlp.extraction.act_features import act_features
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.linear import LinearModel, shipped
from minutes_nlp.extraction.names import Names
from minutes_nlp.extraction.signals import Signals, signals
from minutes_nlp.extraction.units import Unit

_TINY = 1e-3  # no answer is surer than this


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was seen of a unit, how likely it is what was asked about (0 to 1), and whether that is enough."""

    signals: Signals
    probability: float
    taken: bool


class Judge(Protocol):
    """Answers for one kind of passage."""

    def judge(self, unit: Unit, names: Names) -> Judgement:
        """How likely the unit states one."""


@dataclass(frozen=True, slots=True)
class CueJudge:
    """Weighs the cues of `resources/<iso>/<words>.toml`; `threshold` replaces the one of the word lists."""

    words: str
    threshold: float | None = None

    def judge(self, unit: Unit, names: Names) -> Judgement:
        """See `Judge.judge`."""
        table = cue_table(unit.language, self.words)
        seen = signals(unit, table, names)
        probability = table.probability(seen.features)
        enough = table.threshold if self.threshold is None else self.threshold
        return Judgement(seen, probability, probability >= enough)


@dataclass(frozen=True, slots=True)
class BlendedJudge:
    """Takes the mean of the log-odds of cues and of a trained model.

    Attributes:
        words: name of the word lists, and of the trained model.
        threshold: the probability from which a unit is taken.
        share: of the trained model in the mean, 0 to 1.
        path: file of a model that takes the place of the shipped one (`minutes train` writes such); empty for none.
    """

    words: str
    threshold: float
    share: float
    path: str = ""

    def judge(self, unit: Unit, names: Names) -> Judgement:
        """See `Judge.judge`."""
        by_cues = CueJudge(self.words).judge(unit, names)
        if self._hopeless(by_cues.probability):
            return Judgement(by_cues.signals, by_cues.probability, False)
        trained = _model(self.words, self.path).probability(act_features(unit, by_cues.signals.features))
        blended = self.share * _log_odds(trained) + (1 - self.share) * _log_odds(by_cues.probability)
        probability = 1 / (1 + math.exp(-blended))
        return Judgement(by_cues.signals, probability, probability >= self.threshold)

    def _hopeless(self, probability: float) -> bool:
        """Whether no answer of the model could lift a unit over the threshold: then it need not be asked."""
        highest = self.share * _log_odds(1.0) + (1 - self.share) * _log_odds(probability)
        return highest < _log_odds(self.threshold)


@functools.cache
def _model(name: str, path: str) -> LinearModel:
    return LinearModel.load(Path(path)) if path else shipped(name)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _TINY), 1 - _TINY)
    return math.log(kept / (1 - kept))
