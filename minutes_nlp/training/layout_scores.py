"""How well blocks are tagged: per tag, over all tags, and for the headings as the agenda is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.training.layout import HEADINGS, TAGS


@dataclass(frozen=True, slots=True)
class TagScores:
    """F1 figures, 0 to 1.

    Attributes:
        agenda: headings of level 1 as such.
        agenda_all: headings of any level, whatever level was given.
        level: the share of the headings found that have the right level.
        micro: the share of blocks with the right tag.
        macro: the mean over the tags that occur.
        of_tag: per tag that occurs in gold or guess.
    """

    agenda: float
    agenda_all: float
    level: float
    micro: float
    macro: float
    of_tag: Mapping[str, float]


def score_tags(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> TagScores:
    """Scores of documents, each given as its gold tags and the guessed ones; zeros if there are none."""
    together = Counter((gold, guess) for golds, guesses in pairs for gold, guess in zip(golds, guesses, strict=True))
    wanted, given = Counter[str](), Counter[str]()
    for (gold, guess), count in together.items():
        wanted[gold] += count
        given[guess] += count
    of_tag = {t: _f1(together[t, t], wanted[t], given[t]) for t in TAGS if wanted[t] or given[t]}
    found = sum(count for (gold, guess), count in together.items() if gold in HEADINGS and guess in HEADINGS)
    agenda_all = _f1(found, sum(wanted[t] for t in HEADINGS), sum(given[t] for t in HEADINGS))
    return TagScores(
        agenda=of_tag.get(HEADINGS[0], 0.0),
        agenda_all=agenda_all,
        level=sum(together[t, t] for t in HEADINGS) / max(1, found),
        micro=sum(together[t, t] for t in TAGS) / max(1, together.total()),
        macro=sum(of_tag.values()) / max(1, len(of_tag)),
        of_tag=of_tag,
    )


def groups_of(bodies: Sequence[str], count: int) -> dict[str, int]:
    """A group, from 0, for each body; bodies with many documents first, each into the group that has fewest so far.

    Args:
        bodies: the body of each document.
        count: how many groups.
    """
    sizes = Counter(bodies)
    filled = [0] * count
    found: dict[str, int] = {}
    for body in sorted(sizes, key=lambda name: (-sizes[name], name)):
        found[body] = filled.index(min(filled))
        filled[found[body]] += sizes[body]
    return found


def corrected(rules: Sequence[str], probabilities: Sequence[Mapping[str, float]], sure: float) -> list[str]:
    """The tags of the rules, except where a model is sure that a heading is none, has another level, or was missed.

    Args:
        rules: the tags that the rules give.
        probabilities: per block the model's probability of each tag.
        sure: the probability from which the model prevails.
    """
    found = []
    for rule, chances in zip(rules, probabilities, strict=True):
        best = max(chances, key=lambda tag: chances[tag])
        level = max(HEADINGS, key=lambda tag: chances.get(tag, 0.0))
        heads = sum(chances.get(tag, 0.0) for tag in HEADINGS)
        if rule in HEADINGS:
            changed = heads <= 1 - sure or chances[best] >= sure
            found.append(best if changed else rule)
        else:
            found.append(level if heads >= sure else rule)
    return found


def _f1(right: int, wanted: int, given: int) -> float:
    return 2 * right / max(1, wanted + given)
