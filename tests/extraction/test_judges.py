"""A model is asked where its answer can matter, and only there."""

import pytest

from minutes_nlp.extraction import judges
from minutes_nlp.extraction.judges import BlendedJudge, CueJudge
from minutes_nlp.extraction.linear import LinearModel
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan

SETTLED = "De raad besluit het zwembad te sluiten."
TOLD = "Volgens Tine heeft de bakker gisteren misschien taart gegeten?"


def unit(text: str) -> Unit:
    return Unit(CharSpan(0, len(text)), text, 0, Shape.PROSE, "nl")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the models that were asked for an answer."""
    names: list[str] = []
    model = judges.shipped("decisions")

    def remember(name: str, path: str) -> LinearModel:
        names.append(name)
        return model

    monkeypatch.setattr(judges, "_model", remember)
    return names


def test_the_model_is_asked_about_what_it_could_tip(asked: list[str]) -> None:
    judgement = BlendedJudge("decisions", 0.28, 0.2).judge(unit(SETTLED), names_of([], SETTLED))
    assert asked == ["decisions"]
    assert judgement.taken


def test_the_model_is_not_asked_about_what_no_answer_could_lift_over_the_threshold(asked: list[str]) -> None:
    by_cues = CueJudge("decisions").judge(unit(TOLD), names_of([], TOLD))
    judgement = BlendedJudge("decisions", 0.28, 0.2).judge(unit(TOLD), names_of([], TOLD))
    assert asked == []
    assert (judgement.taken, judgement.probability) == (False, by_cues.probability)


def test_a_larger_share_asks_about_more(asked: list[str]) -> None:
    BlendedJudge("decisions", 0.28, 0.9).judge(unit(TOLD), names_of([], TOLD))
    assert asked == ["decisions"]
