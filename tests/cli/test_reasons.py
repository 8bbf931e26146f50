"""Why something failed is told in the user's language, with the place that she knows, not that of the program."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import threading
import tomllib
from pathlib import Path

import pytest

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.problems import INTERRUPTED, StoppedError, explain, report
from minutes_nlp.cli.reasons import translated
from minutes_nlp.resources import section

DUTCH, FRENCH = Messages("nl"), Messages("fr")


@pytest.mark.parametrize(
    "name", [name for name in section("en", "messages")["reasons"]["known"] if hasattr(errno, name)]
)
def test_what_the_system_says_is_translated(name: str) -> None:
    said = os.strerror(getattr(errno, name))
    for say in (DUTCH, FRENCH):
        assert translated(said, say.find) == section(say.language, "messages")["reasons"]["known"][name]
        assert translated(f"[Errno 1] {said}: '/somewhere/.hidden'", say.find) == translated(said, say.find)


def test_what_is_not_known_stays_as_it_is() -> None:
    assert translated("the moon is full", DUTCH.find) == "the moon is full"


@pytest.mark.parametrize(
    ("content", "dutch"),
    [
        ("language = nl", "regel 1, kolom 12: dit is geen waarde (staat tekst tussen aanhalingstekens?)"),
        ("a = 1\na = 2\n", "regel 2, kolom 6: deze sleutel staat er twee keer"),
        ("language\n", "regel 1, kolom 9: na een sleutel wordt = verwacht"),
        ("a = [1,", "aan het einde: dit is geen waarde (staat tekst tussen aanhalingstekens?)"),
        ("a = 1e", "regel 1, kolom 6: hier moet een nieuwe regel beginnen"),
        ("[a]\n[a]\n", "regel 2, kolom 3: de schrijfwijze klopt niet"),
    ],
)
def test_what_is_wrong_in_a_settings_file_is_told_by_line_and_column(content: str, dutch: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(content)
    assert translated(str(raised.value), DUTCH.find) == dutch


def test_a_broken_settings_file_is_told_in_french(cli, folder: Path) -> None:
    (folder / "minutes.toml").write_text("language = nl\n")
    assert cli("actions", "--lang", "fr").err.splitlines()[0] == (
        "Erreur : minutes.toml n'est pas du TOML valide : ligne 1, colonne 12 : "
        "ce n'est pas une valeur (le texte est-il entre guillemets ?)."
    )


def test_a_temporary_file_is_called_by_its_folder() -> None:
    problem = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/lijst/.minutes-restore-x1/minutes.db")
    assert explain(problem, DUTCH)[0] == "/data/lijst: de schijf is vol."
    problem = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/.lijst/minutes.db")
    assert explain(problem, DUTCH)[0] == "/data/.lijst/minutes.db: de schijf is vol."
    problem = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/.lijst/.minutes.db.x1.part")
    assert explain(problem, DUTCH)[0] == "/data/.lijst: de schijf is vol."
    assert explain(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), DUTCH)[0] == (
        "Schrijven of lezen lukt niet: de schijf is vol."
    )
    full = sqlite3.OperationalError("database or disk is full")
    for problem in (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), full):
        assert explain(problem, DUTCH)[1] == "Maak plaats op de schijf, en doe het dan opnieuw."
    assert explain(PermissionError(errno.EACCES, os.strerror(errno.EACCES), "raw/a.txt"), FRENCH)[0] == (
        "raw/a.txt : vous n'y avez pas accès."
    )


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), StoppedError("review.stopped", "Stopped.", count=2)])
def test_to_stop_is_no_error(problem: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(problem, DUTCH) == INTERRUPTED
    assert capsys.readouterr().err.startswith("Gestopt.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_written_to_and_never_replaced(cli, database: Path, folder: Path) -> None:
    pipe = folder / "pipe.csv"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert cli("export", "-o", "pipe.csv").code == 0
    reader.join(timeout=20)
    assert read[0].startswith(b"\xef\xbb\xbfStatus,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    refused = cli("backup", "pipe.csv", "--lang", "nl")
    assert (refused.code, stat.S_ISFIFO(pipe.stat().st_mode)) == (1, True)


def test_a_copy_that_cannot_be_put_back_is_told_with_the_folder_and_the_reason(
    cli, database: Path, folder: Path
) -> None:
    assert cli("backup", "kopie.zip").code == 0
    (folder / "bestand").write_text("")
    refused = cli("--database", "bestand/minutes.db", "restore", "kopie.zip", "--lang", "nl")
    assert refused.code == 1
    assert refused.err.splitlines()[0].startswith("Fout: kopie.zip kan niet teruggezet worden in bestand: ")
    assert "minutes-restore" not in refused.err


def test_what_was_written_is_said_where_it_is_no_part_of_the_output(cli, database: Path, folder: Path) -> None:
    done = cli("export", "-o", "acties.csv", "--lang", "nl")
    assert (done.code, done.out, done.err) == (0, "", "Geschreven: acties.csv (acties: 3)\n")
    done = cli("digest", "-o", "todo.md", "--lang", "fr")
    assert (done.out, done.err) == ("", "Écrit : todo.md\n")
    assert cli("export", "--format", "csv").err == ""
