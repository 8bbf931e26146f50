"""How many processes share the work of a command, and what it tells of the time it took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("fake_pipeline")


@pytest.fixture
def raw(folder: Path) -> Path:
    """A raw folder with two minutes in it."""
    (folder / "raw").mkdir()
    (folder / "raw" / "een.txt").write_text("Verslag een\nACTION Noor belt\n")
    (folder / "raw" / "twee.txt").write_text("Verslag twee\nDECISION het plan geldt\n")
    return folder / "raw"


def test_an_ingest_tells_the_time_of_its_parts_only_if_asked(cli, raw: Path) -> None:
    told = cli("ingest", "--timings").out.splitlines()
    assert told[0] == "2 new."
    assert told[2].split() == ["Part", "Seconds", "Words/s", "Share"]
    assert [line.split()[0] for line in told[4:]] == ["reading", "storing", "all"]
    assert told[-1].endswith("100.0%")
    assert cli("ingest").out == "2 unchanged.\n"


@pytest.mark.parametrize("arguments", [("ingest",), ("extract", "raw"), ("evaluate", "corpus")], ids=" ".join)
@pytest.mark.parametrize("number", ["0", "-1", "twee", "1.5"])
def test_a_wrong_number_of_processes_is_refused(cli, raw: Path, arguments: tuple[str, ...], number: str) -> None:
    done = cli(*arguments, f"--jobs={number}")
    assert (done.code, done.out) == (2, "")
    assert f"{number} is no number of processes.\nUse a whole number from 1." in done.err


def test_extract_prints_the_documents_in_the_order_of_their_names(cli, raw: Path) -> None:
    views = [json.loads(line) for line in cli("extract", "raw", "--jobs", "1").out.splitlines()]
    assert [len(view["actions"]) for view in views] == [1, 0]


@pytest.mark.parametrize(("value", "wanted"), [("-1", "a whole number from 0"), ('"2"', "a whole number")])
def test_the_number_in_the_settings_is_checked(cli, raw: Path, value: str, wanted: str) -> None:
    (raw.parent / "minutes.toml").write_text(f"jobs = {value}\n")
    done = cli("ingest")
    assert done.code == 1
    assert f"jobs in minutes.toml must be {wanted}" in done.err
