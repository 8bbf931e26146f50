"""The texts are complete in every language, and the right language is spoken."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minutes_nlp
from minutes_nlp.cli.app import COMMANDS, build
from minutes_nlp.cli.messages import Messages, choose_language, hoist_global_options, option_value
from minutes_nlp.errors import MinutesError
from minutes_nlp.resources import section
from minutes_nlp.settings import LANGUAGES

PACKAGE = Path(minutes_nlp.__file__).parent
FOR_DEVELOPERS = {"store.undescribed"}  # raised only where the documentation is made


def flat(table: Any, below: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its dotted key, those of lists (the examples) included; error messages apart."""
    for key, value in table.items():
        if key == "errors" and not below:
            continue
        if isinstance(value, str):
            yield below + key, value
        elif isinstance(value, list):
            for number, (command, explanation) in enumerate(value):
                yield f"{below}{key}.{number}.command", command
                yield f"{below}{key}.{number}.explanation", explanation
        else:
            yield from flat(value, f"{below}{key}.")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


TEXTS = {language: dict(flat(section(language, "messages"))) for language in LANGUAGES}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_text_is_translated_and_names_the_same_values(language: str) -> None:
    assert TEXTS[language].keys() == TEXTS["en"].keys()
    for key, text in TEXTS[language].items():
        if not key.startswith("commands."):
            assert placeholders(text) == placeholders(TEXTS["en"][key]), key
        assert text == text.strip() or key == "help.colon" or ".help" in key, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_option_and_argument_has_its_help(language: str) -> None:
    program = build(Messages(language))
    assert [name for name, _ in COMMANDS] == list(program.commands)
    for command in (program, *program.localised().values()):
        text = command.help_text(100)
        assert command.say.find("commands", command.key(), "examples"), command.key()
        for parameter in command.params:
            assert command.option_help(parameter)
            for flag in parameter.opts if parameter.param_type_name == "option" else ():
                assert flag in text


def raised_errors() -> Iterator[tuple[str, set[str], str]]:
    """Code, names of the values and place of every error that the program raises."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Name):
                continue
            code = node.args[0]
            named = isinstance(code, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z0-9_-]+", str(code.value))
            if node.func.id.endswith("Error") and named and named[0] not in FOR_DEVELOPERS:
                yield named[0], {k.arg for k in node.keywords if k.arg}, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_error_is_translated_and_brings_the_values_that_its_text_names(language: str) -> None:
    texts = section(language, "messages")["errors"]
    problems = []
    for code, values, where in raised_errors():
        if code not in texts:
            problems.append(f"{where}: {code} has no text")
            continue
        named = placeholders(texts[code]["message"]) | placeholders(texts[code].get("hint", ""))
        if not named <= values:
            problems.append(f"{where}: {code} does not bring {named - values}")
    assert problems == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_translation_is_left_of_an_error_that_is_no_more(language: str) -> None:
    assert section(language, "messages")["errors"].keys() <= {code for code, _, _ in raised_errors()}


def test_an_error_without_translation_speaks_english() -> None:
    error = MinutesError("nowhere.known", "It broke.", "Mend it.")
    assert Messages("nl").error(error) == ("It broke.", "Mend it.")


def test_an_error_that_lacks_a_value_speaks_english_rather_than_break() -> None:
    assert Messages("nl").error(MinutesError("store.missing", "No database.", "Ingest.")) == ("No database.", "Ingest.")


def test_values_with_braces_stay_as_they_are() -> None:
    error = MinutesError("reading.missing", "", path="{x}.txt")
    assert Messages("fr").error(error)[0] == "{x}.txt n'existe pas."


@pytest.mark.parametrize(
    ("asked", "configured", "environment", "language"),
    [
        (None, None, {}, "en"),
        (None, None, {"LANG": "nl_BE.UTF-8"}, "nl"),
        (None, None, {"LANG": "nl_BE", "LC_MESSAGES": "fr_BE.UTF-8"}, "fr"),
        (None, None, {"LANG": "nl", "LC_MESSAGES": "nl", "LC_ALL": "fr_FR@euro"}, "fr"),
        (None, None, {"LANG": "nl", "LC_ALL": ""}, "nl"),
        (None, None, {"LANG": "nl", "LC_ALL": "C.UTF-8"}, "en"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, "fr", {"LANG": "nl"}, "fr"),
        (None, "", {"LANG": "nl"}, "nl"),
        ("en", "fr", {"LANG": "nl"}, "en"),
        ("xx", "fr", {}, "fr"),
    ],
)
def test_the_language_is_that_asked_for_else_configured_else_of_the_locale(
    asked: str | None, configured: str | None, environment: dict[str, str], language: str
) -> None:
    assert choose_language(asked, configured, environment) == language


@pytest.mark.parametrize(
    ("given", "hoisted"),
    [
        (["actions", "--lang", "fr", "--open"], ["--lang", "fr", "actions", "--open"]),
        (["actions", "--lang=fr"], ["--lang=fr", "actions"]),
        (["--database", "x.db", "people"], ["--database", "x.db", "people"]),
        (["search", "--", "--lang", "fr"], ["search", "--", "--lang", "fr"]),
        (["actions", "--language"], ["actions", "--language"]),
        (["actions", "--lang"], ["--lang", "actions"]),
        ([], []),
    ],
)
def test_global_options_may_stand_anywhere(given: list[str], hoisted: list[str]) -> None:
    assert hoist_global_options(given, ("--lang", "--database")) == hoisted


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["--lang", "fr"], "fr"),
        (["--lang=nl"], "nl"),
        (["--lang", "fr", "--lang=nl"], "nl"),
        (["--lang"], None),
        (["--", "--lang", "fr"], None),
        ([], None),
    ],
)
def test_the_value_of_an_option_is_found_before_parsing(arguments: list[str], value: str | None) -> None:
    assert option_value(arguments, "--lang") == value


def test_no_heading_or_value_is_translated_in_vain() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "cli").glob("*.py"))
    for key in section("en", "messages")["columns"]:
        assert f'"{key}"' in source, f"columns.{key}"
