"""The commands that hand over, compare, take over and keep: as a user calls them."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from minutes_nlp.settings import LANGUAGES

COUNCIL = """Gemeenteraad maart
DATE 2026-03-10
ACTION Noor maakt het bord BY 2026-04-01
ACTION Bram belt de zaal
"""


@pytest.fixture
def place(folder: Path, fake_pipeline, cli) -> Path:
    """A working folder with two documents, ingested."""
    (folder / "raw").mkdir()
    (folder / "raw" / "raad.txt").write_text(COUNCIL)
    (folder / "raw" / "réseau.txt").write_text("Réseau\nDATE 2026-04-14\nACTION Aicha envoie le budget BY 2999-05\n")
    assert cli("ingest").code == 0
    return folder


def test_actions_go_to_a_spreadsheet_with_their_evidence(cli, place: Path) -> None:
    assert cli("--lang", "nl", "export", "-o", "out/acties.xlsx").code == 0
    sheet = openpyxl.load_workbook(place / "out" / "acties.xlsx").active
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head[:4] == ["Status", "Tegen", "Wie", "Actie"]
    assert {row[3] for row in rows} == {
        "ACTION Noor maakt het bord BY 2026-04-01",
        "ACTION Bram belt de zaal",
        "ACTION Aicha envoie le budget BY 2999-05",
    }
    links = {cell.value: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"raad.txt": "../raw/raad.txt", "réseau.txt": "../raw/r%C3%A9seau.txt"}


def test_csv_goes_to_standard_output_in_the_language_asked_for(cli, place: Path) -> None:
    done = cli("--lang", "fr", "export", "--format", "csv", "--owner", "noor")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert [(row["Qui"], row["Statut"], row["Document"], row["Du caractère"]) for row in rows] == [
        ("Noor", "en retard", "raad.txt", "35")
    ]


def test_exporting_tasks_again_updates_them(cli, place: Path) -> None:
    def tasks() -> dict[str, tuple[str, str, int]]:
        found = Calendar.from_ical((place / "acties.ics").read_bytes()).walk("VTODO")
        return {str(one["summary"]): (str(one["uid"]), str(one["status"]), int(one["sequence"])) for one in found}

    assert cli("export", "-o", "acties.ics").code == 0
    first, content = tasks(), (place / "acties.ics").read_bytes()
    assert cli("export", "-o", "acties.ics").code == 0
    assert (place / "acties.ics").read_bytes() == content
    changed = COUNCIL.replace("BY 2026-04-01", "BY 2026-06-01")
    (place / "raw" / "raad.txt").write_text(changed.replace("ACTION Bram belt de zaal\n", ""))
    assert cli("ingest").code == 0
    assert cli("export", "-o", "acties.ics").code == 0
    second = tasks()
    postponed, before = (f"ACTION Noor maakt het bord BY 2026-0{month}-01" for month in (6, 4))
    assert second[postponed] == (first[before][0], "NEEDS-ACTION", 1)
    assert second["ACTION Bram belt de zaal"] == (first["ACTION Bram belt de zaal"][0], "CANCELLED", 1)
    assert second["ACTION Aicha envoie le budget BY 2999-05"] == first["ACTION Aicha envoie le budget BY 2999-05"]


def test_todo_and_markdown_are_told_by_the_ending_of_the_file(cli, place: Path) -> None:
    assert cli("export", "-o", "todo.txt").code == 0
    assert len((place / "todo.txt").read_text().splitlines()) == 3
    assert cli("export", "-o", "acties.md", "--open").code == 0
    assert (place / "acties.md").read_text().count("](raw/raad.txt)") == 2


def test_records_are_the_same_after_everything_was_read_anew(cli, place: Path) -> None:
    first = cli("export", "--format", "jsonl").out
    assert [json.loads(line)["document"]["path"] for line in first.splitlines()] == ["raad.txt", "réseau.txt"]
    (place / "structured" / "minutes.db").unlink()
    assert cli("ingest").code == 0
    assert cli("export", "--format", "jsonl").out == first


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export"], "Which format?"),
        (["export", "-o", "x"], "Which format?"),
        (["export", "-o", "x.doc"], "Nothing is written as .doc here."),
        (["digest", "-o", "x.pdf"], "Nothing is written as .pdf here."),
        (["agenda", "-o", "x.pdf"], "Nothing is written as .pdf here."),
        (["export", "-o", "structured"], "structured is a folder."),
        (["export", "-o", "structured", "--format", "csv"], "structured is a folder."),
        (["export", "--format", "pdf"], "There is no format pdf."),
        (["export", "--format", "jsonl", "--open"], "jsonl has whole records."),
        (["digest", "--format", "csv"], "There is no format csv."),
        (["digest", "--to", "a@b.c"], "Only a mail has addresses."),
        (["digest", "--format", "eml", "--to", "nobody"], "nobody is no mail address."),
        (["agenda", "--languages", "nl,xx"], "There are no messages in xx."),
        (["agenda", "--body", "nergens"], "No body is called 'nergens'."),
        (["diff", "nowhere"], "nowhere cannot be read: No such file or directory."),
        (["import", "nowhere.csv"], "nowhere.csv does not exist."),
        (["restore", "nowhere.zip"], "There is no backup nowhere.zip."),
        (["watch", "--settle", "0"], "0 is no number of seconds."),
        (["watch", "--poll", "often"], "often is no number of seconds."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(cli, place: Path, arguments: list[str], told: str) -> None:
    before = sorted(str(path) for path in place.rglob("*"))
    done = cli(*arguments)
    assert done.code in (1, 2)
    assert done.out == ""
    assert told in done.err
    assert "Traceback" not in done.err
    assert sorted(str(path) for path in place.rglob("*")) == before


def test_a_digest_tells_what_one_person_has_to_do(cli, place: Path) -> None:
    done = cli("digest", "--owner", "noor", "--lang", "nl")
    assert done.out.startswith("# Nog te doen: Noor\n")
    assert "> ACTION Noor maakt het bord BY 2026-04-01" in done.out
    assert "Bram" not in done.out


def test_a_digest_can_be_of_a_meeting_or_since_a_day(cli, place: Path) -> None:
    assert "Aicha" not in cli("digest", "--meeting", "2026-03-10").out
    assert "Noor" not in cli("digest", "--since", "2026-04-01").out
    assert "There is nothing to be done." in cli("digest", "--since", "2030-01-01").out


def test_everyone_gets_a_file_of_their_own(cli, place: Path) -> None:
    (place / "mails").mkdir()
    done = cli("digest", "--format", "eml", "-o", "mails", "--from", "me@example.org")
    assert done.code == 0
    assert {path.name for path in (place / "mails").iterdir()} == {"aicha.eml", "bram.eml", "noor.eml"}
    assert len(done.out.splitlines()) == 3
    mail = email.message_from_bytes((place / "mails" / "noor.eml").read_bytes(), policy=email.policy.default)
    assert (mail["From"], mail["Subject"]) == ("me@example.org", "Still to be done: Noor")


def test_a_folder_that_is_not_there_is_made_where_the_name_ends_as_one(cli, place: Path) -> None:
    done = cli("digest", "-o", "out/mails/", "--owner", "noor", "--format", "eml")
    assert done.code == 0
    assert [path.name for path in (place / "out" / "mails").iterdir()] == ["noor.eml"]
    assert cli("digest", "-o", "noor.md", "--owner", "noor").code == 0
    assert (place / "noor.md").is_file()


@pytest.mark.parametrize(("language", "name"), [("nl", "niemand-genoemd"), ("fr", "personne-n-est-nomme")])
def test_what_nobody_has_to_do_is_in_a_file_that_says_so(cli, place: Path, language: str, name: str) -> None:
    number = json.loads(cli("actions", "--owner", "bram", "--format", "json").out)[0]["id"]
    assert cli("action", "assign", number, "--nobody").code == 0
    assert cli("--lang", language, "digest", "-o", "uit/").code == 0
    assert {path.name for path in (place / "uit").iterdir()} == {"aicha.md", "noor.md", f"{name}.md"}


def test_where_there_is_nothing_to_do_no_file_is_made_and_it_is_said(cli, place: Path) -> None:
    done = cli("digest", "-o", "mails/", "--since", "2030-01-01")
    assert (done.code, done.out, done.err) == (0, "", "There is nothing to be done.\n")
    assert not (place / "mails").exists()


@pytest.mark.parametrize("output", [[], ["-o", "mails/"], ["-o", "zzz.eml"]])
def test_a_name_that_nobody_has_is_an_error_in_the_language_of_the_user(cli, place: Path, output: list[str]) -> None:
    done = cli("--lang", "nl", "digest", "--owner", "zzz", *output)
    assert done.code != 0
    assert "Niemand heet zzz." in done.err
    assert done.out == ""
    assert not (place / "mails").exists()
    assert not (place / "zzz.eml").exists()


def test_a_file_without_a_meeting_is_no_body_of_the_agenda(cli, place: Path) -> None:
    (place / "raw" / "réseau.txt").unlink()
    (place / "raw" / "briefje.txt").write_text("Brood en kaas.\n")
    (place / "structured" / "minutes.db").unlink()
    assert cli("ingest").code == 0
    assert "Noor maakt het bord" in cli("agenda", "--next").out
    assert "Brood" not in cli("agenda", "--next", "--body", "gemeenteraad").out


def test_an_agenda_is_in_both_languages(cli, place: Path) -> None:
    done = cli("agenda", "--next", "--body", "raad")
    assert done.out.startswith("# Ontwerp van agenda / Projet d'ordre du jour: ")
    assert "ACTION Bram belt de zaal" in done.out


def test_the_last_ingest_and_a_backup_can_be_compared(cli, place: Path) -> None:
    assert cli("backup", "b.zip").code == 0
    assert cli("diff", "b.zip").err == "Nothing changed.\n"
    (place / "raw" / "raad.txt").write_text(COUNCIL.replace("Bram belt de zaal", "Bram belt de zalen"))
    assert cli("ingest").code == 0
    for arguments in (("diff",), ("diff", "b.zip"), ("diff", "b.zip", "structured/minutes.db")):
        rows = json.loads(cli(*arguments, "--format", "json").out)
        assert [(row["document"], row["part"], row["field"]) for row in rows if row["part"] != "ledger"] == [
            ("raad.txt", "document", "text"),
            ("raad.txt", "action", "quote"),
        ]
    table = cli("--lang", "nl", "diff")
    assert "anders" in table.out
    assert "Verschillen: " in table.out


def test_what_was_corrected_since_the_last_ingest_is_listed_as_well(cli, place: Path) -> None:
    (place / "raw" / "later.txt").write_text("Raad juni\nDATE 2026-06-10\nACTION Noor hangt de vlag\n")
    assert cli("ingest").code == 0
    bord = next(row for row in json.loads(cli("actions", "--format", "json").out) if "het bord" in row["action"])
    for arguments in (("due", bord["id"], "2026-07-01"), ("due", bord["id"], "2026-08-01"), ("done", bord["id"])):
        assert cli("action", *arguments).code == 0
    found = json.loads(cli("diff", "--format", "json").out)
    assert ("later.txt", "document", "added") in {(one["document"], one["part"], one["change"]) for one in found}
    due = [one for one in found if (one["part"], one["field"]) == ("action", "due")]
    assert [(one["document"], one["old"], one["new"]) for one in due] == [(bord["document"], bord["due"], "2026-08-01")]
    assert ("ledger", "status", "done") in {(one["part"], one["field"], one["new"]) for one in found}
    (place / "raw" / "later.txt").write_text("Raad juni\nDATE 2026-06-10\nACTION Noor hangt de vlaggen\n")
    assert cli("ingest").code == 0
    assert {one["document"] for one in json.loads(cli("diff", "--format", "json").out)} == {"later.txt"}


def test_a_backup_is_put_back_with_its_records(cli, place: Path) -> None:
    assert cli("backup", "b.zip").code == 0
    first = cli("export", "--format", "jsonl").out
    (place / "raw" / "raad.txt").write_text(COUNCIL + "ACTION Fien komt\n")
    assert cli("ingest").code == 0
    record = (place / "structured" / "records" / "raad.txt.json").read_text()
    refused = cli("restore", "b.zip")
    assert refused.code == 1
    assert cli("export", "--format", "jsonl").out != first
    done = cli("restore", "b.zip", "--force")
    assert done.code == 0
    assert "before-restore-" in done.out
    assert cli("export", "--format", "jsonl").out == first
    assert (place / "structured" / "records" / "raad.txt.json").read_text() != record
    assert cli("diff").err == "Nothing changed.\n"


LIST = "Nr;Actie;Wie;Tegen;Status\n1;De affiche maken;Noor Verbiest;15/04/2026;open\n2;De tent huren;José;;klaar\n"


def test_a_list_is_there_again_after_a_rebuild(program, folder: Path) -> None:
    (folder / "acties.csv").write_text(LIST)
    assert program("import", "acties.csv", "--yes", "--date", "2026-03-01").code == 0
    first = program("export", "--format", "jsonl")
    assert "De tent huren" in first.out
    (folder / "structured" / "minutes.db").unlink()
    assert program("ingest").code == 0
    assert program("export", "--format", "jsonl").out == first.out


def test_a_list_is_taken_over_row_by_row(cli, place: Path) -> None:
    (place / "acties.csv").write_text(LIST)
    done = cli("import", "acties.csv", "--yes", "--date", "2026-03-01", "--body", "Raad", "--lang", "nl")
    assert done.code == 0
    assert "Overgenomen acties: 2, uit rijen: 2. De lijst is raw/lists/acties-2026-03-01.tsv" in done.out
    rows = json.loads(cli("actions", "--format", "json").out)
    taken = {row["action"]: row for row in rows if row["document"] == "lists/acties-2026-03-01.tsv"}
    assert taken.keys() == {"De affiche maken", "De tent huren"}
    assert taken["De tent huren"]["status"] == "done"
    text = (place / "raw" / "lists" / "acties-2026-03-01.tsv").read_text()
    assert text[taken["De tent huren"]["start"] : taken["De tent huren"]["end"]] == "De tent huren"


def test_a_list_is_shown_and_not_taken_over_unasked(cli, place: Path) -> None:
    (place / "acties.csv").write_text(LIST)
    done = cli("import", "acties.csv", "--column", "owner=Nr", "--column", "other=c")
    assert done.code == 2
    assert "Noor Verbiest" in done.out
    assert "There is nobody to ask" in done.err
    assert not (place / "raw" / "lists").exists()


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("owner=Waar", "There is no column 'Waar'."),
        ("owner", "There is no column ''."),
        ("kleur=Nr", "A column is no 'kleur'."),
        ("other=Actie", "No column holds the actions."),
    ],
)
def test_a_wrong_column_is_told(cli, place: Path, column: str, told: str) -> None:
    (place / "acties.csv").write_text("Actie;Status\nDe affiche maken;open\n")
    done = cli("import", "acties.csv", "--yes", "--column", column)
    assert done.code == 2
    assert told in done.err


def test_headings_that_no_list_of_words_knows_are_no_action(cli, place: Path) -> None:
    (place / "acties.csv").write_text("Klusje;Naam;Voor of op\nDe tent huren;Noor Verbiest;15/04/2026\n")
    assert "Actions taken over: 1, of rows: 1." in cli("import", "acties.csv", "--yes").out
    (place / "klusjes.csv").write_text("Klusje;Naam\nDe stoelen tellen;Noor Verbiest\n")
    taken = cli("import", "klusjes.csv", "--yes", "--column", "action=Klusje").out
    assert "Actions taken over: 1, of rows: 1." in taken
    rows = json.loads(cli("actions", "--format", "json").out)
    assert "Klusje" not in {row["action"] for row in rows}


def test_another_list_of_the_same_name_and_day_is_kept_beside_the_first(cli, place: Path) -> None:
    folder = place / "raw" / "lists"
    take = ("import", "acties.csv", "--yes", "--date", "2026-03-01")
    (place / "acties.csv").write_text(LIST)
    assert cli(*take).code == 0
    first = (folder / "acties-2026-03-01.tsv").read_bytes()
    (place / "acties.csv").write_text(LIST.replace("De tent huren", "De stoelen tellen"))
    assert "acties-2026-03-01_2.tsv" in cli(*take).out
    assert (folder / "acties-2026-03-01.tsv").read_bytes() == first
    rows = json.loads(cli("actions", "--format", "json").out)
    assert {"De tent huren", "De stoelen tellen"} <= {row["action"] for row in rows}


def test_the_same_list_again_adds_nothing(cli, place: Path) -> None:
    take = ("import", "acties.csv", "--yes", "--date", "2026-03-01")
    for content in (LIST, LIST.replace("huren", "kopen")):
        (place / "acties.csv").write_text(content)
        assert "Actions taken over: 2" in cli(*take).out
        before, actions = sorted((place / "raw").rglob("*")), cli("actions", "--format", "json").out
        again = cli(*take)
        assert again.code == 0
        assert "This list was taken over already" in again.out
        assert sorted((place / "raw").rglob("*")) == before
        assert cli("actions", "--format", "json").out == actions


def test_a_list_that_is_taken_over_again_another_day_is_updated(cli, place: Path) -> None:
    (place / "acties.csv").write_text(LIST + "3;Vlag;;;open\n4;Vlag;;;open\n")
    assert cli("import", "acties.csv", "--yes", "--date", "2026-03-01").code == 0
    (place / "acties maart.csv").write_text((place / "acties.csv").read_text())
    for name in ("acties.csv", "acties maart.csv"):
        assert "taken over already" in cli("import", name, "--yes", "--date", "2026-03-09").out
    changed = LIST.replace("Noor Verbiest;15/04/2026;open", "Bram;20/04/2026;klaar").replace("klaar\n", "open\n", 2)
    (place / "acties 2.csv").write_text(changed + "3;Vlag;;;vervallen\n4;Vlag;;;open\n5;De bus boeken;;;open\n")
    assert cli("import", "acties 2.csv", "--yes", "--date", "2026-05-01").code == 0
    rows = [row for row in json.loads(cli("actions", "--format", "json").out) if row["document"].startswith("lists/")]
    assert sorted((row["action"], row["status"], row["opened_on"]) for row in rows) == [
        ("De affiche maken", "open", "2026-03-01"),
        ("De bus boeken", "open", "2026-05-01"),
        ("De tent huren", "open", "2026-03-01"),
        ("Vlag", "dropped", "2026-03-01"),
        ("Vlag", "open", "2026-03-01"),
    ]
    affiche = next(row for row in rows if row["action"] == "De affiche maken")
    assert (affiche["owners"], affiche["due"]) == (["Bram"], "2026-04-20")
    kinds = [
        event["kind"] for event in json.loads(cli("action", "show", affiche["id"], "--format", "json").out)["events"]
    ]
    assert kinds == ["created", "reassigned", "postponed"]


def test_a_list_that_is_taken_over_again_the_same_day_is_brought_up_to_date(cli, place: Path) -> None:
    take = ("import", "acties.csv", "--yes", "--date", "2026-03-01")
    (place / "acties.csv").write_text(LIST)
    assert cli(*take).code == 0
    (place / "acties.csv").write_text(LIST.replace("open", "klaar") + "3;De vlag hijsen;;;open\n")
    assert "The list of that day is brought up to date" in cli(*take).out
    assert [path.name for path in (place / "raw" / "lists").iterdir()] == ["acties-2026-03-01.tsv"]
    rows = json.loads(cli("actions", "--format", "json").out)
    taken = {row["action"]: row["status"] for row in rows if row["document"].startswith("lists/")}
    assert taken == {"De affiche maken": "done", "De tent huren": "done", "De vlag hijsen": "open"}


def test_what_a_list_has_that_cannot_be_used_is_kept_as_issues(cli, place: Path) -> None:
    rows = "3;;Noor;;open\n4;De vlag hijsen;;01/02/2026;vervallen\n5;De bus boeken;;32/13/2026;\n"
    (place / "acties.csv").write_text(LIST + rows)
    assert cli("import", "acties.csv", "--yes", "--date", "2026-05-01").code == 0
    found = json.loads(cli("issues", "--format", "json").out)
    assert sorted((row["code"], row["quote"]) for row in found if row["document"].startswith("lists/")) == [
        ("row-deadline-unread", "32/13/2026"),
        ("row-without-action", "3\t\tNoor\t\topen"),
    ]
    assert "dropped" in {row["status"] for row in json.loads(cli("actions", "--format", "json").out)}


def test_rows_that_give_no_action_and_unreadable_deadlines_are_named_before_the_question(cli, place: Path) -> None:
    rows = ("3;;Noor;;open", "4;De vlag hijsen;;;vervallen", "", "5;De bus boeken;;32/13/2026;", "6;Bellen;;zsm;")
    (place / "acties.csv").write_text(LIST + "\n".join(rows) + "\n")
    done = cli("--lang", "nl", "import", "acties.csv", "--date", "2026-03-01")
    assert done.code == 2  # nobody to ask
    assert [line for line in done.out.splitlines() if line.startswith("Rij ")] == [
        "Rij 4 wordt niet overgenomen: er staat geen actie in (3 · Noor · open).",
        "Rij 5 wordt overgenomen als vervallen: haar status is “vervallen”.",
        "Rij 7: de termijn “32/13/2026” kan niet gelezen worden; de actie wordt overgenomen zonder dag.",
    ]
    (place / "acties.csv").write_text(LIST)
    assert "Row " not in cli("import", "acties.csv").out


@pytest.mark.parametrize("content", ["Actie;Wie;Tegen\n", "Acties 2026;;\n;;\nActie;Wie;Tegen\n", "Opdracht;Voor\n"])
def test_headings_alone_are_no_action(cli, place: Path, content: str) -> None:
    (place / "acties.csv").write_text(content)
    done = cli("import", "acties.csv", "--yes")
    assert done.code == 1
    assert "There are no rows with actions below the headings in acties.csv." in done.err
    assert not (place / "raw" / "lists").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_export_is_refused(cli, place: Path, ending: str) -> None:
    for language in LANGUAGES:
        assert cli("--lang", language, "export", "-o", f"{language}.{ending}").code == 0
        done = cli("import", f"{language}.{ending}", "--yes")
        assert done.code == 1
        assert "actions in it that are in the database already: 3." in done.err
    assert not (place / "raw" / "lists").exists()


def test_an_export_of_another_place_can_be_taken_over(cli, place: Path) -> None:
    known = [row["id"] for row in json.loads(cli("actions", "--format", "json").out)]
    for language in LANGUAGES:
        assert cli("--lang", language, "export", "-o", f"{language}.csv").code == 0
        text = (place / f"{language}.csv").read_text()
        for number, identifier in enumerate(known):
            text = text.replace(identifier, f"{number:016x}")
        (place / f"{language}.csv").write_text(text)
    for language in LANGUAGES:
        assert cli("--lang", language, "import", f"{language}.csv", "--yes", "--date", "2026-06-01").code == 0
        rows = json.loads(cli("actions", "--format", "json").out)
        found = {row["action"] for row in rows if row["document"] == f"lists/{language}-2026-06-01.tsv"}
        assert "ACTION Bram belt de zaal" in found
