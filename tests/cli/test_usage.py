"""A wrong command line is refused before anything is done, in the user's language, without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_nlp import __version__
from minutes_nlp.cli import browse
from minutes_nlp.cli.app import build
from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.reference import reference

DOCUMENTATION = Path(__file__).parent.parent.parent / "docs" / "cli.md"


def test_the_documentation_of_the_command_line_is_up_to_date() -> None:
    assert DOCUMENTATION.read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_every_command_and_option_is_documented() -> None:
    page = DOCUMENTATION.read_text(encoding="utf-8")
    for name, command in build(Messages()).localised().items():
        assert f"## minutes {name}\n" in page
        section = page.split(f"## minutes {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            for flag in (*parameter.opts, *parameter.secondary_opts):
                assert flag in section or parameter.param_type_name == "argument"


def test_without_arguments_the_help_is_shown(cli) -> None:
    assert cli().out == cli("--help").out
    assert cli().code == 0
    assert "actions" in cli().out


def test_the_version(cli) -> None:
    assert cli("--version").out == f"minutes {__version__}\n"


@pytest.mark.parametrize(
    ("language", "usage"), [("nl", "Gebruik: minutes actions"), ("fr", "Utilisation : minutes actions")]
)
def test_the_help_speaks_the_language_asked_for(cli, language: str, usage: str) -> None:
    assert cli("actions", "--help", "--lang", language).out.startswith(usage)


def test_the_help_speaks_the_language_of_the_locale(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    assert cli("--help").out.startswith("Utilisation : minutes")


def test_the_help_works_whatever_the_settings_say(cli, folder: Path) -> None:
    (folder / "minutes.toml").write_text("nonsense = 1")
    assert cli("actions", "--help").code == 0
    refused = cli("actions")
    assert refused.code == 1
    assert "nonsense" in refused.err


def test_the_settings_choose_the_language_and_the_database(cli, folder: Path, database: Path) -> None:
    database.rename(folder / "elders.db")
    (folder / "minutes.toml").write_text('language = "nl"\ndatabase = "elders.db"\n')
    assert "Noor" in cli("actions").out
    assert cli("actions", "--database", "weg.db").err.startswith("Fout: Er is nog geen databank weg.db.")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["actoins"], "There is no command actoins.", "There is: actions, action."),
        (["actions", "--opne"], "There is no option --opne.", "Did you mean --open"),
        (["--opne"], "There is no option --opne.", "Add --help"),
        (["actions", "extra", "words"], "This is too much: extra words.", "Add --help"),
        (["actions", "--owner"], "The option --owner lacks its value.\n", "Add --help"),
        (["actions", "--stale"], "The option --stale lacks its value.\n", "Add --help"),
        (["actions", "--stale="], "The option --stale lacks its value.\n", "Add --help"),
        (["actions", "--open=yes"], "The option --open takes no value.", "Add --help"),
        (["actions", "--format", "xml"], "There is no format xml.", "Use table, json, csv."),
        (["show", "x", "--format", "csv"], "There is no format csv.", "Use table, json."),
        (["actions", "--due-before", "soon"], "soon is no date.", "2024-05-31"),
        (["actions", "--due-after", "2026-02-30"], "2026-02-30 is no date.", "2024-05-31"),
        (["search", "x", "--limit", "0"], "0 is no number.", "whole number"),
        (["browse", "--port", "99999"], "99999 is no port.", "Give a number"),
        (["search"], "WORDS… is missing.", "Add --help"),
        (["show"], "MEETING is missing.", "Add --help"),
        (["--lang", "de", "actions"], "There are no messages in de.", "Use nl, fr, en."),
        (["evaluate", ".", "--errors", "ages"], "There is no layer ages.", "Use meeting"),
        (["--lang"], "The option --lang lacks its value", "Add --help"),
    ],
)
def test_a_wrong_command_line_has_exit_code_2_and_a_hint(cli, arguments: list[str], message: str, hint: str) -> None:
    refused = cli(*arguments)
    assert (refused.code, refused.out) == (2, "")
    assert message in refused.err
    assert hint in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    ("language", "message"),
    [("nl", "Fout: soon is geen datum.\nSchrijf ze als"), ("fr", "Erreur : soon n'est pas une date.\nÉcrivez-la")],
)
def test_what_is_wrong_is_told_in_the_users_language(cli, language: str, message: str) -> None:
    assert cli("actions", "--due-before", "soon", "--lang", language).err.startswith(message)


def test_a_question_without_a_database_tells_to_ingest_first(cli) -> None:
    for command in (["actions"], ["decisions"], ["meetings"], ["people"], ["search", "x"], ["show", "x"], ["browse"]):
        refused = cli(*command)
        assert refused.code == 1
        assert "minutes ingest" in refused.err
        assert refused.out == ""


def test_a_database_that_is_none_is_told(cli, folder: Path) -> None:
    (folder / "structured").mkdir()
    (folder / "structured" / "minutes.db").write_text("this is no database at all, but long enough to be one" * 50)
    refused = cli("actions")
    assert refused.code == 1
    assert "no usable SQLite database" in refused.err


def test_a_fault_of_the_program_gives_a_message_and_its_traceback_only_on_request(
    cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("minutes_nlp.cli.session.Session.open", broken)
    told = cli("actions")
    assert told.code == 1
    assert "ZeroDivisionError: oops" in told.err
    assert "Traceback" not in told.err
    monkeypatch.setenv("MINUTES_TRACEBACK", "1")
    assert "Traceback" in cli("actions").err


@pytest.mark.parametrize(
    ("problem", "message", "code"),
    [
        (KeyboardInterrupt(), "Stopped.", 130),
        (PermissionError(13, "Permission denied", "x/y"), "x/y: Permission denied.", 1),
        (MemoryError(), "not enough memory", 1),
    ],
)
def test_whatever_stops_a_command_is_told(
    cli, monkeypatch: pytest.MonkeyPatch, problem: BaseException, message: str, code: int
) -> None:
    def broken(*_args: object) -> None:
        raise problem

    monkeypatch.setattr("minutes_nlp.cli.session.Session.open", broken)
    told = cli("actions")
    assert told.code == code
    assert message in told.err


def test_a_message_cannot_steer_the_terminal(cli) -> None:
    refused = cli("actions", "--format", "\x1b[2J")
    assert "\x1b" not in refused.err


def test_the_port_that_the_help_shows_is_that_of_the_server() -> None:
    from minutes_nlp.browse.server import DEFAULT_PORT

    assert browse.PORT == DEFAULT_PORT
