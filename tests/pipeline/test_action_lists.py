"""An imported list gives one action per row, each with its cells as evidence and the whole row as its passage."""

from __future__ import annotations

import datetime

import pytest

from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.pipeline.lists import ListProcessor, remarks, stated
from minutes_nlp.reading import read_content
from minutes_nlp.reading.lists import compose
from minutes_nlp.records import MeetingRecord

DAY = datetime.date(2026, 3, 1)
ROLES = ("number", "action", "owner", "due", "status")


def record(*rows: str, body: str | None = "Stuurgroep Wilgenhof", headings: bool = True) -> MeetingRecord:
    """The record of a list whose rows are given with `|` between the cells."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    head = [["Nr", "Actie", "Wie", "Tegen", "Status"]] if headings else []
    text = compose([*head, *cells], ROLES, title="Acties 2026", date=DAY, body=body, headings=headings)
    return ListProcessor().process(read_content(text.encode(), name="lists/acties.tsv"))


def told(found: MeetingRecord) -> list[tuple]:
    return [
        (
            action.evidence.quote,
            [owner.name for owner in action.owners],
            action.due.value if action.due else None,
            action.status,
        )
        for action in found.actions
    ]


def test_every_row_is_an_action_with_its_owners_deadline_and_status() -> None:
    found = record(
        "1 | De affiche maken voor het feest | Noor Verbiest | 15/04/2026 | open",
        "2 | Demander une offre pour la tente | José Ampère et Fien Draulans | 2026-05-31 | terminé",
        "3 | De sleutels bezorgen aan de buren | OCMW Lindebeke; Noor | eind mei |",
        "4 | De website nakijken | | |",
    )
    assert told(found) == [
        ("De affiche maken voor het feest", ["Noor Verbiest"], "2026-04-15", "open"),
        ("Demander une offre pour la tente", ["José Ampère", "Fien Draulans"], "2026-05-31", "done"),
        ("De sleutels bezorgen aan de buren", ["OCMW Lindebeke", "Noor"], "2026-05-31", "open"),
        ("De website nakijken", [], None, "open"),
    ]
    assert [action.language for action in found.actions] == ["nl", "fr", "nl", "nl"]


def test_a_dash_is_nobody() -> None:
    found = record("1 | De tent huren | — | |", "2 | De tent zetten | - / n.v.t. | |", "3 | Vegen | Jo - An | |")
    assert [names for _, names, *_ in told(found)] == [[], ["n.v.t."], ["Jo - An"]]


def test_a_row_without_an_action_is_none_and_a_dropped_one_is_told_by_its_status() -> None:
    found = record("1 | | Noor | |", "2 | De tent huren | Noor | | geschrapt", "3 | De tent zetten | Noor | | open")
    assert [quote for quote, *_ in told(found)] == ["De tent huren", "De tent zetten"]
    starts = [action.evidence.start for action in found.actions]
    assert stated(found.text) == dict(zip(starts, ["dropped", "open"], strict=True))


def test_the_passage_of_an_action_is_its_row_as_printed() -> None:
    found = record("1 | De affiche maken | Noor | 15/04/2026 | open")
    (action,) = found.actions
    around = [one for one in found.passages if one.start <= action.evidence.start and action.evidence.end <= one.end]
    assert [found.text[one.start : one.end] for one in around] == ["1\tDe affiche maken\tNoor\t15/04/2026\topen"]
    assert {one.kind for one in found.passages} == {"table-row"}


def test_the_head_gives_the_meeting_with_its_evidence() -> None:
    meeting = record("1 | De affiche maken | Noor | |").meeting
    assert (meeting.title, meeting.body, meeting.date) == ("Acties 2026", "Stuurgroep Wilgenhof", "2026-03-01")
    assert {name: evidence.quote for name, evidence in meeting.evidence.items()} == {
        "title": "Acties 2026",
        "body": "Stuurgroep Wilgenhof",
        "date": "2026-03-01",
    }
    assert record("1 | De affiche maken | Noor | |", body=None).meeting.body is None


def test_a_vague_deadline_is_kept_in_its_words() -> None:
    (action,) = record("1 | De affiche maken | Noor | zo snel mogelijk |").actions
    assert action.due is not None
    assert (action.due.value, action.due.evidence.quote) == (None, "zo snel mogelijk")


def test_rows_without_an_action_and_unreadable_deadlines_are_remarked() -> None:
    rows = (
        "1 | De affiche maken | Noor | 32/13/2026 | open",
        "2 | | Noor | 32/13/2026 | open",
        "3 | De vlag hijsen | | 31/02/2026 | vervallen",
        "4 | De bus boeken | | zo snel mogelijk | open",
        "5 | De tent huren | | - | klaar",
        "6 | De zaal bellen | | 15/04/2026 |",
    )
    assert [(found.row, found.kind, found.cell) for found in remarks(record(*rows).text)] == [
        (0, "deadline", "32/13/2026"),
        (1, "empty", "2 · Noor · 32/13/2026 · open"),
        (2, "dropped", "vervallen"),
    ]


def test_a_list_without_headings_begins_with_its_first_row() -> None:
    assert [quote for quote, *_ in told(record("1 | De affiche maken | Noor | |", headings=False))] == [
        "De affiche maken"
    ]


@pytest.mark.parametrize("rows", [(), ("1 | De affiche maken | Noor | | open",)])
def test_the_pipeline_gives_the_same(rows: tuple[str, ...]) -> None:
    found = record(*rows)
    document = read_content(found.text.encode(), name="lists/acties.tsv")
    assert build_pipeline().process(document) == found
