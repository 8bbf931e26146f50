"""Learning who of those named in an action item is to do it: candidates with their labels from documents with gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes_nlp.extraction.base import attendance_of, text_of
from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.owner_candidates import candidates
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import units_of
from minutes_nlp.pipeline import MinutesPipeline
from minutes_nlp.resolution.people import match_owner, name_words
from minutes_nlp.spans import CharSpan
from minutes_nlp.training.corpus import Example

_HALF = 0.5
_WORDS_MORE = 3  # so many words one form of a name may have more than another


@dataclass(frozen=True, slots=True)
class OwnerExample:
    """A name in a gold action item, whether it is an owner, and the body whose minutes they are."""

    features: Mapping[str, float]
    owner: bool
    body: str
    split: str


def owner_examples(pipeline: MinutesPipeline, documents: Iterable[Example]) -> Iterator[OwnerExample]:
    """The names in the action items of documents; rows of tables that have a column of owners are left out.

    Args:
        pipeline: one that finds layout and attendance.
        documents: with gold.
    """
    for example in documents:
        if not example.gold["actions"]:
            continue
        doc = pipeline.annotate(example.document)
        attendance, normalised = attendance_of(doc), text_of(doc)
        names, people = names_of(attendance, normalised.text), [attendee.name for attendee in attendance]
        units = units_of(doc)
        spans = [normalised.to_source(unit.span).trim(example.document.text) for unit in units]
        for action in example.gold["actions"]:
            passage = [unit for unit, span in zip(units, spans, strict=True) if _within(span, action)]
            if not passage or passage[0].cell(Column.WHO):
                continue
            seen = [signals(unit, cue_table(unit.language, "actions"), names) for unit in passage]
            for candidate in candidates(passage, seen, names):
                match = match_owner(candidate.mention.name, people)
                name = candidate.mention.name if match.attendee is None else people[match.attendee]
                features = dict.fromkeys(sorted(candidate.features), 1.0)
                yield OwnerExample(features, _is_owner(name, action["owners"]), example.body, example.split)


def _within(span: CharSpan, action: Mapping[str, Any]) -> bool:
    """Whether a unit is part of an action item, or an action item part of it."""
    passage = CharSpan(action["start"], action["end"])
    shared = min(span.end, passage.end) - max(span.start, passage.start)
    return shared > 0 and shared >= _HALF * min(span.length, passage.length)


def _is_owner(name: str, owners: Sequence[str]) -> bool:
    """Whether a name means one of the owners: the words of the one are all among those of the other."""
    words = set(name_words(name))
    for owner in owners:
        others = set(name_words(owner))
        if words and others and (words <= others or others <= words) and len(words ^ others) <= _WORDS_MORE:
            return True
    return False
