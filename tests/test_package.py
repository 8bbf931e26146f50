"""What is shipped: the wheel works without the source, the locks fit the project, the documents name real commands."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, made from a copy of the source."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT], check=True)
    (wheel,) = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", target, wheel], check=True)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "minutes_nlp", "--lang", "en", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_reads_minutes_with_the_source_gone(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    text = "Verslag werkgroep 3 mei 2024\n\nActie: Jef Claes bestelt stoelen tegen 1 juni.\n"
    (tmp_path / "raw" / "a.txt").write_text(text, encoding="utf-8")
    where = "import minutes_nlp; print(minutes_nlp.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    imported = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert imported.stdout.startswith(str(installed))
    assert run(installed, tmp_path, "ingest").returncode == 0
    answer = run(installed, tmp_path, "actions", "--open", "--format", "csv")
    assert answer.returncode == 0
    assert "Jef Claes" in answer.stdout


def test_the_wheel_brings_every_file_of_the_package(installed: Path) -> None:
    def files(root: Path) -> set[str]:
        found = (path for path in (root / "minutes_nlp").rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix() for path in found if path.suffix != ".pyc"}

    assert files(ROOT) <= files(installed)


@pytest.mark.parametrize("group", ["minutes_nlp.readers", "console_scripts"])
def test_every_entry_point_loads(group: str) -> None:
    ours = [entry for entry in entry_points(group=group) if entry.value.startswith("minutes_nlp")]
    assert ours
    for entry in ours:
        assert callable(entry.load())
