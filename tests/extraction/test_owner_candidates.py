"""Who might own an action, and how a ranker weighs in: it needs no model of minutes to be tested."""

import numpy as np
import pytest

from minutes_nlp.extraction.assignment import announcements, owners_of
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.linear import LinearModel, bucket
from minutes_nlp.extraction.names import Named, Names, names_of
from minutes_nlp.extraction.owner_candidates import candidates
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan

_BITS = 12


def names(text: str = "") -> Names:
    return names_of([AttendeeFinding("An Claes", CharSpan(0, 0), "present")], text)


def unit(text: str, **more: object) -> Unit:
    return Unit(CharSpan(0, len(text)), text, 0, Shape.ITEM, "nl", **more)  # type: ignore[arg-type]


def ranker(*, bias: float, **weights: float) -> LinearModel:
    """A model with these weights for `kind` features; a bias of ±5 is nearly sure."""
    table = np.zeros(2**_BITS, dtype=np.float32)
    for kind, weight in weights.items():
        table[bucket(f"kind={kind}", _BITS)] = weight
    return LinearModel(table, bias, 1.0, 0.0, 0.5)


def owners(text: str, model: LinearModel | None = None, **more: object) -> list[str]:
    one = unit(text, **more)
    seen = signals(one, cue_table("nl", "actions"), names(text))
    return [owner.name for owner in owners_of([one], [seen], names(text), model)]


def test_whoever_is_named_is_a_candidate_a_speaker_in_lower_case_too() -> None:
    one = unit("mvd: An en het bestuur spreken Odrik aan")
    seen = signals(one, cue_table("nl", "actions"), names(one.text))
    found = [(c.mention.name, c.mention.kind) for c in candidates([one], [seen], names(one.text))]
    assert found == [
        ("mvd", Named.PROPER),
        ("An Claes", Named.ATTENDEE),
        ("bestuur", Named.GROUP),
        ("Odrik", Named.PROPER),
    ]


def test_the_ranker_names_somebody_where_no_rule_does() -> None:
    text = "Een brief over An opstellen"
    assert owners(text) == []
    assert owners(text, ranker(bias=-5, attendee=10)) == ["An Claes"]
    assert owners(text, ranker(bias=-5)) == []


def test_the_ranker_takes_out_whom_it_thinks_unlikely_and_nobody_else() -> None:
    text = "An zal de brief opstellen"
    assert owners(text) == owners(text, ranker(bias=0)) == ["An Claes"]
    assert owners(text, ranker(bias=-5)) == []


def test_who_is_named_above_the_list_stays_whatever_the_ranker_thinks() -> None:
    assert owners("een brief opstellen", ranker(bias=-5), leads=("An:",)) == ["An Claes"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pierre belt.", ["Pierre"]),  # a first name, though it opens the sentence
        ("Morgen belt iemand.", []),
        ("Actie Pierre", ["Pierre"]),  # the label is no part of the name
        ("Actie", []),
    ],
)
def test_a_first_name_is_a_name_wherever_it_stands_and_a_label_is_none(text: str, found: list[str]) -> None:
    assert [mention.name for mention in names(text).mentions(text, "nl")] == found


def test_only_lines_that_announce_a_list_are_announcements() -> None:
    text = "Tegen vrijdag:\nBanken\nAn belt de bank"
    start = text.index("An")
    one = Unit(CharSpan(start, len(text)), text[start:], 2, Shape.ITEM, "nl", leads=("Tegen vrijdag:", "Banken"))
    assert [span.text(text) for span in announcements(one, text)] == ["Tegen vrijdag:"]


def test_a_small_word_that_begins_a_sentence_is_nobody_however_likely_a_name_would_be() -> None:
    sure = ranker(bias=5.0)
    assert owners("Even buiten de eigen muren kijken", sure) == []
    assert owners("Odrik buiten de eigen muren kijken", sure) == ["Odrik"]
