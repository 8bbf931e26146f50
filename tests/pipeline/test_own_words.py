"""A user's own word lists count at once, whatever was read with the program's lists before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.pipeline.parallel import process_all
from minutes_nlp.reading import read_content
from minutes_nlp.records import MeetingRecord
from minutes_nlp.resources import lexicon

MINUTES = """Verslag werkgroep Zwerfvuil, 12 maart 2025

Aanwezig: Toon Verlinde, Ilse Moens
Thuisgehouden: Pol Raes

1. Begroting
Het voorstel gaat met vlag en wimpel door.

2. Opruimactie
Ilse Moens bestelt de handschoenen tegen 1 lentemaand 2026.
"""
OWN = {
    "headings": 'extra_attendance = ["thuisgehouden"]',
    "attendance": '[status]\nextra_excused = ["thuisgehouden"]',
    "dates": '[months]\nextra_3 = ["lentemaand"]',
    "decisions": '[cues.flying_colours]\nweight = 8.0\nphrases = ["gaat ... door"]',
}


def record() -> MeetingRecord:
    return build_pipeline().process(read_content(MINUTES.encode(), name="a.txt"))


def facts(found: MeetingRecord) -> tuple[list[str], list[str], list[str | None]]:
    people = [person.name for person in found.attendance if person.status == "excused"]
    return people, [d.evidence.quote for d in found.decisions], [a.due.value for a in found.actions if a.due]


@pytest.fixture
def own_words(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "nl").mkdir()
    for name, content in OWN.items():
        (tmp_path / "nl" / f"{name}.toml").write_text(content, encoding="utf-8")
    yield tmp_path
    lexicon.overlay(None)


def test_a_heading_a_month_and_a_cue_of_ones_own(own_words: Path) -> None:
    before = facts(record())
    lexicon.overlay(own_words)
    after = facts(record())
    lexicon.overlay(None)
    assert after == (
        ["Pol Raes"],
        ["Het voorstel gaat met vlag en wimpel door."],
        ["2026-03-01"],
    )
    assert "2026-03-01" not in before[2]
    assert before[:2] == ([], [])
    assert facts(record()) == before


def test_processes_of_their_own_use_them_too(own_words: Path) -> None:
    lexicon.overlay(own_words)
    (found,) = process_all([read_content(MINUTES.encode(), name="a.txt")], jobs=2)
    assert facts(found)[0] == ["Pol Raes"]
