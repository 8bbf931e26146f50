"""Sentences that tell how a proposal fared, or who supports it, and leave open what was proposed."""

from __future__ import annotations

import re

from minutes_nlp.extraction.units import Unit
from minutes_nlp.resources.lexicon import phrases, section


def is_bare_outcome(unit: Unit) -> bool:
    """Whether a sentence only tells how a proposal fared (`Adopté à l'unanimité.`), not what was proposed.

    A mere `OK` or `Oui` is one if it goes on with a paragraph or item, and no answer of a speaker.
    """
    groups = ("outcomes", "seconds") if unit.first else ("outcomes", "seconds", "replies")
    told = [match.start() for match in (says(unit, group) for group in groups) if match]
    proposed = says(unit, "proposals")
    return bool(told) and (proposed is None or proposed.start() >= min(told))


def is_second(unit: Unit) -> bool:
    """Whether a sentence tells who seconds a proposal (`Zoé appuie.`), and leaves open how it fares."""
    return says(unit, "seconds") is not None and says(unit, "outcomes") is None


def says(unit: Unit, group: str) -> re.Match[str] | None:
    """The first phrase of the list `group` of `resources/<iso>/decisions.toml` that stands in a unit."""
    return phrases(tuple(section(unit.language, "decisions").get(group, ()))).search(unit.text)
