"""Learning who of those named in minutes was there or excused: names with their answers from documents with gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from minutes_nlp.extraction.attendance import find_attendance
from minutes_nlp.extraction.attendance_learned import FEW, likely_people, status_of_mention
from minutes_nlp.extraction.attendance_mentions import Mention, left_over, mentions
from minutes_nlp.extraction.attendance_merge import name_words
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.extraction.linear import LinearModel
from minutes_nlp.language import detector, normalise
from minutes_nlp.layout import analyse
from minutes_nlp.reading import read_content
from minutes_nlp.training.corpus import Example
from minutes_nlp.training.fit import FitReport, FitSettings, fit_linear

SETTINGS = FitSettings(bits=16, strength=0.3)
SURE = 0.9  # probability from which a name is taken; chosen so that no real body held out loses
AWAY_FROM = 0.5
_REAL = ("train", "dev")


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document as a set of names.

    Attributes:
        body, split: as of `minutes_nlp.training.corpus.Example`.
        gold: the status of each person of the list, by the words of the name.
        rules: what the rules find.
        names: all mentions.
    """

    body: str
    split: str
    gold: Mapping[frozenset[str], str]
    rules: Sequence[AttendeeFinding]
    names: Sequence[Mention]

    def taught(self) -> Iterator[tuple[Mention, str | None]]:
        """The mentions that teach, with their status: of people on the list the first, of others all.

        What the rules found is not looked at: they are to be done without.
        """
        seen = set()
        for mention in self.names:
            if mention.words in self.gold:
                if mention.words not in seen:
                    seen.add(mention.words)
                    yield mention, self.gold[mention.words]
            elif not any(mention.words < words for words in self.gold):
                yield mention, None

    def by_rules(self) -> dict[frozenset[str], str]:
        """The status of each person whom the rules find."""
        return {name_words(attendee.name): attendee.status for attendee in self.rules}

    def with_model(self, models: AttendanceModels) -> dict[frozenset[str], str]:
        """The status of each person, by the rules and, where they find next to nobody, by the models."""
        result = self.by_rules()
        if len(self.rules) <= FEW:
            for _, mention in likely_people(left_over(self.names, self.rules), models.attends):
                result[mention.words] = status_of_mention(mention, models.away)
        return result


@dataclass(frozen=True, slots=True)
class AttendanceModels:
    """The two questions that are asked of a name: is it on the list; if so, was that person away."""

    attends: LinearModel
    away: LinearModel
    report: FitReport


def named_documents(examples: Iterable[Example]) -> Iterator[NamedDocument]:
    """Documents as their names, with what the rules find."""
    languages = detector()
    for example in examples:
        normalised = normalise(example.document, languages)
        layout = analyse(normalised)
        gold = {name_words(person["name"]): person["status"] for person in example.gold["attendance"]}
        found = find_attendance(normalised, layout)
        yield NamedDocument(example.body, example.split, gold, found, mentions(normalised, layout))


def invented_lists(path: Path) -> Iterator[Example]:
    """The invented attendance lists of a file, a JSON object on each line; each is a document and a body of its own."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        document = read_content(entry["text"].encode(), name=f"{entry['id']}.txt")
        yield Example(document, {"attendance": entry["attendance"]}, f"list:{entry['id']}", "list")


def fit_attendance(documents: Iterable[NamedDocument], settings: FitSettings = SETTINGS) -> AttendanceModels:
    """Fit both questions; the probabilities are calibrated on real bodies held out. The same input, the same models."""
    taught = [(document, *pair) for document in documents for pair in document.taught()]
    listed = [entry for entry in taught if entry[2] is not None]
    attends, report = _fit(taught, [status is not None for _, _, status in taught], settings)
    away, _ = _fit(listed, [status != "present" for _, _, status in listed], settings)
    return AttendanceModels(replace(attends, threshold=SURE), replace(away, threshold=AWAY_FROM), report)


def _fit(
    entries: Sequence[tuple[NamedDocument, Mention, str | None]], answers: Sequence[bool], settings: FitSettings
) -> tuple[LinearModel, FitReport]:
    return fit_linear(
        [mention.features for _, mention, _ in entries],
        answers,
        [1.0] * len(entries),
        [document.body for document, _, _ in entries],
        [document.split in _REAL for document, _, _ in entries],
        settings,
    )
