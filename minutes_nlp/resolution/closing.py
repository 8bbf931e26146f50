"""Sentences that say what became of an earlier action: `de contactgegevens werden bezorgd`, `point clôturé`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from minutes_nlp.resolution.histories import CLOSED_POINT, SIGN, Event, History, Kind, Remark, Session
from minutes_nlp.resolution.wording import Likeness, Weights, Wording, likeness, stems, translations, wording
from minutes_nlp.resources.lexicon import languages, phrases, section, words_cache

_MARGIN = 0.15  # how much better than the next an action has to fit
_WORTH_ASKING = 0.62  # how well an action has to fit for somebody to be asked
_SURE, _SURE_ACROSS = 0.8, 0.75  # how well it has to fit for the sentence to be about it
_LONGEST = 320  # characters of a sentence that says one thing
_SIGNS: tuple[Kind, ...] = ("dropped", "postponed", "done")


def sign_of(text: str, language: str | None) -> tuple[Kind, bool] | None:
    """What a sentence says became of something, and whether of the point under discussion; `None` if nothing.

    A sentence that says what is not, or is to come, or might be, says nothing here.
    """
    if language not in languages() or len(text) > _LONGEST:
        return None
    if _sign(language, "point").search(text):
        return "done", True
    for kind in _SIGNS:
        if _sign(language, kind).search(text) and not _sign(language, "not_yet").search(text):
            return kind, False
    return None


def says_open(text: str) -> bool:
    """Whether an action item says in so many words, in whatever language, that it is not done."""
    return any(_sign(language, "reopened").search(text) for language in languages())


def is_routine(text: str, language: str | None) -> bool:
    """Whether an action item is about what comes back at every meeting (`de agenda rondsturen`)."""
    return language in languages() and _routine(language).search(text) is not None


def closings(
    session: Session, actions: Sequence[tuple[int, History, Wording]], weights: Weights
) -> Iterator[tuple[int, Event, bool]]:
    """What the remarks of a meeting say became of open actions: which, what, and whether it is but a proposal.

    Args:
        session: the minutes with the remarks.
        actions: the open actions of earlier meetings: number, history, words.
        weights: of the stems of the series.
    """
    if not session.remarks:
        return
    by_stem: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, words) in enumerate(actions):
        for stem in words.stems:
            by_stem[stem].append(place)
    own = {action.place for action in session.actions}
    closed: set[int] = set()
    for remark in session.remarks:
        if any(_overlaps(remark, place) for place in own) and not remark.point:
            continue  # an action item of these minutes: it speaks for itself
        found = _of_point(remark, actions) if remark.point else _of_words(remark, actions, by_stem, weights)
        for place, confidence, proposal in found:
            number, history, _ = actions[place]
            if not history.before(session) or number in closed:
                continue
            closed.update([number] if not proposal and remark.sign in ("done", "dropped") else [])
            yield number, _event(session, remark, confidence), proposal


def _event(session: Session, remark: Remark, confidence: float) -> Event:
    moved = remark.sign == "postponed" and remark.due is not None
    return Event(
        remark.sign,
        session.day,
        remark.place,
        CLOSED_POINT if remark.point else SIGN,
        round(confidence, 3),
        session.key,
        due=remark.due if moved else None,
        due_last_day=remark.due_last_day if moved else None,
        changes_due=moved,
    )


def _of_point(remark: Remark, actions: Sequence[tuple[int, History, Wording]]) -> Iterator[tuple[int, float, bool]]:
    """The actions that stood under an agenda item of the same title; only a single one is surely meant."""
    title = frozenset(stems(remark.item, remark.language))
    if not title:
        return
    under = []
    for place, (_, history, _) in enumerate(actions):
        other = history.latest.item or history.first.item
        if other and _same_title(title, remark.language, frozenset(stems(other, history.latest.language)), history):
            under.append(place)
    for place in under:
        yield place, 0.9 if len(under) == 1 else 0.5, len(under) > 1


def _same_title(title: frozenset[str], language: str | None, other: frozenset[str], history: History) -> bool:
    if title == other:
        return True
    if not other or language == history.latest.language or len(title) != len(other):
        return False
    return all(not other.isdisjoint({stem, *translations(stem, language, history.latest.language)}) for stem in title)


def _of_words(
    remark: Remark,
    actions: Sequence[tuple[int, History, Wording]],
    by_stem: dict[str, list[int]],
    weights: Weights,
) -> Iterator[tuple[int, float, bool]]:
    """The action that a sentence repeats the words of, if one does so more than all others."""
    said = wording(remark.text, remark.language)
    near: set[int] = set()
    for stem in said.stems:
        for other in {stem, *translations(stem, "nl", "fr"), *translations(stem, "fr", "nl")}:
            if not weights.often(other):
                near.update(by_stem.get(other, ()))
    scored = sorted(((_fit(actions[place][2], said, weights), place) for place in near), key=lambda e: (-e[0][0], e[1]))
    if not scored:
        return
    (value, alike), place = scored[0]
    second = scored[1][0][0] if len(scored) > 1 else 0.0
    if value < _WORTH_ASKING or alike.shared < 2:
        return
    across = None not in (languages_ := {remark.language, actions[place][1].latest.language}) and len(languages_) == 2
    sure = (
        alike.shared >= 3
        and alike.dice >= 0.55
        and not alike.other_numbers
        and value >= (_SURE_ACROSS if across else _SURE)
        and value - second >= _MARGIN
    )
    yield place, value, not sure


def _fit(action: Wording, said: Wording, weights: Weights) -> tuple[float, Likeness]:
    """How far a sentence is about an action: what share of the action's words it has, and how much else it says."""
    alike = likeness(action, said, weights)
    return 0.7 * alike.covered + 0.3 * alike.inside, alike


def _overlaps(remark: Remark, place: tuple[str, int, int]) -> bool:
    return remark.place[0] == place[0] and remark.place[1] < place[2] and place[1] < remark.place[2]


@words_cache()
def _sign(language: str, kind: str) -> re.Pattern[str]:
    return phrases(tuple(section(language, "ledger")["signs"].get(kind, ())))


@words_cache()
def _routine(language: str) -> re.Pattern[str]:
    return phrases(tuple(section(language, "ledger").get("routine", ())))
