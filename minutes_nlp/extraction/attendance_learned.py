"""People whom the rules of attendance left, as a trained classifier finds them where the rules find next to nobody."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from minutes_nlp.extraction.attendance_mentions import Mention, left_over, mentions
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.extraction.linear import LinearModel, shipped
from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Layout
from minutes_nlp.records.people import Status

FEW = 2  # people; where the rules found more, they have read the list
BESIDE = 0.5  # probability that is enough in the line of a name that is sure
ATTENDS, AWAY = "attendance", "attendance_away"  # “is on the list”; “is on it, but was not there”


def find_learned(
    normalised: NormalisedText, layout: Layout, found: Sequence[AttendeeFinding], folder: str = ""
) -> list[AttendeeFinding]:
    """Further attendees, the likeliest first; empty where the rules found a list.

    Args:
        normalised: the readable text.
        layout: what its blocks are for.
        found: the people whom the rules found.
        folder: of other models than the shipped ones; empty for these.
    """
    if len(found) > FEW:
        return []
    attends, away = _model(ATTENDS, folder), _model(AWAY, folder)
    likely = likely_people(left_over(mentions(normalised, layout), found), attends)
    return [_person(normalised.text, mention, status_of_mention(mention, away), chance) for chance, mention in likely]


def likely_people(names: Sequence[Mention], attends: LinearModel) -> list[tuple[float, Mention]]:
    """The mentions that the classifier takes, with their probabilities, one for each person, the likeliest first.

    Beside a name that is taken, others of the same line need only be likelier than not.
    """
    judged = [(attends.probability(mention.features), mention) for mention in names]
    judged.sort(key=lambda pair: (-pair[0], pair[1].entry.name))
    sure = {mention.line for chance, mention in judged if chance >= attends.threshold}
    chosen: list[tuple[float, Mention]] = []
    for chance, mention in judged:
        if chance < (BESIDE if mention.line in sure else attends.threshold):
            continue
        if not any(mention.words <= other.words or other.words <= mention.words for _, other in chosen):
            chosen.append((chance, mention))
    return chosen


def status_of_mention(mention: Mention, away: LinearModel) -> Status:
    """What is printed beside the name, else what the classifier thinks."""
    if mention.entry.status:
        return mention.entry.status
    return "excused" if away.probability(mention.features) >= away.threshold else "present"


def _person(text: str, mention: Mention, status: Status, probability: float) -> AttendeeFinding:
    entry = mention.entry
    organisation = " ".join(entry.organisation.text(text).split()) if entry.organisation else None
    name = " ".join(entry.name.text(text).split())
    return AttendeeFinding(name, entry.name, status, organisation, entry.role, round(probability, 2))


@functools.lru_cache
def _model(name: str, folder: str) -> LinearModel:
    return LinearModel.load(Path(folder) / f"{name}.npz") if folder else shipped(name)
