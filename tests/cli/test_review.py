"""The walk through what is doubtful, as somebody at a plain terminal sees it."""

from __future__ import annotations

import importlib
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.cli.messages import Messages
from minutes_nlp.ledger import refresh
from minutes_nlp.records import MeetingRecord
from minutes_nlp.settings import LANGUAGES
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path, read_log
from minutes_nlp.store.write import save_record
from tests.invented_records import NOON, spring

AFFICHE = "Noor maakt de affiche tegen 15 april."


def doubtful() -> MeetingRecord:
    """The spring meeting, of which the machine is not sure of one action, one decision and one attendee."""
    record = spring()
    unsure = record.decisions[0].model_copy(update={"confidence": 0.2})
    guest = record.attendance[1].model_copy(update={"confidence": 0.4})
    return record.model_copy(
        update={"decisions": (unsure,), "attendance": (record.attendance[0], guest, *record.attendance[2:])}
    )


@pytest.fixture
def database(folder: Path) -> Path:
    path = folder / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, doubtful(), ingested_at=NOON, pipeline="test")
    return path


@pytest.fixture
def answer(cli, database: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the review with these lines typed."""

    def call(*lines: str, arguments: tuple[str, ...] = ()) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return cli("review", "--who", "an", *arguments)

    return call


def said(database: Path) -> list[tuple[str, str, Any]]:
    return [(c.kind, c.field, c.value) for c in read_log(log_path(database)).corrections]


def test_the_worst_comes_first_and_is_shown_marked_in_its_context(answer, database: Path) -> None:
    shown = answer("s", "s", "s", "s").out
    first = shown.split("[2/")[0].splitlines()
    assert first[1] == "[1/3] decision, sure 20 %"
    assert first[2] == f"  {doubtful().document.path}, 2024-03-04"
    assert "    1. Goedkeuring van het vorige verslag" in first
    assert "    >>Het verslag wordt goedgekeurd.<<" in first
    assert "    2. Zomerfeest" in first
    assert [line.split(",")[0] for line in shown.splitlines() if line.startswith("[")] == [
        "[1/3] decision",
        "[2/3] attendance",
        "[3/3] action",
    ]
    assert shown.splitlines()[-1] == "That was all. Answers noted: 0."
    assert said(database) == []


def test_one_key_accepts_and_another_rejects_and_both_are_asked_only_once(answer, database: Path) -> None:
    assert answer("r", "a", "a").out.splitlines()[-1] == "That was all. Answers noted: 3."
    assert said(database) == [
        ("decision", "exists", False),
        ("attendance", "exists", True),
        ("action", "exists", True),
    ]
    assert answer().err == "Nothing is doubtful.\n"


def test_the_last_answer_is_taken_back_and_asked_again(answer, database: Path) -> None:
    shown = answer("r", "u", "a", "q").out
    assert [line[:5] for line in shown.splitlines() if line.startswith("[")] == ["[1/3]", "[2/3]", "[1/3]", "[2/3]"]
    assert [field for _, field, _ in said(database)] == ["exists", "undone", "exists"]
    assert "There is nothing to take back." in answer("u", "q").out


def test_what_another_answer_settled_is_not_counted(answer, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    module = importlib.import_module("minutes_nlp.cli.walk")
    monkeypatch.setattr(module, "still_there", lambda _db, doubt: len(gone) != 1 or gone.append(doubt.id))
    shown = module.Walk._present
    monkeypatch.setattr(module.Walk, "_present", lambda walk, n, d: (gone.append(d.id), shown(walk, n, d)))
    heads = [line[:5] for line in answer("s", "s", "s").out.splitlines() if line.startswith("[")]
    assert heads == ["[1/3]", "[2/2]"]


def test_fields_are_corrected_one_after_the_other(answer, database: Path) -> None:
    words = "Noor maakt de affiche tegen 15 april"
    typed = ("1", "Fien Draulans; José", "2", "2024-05", "3", "do", "4", words, "")
    shown = answer("c", *typed, arguments=("--kind", "action"))
    assert said(database)[:3] == [
        ("action", "owners", ["Fien Draulans", "José Ampère"]),
        ("action", "due", "2024-05"),
        ("action", "status", "done"),
    ]
    assert said(database)[3][2]["quote"] == words
    assert f"  4. Passage: {words}" in shown.out.splitlines()
    with closing(open_database(database)) as db:
        row = db.execute("SELECT due, status, confidence FROM actions WHERE is_repeat = 0 ORDER BY position").fetchone()
    assert row == ("2024-05", "done", 1.0)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("2", "morgen", "morgen is no date."),
        ("3", "bezig", "That is no value for this: bezig"),
        ("4", "nergens te zien", "“nergens te zien” does not stand in the document."),
        ("9", "", "That is no value for this: 9"),
        ("x", "", "That is no value for this: x"),
        ("1", "", "1. Who: Noor Verbiest"),
    ],
)
def test_what_is_no_value_is_told_and_asked_again(answer, database: Path, field: str, typed: str, told: str) -> None:
    shown = answer("c", field, typed, "", "q", arguments=("--kind", "action")).out
    assert told in shown
    assert said(database) == []


def test_an_issue_is_settled_or_its_row_is_put_right(answer, database: Path) -> None:
    early = spring().actions[0]
    assert early.due is not None
    early = early.model_copy(update={"due": early.due.model_copy(update={"value": "2024-01-15"})})
    with closing(open_database(database, mode="write")) as db:
        save_record(db, spring().model_copy(update={"actions": (early,)}), ingested_at=NOON)
        refresh(db, directory=None, corrections=())
    issues = ("--kind", "issue")
    shown = answer("r", "a", arguments=issues).out
    assert "[1/1] issue, The deadline 2024-01-15 lies before the meeting of 2024-03-04." in shown
    assert "a = settled   c = correct   s = skip" in shown
    assert "Type one of the letters" in shown, "an issue cannot be rejected"
    assert answer(arguments=issues).err == "Nothing is doubtful.\n"
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE issues SET settled_by = NULL")
    assert "Due: 2024-04-15" in answer("c", "2", "2024-04-15", "", arguments=issues).out
    assert said(database)[-1] == ("action", "due", "2024-04-15")
    with closing(open_database(database)) as db:
        assert db.execute("SELECT count(*) FROM issues").fetchone() == (0,)


def test_of_an_issue_with_a_fact_of_the_meeting_the_facts_can_be_put_right(answer, database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        sql = """INSERT INTO issues (id, code, meeting_id, evidence_id, other_evidence_id)
            SELECT '0123456789abcdef', 'file-date-differs', meeting_id, evidence_id,
              (SELECT evidence_id FROM decisions) FROM meeting_evidence WHERE field = 'date'"""
        db.execute(sql)
    shown = answer("c", "3", "05/03/2024", "4", "half tien", "4", "09:15", "", arguments=("--kind", "issue")).out
    assert "    Datum: >>4 maart 2024<<" in shown
    assert "Other passage: wilgenhof/2024-03-04.txt" in shown
    assert "    >>Het verslag wordt goedgekeurd.<<" in shown
    assert "That is no value for this: half tien" in shown
    assert said(database) == [("meeting", "date", "2024-03-05"), ("meeting", "start_time", "09:15")]
    with closing(open_database(database)) as db:
        assert db.execute("SELECT date, start_time FROM meetings").fetchone() == ("2024-03-05", "09:15")


def test_a_key_that_means_nothing_is_asked_again(answer, database: Path) -> None:
    assert answer("z", "", "accept", "q").out.count("Type one of the letters, then Enter.") == 2
    assert len(said(database)) == 1


def test_the_end_of_the_input_stops_and_keeps_what_was_answered(answer, database: Path) -> None:
    stopped = answer("a")
    assert stopped.code == 0
    assert stopped.out.splitlines()[-1] == "No more answers; stopped. Answers noted: 1."
    assert len(said(database)) == 1


def test_ctrl_c_stops_and_keeps_what_was_answered(cli, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            if line := super().readline():
                return line
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted("a\n"))
    stopped = cli("review")
    assert (stopped.code, stopped.err.splitlines()[0]) == (130, "Stopped. Answers noted: 1.")
    assert len(said(database)) == 1


def test_the_list_has_every_field_for_programs(cli, database: Path) -> None:
    listed = json.loads(cli("review", "--list", "--format", "json").out)
    assert [(row["kind"], row["doubt"]) for row in listed] == [
        ("decision", 0.8),
        ("attendance", 0.6),
        ("action", 0.5),
    ]
    assert listed[0]["quote"] == "Het verslag wordt goedgekeurd."
    assert "zeker 20 %" in cli("review", "--list", "--lang", "nl").out
    assert json.loads(cli("review", "--format", "json", "--below", "0.3").out) == listed[:1]
    assert json.loads(cli("review", "--format", "json", "--kind", "issue").out) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_one_letter_of_its_own(language: str) -> None:
    say = Messages(language)
    keys = [say(f"review.keys.{name}") for name in ("accept", "correct", "reject", "skip", "undo", "quit")]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 1 and key.isalpha() and key.islower() for key in keys)


@pytest.mark.parametrize("terminal", ["dumb", "xterm"])
def test_it_works_in_a_pipe_whatever_the_terminal(program, database: Path, terminal: str) -> None:
    done = program("review", env={"TERM": terminal, "COLUMNS": "40"})
    assert done.code == 0
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_a_name_that_nobody_has_is_asked_about(answer, database: Path) -> None:
    shown = answer("c", "1", "Mira Coppieters", "no", "1", "Mira Coppieters", "yes", "", arguments=("--kind", "action"))
    assert said(database)[0] == ("action", "owners", ["Mira Coppieters"])
    assert shown.out.count("Nobody is called “Mira Coppieters”.") == 2
    assert "--new" not in shown.out + shown.err


def test_a_name_that_looks_like_another_can_be_that(answer, database: Path) -> None:
    shown = answer("c", "1", "Fien Draulens-Maes", "1", "", arguments=("--kind", "action")).out
    assert "1. Fien Draulans" in shown
    assert said(database)[0] == ("action", "owners", ["Fien Draulans"])
