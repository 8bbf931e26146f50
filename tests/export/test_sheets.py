"""Lists for spreadsheets: everything is there, nothing is a formula, and what is written can be read back."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tasks import event, task

from minutes_nlp.export.cells import COLUMNS, printable
from minutes_nlp.export.sheets import csv_text, xlsx_bytes
from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task
from minutes_nlp.resources.guard import guarded, unguarded

NL = Words("nl")
FORMULAS = ["=1+1", "+32 9 123", "-5 graden", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1+1", "=cmd|' /C calc'!A0"]


def no_link(_: str) -> None:
    return None


def rows(text: str) -> list[dict[str, str]]:
    names = [column.name for column in COLUMNS]
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert head == [NL(f"columns.{name}") for name in names]
    return [dict(zip(names, line, strict=True)) for line in lines]


def cells(content: bytes):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_a_row_has_the_action_what_became_of_it_and_its_evidence() -> None:
    done = task(
        status="done", closed_on="2024-04-10", owners=("Noor Verbiest", "José Ampère"), events=(event("done", None),)
    )
    assert rows(csv_text([done], NL)) == [
        {
            "status": "afgewerkt",
            "due": "2024-04-15",
            "owners": "Noor Verbiest; José Ampère",
            "action": "Noor maakt de affiche tegen 15 april.",
            "meeting_date": "2024-03-04",
            "meeting_body": "werkgroep Wilgenhof",
            "item": "2.1 Affiche",
            "opened_on": "2024-03-04",
            "closed_on": "2024-04-10",
            "closing": "is klaar.. (wilgenhof/2024-10-07.txt, 10–20)",
            "passage": "2.1 Affiche. Noor maakt de affiche tegen 15 april.",
            "document": "wilgenhof/2024-03-04.txt",
            "start": "210",
            "end": "247",
            "id": "0123456789abcdef",
        }
    ]


def test_what_the_minutes_do_not_say_is_empty() -> None:
    bare = task(owners=(), due=None, due_text="binnenkort", due_last_day=None, meeting_body=None, item_title=None)
    (row,) = rows(csv_text([bare], NL))
    assert (row["owners"], row["due"], row["item"]) == ("", "binnenkort", "2.1")
    assert row["meeting_body"] == "Verslag werkgroep Wilgenhof"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    dangerous = task(action=text, owners=(text,), meeting_body=text, passage=text, document=text, item_title=text)
    for value in rows(csv_text([dangerous], NL))[0].values():
        assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    sheet, _ = cells(xlsx_bytes([dangerous], NL, no_link))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("text", ["gewoon", "a=1", "", "1-2", " =1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
@settings(deadline=None)
def test_what_was_guarded_can_be_taken_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
@settings(deadline=None)
def test_csv_gives_back_every_text(texts: list[tuple[str, str]]) -> None:
    listed = [task(action=action, passage=passage) for action, passage in texts]
    found = rows(csv_text(listed, NL))
    assert [unguarded(row["passage"]) for row in found] == [printable(one.passage) for one in listed]
    assert [unguarded(row["action"]) for row in found] == [printable(one.text) for one in listed]


@given(st.text())
@settings(max_examples=40, deadline=None)
def test_a_workbook_gives_back_every_text(text: str) -> None:
    _, ((*_, found, _document, _start, _end, _id),) = cells(xlsx_bytes([task(passage=text)], NL, no_link))
    assert (found or "") == printable(text)


def test_a_workbook_has_filters_a_fixed_heading_days_and_links() -> None:
    sheet, ((status, due, *_),) = cells(xlsx_bytes([task(overdue=True)], NL, lambda name: f"raw/{name}"))
    assert (status, due) == ("te laat", datetime.datetime(2024, 4, 15))  # noqa: DTZ001 - a day of a workbook
    assert sheet.title == "Acties"
    assert sheet.auto_filter.ref == "A1:O2"
    assert sheet.freeze_panes == "A2"
    document = next(cell for cell in sheet[2] if cell.hyperlink)
    assert (document.value, document.hyperlink.target) == ("wilgenhof/2024-03-04.txt", "raw/wilgenhof/2024-03-04.txt")


def test_a_month_is_no_day_and_stays_text() -> None:
    _, ((_, due, *_),) = cells(xlsx_bytes([task(due="2024-05")], NL, no_link))
    assert due == "2024-05"


def test_a_list_without_rows_still_has_its_headings() -> None:
    assert rows(csv_text([], NL)) == []
    sheet, found = cells(xlsx_bytes([], NL, no_link))
    assert found == []
    assert sheet.auto_filter.ref == "A1:O1"


def test_a_very_long_text_fits_the_cell() -> None:
    long: Task = task(passage="x" * 40_000)
    _, ((*_, passage, _document, _start, _end, _id),) = cells(xlsx_bytes([long], NL, no_link))
    assert passage == "x" * 32_767
