"""Lines of one to three words: right for 97 of 100, and the same on every run."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from minutes_nlp.language import LanguageDetector, detector
from minutes_nlp.training.lines import LANGUAGES, CommonWords, Line, minutes_lines, treebank_lines

FLOOR = 0.97

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def common(shared: Path) -> CommonWords:
    return CommonWords.of(shared / "resources" / "ud")


def answers(lines: Sequence[Line], told_by: LanguageDetector) -> list[str]:
    return [told_by.guess(line.text, dict(line.prior) or None).language for line in lines]


def right(lines: Sequence[Line]) -> float:
    kept = [line for line in lines if not line.ambiguous]
    told = answers(kept, detector())
    return sum(found == line.language for found, line in zip(told, kept, strict=True)) / len(kept)


def test_phrases_of_treebanks_are_told_by_themselves_and_the_same_twice(shared: Path, common: CommonWords) -> None:
    lines = treebank_lines(shared / "resources" / "ud", common)
    assert {line.language for line in lines} == set(LANGUAGES)
    assert {line.words for line in lines} == {1, 2, 3}
    assert right(lines) >= FLOOR
    assert answers(lines[::-1], LanguageDetector())[::-1] == answers(lines, detector())


def test_short_lines_of_minutes_are_told_with_their_document_around_them(shared: Path, common: CommonWords) -> None:
    assert right(minutes_lines(shared / "corpus" / "dev", common, detector())) >= FLOOR
