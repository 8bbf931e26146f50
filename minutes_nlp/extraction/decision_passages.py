"""Which units state one decision together: a proposal and what became of it, the lines of a vote, a title alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from minutes_nlp.extraction.outcomes import is_bare_outcome, is_second, says
from minutes_nlp.extraction.repeats import alike, same_numbers
from minutes_nlp.extraction.signals import announces
from minutes_nlp.extraction.tallies import is_ballot, is_tally, names_subject
from minutes_nlp.extraction.units import Shape, Unit

_WORDS = "decisions"
_COUNTED = 0.9  # confidence of a counted vote
_TITLED = 0.5  # confidence of a title that tells what became of the point
_TITLE = 60  # shorter sentences before a bare outcome are parts of a title
_SHORT_TITLE = 40  # the same where other sentences of the paragraph stand between
_LABEL = 3  # words of a heading that only labels what stands below it
_SURE = 0.6  # a heading that is so likely a decision is a sentence that was printed as one
_NEAR = 6  # units after a vote or a second in which its outcome may be told in words
_WORDED = frozenset({"cue.approve", "cue.reject", "cue.settle", "form.article"})  # need no count beside them
_OUTCOME = _WORDED | {"cue.appoint", "cue.postpone", "cue.resolve", "cue.vote"}
_JUDGED = frozenset({"cue.approve", "cue.reject"})  # a vote that says so is about something else than what is above
_LABELLED = re.compile(r"\W{0,3}\w[\w '’-]{2,30}\**\s*:")


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """A unit with what a judge said of it.

    Attributes:
        unit: the unit.
        probability: that it states a decision, 0 to 1.
        taken: whether that is enough.
        features: what was seen of it, by the names of `signals.Signals`.
    """

    unit: Unit
    probability: float
    taken: bool
    features: frozenset[str]

    @property
    def told(self) -> bool:
        """Whether it says something by its own words, not by its place alone."""
        return any(name.startswith("cue.") for name in self.features)

    @property
    def marked(self) -> bool:
        """Whether it is a row with a cell that says that it is a decision."""
        return "place.decision_cell" in self.features


@dataclass(frozen=True, slots=True)
class DecisionPassage:
    """Units that state one decision, by the positions of the first and the last; `counted` for a vote in numbers."""

    first: int
    last: int
    probability: float
    counted: bool = False


def join_units(judged: Sequence[JudgedUnit]) -> list[DecisionPassage]:
    """The passages that the units taken make up, in the order of the text.

    Args:
        judged: all units of a document, in order.

    Returns:
        Passages that do not overlap; a counted vote and a title with an outcome are found even if no unit was taken.
    """
    found: list[DecisionPassage] = []
    position = 0
    while position < len(judged):
        passage = _tally(judged, position) or _single(judged, position)
        position += 1
        if passage is None:
            continue
        passage = _with_translation(judged, passage)
        while found and found[-1].last >= passage.first:
            earlier = found.pop()
            best = max(earlier.probability, passage.probability)
            counted = passage.counted or earlier.counted
            passage = DecisionPassage(min(earlier.first, passage.first), passage.last, best, counted)
        found.append(passage)
        position = passage.last + 1
    kept = [passage for passage in found if not _only_announces(judged, passage, found)]
    kept = [passage for passage in kept if not _opens_list(judged, passage, kept)]
    kept = [passage for passage in kept if not _told_again(judged, passage, kept)]
    return sorted([*kept, *_titles(judged, kept)], key=lambda passage: passage.first)


def _titles(judged: Sequence[JudgedUnit], found: Sequence[DecisionPassage]) -> Iterator[DecisionPassage]:
    """The titles that end with what became of the point (`Rekening 2025 - goedkeuring`), if nothing below says so."""
    last = 0
    for position, entry in enumerate(judged):
        unit = entry.unit
        if unit.shape is not Shape.HEADING or not unit.last:
            continue
        if not announces(unit.text, unit.language, _WORDS, "outcome"):
            continue
        first = _opens(judged, position)
        below = _holds_any(judged, position, found)
        if not below and first >= last and not any(one.first <= position <= one.last for one in found):
            yield DecisionPassage(first, position, _TITLED)
            last = position + 1


def _holds_any(judged: Sequence[JudgedUnit], heading: int, found: Sequence[DecisionPassage]) -> bool:
    """Whether a passage stands below a heading, or below the first after it, where that only says `Advies` or so."""
    unit = judged[heading].unit
    path = (*unit.headings, unit.title)
    if any(judged[passage.last].unit.headings[: len(path)] == path for passage in found):
        return True
    later = (entry.unit.title for entry in islice(judged, heading + 1, None) if entry.unit.shape is Shape.HEADING)
    label = next(later, "")
    if len(label.split()) > _LABEL or not announces(label, unit.language, _WORDS, "outcome_label"):
        return False
    return any(passage.first > heading and judged[passage.last].unit.headings[-1:] == (label,) for passage in found)


def _with_translation(judged: Sequence[JudgedUnit], passage: DecisionPassage) -> DecisionPassage:
    """The passage with the same statement in another language right beside it, if there is one."""
    unit = judged[passage.first].unit
    for position in (passage.first - 1, passage.last + 1):
        if passage.first != passage.last or not 0 <= position < len(judged):
            continue
        other = judged[position].unit
        whole = unit.first and unit.last and other.first and other.last
        similar = whole and alike(unit.text, other.text) and same_numbers(unit.text, other.text)
        if other.language != unit.language and similar and other.shape is unit.shape is not Shape.HEADING:
            first, last = sorted((passage.first, position))
            return DecisionPassage(first, last, passage.probability)
    return passage


def _tally(judged: Sequence[JudgedUnit], first: int) -> DecisionPassage | None:
    """Counted votes over several lines or rows, with the line before them, which tells what the vote was about.

    A line that names what its votes are for (`An Smet: 12 ja, 1 neen`) is a vote of its own.
    """
    unit = judged[first].unit
    if is_tally(unit.text, unit.language) and _whole_vote(unit):
        return DecisionPassage(first, first, _COUNTED, counted=True)
    last = first
    while last < len(judged) and is_tally(judged[last].unit.text, judged[last].unit.language):
        last += 1
    texts = " ".join(entry.unit.text for entry in judged[first:last])
    if last == first or not is_ballot(texts, unit.language):
        return None
    first -= bool(first) and _is_voted_on(judged[first - 1], unit)
    return DecisionPassage(first, last - 1, _COUNTED, counted=True)


def _is_voted_on(before: JudgedUnit, vote: Unit) -> bool:
    """Whether the line before a vote tells what it was about: not if it says the outcome in words, or what somebody
    said."""
    near = before.unit.headings == vote.headings or vote.headings[-1:] == (before.unit.title,)
    said = "cue.says" in before.features and says(before.unit, "proposals") is None
    return near and not said and not _in_words(before)


def _in_words(entry: JudgedUnit) -> bool:
    """Whether a unit was taken and tells an outcome in words, all of it."""
    told = entry.features & _WORDED
    return entry.taken and bool(told) and "form.colon_last" not in entry.features and not is_bare_outcome(entry.unit)


def _whole_vote(unit: Unit) -> bool:
    return is_ballot(unit.text, unit.language) and names_subject(unit.text, unit.language)


def _single(judged: Sequence[JudgedUnit], position: int) -> DecisionPassage | None:
    """A unit that was taken; an outcome that says nothing by itself takes in the sentence, or the titles, before it."""
    entry = judged[position]
    if not entry.taken or (entry.unit.shape is Shape.HEADING and not entry.told and _has_text(judged, position)):
        return None
    first = _begins(judged, position)
    if 0 < first < position and _only_seconds(judged[first].unit) and _beside(judged, first):
        first -= 1  # the motion that was seconded
    return DecisionPassage(first, _ends(judged, position), entry.probability)


def _only_seconds(unit: Unit) -> bool:
    """Whether a unit tells who seconds a motion, but not which one."""
    proposed, seconded = says(unit, "proposals"), says(unit, "seconds")
    return is_second(unit) and seconded is not None and (proposed is None or proposed.start() > seconded.start())


def _beside(judged: Sequence[JudgedUnit], position: int) -> bool:
    """Whether the unit before stands in the same paragraph, or is the item or line before in the same list."""
    unit, before = judged[position].unit, judged[position - 1].unit
    return before.block == unit.block or (before.shape is unit.shape and before.headings == unit.headings)


def _has_text(judged: Sequence[JudgedUnit], position: int) -> bool:
    """Whether text of its own stands below a heading, so that it is not one title in a list of titles."""
    heading = judged[position].unit
    after = (entry.unit for entry in judged[position + 1 :] if entry.unit.block != heading.block)
    following = next(after, None)
    return following is not None and following.shape is not Shape.HEADING


def _begins(judged: Sequence[JudgedUnit], position: int) -> int:
    """Where the decision begins of which a unit tells the outcome; the unit itself if it says all.

    What was decided stands before it in its paragraph, in the heading right above it, in the item that it stands below,
    or in the lines of a motion. An answer to a question is nothing that is decided.
    """
    unit = judged[position].unit
    if not position or not is_bare_outcome(unit):
        return position
    before = judged[position - 1].unit
    if says(before, "answers") and not says(before, "proposals"):
        return position
    if before.block == unit.block:
        first = position - 1
        if before.text.rstrip().endswith("?"):
            return first  # a question and its answer
        while first and judged[first - 1].unit.block == unit.block and _may_be_title(judged[first - 1]):
            first -= 1
        return first
    if before.shape is Shape.HEADING and unit.headings[-1:] == (before.title,):
        return _opens(judged, position - 1)
    if unit.leads and before.shape is Shape.ITEM and unit.leads[-1].startswith(before.text):
        return position - 1
    listed = before.shape is unit.shape and before.headings == unit.headings and len(unit.text) <= _TITLE
    if not listed:
        return position
    first = position - 1  # a title of several sentences that is printed as text
    while first and judged[first - 1].unit.block == before.block and len(judged[first].unit.text) <= _TITLE:
        first -= 1
    return first


def _may_be_title(entry: JudgedUnit) -> bool:
    """Whether a sentence before a proposal is so short that it may be its title, and is nothing that somebody said."""
    said = entry.features & {"mood.reported", "mood.question", "cue.says"}
    return len(entry.unit.text) <= _SHORT_TITLE and not said


def _ends(judged: Sequence[JudgedUnit], position: int) -> int:
    """Where a decision ends that a unit begins: with its item, where a label (`Besluit:`) opens that, else at once.

    An item of a list of decisions is one as well, up to a sentence that says by its own words that it is another.
    """
    entry = judged[position]
    unit = entry.unit
    labelled = "cue.label" in entry.features and _LABELLED.match(unit.text)
    listed = "place.list_decision" in entry.features
    if not (unit.first and unit.shape is Shape.ITEM and (labelled or listed)):
        return position
    while not judged[position].unit.last:
        following = judged[position + 1]
        if not labelled and following.taken and following.told:
            break
        position += 1
    return position


def _opens(judged: Sequence[JudgedUnit], position: int) -> int:
    """The first sentence of the heading that a unit belongs to."""
    block = judged[position].unit.block
    while position and judged[position - 1].unit.block == block and judged[position - 1].unit.shape is Shape.HEADING:
        position -= 1
    return position


def _only_announces(judged: Sequence[JudgedUnit], passage: DecisionPassage, found: Sequence[DecisionPassage]) -> bool:
    """Whether a heading is followed by the decision itself, within its own section."""
    entry = judged[passage.first]
    unit = entry.unit
    if unit.shape is not Shape.HEADING or passage.first != passage.last or _is_sentence(entry):
        return False
    path = (*unit.headings, unit.title)
    return any(judged[other.last].unit.headings[: len(path)] == path for other in found)


def _is_sentence(entry: JudgedUnit) -> bool:
    """Whether a heading was a sentence that decides, likely one and not by its place in a list of titles."""
    by_place = "place.document_decision" in entry.features and not entry.features & _OUTCOME
    return entry.probability >= _SURE and not by_place


def _opens_list(judged: Sequence[JudgedUnit], passage: DecisionPassage, found: Sequence[DecisionPassage]) -> bool:
    """Whether a passage ends in a colon and what it announces was found below it, or only opens a resolution (`Besluit,
    met eenparigheid van stemmen`) whose articles were found."""
    last = judged[passage.last]
    after = next((judged[other.first] for other in found if other.first > passage.last), None)
    if after is None or last.unit.text not in (*after.unit.leads, after.unit.before):
        return False
    opens = "form.article" in after.features - last.features and len(last.unit.text) <= _TITLE
    return opens or last.unit.text.rstrip().endswith(":")


def _only_votes(entry: JudgedUnit) -> bool:
    """Whether a unit says how the vote went, and no more (`Stemming: eenparig.`)."""
    return entry.features >= {"cue.label", "cue.vote", "form.bare"}


def _told_again(judged: Sequence[JudgedUnit], passage: DecisionPassage, found: Sequence[DecisionPassage]) -> bool:
    """Whether the outcome of a counted vote, or of a proposal that was only seconded, is told in words right before or
    after it."""
    last = judged[passage.last]
    judges = any(entry.features & _JUDGED for entry in judged[passage.first : passage.last + 1])
    if not judges and (passage.counted or _only_votes(last)):
        before = next((judged[other.last] for other in found if other.last == passage.first - 1), None)
        if before is not None and before.unit.headings == last.unit.headings and _in_words(before):
            return True
    if not passage.counted and not is_second(last.unit):
        return False
    after = next((other for other in found if other.first > passage.last), None)
    if after is None or after.counted or after.first - passage.last > _NEAR:
        return False
    outcome = judged[after.last]
    same = outcome.unit.headings[:1] == last.unit.headings[:1]
    return same and bool(outcome.features & _OUTCOME) and not is_second(outcome.unit)
