"""What the documentation shows is run."""

import doctest
import importlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON = sorted(path for path in (ROOT / "minutes_nlp").rglob("*.py") if ">>>" in path.read_text(encoding="utf-8"))


def commands() -> list[str]:
    """The `minutes …` lines of the README's shell blocks, without comments; `browse` would not end."""
    lines = [
        line for block in SHELL.findall((ROOT / "README.md").read_text(encoding="utf-8")) for line in block.split("\n")
    ]
    found = [line.split("#")[0].strip().removeprefix(".venv/bin/") for line in lines]
    return [line for line in found if line.startswith("minutes ") and not line.startswith("minutes browse")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the samples, already ingested."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "raw", place / "raw")
    subprocess.run([sys.executable, "-m", "minutes_nlp", "ingest"], cwd=place, check=True, capture_output=True)
    return place


def test_the_readme_shows_the_main_commands() -> None:
    shown = {command.split()[1] for command in commands()}
    assert shown >= {"ingest", "actions", "decisions", "meetings", "show", "people", "search"}


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_answers(command: str, folder: Path) -> None:
    arguments = shlex.split(command)[1:]
    answer = subprocess.run(
        [sys.executable, "-m", "minutes_nlp", "--lang", "en", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip(), "an example that finds nothing shows nothing"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.stem)
def test_the_examples_in_docstrings_hold(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
