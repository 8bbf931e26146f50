"""Meetings, how they are named, what is in them; decisions; people."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, spring

from minutes_nlp.errors import QueryError
from minutes_nlp.query.decisions import find_decisions
from minutes_nlp.query.meetings import list_meetings, show_meeting
from minutes_nlp.query.people import list_people
from minutes_nlp.query.references import find_meeting, find_themes
from minutes_nlp.query.themes import theme_labels
from minutes_nlp.records import OcrFacts
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

SPRING = "9576cbad56067aca"
AUTUMN = "37f5c0fd92a6115b"


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Two documents of the same day."""
    with closing(open_database(tmp_path / "twins.db", mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
        save_record(db, spring("elders/2024-03-04.txt"), ingested_at=NOON)
        yield db


def test_meetings_are_listed_newest_first_with_their_figures(db: sqlite3.Connection) -> None:
    newest, oldest = list_meetings(db)
    assert (newest.date, oldest.date) == ("2024-10-07", "2024-03-04")
    assert (oldest.present, oldest.excused, oldest.absent) == (3, 1, 0)
    assert (oldest.items, oldest.decisions, oldest.actions, oldest.open_actions) == (2, 1, 4, 3)
    assert (oldest.languages, oldest.themes) == (("nl", "fr"), ("events", "communication"))
    assert (oldest.start_time, oldest.end_time, oldest.missing_since) == ("09:30", None, None)


def test_a_meeting_whose_minutes_ocr_read_says_so_and_another_does_not(twins: sqlite3.Connection) -> None:
    scan = spring("scan.pdf")
    ocr = OcrFacts(pages=(1, 2), confidence=0.9, unread=(3,))
    document = scan.document.model_copy(update={"ocr": ocr})
    save_record(twins, scan.model_copy(update={"document": document}), ingested_at=NOON)
    told = {row.document: (row.ocr_pages, row.ocr_confidence, row.ocr_unread) for row in list_meetings(twins)}
    assert told["scan.pdf"] == ((1, 2), 0.9, (3,))
    assert told["elders/2024-03-04.txt"] == ((), None, ())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"body": "WILGENHOF"}, ["2024-10-07", "2024-03-04"]),
        ({"body": "werkgroep"}, ["2024-03-04"]),
        ({"theme": "begroting"}, ["2024-10-07"]),
        ({"since": datetime.date(2024, 3, 5)}, ["2024-10-07"]),
        ({"since": datetime.date(2024, 3, 4), "until": datetime.date(2024, 3, 4)}, ["2024-03-04"]),
        ({"until": datetime.date(2024, 3, 3)}, []),
    ],
)
def test_meetings_are_filtered(db: sqlite3.Connection, wanted: dict[str, object], expected: list[str]) -> None:
    assert [row.date for row in list_meetings(db, **wanted)] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "reference",
    [
        SPRING,
        SPRING[:4],
        "2024-03-04",
        " 2024-03-04 ",
        "wilgenhof/2024-03-04.txt",
        "2024-03-04.txt",
        "wilgenhof\\2024-03-04.txt",
    ],
)
def test_a_meeting_is_named_by_id_date_or_path(db: sqlite3.Connection, reference: str) -> None:
    assert find_meeting(db, reference) == SPRING


@pytest.mark.parametrize(
    "reference", ["", SPRING[:3], "2024-03", "03-04.txt", "hof/2024-03-04.txt", "%", "____", "*", "\udce9"]
)
def test_what_names_no_meeting_is_said(db: sqlite3.Connection, reference: str) -> None:
    with pytest.raises(QueryError) as caught:
        find_meeting(db, reference)
    assert caught.value.code == "query.no_meeting"


def test_a_reference_to_several_meetings_lists_them(twins: sqlite3.Connection) -> None:
    with pytest.raises(QueryError) as caught:
        show_meeting(twins, "2024-03-04")
    assert caught.value.code == "query.several_meetings"
    assert SPRING in caught.value.message
    assert "(elders/2024-03-04.txt)" in caught.value.message  # minutes of one title are told apart by their files
    assert caught.value.values["count"] == 2


def test_a_path_can_be_made_precise(twins: sqlite3.Connection) -> None:
    assert show_meeting(twins, "elders/2024-03-04.txt").meeting.document == "elders/2024-03-04.txt"


def test_a_meeting_is_shown_in_the_order_of_the_document(db: sqlite3.Connection) -> None:
    detail = show_meeting(db, SPRING, today=datetime.date(2024, 6, 1))
    assert [(entry.name, entry.status, entry.role) for entry in detail.attendance] == [
        ("Noor Verbiest", "present", "chair"),
        ("José Ampère", "present", None),
        ("OCMW Lindebeke", "present", None),
        ("Fien Draulans", "excused", None),
    ]
    assert [(line.start_time, line.end_time, line.title) for line in detail.schedule] == [
        ("09:30", "10:00", "Ontvangst")
    ]
    assert [(item.number, item.level, item.themes) for item in detail.items] == [
        ("1", 1, ("meeting-procedure",)),
        ("2", 1, ("events", "communication")),
        ("2.1", 2, ()),
    ]
    assert [row.decision for row in detail.decisions] == ["Het verslag wordt goedgekeurd."]
    assert [(row.start, row.overdue, row.repeat) for row in detail.actions] == [
        (272, False, True),
        (272, True, False),
        (310, True, False),
        (384, False, False),
        (421, False, False),
    ]


def test_decisions_are_listed_with_their_item_and_its_themes(db: sqlite3.Connection) -> None:
    newest, oldest = find_decisions(db)
    assert (newest.decision, newest.themes) == ("Le groupe décide de reporter le point.", ("finance",))
    assert (oldest.decision, oldest.item_number, oldest.themes) == (
        "Het verslag wordt goedgekeurd.",
        "1",
        ("meeting-procedure",),
    )


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"meeting": AUTUMN}, ["2024-10-07"]),
        ({"theme": "vergaderprocedure"}, ["2024-03-04"]),
        ({"theme": "housing"}, []),
        ({"search": "DECIDE point"}, ["2024-10-07"]),
        ({"search": "goedgekeurd reporter"}, []),
    ],
)
def test_decisions_are_filtered(db: sqlite3.Connection, wanted: dict[str, str], expected: list[str]) -> None:
    assert [row.meeting_date for row in find_decisions(db, **wanted)] == expected  # type: ignore[arg-type]


def test_people_are_listed_with_their_attendance_and_what_is_open(db: sqlite3.Connection) -> None:
    people = {row.name: row for row in list_people(db)}
    assert list(people) == ["Fien Draulans", "José Ampère", "Noor Verbiest"]
    noor = people["Noor Verbiest"]
    assert (noor.meetings, noor.present, noor.excused, noor.absent, noor.open_actions) == (2, 2, 0, 0, 1)
    assert (noor.organisations, noor.last_meeting) == (("Stad Lindebeke",), "2024-10-07")
    fien = people["Fien Draulans"]
    assert (fien.excused, fien.open_actions) == (1, 0)  # who “Fien” is in autumn, nobody says


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"name": "ampere jose"}, ["José Ampère"]),
        ({"organisation": "tilleul"}, ["José Ampère"]),
        ({"name": "noor", "organisation": "tilleul"}, []),
        ({"name": "%"}, []),
    ],
)
def test_people_are_filtered(db: sqlite3.Connection, wanted: dict[str, str], expected: list[str]) -> None:
    assert [row.name for row in list_people(db, **wanted)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("housing", ["housing"]),
        ("WONEN", ["housing"]),
        ("Health wellbeing", ["health-wellbeing"]),
        ("evenements activites", ["events"]),
        ("sécurité", ["privacy-security", "safety"]),
    ],
)
def test_themes_are_named_by_id_or_label_in_any_language(
    db: sqlite3.Connection, words: str, expected: list[str]
) -> None:
    assert find_themes(db, words) == expected


@pytest.mark.parametrize("words", ["", "  ", "gardening"])
def test_the_themes_are_named_where_none_fits(db: sqlite3.Connection, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        find_themes(db, words)
    assert caught.value.code == "query.no_theme"
    assert "housing" in caught.value.hint


def test_labels_are_given_in_the_language_asked_for(db: sqlite3.Connection) -> None:
    assert theme_labels(db, "fr", ["housing", "unknown"]) == {"housing": "Logement"}
    assert theme_labels(db, "xx", ["housing"]) == {"housing": "Housing"}
    assert len(theme_labels(db, "nl")) > 30
