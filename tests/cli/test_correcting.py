"""The commands that correct: what they tell, what they refuse, what they leave in the log."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.cli.frame import PROGRAM
from minutes_nlp.cli.messages import Messages
from minutes_nlp.errors import StoreError
from minutes_nlp.records.corrections import FIELDS
from minutes_nlp.settings import LANGUAGES
from minutes_nlp.store.connect import named_rows, open_database
from minutes_nlp.store.correction_log import log_path, read_log
from minutes_nlp.store.write import save_record
from tests.cli.test_process import HEAVY, LOADED
from tests.invented_records import NOON, spring

pytestmark = pytest.mark.usefixtures("database")
SPRING = "wilgenhof/2024-03-04.txt"


@pytest.fixture
def database(folder: Path) -> Path:
    path = folder / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON, pipeline="test")
    (folder / "minutes.toml").write_text('user = "an"\n')
    return path


def rows(cli: Any, command: str) -> list[dict[str, Any]]:
    return json.loads(cli(command, "--format", "json").out)


def action(cli: Any, begins: str) -> str:
    return next(row["id"] for row in rows(cli, "actions") if row["action"].startswith(begins))


def log(database: Path) -> list[tuple[str, str, Any, str | None]]:
    return [(c.kind, c.field, c.value, c.on) for c in read_log(log_path(database)).corrections]


def test_done_is_an_event_of_today_or_of_a_day_and_a_misread_status_is_none(cli, database: Path) -> None:
    tent = action(cli, "José")
    assert cli("action", "done", tent[:6], "--on", "31/05/2024", "--lang", "nl").out.startswith(
        "Stand “gedaan”: José vraagt in mei een offerte voor de tent. (op 2024-05-31)\n"
    )
    assert cli("action", "reopen", tent, "--misread").code == 0
    assert cli("action", "drop", tent, "--on", "2024-06-01").code == 0
    assert log(database) == [
        ("action", "status", "done", "2024-05-31"),
        ("action", "status", "open", None),
        ("action", "status", "dropped", "2024-06-01"),
    ]
    assert cli("action", "done", tent).code == 0
    assert log(database)[-1][3] is not None
    assert {correction.who for correction in read_log(log_path(database)).corrections} == {"an"}


def test_owners_and_deadline_are_what_the_minutes_say_unless_a_day_is_given(cli, database: Path) -> None:
    tent = action(cli, "José")
    assert cli("action", "assign", tent, "Fien Draulans", "Noor Verbiest", "--who", "ben").code == 0
    assert cli("action", "due", tent, "2024-06").code == 0
    row = next(row for row in rows(cli, "actions") if row["id"] == tent)
    assert (row["owners"], row["due"]) == (["Fien Draulans", "Noor Verbiest"], "2024-06")
    assert cli("action", "assign", tent, "--nobody", "--on", "2024-07-01").code == 0
    assert cli("action", "due", tent, "--none").code == 0
    assert log(database)[2:] == [("action", "owners", [], "2024-07-01"), ("action", "due", None, None)]
    assert read_log(log_path(database)).corrections[0].who == "ben"


@pytest.mark.parametrize("day", ["2099-01-01", "2024-03-03"])
def test_nothing_becomes_of_an_action_on_a_day_to_come_or_before_it_was_agreed(cli, database: Path, day: str) -> None:
    tent = action(cli, "José")
    assert cli("action", "reopen", tent).code == 0  # and so the ledger is worked out
    refused = cli("action", "done", tent, "--on", day, "--lang", "fr")
    assert refused.code == 1
    assert f"Le {day}, rien n'a pu advenir de cette action : elle a été convenue le 2024-03-04" in refused.err
    assert [row["status"] for row in rows(cli, "actions") if row["id"] == tent] == ["open"]
    assert len(log(database)) == 1


def test_a_rejected_passage_is_gone_and_comes_back_when_that_is_undone(cli, database: Path) -> None:
    (decision,) = rows(cli, "decisions")
    told = cli("decision", "reject", decision["id"][:4], "--lang", "fr").out
    assert told.startswith("Pas une décision, désormais laissé de côté : Het verslag wordt goedgekeurd.\n")
    assert rows(cli, "decisions") == []
    identifier = read_log(log_path(database)).corrections[0].id
    assert cli("undo", identifier[:5]).code == 0
    assert rows(cli, "decisions") == [decision]
    assert "undone already" in cli("undo", identifier).err
    undo = read_log(log_path(database)).corrections[1].id
    assert cli("undo", undo).code == 0
    assert rows(cli, "decisions") == []


def test_another_quote_moves_the_row(cli) -> None:
    (decision,) = rows(cli, "decisions")
    assert cli("decision", "quote", decision["id"], "--quote", "verslag  wordt goedgekeurd").code == 0
    (moved,) = rows(cli, "decisions")
    assert moved["decision"] == "verslag wordt goedgekeurd"
    assert (moved["start"], moved["end"]) == (decision["start"] + 4, decision["end"] - 1)


def test_what_was_missed_is_added_where_its_words_stand_once(cli, database: Path) -> None:
    added = cli(
        "add", "action", "--meeting", "2024-03-04", "--quote", "L'été est chaud à Lindebeke.", "--owner", "Fien"
    )
    assert added.out.startswith("Added as an action: L'été est chaud à Lindebeke. (Who: Fien Draulans")
    assert action(cli, "L'été")[:8] in added.out
    assert cli("add", "decision", "--meeting", SPRING, "--quote", "2. Zomerfeest").code == 0
    assert log(database) == [
        ("action", "exists", True, None),
        ("action", "owners", ["Fien Draulans"], None),
        ("decision", "exists", True, None),
    ]


def test_words_that_stand_there_more_than_once_are_asked_about(cli) -> None:
    asked = cli("add", "action", "--meeting", SPRING, "--quote", "Noor")
    assert asked.code == 1
    assert "“Noor” stands there 3 times: 1: [4]" in asked.err
    assert "--nth" in asked.err
    assert cli("add", "action", "--meeting", SPRING, "--quote", "Noor", "--nth", "2").code == 0
    assert action(cli, "Noor")
    assert (
        "stands there 3 times, not 4" in cli("add", "action", "--meeting", SPRING, "--quote", "Noor", "--nth", "4").err
    )
    assert "does not stand in the document" in cli("add", "action", "--meeting", SPRING, "--quote", "nergens").err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("action", "done", "abc"), 1, "too short for an id"),
        (("action", "done", "abcdef"), 1, "Nothing of that kind has the id abcdef"),
        (("action", "done"), 2, "ID is missing"),
        (("action", "assign", "abcdef"), 2, "--nobody"),
        (("action", "assign", "abcdef", "An", "--nobody"), 2, "--nobody"),
        (("action", "due", "abcdef"), 2, "--none"),
        (("action", "due", "abcdef", "soon"), 2, "soon is no date"),
        (("action", "done", "abcdef", "--misread", "--on", "2024-05-01"), 2, "exclude each other"),
        (("action", "fnish", "abcdef"), 2, "There is: "),
        (("decision", "done", "abcdef"), 2, "There is no command done"),
        (("undo", "abcdef"), 1, "The log has no correction abcdef"),
        (("undo",), 2, "ID… is missing"),
        (("add", "action", "--quote", "x"), 2, "--meeting is missing"),
        (("add", "action", "--meeting", "1999-01-01", "--quote", "x"), 1, "no meeting"),
        (("person", "merge", "Niemand", "Iemand"), 1, "nobody called 'Niemand'"),
        (("review", "--kind", "nonsense"), 2, "no kind nonsense"),
        (("review", "--below", "7"), 2, "no number from 0 to 1"),
        (("train",), 2, "--from-corrections"),
        (("golden", "2024-03-04"), 1, "no longer there"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_noted(
    cli, database: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    refused = cli(*arguments)
    assert (refused.code, told in refused.err) == (code, True), refused.err
    assert log(database) == []


def test_an_id_that_several_rows_begin_with_is_asked_about(cli, database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for number, row in enumerate(db.execute("SELECT id FROM decisions UNION SELECT id FROM actions").fetchall()):
            db.execute("UPDATE actions SET id = ? WHERE id = ?", (f"abcd{number:012x}", row[0]))
    refused = cli("action", "reject", "abcd")
    assert refused.code == 1
    assert "may mean 5: abcd" in refused.err


def test_the_log_shows_who_said_what_the_newest_first_and_what_was_taken_back(
    cli, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    tent = action(cli, "José")
    cli("action", "assign", tent, "Fien Draulans")
    cli("action", "done", tent, "--on", "2024-05-31", "--who", "ben")
    first = read_log(log_path(database)).corrections[0].id
    cli("undo", first)
    shown = cli("log", "--lang", "nl").out.splitlines()
    assert f"teruggenomen: {first[:8]}" in shown[2]
    assert "ben" in shown[3]
    assert "actie: stand 2024-05-31" in shown[3]
    assert "gedaan" in shown[3]
    assert "actie: wie (teruggenomen)" in shown[4]
    listed = rows(cli, "log")
    assert [(row["who"], row["value"], row["undone"]) for row in listed] == [
        ("an", None, False),
        ("ben", "done", False),
        ("an", ["Fien Draulans"], True),
    ]
    assert [row["field"] for row in json.loads(cli("log", "--who", "ben", "--format", "json").out)] == ["status"]
    assert len(json.loads(cli("log", "--meeting", "2024-03-04", "--format", "json").out)) == 2
    assert json.loads(cli("log", "--since", "2999-01-01", "--format", "json").out) == []


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (("drop", "--on", "2024-05-02"), ("drop", "--on", "2024-05-02")),
        (("done", "--on", "2024-05-02"), ("done", "--on", "2024-06-01")),
        (("done", "--misread"), ("done", "--misread")),
        (("due", "2024-08"), ("due", "2024-08")),
        (("due", "2024-08", "--on", "2024-05-02"), ("due", "2024-08", "--on", "2024-05-03")),
        (("assign", "Fien Draulans"), ("assign", "Fien Draulans")),
        (("reject",), ("reject",)),
    ],
)
def test_what_was_said_already_is_not_noted_again(
    cli, database: Path, first: tuple[str, ...], again: tuple[str, ...]
) -> None:
    tent = action(cli, "José")
    assert cli("action", first[0], tent, *first[1:]).code == 0
    noted = log(database)
    told = cli("action", again[0], tent, *again[1:])
    if again[0] == "reject":  # it is no action any more
        assert (told.code, log(database)) == (1, noted)
        return
    assert told.out == "That is so already; nothing was noted: José vraagt in mei een offerte voor de tent.\n"
    assert (told.code, log(database)) == (0, noted)


def test_what_is_said_anew_is_noted(cli, database: Path) -> None:
    tent = action(cli, "José")
    cli("action", "due", tent, "2024-08")
    assert "nothing was noted" in cli("action", "reopen", tent).out, "it is open"
    for day, what in (("2024-05-02", "done"), ("2024-05-03", "reopen"), ("2024-05-04", "done"), ("2024-05-01", "done")):
        assert cli("action", what, tent, "--on", day).code == 0
    assert [value for _, _, value, _ in log(database)] == ["2024-08", "done", "open", "done", "done"]
    cli("undo", read_log(log_path(database)).corrections[-1].id)
    assert "nothing was noted" not in cli("action", "done", tent, "--on", "2024-05-01").out, "it was taken back"


def test_a_meeting_is_made_confidential_once(cli, database: Path) -> None:
    assert "nothing was noted" in cli("meeting", "open", "2024-03-04").out
    for word, noted in (("restrict", 1), ("restrict", 1), ("open", 2), ("open", 2), ("restrict", 3)):
        assert cli("meeting", word, "2024-03-04").code == 0
        assert len(log(database)) == noted


def test_the_id_is_told_only_where_it_is_another(cli, database: Path) -> None:
    tent = action(cli, "José")
    assert "Its id now" not in cli("action", "drop", tent).out
    assert "Its id now" in cli("action", "quote", tent, "--quote", "een offerte voor de tent").out


def test_an_empty_log_says_so(cli) -> None:
    assert cli("log").err == "No corrections.\n"
    assert cli("log", "--format", "json").out == "[]\n"


def test_people_are_named_and_noted_by_id(cli, database: Path) -> None:
    people = {row["name"]: row["id"] for row in rows(cli, "people")}
    assert cli("person", "rename", "noor verbiest", "Noor Verbeest").code == 0
    assert cli("person", "merge", "Fien Draulans", people["José Ampère"], "--yes").code == 0
    assert log(database) == [
        ("person", "rename", [people["Noor Verbiest"], "Noor Verbeest"], None),
        ("person", "merge", [people["Fien Draulans"], people["José Ampère"]], None),
    ]
    assert "never written" in cli("person", "split", "Fien Draulans", "Fientje").err
    assert "one person already" in cli("person", "merge", "Fien Draulans", "Fien Draulans").err


def test_two_people_of_one_list_with_different_statuses_are_asked_about(
    cli, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = [(row["name"], row["status"]) for row in _listed(database)]
    here = next(name for name, status in listed if status == "present")
    away = next(name for name, status in listed if status != "present")
    refused = cli("person", "merge", here, away)
    assert (refused.code, log(database)) == (2, [])
    assert f"different statuses: {here} and {away}" in refused.err
    for answer, merged in (("no", False), ("", False), ("yes", True)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        told = cli("person", "merge", here, away)
        assert (told.code, len(log(database))) == (0, merged)
    cli("undo", read_log(log_path(database)).corrections[0].id)
    assert cli("person", "merge", here, away, "--yes").code == 0


def _listed(database: Path) -> list[Any]:
    with closing(open_database(database)) as db:
        return list(named_rows(db.execute("SELECT name, status FROM attendance ORDER BY position")))


def test_the_log_names_people_and_the_undo_of_an_undo_reads_as_one(
    cli, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    people = {row["name"]: row["id"] for row in rows(cli, "people")}
    cli("person", "merge", "Fien Draulans", "José Ampère", "-y")
    assert "Fien Draulans, José Ampère" in cli("log").out
    assert rows(cli, "log")[0]["value"] == [people["Fien Draulans"], people["José Ampère"]]
    cli("undo", read_log(log_path(database)).corrections[0].id)
    taken = read_log(log_path(database)).corrections[1].id
    for language, told in (("nl", "(teruggenomen)"), ("fr", "(reprise)")):
        back = cli("undo", taken, "--lang", language).out.splitlines()
        assert back[0].endswith(told)
        taken = read_log(log_path(database)).corrections[-1].id


def test_the_name_of_a_group_alone_shows_its_commands(cli) -> None:
    shown = cli("action")
    assert shown.code == 0
    assert f"Usage: {PROGRAM} action [OPTIONS] COMMAND …" in shown.out
    assert cli("action", "--help").out == shown.out
    assert "Gebruik: minutes action done" in cli("action", "done", "--help", "--lang", "nl").out


def test_a_correction_during_an_ingest_is_noted_and_that_is_told(
    cli, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(path: Path, *, wait: float) -> None:
        raise StoreError("store.busy", "Another ingest is writing.")

    monkeypatch.setattr("minutes_nlp.review.desk.exclusive", busy)
    told = cli("action", "assign", action(cli, "José"), "Fien")
    assert told.code == 0
    assert "The database is in use" in told.err
    assert len(log(database)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_correction_has_its_words(language: str) -> None:
    say = Messages(language)
    for kind, fields in FIELDS.items():
        for field in fields:
            assert say(f"review.about.{kind}.{field}")
    for kind in ("action", "decision", "attendance", "agenda_item"):
        for field in (*FIELDS[kind], "confirmed", "rejected"):
            if field not in ("exists", "themes"):
                assert "{quote}" in say(f"review.done.{kind}.{field}")


def test_correcting_loads_no_language_model(program, database: Path) -> None:
    with closing(open_database(database)) as db:
        tent = db.execute("SELECT id FROM actions ORDER BY position LIMIT 1 OFFSET 1").fetchone()[0]
    for arguments in (
        ["action", "done", tent],
        ["add", "decision", "--meeting", "2024-03-04", "--quote", "2. Zomerfeest"],
        ["person", "rename", "Noor Verbiest", "Noor Verbeest"],
        ["review"],
        ["log"],
        ["undo", "0000"],
    ):
        code, loaded = json.loads(program(*arguments, code=("-c", LOADED)).err.splitlines()[-1])
        assert HEAVY.isdisjoint(loaded), arguments
        assert code == (1 if arguments[0] == "undo" else 0), arguments


def test_an_ingest_tells_what_it_corrected_anew_and_what_was_never_finished(cli, folder: Path, fake_pipeline) -> None:
    (folder / "raw").mkdir()
    (folder / "raw" / "maart.txt").write_text("Raad\nACTION Bram belt de zaal\n", encoding="utf-8")
    cli("ingest")
    path = log_path(folder / "structured" / "minutes.db")
    cli("action", "assign", action(cli, "ACTION Bram"), "Fien", "--new")
    line = path.read_bytes()
    path.unlink()
    (folder / "structured" / "minutes.db").unlink()
    cli("ingest")
    path.write_bytes(line + b'{"id":')
    told = cli("ingest", "--lang", "nl")
    assert "Opnieuw verbeterd: maart.txt." in told.out
    assert "werd nooit afgemaakt" in told.err
    assert next(row for row in rows(cli, "actions") if row["action"].startswith("ACTION Bram"))["owners"] == ["Fien"]


def test_a_name_that_is_taken_for_somebody_is_told(cli, database: Path) -> None:
    tent = action(cli, "José")
    assert cli("action", "assign", tent, "Fien").out.startswith("To be done by Fien Draulans")
    assert log(database) == [("action", "owners", ["Fien Draulans"], None)]


def test_a_name_that_nobody_has_is_refused_unless_it_is_said_to_be_new(cli, database: Path) -> None:
    tent = action(cli, "José")
    refused = cli("action", "assign", tent, "Mira Coppieters", "--lang", "nl")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        "Fout: Niemand heet “Mira Coppieters”.",
        "Is het een nieuwe naam, voeg dan --new toe.",
    ]
    assert not log_path(database).exists()
    near = cli("action", "assign", tent, "Fien Draulens-Maes", "--lang", "fr").err.splitlines()
    assert near[0] == "Erreur : Personne ne s'appelle « Fien Draulens-Maes ». Est-ce Fien Draulans ?"
    assert cli("action", "assign", tent, "Mira Coppieters", "--new").code == 0
    assert log(database) == [("action", "owners", ["Mira Coppieters"], None)]


def test_on_a_terminal_it_is_asked_whether_a_name_is_new(cli, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tent = action(cli, "José")
    for typed, code in (("no\n", 1), ("yes\n", 0)):
        terminal = io.StringIO(typed)
        terminal.isatty = lambda: True  # type: ignore[method-assign]
        monkeypatch.setattr("sys.stdin", terminal)
        asked = cli("action", "assign", tent, "Mira Coppieters")
        assert asked.code == code
        assert asked.out.startswith("Nobody is called “Mira Coppieters”. Note it all the same? (yes/no): ")
    assert log(database) == [("action", "owners", ["Mira Coppieters"], None)]


def test_an_action_is_listed_under_the_body_of_whoever_it_was_given_to(cli, database: Path) -> None:
    def of_town() -> set[str]:
        found = cli("actions", "--organisation", "lindebeke", "--open", "--format", "json")
        return {row["action"].split()[0] for row in json.loads(found.out)}

    assert of_town() == {"Noor"}
    assert cli("action", "assign", action(cli, "José"), "Noor", "--on", "2024-05-01").code == 0
    assert of_town() == {"Noor", "José"}
    assert cli("action", "assign", action(cli, "Noor maakt"), "José", "--on", "2024-05-01").code == 0
    assert of_town() == {"José"}
