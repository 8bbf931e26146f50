"""The commands that read files: ingest, extract, text, schema."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from minutes_nlp import ingest as ingest_module
from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import safely

GOOD = "Verslag\nDATE 2026-03-10\nDECISION ja\nACTION Noor belt\n"

pytestmark = pytest.mark.usefixtures("fake_pipeline")


@pytest.fixture
def raw(folder: Path) -> Path:
    """`raw/` with one good file."""
    (folder / "raw" / "a").mkdir(parents=True)
    (folder / "raw" / "a" / "goed.txt").write_text(GOOD)
    return folder / "raw"


def test_ingest_then_ask(cli, raw: Path) -> None:
    done = cli("ingest")
    assert (done.code, done.out) == (0, "1 new.\n")
    assert done.err == "[1/1] a/goed.txt: new; actions: 1, decisions: 1\n"
    assert "Noor" in cli("actions", "--open").out
    assert cli("ingest").out == "1 unchanged.\n"
    assert cli("ingest").err == ""


def test_ingest_lists_what_failed_and_what_is_gone_and_goes_on(cli, raw: Path) -> None:
    cli("ingest")
    (raw / "a" / "goed.txt").unlink()
    (raw / "leeg.txt").write_text("")
    (raw / "ander.txt").write_text(GOOD)
    (raw / ".verborgen").write_text("x")
    done = cli("ingest", "--lang", "nl")
    assert done.code == 1
    assert done.out.startswith("1 nieuw, 1 verdwenen, 1 overgeslagen, 1 mislukt.\n")
    assert "Verdwenen: a/goed.txt; wat erin stond, blijft bewaard." in done.out
    assert "Overgeslagen: .verborgen (een verborgen bestand)." in done.out
    failures = done.out.split("Deze bestanden konden niet gelezen worden:")[1]
    assert "leeg.txt" in failures
    assert "Zet het verslag erin, of verwijder het." in " ".join(failures.split())
    assert "ander.txt" not in failures


def test_ingest_without_a_raw_folder_or_with_an_empty_one(cli, folder: Path) -> None:
    assert "There is no folder raw." in cli("ingest").err
    (folder / "raw").mkdir()
    done = cli("ingest", "--lang", "fr")
    assert (done.code, done.out) == (0, "Il n'y a rien à lire : mettez des procès-verbaux dans le dossier raw/.\n")


def test_ingest_of_a_path_that_is_not_there_does_nothing(cli, raw: Path, folder: Path) -> None:
    refused = cli("ingest", "raw", "weg.txt")
    assert (refused.code, refused.out) == (1, "")
    assert "There is no file or folder weg.txt." in refused.err
    assert not (folder / "structured").exists()


def test_ingest_stopped_by_ctrl_c_says_how_far_it_was(cli, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "later.txt").write_text(GOOD)
    save = ingest_module.save_record

    def save_first(db, record, **options):
        if record.document.path == "later.txt":
            raise KeyboardInterrupt
        return save(db, record, **options)

    monkeypatch.setattr(ingest_module, "save_record", save_first)
    stopped = cli("ingest")
    assert stopped.code == 130
    assert "Stopped after 1 of 2 files." in stopped.err
    monkeypatch.undo()


def test_ingest_into_a_folder_that_may_not_be_written(cli, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    refused = cli("ingest")
    assert refused.code == 1
    assert "may not be written to" in refused.err


def test_ingest_where_a_file_stands_in_the_way(cli, raw: Path, folder: Path) -> None:
    (folder / "structured").write_text("a file, not a folder")
    refused = cli("ingest")
    assert refused.code == 1
    assert refused.err.startswith("Error: structured")
    assert "Traceback" not in refused.err


def test_extract_prints_a_line_of_json_per_document(cli, raw: Path) -> None:
    (raw / "b.txt").write_text(GOOD.replace("Noor", "Zoë"), encoding="utf-8")
    done = cli("extract", "raw")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [record["doc"] for record in records] == ["a/goed.txt", "b.txt"]
    action = records[1]["actions"][0]
    assert records[1]["text"][action["start"] : action["end"]] == action["quote"] == "ACTION Zoë belt"
    assert records[1]["meeting"]["languages"] == ["nl"]
    assert not Path("structured").exists(), "no database is made"


def test_extract_writes_a_file_per_document(cli, raw: Path, folder: Path) -> None:
    done = cli("extract", "raw/a/goed.txt", "raw/a", "-o", "uit")
    assert done.code == 2, "both would be uit/goed.txt.json"
    done = cli("extract", "raw", "-o", "uit/diep")
    assert (done.code, done.out) == (0, "")
    written = sorted(str(path.relative_to(folder / "uit")) for path in (folder / "uit").rglob("*") if path.is_file())
    assert written == ["diep/a/goed.txt.json"]
    assert json.loads((folder / "uit/diep/a/goed.txt.json").read_text())["doc"] == "a/goed.txt"


def test_extract_and_ingest_name_a_link_that_leads_out_and_do_not_follow_it(cli, raw: Path, folder: Path) -> None:
    (folder / "geheim.txt").write_text("De lonen van iedereen.\n")
    (raw / "a" / "lonen.txt").symlink_to(folder / "geheim.txt")
    done = cli("extract", "raw/a")
    assert "lonen.txt" in done.err
    assert "De lonen" not in done.out
    assert "a/lonen.txt" in cli("ingest").out


def test_extract_does_not_read_its_own_results(cli, raw: Path) -> None:
    for _ in range(2):
        done = cli("extract", "raw", "-o", "raw/uit")
        assert (done.code, done.err) == (0, "")
    assert [path.name for path in (raw / "uit").rglob("*.json")] == ["goed.txt.json"]


def test_extract_does_the_others_when_a_result_cannot_be_written(cli, raw: Path, folder: Path) -> None:
    long = "0" * 247 + ".txt"
    try:
        (raw / long).write_text(GOOD)
    except OSError:
        pytest.skip("this file system has shorter names")
    done = cli("extract", "raw", "-o", "uit")
    assert done.code == 1
    assert "is too long for the name of a file" in done.err
    assert [path.name for path in (folder / "uit").rglob("*") if path.is_file()] == ["goed.txt.json"]


def test_extract_does_the_others_when_one_fails(cli, raw: Path) -> None:
    (raw / "0-leeg.txt").write_text("")
    (raw / "1-kapot.txt").write_text("BOOM\n")
    done = cli("extract", "raw")
    assert done.code == 1
    assert [json.loads(line)["doc"] for line in done.out.splitlines()] == ["a/goed.txt"]
    assert "0-leeg.txt is empty." in done.err
    assert "1-kapot.txt could not be processed (RuntimeError: boom)." in done.err


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["extract", "raw", "-o", "raw/a/goed.txt"], "is no folder", 2),
        (["extract", "nergens"], "There is no file or folder nergens.", 1),
        (["extract", "leeg"], "There is no file to read in leeg.", 1),
        (["extract"], "FILE|DIR… is missing.", 2),
        (["text", "raw"], "raw is a folder", 1),
        (["text", "nergens"], "nergens does not exist.", 1),
    ],
)
def test_what_cannot_be_read_or_written_is_told_first(
    cli, raw: Path, folder: Path, processor, arguments: list[str], message: str, code: int
) -> None:
    (folder / "leeg").mkdir()
    refused = cli(*arguments)
    assert (refused.code, refused.out) == (code, "")
    assert message in refused.err
    assert processor.processed == []


def test_extract_to_a_folder_that_may_not_be_written(
    cli, raw: Path, processor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert cli("extract", "raw", "-o", "uit").code == 2
    assert processor.processed == []


def test_text_prints_exactly_what_offsets_refer_to(cli, folder: Path) -> None:
    (folder / "x.txt").write_bytes("\ufeffEén\r\ntwee\rdrie".encode())
    assert cli("text", "x.txt").out == "Eén\ntwee\ndrie"


def test_the_schema_fits_the_records_that_ingest_writes(cli, raw: Path, folder: Path) -> None:
    cli("ingest")
    schema = json.loads(cli("schema").out)
    record = json.loads((folder / "structured/records/a/goed.txt.json").read_text())
    jsonschema.validate(record, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**record, "surprise": 1}, schema)


@pytest.mark.parametrize("command", ["text", "extract"])
def test_whether_a_file_may_be_read_shows_when_it_is_read(
    cli, raw: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def refuse(path: Path, limits: object) -> bytes:
        raise ReadingError("reading.permission", f"{path} may not be read.", path=path)

    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(safely, "read_bytes", refuse)
    refused = cli("--lang", "nl", command, "raw/a/goed.txt")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Fout: raw/a/goed.txt mag niet gelezen worden.\n")
