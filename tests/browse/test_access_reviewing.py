"""Correcting in the browser: who may, what becomes of it, and taking it back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from access_site import BODY, WORD, Browser, Served, make_book, make_secret_database, restrict

from minutes_nlp.browse.words import Words
from minutes_nlp.cli.desks import BrowserDesk
from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.session import Session
from minutes_nlp.settings import load_settings
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path, read_log

TENT = "José vraagt in mei een offerte voor de tent."
SUMMER = "L'été est chaud à Lindebeke."


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.chdir(tmp_path)
    database = make_secret_database(tmp_path)
    make_book(database)
    here = Session(Messages("nl"), load_settings(tmp_path))
    here.asked_database = database
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy", desk=BrowserDesk(here))
    yield served
    served.close()


def one(served: Served, sql: str, *values: str) -> str:
    with closing(open_database(served.database)) as db:
        row = db.execute(sql, values).fetchone()
        return str(row[0]) if row else ""


def action(served: Served, quote: str = TENT) -> str:
    return one(served, "SELECT a.id FROM actions a JOIN evidence e ON e.id = a.evidence_id WHERE quote = ?", quote)


def status(served: Served, identifier: str) -> str:
    return one(served, "SELECT status FROM actions_view WHERE id = ?", identifier)


def said(location: str) -> str:
    found = re.search(r"said=([0-9a-f]{16})", location)
    assert found, location
    return found[1]


def change(browser: Browser, identifier: str, field: str, value: str, **more: str) -> str:
    page = f"/actions/{identifier}"
    form = {"kind": "action", "row": identifier, "field": field, "value": value, "to": page, **more}
    answer = browser.post("/review/change", page=page, **form)
    assert answer.status_code == 302, answer.text
    location: str = answer.headers["location"]
    return location


def test_an_editor_closes_an_action_sees_it_done_and_undoes_it(served: Served) -> None:
    editor, tent = served.browser("editor"), action(served)
    location = change(editor, tent, "status", "done", on="2024-06-01")
    assert status(served, tent) == "done"
    assert read_log(log_path(served.database)).corrections[-1].who == "ed"
    page = editor.get(location).text
    assert f'name="correction" value="{said(location)}"' in page
    assert 'value="open"' in page
    back = editor.post("/review/undo", page=location, correction=said(location), to=location)
    assert status(served, tent) == "open"
    assert "said=" not in back.headers["location"]
    assert 'value="done"' in editor.get(back.headers["location"]).text


def test_an_action_is_given_to_others_and_another_day(served: Served) -> None:
    editor, tent = served.browser("editor"), action(served)
    assert 'name="value" value="José"' in editor.get(f"/actions/{tent}").text
    change(editor, tent, "owners", "Fien Draulans; Noor Verbiest")
    change(editor, tent, "due", "2024-09-30", on="2024-06-01")
    assert one(served, "SELECT json(owners) || due FROM actions_view WHERE id = ?", tent) == (
        '["Fien Draulans","Noor Verbiest"]2024-09-30'
    )


def test_a_name_that_nobody_has_is_refused_unless_it_is_said_to_be_new(served: Served) -> None:
    editor, tent = served.browser("editor"), action(served)
    refused = change(editor, tent, "owners", "Mira Coppieters")
    assert "said=" not in refused
    assert "Mira Coppieters" in editor.get(refused).text
    assert one(served, "SELECT json(owners) FROM actions_view WHERE id = ?", tent) == '["José"]'
    said(change(editor, tent, "owners", "Mira Coppieters", new="yes"))
    assert one(served, "SELECT json(owners) FROM actions_view WHERE id = ?", tent) == '["Mira Coppieters"]'


def test_a_rejected_decision_is_gone_and_an_accepted_one_stays(served: Served) -> None:
    editor = served.browser("editor")
    row = one(served, "SELECT id FROM decisions WHERE is_repeat = 0 ORDER BY id LIMIT 1")
    meeting = one(served, "SELECT meeting_id FROM decisions WHERE id = ?", row)
    for value, left in (("yes", row), ("no", "")):
        editor.post(
            "/review/change", page=f"/meetings/{meeting}", kind="decision", row=row, field="exists", value=value
        )
        assert one(served, "SELECT id FROM decisions WHERE id = ?", row) == left


def test_the_words_of_an_action_are_selected_in_the_text(served: Served) -> None:
    editor, tent = served.browser("editor"), action(served)
    meeting = one(served, "SELECT meeting_id FROM actions WHERE id = ?", tent)
    page = f"/meetings/{meeting}"
    assert "/look/review.js" in editor.get(page).text
    words = "een offerte  voor\nde tent."
    editor.post("/review/passage", page=page, meeting=meeting, target=f"action:{tent}", quote=words, near="0", to=page)
    assert action(served, "een offerte voor de tent.")
    assert not action(served)
    editor.post("/review/passage", page=page, meeting=meeting, target="new:action", quote=SUMMER, near="300", to=page)
    assert action(served, SUMMER)
    answer = editor.post("/review/passage", page=page, meeting=meeting, target="new:action", quote="nowhere", to=page)
    assert "said=" not in answer.headers["location"]
    assert "nowhere" in editor.get(page).text


def test_the_queue_shows_what_is_doubtful_and_an_answer_takes_it_off(served: Served) -> None:
    admin = served.browser("admin")
    page = admin.get("/review").text
    doubts = re.findall(r'name="doubt" value="([0-9a-f]{16})"', page)
    assert WORD in page
    answer = admin.post("/review/judge", page="/review", doubt=doubts[0], right="yes", to="/review")
    assert doubts[0] not in re.findall(r'name="doubt" value="([0-9a-f]{16})"', admin.get("/review").text)
    assert said(answer.headers["location"]) in admin.get("/review/log").text


def test_the_queue_and_the_log_are_files_too(served: Served) -> None:
    editor, tent = served.browser("editor"), action(served)
    undone = said(change(editor, tent, "status", "done", on="2024-06-01"))
    editor.post("/review/undo", page="/review/log", correction=undone, to="/review/log")
    assert editor.get("/minutes/actions_view.csv").status_code == 200
    queue = table(editor.get("/review.csv").text)
    page = editor.get("/review").text
    assert Words("nl", "access")("review.taken_back") in page  # it waited for a page
    assert [str(len(queue))] == re.findall(r'<span class="number">(\d+)</span></h1>', page)
    newest, first = table(editor.get("/review/log.csv").text)
    assert (first["wie"], first["waarde"], first["op"], first["teruggenomen"]) == ("ed", "gedaan", "2024-06-01", "ja")
    assert (newest["wat"], newest["passage"]) == ("teruggenomen", TENT)
    for path in ("/review.csv", "/review/log.csv"):
        assert served.browser("reader").get(path).status_code == 403


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_queue_tells_of_every_kind_of_doubt(served: Served) -> None:
    """A proposal and an issue are told in the words of the ledger, what the machine read in those of the queue."""
    with closing(open_database(served.database, mode="write")) as db:
        (identifier, meeting, evidence) = db.execute(
            "SELECT l.id, a.meeting_id, a.evidence_id FROM ledger_actions l JOIN actions a ON a.id = l.id ORDER BY l.id"
        ).fetchone()
        proposal = (f"{1:016x}", identifier, "postponed", meeting, evidence, "test", 0.5)
        db.execute("INSERT INTO proposals VALUES (?, ?, ?, ?, NULL, ?, ?, ?)", proposal)
        issue = (f"{2:016x}", "owner-unknown", meeting, evidence, '{"name": "Even"}')
        db.execute("INSERT INTO issues (id, code, meeting_id, evidence_id, details) VALUES (?, ?, ?, ?, ?)", issue)
    admin = served.browser("admin")
    answer = admin.get("/review")
    assert answer.status_code == 200
    assert "Uitgesteld?" in answer.text
    assert "Niemand kent Even" in answer.text


def test_the_log_tells_which_problem_was_settled_and_not_its_id(served: Served) -> None:
    with closing(open_database(served.database, mode="write")) as db:
        meeting = db.execute("SELECT id FROM meetings WHERE date = '2024-03-04'").fetchone()[0]
        issue = (f"{2:016x}", "owner-unknown", meeting, '{"name": "Even"}')
        db.execute("INSERT INTO issues (id, code, meeting_id, details) VALUES (?, ?, ?, ?)", issue)
    admin = served.browser("admin")
    admin.post("/review/judge", page="/review", doubt=f"{2:016x}", right="yes", to="/review")
    with closing(open_database(served.database, mode="write")) as db:
        db.execute("INSERT OR IGNORE INTO issues (id, code, meeting_id, details) VALUES (?, ?, ?, ?)", issue)
    page = admin.get("/review/log").text
    assert "Niemand kent Even" in page
    assert f"{2:016x}" not in page


def test_a_reader_and_a_stranger_correct_nothing(served: Served) -> None:
    tent = action(served)
    form = {"kind": "action", "row": tent, "field": "status", "value": "done", "on": "2024-06-01"}
    reader = served.browser("reader")
    assert "/review" not in reader.get(f"/actions/{tent}").text
    assert reader.get("/review").status_code == reader.get("/review/log").status_code == 403
    assert reader.post("/review/change", page="/", **form).status_code == 403
    assert served.browser().ask("POST", "/review/change", data=form).status_code == 302
    assert served.browser("editor").ask("POST", "/review/change", data=form).status_code == 403  # without the token
    assert served.browser("editor").get("/review/change").status_code == 404
    assert read_log(log_path(served.database)).corrections == ()


def test_an_editor_neither_sees_nor_corrects_what_is_confidential(served: Served) -> None:
    hidden = one(served, "SELECT a.id FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE body = ?", BODY)
    meeting = one(served, "SELECT id FROM meetings WHERE body = ?", BODY)
    admin, restriction = served.browser("admin"), restrict(served.database)
    change(admin, hidden, "status", "done", on="2024-06-01")
    written = read_log(log_path(served.database)).corrections
    editor = served.browser("editor")
    for path in ("/review", "/review/log"):
        assert WORD not in editor.get(path).text
        assert WORD in admin.get(path).text
    tries = {
        "/review/change": {"kind": "action", "row": hidden, "field": "status", "value": "open"},
        "/review/passage": {"meeting": meeting, "target": "new:action", "quote": WORD},
        "/review/judge": {"doubt": hidden, "right": "no"},
        "/review/undo": {"correction": restriction.id},
    }
    for path, form in tries.items():
        assert editor.post(path, page="/review/log", **form).status_code in (403, 404), path
    assert read_log(log_path(served.database)).corrections == written


@pytest.mark.parametrize(
    ("field", "value"), [("status", "finished"), ("due", "soon"), ("document", "x"), ("quote", "x"), ("status", "")]
)
def test_a_value_that_cannot_be_is_told_and_changes_nothing(served: Served, field: str, value: str) -> None:
    editor, tent = served.browser("editor"), action(served)
    form = {"kind": "action", "row": tent, "field": field, "value": value, "on": "2024-06-01", "to": "/review"}
    answer = editor.post("/review/change", page=f"/actions/{tent}", **form)
    assert answer.status_code in (302, 404)
    assert "said=" not in answer.headers.get("location", "")
    assert read_log(log_path(served.database)).corrections == ()


def test_without_writing_there_is_nothing_to_correct_with(tmp_path: Path) -> None:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy")
    editor = served.browser("editor")
    assert "/review" not in editor.get(f"/actions/{action(served)}").text
    assert editor.get("/review").status_code == 404
    served.close()
