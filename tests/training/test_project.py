"""The training project: every step can be run, and makes what the package brings."""

import shlex
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = yaml.safe_load((ROOT / "models" / "project.yml").read_text(encoding="utf-8"))
COMMANDS = {command["name"]: command for command in PROJECT["commands"]}


def test_every_workflow_names_steps_that_exist() -> None:
    for steps in PROJECT["workflows"].values():
        assert set(steps) <= set(COMMANDS)


def test_every_step_runs_a_script_of_the_repository() -> None:
    for command in COMMANDS.values():
        for line in command["script"]:
            program, script, *_ = shlex.split(line)
            assert program == "python"
            assert (ROOT / "models" / script).is_file(), line


def test_what_the_package_brings_is_made_by_a_step() -> None:
    made = {Path(output).name for command in COMMANDS.values() for output in command.get("outputs", ())}
    brought = {path.name for path in (ROOT / "minutes_nlp" / "trained").glob("*.npz")}
    assert brought == {name for name in made if name.endswith(".npz")}
