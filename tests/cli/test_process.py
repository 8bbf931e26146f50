"""The program as a process of its own: signals, pipes, locales, what it loads and how long it takes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from minutes_nlp.cli.app import COMMANDS

SECONDS = 0.4
HEAVY = {"spacy", "thinc", "torch", "transformers", "datasette", "py3langid"}
ASKING = (
    ["actions", "--open"],
    ["decisions"],
    ["meetings"],
    ["show", "maart.txt"],
    ["people"],
    ["organisations"],
    ["search", "budget"],
)
HANDING_OVER = (
    ["digest"],
    ["export", "--format", "csv"],
    ["export", "--format", "jsonl"],
    ["diff"],
    ["backup", "b.zip"],
)

LOADED = """
import json, sys
from minutes_nlp.cli.app import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]), file=sys.stderr)
"""

SLOW_INGEST = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background hands on that it is ignored
import minutes_nlp.pipeline as pipeline
sys.path.insert(0, {tests!r})
from conftest import LineProcessor

class Slow(LineProcessor):
    def process(self, document):
        if document.name != "1.txt":
            time.sleep(30)
        return super().process(document)

vars(pipeline)["build_pipeline"] = lambda settings: Slow()
from minutes_nlp.cli.app import main
main()
"""


@pytest.mark.parametrize("arguments", [*ASKING, *HANDING_OVER, ["--help"], ["ingest", "--help"]], ids=" ".join)
def test_a_question_loads_no_language_model(program, database: Path, arguments: list[str]) -> None:
    done = program(*arguments, code=("-c", LOADED))
    code, loaded = json.loads(done.err.splitlines()[-1])
    assert code == 0
    assert HEAVY.isdisjoint(loaded)


@pytest.mark.parametrize("arguments", [["--help"], ["actions", "--open"], ["meetings", "--until", "2026-01-01"]])
def test_the_help_and_questions_load_no_pydantic_either(program, database: Path, arguments: list[str]) -> None:
    _, loaded = json.loads(program(*arguments, code=("-c", LOADED)).err.splitlines()[-1])
    assert {"pydantic", "sqlite_utils", "rich"}.isdisjoint(loaded)


@pytest.mark.parametrize("arguments", [["--help"], ["actions", "--open"]], ids=" ".join)
def test_help_and_questions_are_quick(program, database: Path, arguments: list[str]) -> None:
    def seconds() -> float:
        """What the process spent computing: other work on the machine does not count."""
        before = os.times()
        assert program(*arguments).code == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(5)) < SECONDS


@pytest.mark.skipif(os.name == "nt", reason="no POSIX signals there")
def test_ctrl_c_during_an_ingest_keeps_what_is_done_and_says_so(folder: Path, tmp_path: Path) -> None:
    (folder / "raw").mkdir()
    for number in (1, 2, 3):
        (folder / "raw" / f"{number}.txt").write_text(f"Verslag {number}\nACTION Noor belt\n")
    root = Path(__file__).resolve().parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "100"}
    code = SLOW_INGEST.format(tests=str(root / "tests"))
    with subprocess.Popen(
        [sys.executable, "-c", code, "ingest"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("[1/3] 1.txt: new")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out == ""
    assert err == "Stopped after 1 of 3 files.\nWhat was done is kept; run it again for the rest.\n"
    records = [path.name for path in (folder / "structured" / "records").iterdir()]
    assert records == ["1.txt.json"]


@pytest.mark.skipif(os.name == "nt", reason="no POSIX signals there")
def test_browse_serves_the_database_until_ctrl_c(folder: Path, database: Path) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    with subprocess.Popen(
        [sys.executable, "-m", "minutes_nlp", "browse", "--no-open", "--port", "0", "--lang", "nl"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told.startswith("Open http://127.0.0.1:")
        with urllib.request.urlopen(told.split()[1], timeout=120) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="no such pipes there")
@pytest.mark.parametrize("arguments", [["actions", "--format", "json"], ["actions"], ["--help"]], ids=" ".join)
def test_a_reader_that_stops_reading_is_no_error(folder: Path, database: Path, arguments: list[str]) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "minutes_nlp", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "xx_YY.nonsense"},
    ],
    ids=str,
)
def test_any_locale_will_do(program, database: Path, env: dict[str, str]) -> None:
    told = program("meetings", env=env)
    assert told.code == 0, told.err
    assert "Gemeenteraad maart" in told.out
    rows = json.loads(program("meetings", "--format", "json", env=env).out)
    assert sorted(row["title"] for row in rows) == ["Gemeenteraad maart", "Réseau d'été"], "programs always get UTF-8"


def test_the_locale_chooses_the_language(program) -> None:
    assert program("actions", env={"LC_ALL": "nl_BE.UTF-8"}).err.startswith("Fout: Er is nog geen databank")
    assert program("actions", env={"LANG": "fr_BE"}).err.startswith("Erreur : ")


def test_every_command_is_there_in_a_narrow_terminal(program) -> None:
    shown = program("--help", env={"COLUMNS": "40"}).out
    for name, _ in COMMANDS:
        assert f"  {name}\n" in shown or f"  {name} " in shown
