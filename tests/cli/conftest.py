"""A working folder with a database, and the program run in it."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

import minutes_nlp.pipeline
from minutes_nlp.cli.app import run
from minutes_nlp.reading.readers import read_content
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

ROOT = Path(__file__).resolve().parent.parent.parent

COUNCIL = """Gemeenteraad maart
DATE 2026-03-10
DECISION de begroting geldt
ACTION Noor maakt het bord BY 2026-04-01
ACTION Bram belt de zaal
"""
NETWORK = """Réseau d'été
DATE 2026-04-14
ACTION Aïcha envoie le budget BY 2999-05
"""


@dataclass(frozen=True)
class Result:
    """What a run of the program left: exit code and both outputs."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, in no particular locale, on a terminal of 100 columns."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "MINUTES_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process."""

    def call(*arguments: str) -> Result:
        code = run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def fake_pipeline(monkeypatch: pytest.MonkeyPatch, processor):
    """Let the commands use a processor that needs no language model."""
    monkeypatch.setitem(vars(minutes_nlp.pipeline), "build_pipeline", lambda _settings: processor)
    return processor


@pytest.fixture
def database(folder: Path, processor, noon: datetime.datetime) -> Path:
    """A database with two meetings in the working folder."""
    path = folder / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        for name, text in (("raad/maart.txt", COUNCIL), ("réseau.txt", NETWORK)):
            record = processor.process(read_content(text.encode(), name=name))
            save_record(db, record, ingested_at=noon, pipeline="test")
    return path


def environment(**changes: str) -> dict[str, str]:
    """The environment of a program started on its own: this source tree, no locale, and the changes."""
    dropped = ("LC_ALL", "LC_MESSAGES", "LANG", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **changes}


@pytest.fixture
def program(folder: Path) -> Run:
    """Run the program as a process of its own; `env` changes its environment."""

    def call(*arguments: str, env: dict[str, str] | None = None, code: Sequence[str] = ("-m", "minutes_nlp")) -> Result:
        done = subprocess.run(
            [sys.executable, *code, *arguments],
            cwd=folder,
            env=environment(**(env or {})),
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return call
