"""What people say of an action is an event of its day; what they say of a link counts more than any likeness."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.places import find_row
from minutes_nlp.records.corrections import Correction
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.history import undo
from minutes_nlp.review.statements import of_issue, of_link, of_row
from minutes_nlp.store.connect import open_database
from tests.invented_minutes import events, minutes, proposals, put

FIRST = minutes("a.txt", "2024-03-04", "! Noor vraagt een offerte voor het dak van de school en de turnzaal @Noor")
ALIKE = minutes("b.txt", "2024-06-03", "! Een offerte voor het dak, te vragen bij drie firma's @Fien")
OTHER = minutes("c.txt", "2024-06-03", "! De sleutels van de zaal bezorgen @Wout")


class Office:
    """A database, and somebody who corrects."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "minutes.db"
        seconds = itertools.count()
        noon = datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.UTC)
        self.desk = Desk(self.path, folder / "records", "an", lambda: noon + datetime.timedelta(seconds=next(seconds)))

    def put(self, *records: Any) -> None:
        with closing(open_database(self.path, mode="write")) as db:
            put(db, *records)
        self.desk.put([])

    def ask(self, question: Callable[..., Any], *values: Any) -> Any:
        with closing(open_database(self.path)) as db:
            return question(db, *values)

    def row(self, begins: str) -> str:
        sql = "SELECT a.id FROM actions a JOIN evidence e ON e.id = evidence_id WHERE substr(quote, 1, ?) = ?"
        return str(self.ask(lambda db: db.execute(sql, (len(begins), begins)).fetchone()[0]))

    def say(self, begins: str, field: str, value: Any, on: str | None = None) -> Correction:
        with self.desk.reading() as db:
            correction = of_row(self.desk, db, find_row(db, "action", self.row(begins)), field, value, on=on)
        return self.desk.put([correction]).corrections[0]

    def link(self, begins: str, later: str, field: str, accepted: bool) -> Correction:
        with self.desk.reading() as db:
            places = [find_row(db, "action", self.row(words)) for words in (begins, later)]
            correction = of_link(self.desk, db, *places, field, accepted)
        return self.desk.put([correction]).corrections[0]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_done_on_a_day_is_an_event_of_that_day(office: Office) -> None:
    office.put(FIRST, ALIKE)
    correction = office.say("Noor vraagt", "status", "done", on="2024-05-02")
    assert office.ask(events, "Noor vraagt") == [("2024-03-04", "created"), ("2024-05-02", "done")]
    as_of = [ActionFilter(as_of=datetime.date(2024, 5, day), open=True, owner="noor") for day in (1, 2)]
    assert [len(office.ask(find_actions, wanted)) for wanted in as_of] == [1, 0]
    sql = "SELECT correction_id, evidence_id FROM ledger_events WHERE kind = 'done'"
    assert office.ask(lambda db: db.execute(sql).fetchall()) == [(correction.id, None)]


@pytest.mark.parametrize(
    ("field", "value", "kind", "column", "expected"),
    [
        ("status", "dropped", "dropped", "status", "dropped"),
        ("owners", ["Fien", "Wout"], "reassigned", "owners", '["Fien", "Wout"]'),
        ("due", "2024-09", "postponed", "due_last_day", "2024-09-30"),
    ],
)
def test_what_changes_on_a_day(office: Office, field: str, value: Any, kind: str, column: str, expected: str) -> None:
    office.put(FIRST)
    office.say("Noor vraagt", field, value, on="2024-05-02")
    assert office.ask(events, "Noor vraagt")[1:] == [("2024-05-02", kind)]
    sql = f"SELECT {column} FROM ledger_actions"
    assert office.ask(lambda db: db.execute(sql).fetchone()[0]) == expected


def test_whoever_was_given_it_is_found_and_whoever_had_it_is_not(office: Office) -> None:
    office.put(FIRST)
    office.say("Noor vraagt", "owners", ["Wout Pirlot"], on="2024-05-02")
    assert len(office.ask(find_actions, ActionFilter(owner="pirlot"))) == 1
    assert office.ask(find_actions, ActionFilter(owner="noor")) == []


def test_what_is_undone_never_happened(office: Office) -> None:
    office.put(FIRST)
    correction = office.say("Noor vraagt", "status", "done", on="2024-05-02")
    office.desk.put([undo(office.desk, correction.id)[0]])
    assert office.ask(events, "Noor vraagt") == [("2024-03-04", "created")]


def test_what_the_minutes_say_after_the_correction_comes_after_it(office: Office) -> None:
    office.put(FIRST)
    office.say("Noor vraagt", "status", "done", on="2024-05-02")
    office.put(
        minutes("d.txt", "2024-04-08", "! Noor vraagt een offerte voor het dak van de school en de turnzaal @Noor")
    )
    assert [kind for _, kind in office.ask(events, "Noor vraagt")] == ["created", "restated", "done"]


def test_a_proposal_that_is_accepted_is_an_event_of_the_action(office: Office) -> None:
    office.put(FIRST, ALIKE, OTHER)
    assert [kind for kind, _ in office.ask(proposals)] == ["reassigned"]
    correction = office.link("Noor vraagt", "Een offerte", "same", accepted=True)
    assert office.ask(events, "Noor vraagt")[1:] == [("2024-06-03", "reassigned")]
    assert office.ask(proposals) == []
    sql = "SELECT correction_id FROM ledger_events WHERE kind = 'reassigned'"
    assert office.ask(lambda db: db.execute(sql).fetchall()) == [(correction.id,)]
    assert len(office.ask(find_actions)) == 2


def test_a_proposal_that_is_rejected_does_not_come_back(office: Office) -> None:
    office.put(FIRST, ALIKE)
    office.link("Noor vraagt", "Een offerte", "same", accepted=False)
    assert office.ask(proposals) == []
    assert len(office.ask(find_actions)) == 2


def test_a_link_that_the_program_made_can_be_taken_apart(office: Office) -> None:
    again = minutes("b.txt", "2024-06-03", "! Een offerte vragen voor het dak van de school en de turnzaal @Noor")
    office.put(FIRST, again)
    assert len(office.ask(find_actions)) == 1
    office.link("Noor vraagt", "Een offerte", "same", accepted=False)
    assert len(office.ask(find_actions)) == 2


def test_a_passage_may_be_said_to_close_an_action(office: Office) -> None:
    office.put(FIRST, OTHER)
    office.link("Noor vraagt", "De sleutels", "closes", accepted=True)
    assert [kind for _, kind in office.ask(events, "Noor vraagt")][-1] == "done"


def test_what_was_said_of_a_draft_holds_for_the_approved_minutes(office: Office) -> None:
    text = "! Noor vraagt een offerte voor het dak van de school @Noor\nDe leden bespreken de winter."
    office.put(minutes("verslag-ontwerp.txt", "2024-03-04", text))
    office.say("Noor vraagt", "status", "done", on="2024-05-02")
    office.put(minutes("verslag.txt", "2024-03-04", text.replace("de school", "de oude school")))
    [row] = office.ask(find_actions)
    assert (row.document, row.status, row.closed_on) == ("verslag.txt", "done", "2024-05-02")


def test_an_issue_that_is_settled_stays_so(office: Office) -> None:
    office.put(minutes("2024-03-05.txt", "2024-03-04", "Niets."))
    [(issue,)] = office.ask(lambda db: db.execute("SELECT id FROM issues").fetchall())
    office.desk.put([of_issue(office.desk, issue)])
    office.put(minutes("e.txt", "2024-06-03", "Niets."))
    assert office.ask(lambda db: db.execute("SELECT id, settled_by IS NULL FROM issues").fetchall()) == [(issue, 0)]


def test_a_correction_whose_passage_is_gone_is_an_issue(office: Office) -> None:
    office.put(FIRST)
    office.say("Noor vraagt", "status", "done", on="2024-05-02")
    office.put(minutes("a.txt", "2024-03-04", "De vergadering werd na een half uur gesloten."))
    rows: list[tuple[str, str]] = office.ask(lambda db: db.execute("SELECT code, details FROM issues").fetchall())
    assert [code for code, _ in rows] == ["correction-lost"]
    assert json.loads(rows[0][1])["quote"].startswith("Noor vraagt een offerte")


DRAFT = "! Noor vraagt een offerte voor het dak van de oude school @Noor\nDe leden bespreken de winter."
APPROVED = DRAFT.replace("winter.", "winter en de lente.")


def test_what_was_put_right_in_a_draft_is_right_in_the_approved_minutes(office: Office) -> None:
    office.put(minutes("verslag-ontwerp.txt", "2024-03-04", DRAFT))
    correction = office.say("Noor vraagt", "owners", ["Fien Draulans"])
    office.put(minutes("verslag.txt", "2024-03-04", APPROVED))
    [row] = office.ask(find_actions)
    assert (row.document, row.owners) == ("verslag.txt", ("Fien Draulans",))
    office.desk.put([undo(office.desk, correction.id)[0]])
    assert office.ask(find_actions)[0].owners == ("Noor",)


COPIES = "! Noor vraagt {tegen 30 april=2024-04-30} een offerte voor het dak van de school @Noor\nDe leden zingen."


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [("owners", ["Fien Draulans"], ("Fien Draulans",)), ("due", "2024-05-31", "2024-05-31"), ("due", None, None)],
)
def test_a_second_copy_of_the_minutes_does_not_take_back_what_was_put_right(
    office: Office, field: str, value: Any, expected: Any
) -> None:
    office.put(minutes("a.txt", "2024-03-04", COPIES), minutes("mail.eml", "2024-03-04", COPIES))
    with office.desk.reading() as db:
        [row] = find_actions(db)
        correction = of_row(office.desk, db, find_row(db, "action", row.id), field, value)
    office.desk.put([correction])
    assert [getattr(row, field) for row in office.ask(find_actions)] == [expected]
    office.desk.put([undo(office.desk, correction.id)[0]])
    assert [(row.owners, row.due) for row in office.ask(find_actions)] == [(("Noor",), "2024-04-30")]


@pytest.mark.parametrize(("accepted", "left"), [(True, 1), (False, 2)])
def test_a_link_of_a_draft_holds_for_the_approved_minutes(office: Office, accepted: bool, left: int) -> None:
    office.put(minutes("verslag-ontwerp.txt", "2024-03-04", DRAFT), ALIKE)
    assert len(office.ask(proposals)) == 1
    office.link("Noor vraagt", "Een offerte", "same", accepted)
    office.put(minutes("verslag.txt", "2024-03-04", APPROVED))
    assert office.ask(proposals) == []
    assert len(office.ask(find_actions)) == left


def test_a_passage_of_a_draft_that_closes_an_action_closes_it_from_the_approved_minutes(office: Office) -> None:
    later = "! De sleutels van de oude zaal bezorgen aan de school @Wout\nDe leden bespreken de winter."
    office.put(FIRST, minutes("juni-ontwerp.txt", "2024-06-03", later))
    office.link("Noor vraagt", "De sleutels", "closes", accepted=True)
    office.put(minutes("juni.txt", "2024-06-03", later.replace("winter.", "winter en de lente.")))
    sql = """SELECT d.path FROM ledger_events v JOIN evidence e ON e.id = v.evidence_id
        JOIN documents d ON d.id = e.document_id WHERE v.kind = 'done'"""
    assert office.ask(lambda db: db.execute(sql).fetchall()) == [("juni.txt",)]


def test_of_two_people_called_alike_she_of_the_series_was_given_the_action(office: Office) -> None:
    ours = minutes("kring/a.txt", "2024-03-04", "+ Noor Verbiest\n+ Fien Draulans\n! Het dak nakijken @Fien")
    theirs = minutes("raad/b.txt", "2024-03-05", "+ Noor Verbiest\n! Een brief schrijven @Noor", body="raad Oostrode")
    office.put(ours, theirs)
    office.say("Het dak", "owners", ["Noor Verbiest"], on="2024-05-02")
    sql = """SELECT d.path, a.person_id FROM attendance a JOIN meetings m ON m.id = a.meeting_id
        JOIN documents d ON d.id = m.document_id WHERE a.name = 'Noor Verbiest'"""
    people = dict(office.ask(lambda db: db.execute(sql).fetchall()))
    assert len(set(people.values())) == 2
    owned = {path: office.ask(find_actions, ActionFilter(owner_id=person)) for path, person in people.items()}
    assert {path: [row.action for row in rows] for path, rows in owned.items()} == {
        "kring/a.txt": ["Het dak nakijken"],
        "raad/b.txt": ["Een brief schrijven"],
    }
