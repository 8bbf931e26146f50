"""That a text was read by OCR, and how surely, is told wherever the text or its meeting is shown."""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from minutes_nlp.cli.ocr import page_ranges, percent
from minutes_nlp.reading import safely
from minutes_nlp.reading.document import Ocr
from minutes_nlp.reading.readers import read_content
from minutes_nlp.records import OcrFacts
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

SCAN = OcrFacts(pages=(1, 2, 3, 5), confidence=0.914, unread=(4,))
READ = {
    "nl": (
        "OCR: blz. 1–3, 5; zeker van de woorden: 91 %",
        "Niet gelezen: blz. 4: beelden, en OCR is niet geïnstalleerd",
    ),
    "fr": (
        "OCR : p. 1–3, 5 ; sûr des mots : 91 %",
        "Non lu : p. 4 : des images, et l'OCR n'est pas installée",
    ),
    "en": ("OCR: p. 1–3, 5; sure of the words: 91 %", "Not read: p. 4: pictures, and OCR is not installed"),
}


@pytest.fixture
def scanned(database: Path, processor, noon: datetime.datetime) -> Path:
    """The database with a third meeting, whose minutes were scanned."""
    record = processor.process(read_content(b"Tuinraad\nDATE 2026-02-01\n", name="scan.txt"))
    document = record.document.model_copy(update={"ocr": SCAN})
    with closing(open_database(database, mode="write")) as db:
        save_record(db, record.model_copy(update={"document": document}), ingested_at=noon, pipeline="test")
    return database


@pytest.mark.parametrize("language", READ)
def test_the_page_of_a_meeting_says_so_and_that_of_another_does_not(cli, scanned: Path, language: str) -> None:
    lines = [line.strip() for line in cli("--lang", language, "show", "scan.txt").out.splitlines()]
    assert lines[lines.index(READ[language][0]) + 1] == READ[language][1]
    assert "OCR" not in cli("--lang", language, "show", "maart.txt").out


def test_the_list_of_meetings_has_a_column_for_it_only_where_there_is_a_scan(cli, scanned: Path) -> None:
    head, _, *rows = cli("meetings").out.splitlines()
    assert head.split()[-1] == "OCR"
    assert [row.endswith("91 %") for row in rows] == ["scan.txt" in row for row in rows]
    assert "OCR" not in cli("meetings", "--since", "2026-03-01").out


def test_programs_get_pages_and_confidence(cli, scanned: Path) -> None:
    listed = {row["document"]: row for row in json.loads(cli("meetings", "--format", "json").out)}
    assert (listed["scan.txt"]["ocr_pages"], listed["scan.txt"]["ocr_confidence"]) == ([1, 2, 3, 5], 0.914)
    assert listed["raad/maart.txt"]["ocr_confidence"] is None


@pytest.mark.parametrize("language", READ)
def test_the_blocks_of_a_scan_are_headed_by_it(
    cli, folder: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scan.txt").write_text("Aanwezig: Noor Aelvoet\n")
    read = safely.read_document
    ocr = Ocr(SCAN.pages, 0.914, SCAN.unread)
    monkeypatch.setattr(safely, "read_document", lambda *given, **more: replace(read(*given, **more), ocr=ocr))
    assert tuple(cli("--lang", language, "blocks", "scan.txt").out.splitlines()[1:3]) == READ[language]


@pytest.mark.parametrize(
    ("pages", "shown"), [((), ""), ((7,), "7"), ((1, 2), "1–2"), ((1, 3, 4, 5, 9), "1, 3–5, 9"), ((2, 4), "2, 4")]
)
def test_pages_in_a_row_are_shortened(pages: tuple[int, ...], shown: str) -> None:
    assert page_ranges(pages) == shown


@pytest.mark.parametrize(("confidence", "shown"), [(0.0, 0), (0.914, 91), (0.999, 99), (1.0, 100)])
def test_only_certainty_is_a_hundred_per_cent(confidence: float, shown: int) -> None:
    assert percent(confidence) == shown
