"""The training project: every step can be run, and makes what the package brings."""

import ast
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = yaml.safe_load((ROOT / "models" / "project.yml").read_text(encoding="utf-8"))
COMMANDS = {command["name"]: command for command in PROJECT["commands"]}
OF_PACKAGE = {  # modules that are not called like the package that brings them
    "sklearn": "scikit-learn",
    "pycrfsuite": "python-crfsuite",
    "numpy": "spacy",
    "thinc": "spacy",
    "tokenizers": "transformers",
}


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


def imported(script: Path) -> Iterator[str]:
    """The packages that a script and the modules beside it import, the standard library and this project left out."""
    beside = {path.stem for path in script.parent.glob("*.py")}
    for path in script.parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in (name.split(".")[0] for name in names):
                if name not in {"minutes_nlp", *beside} and name not in sys.stdlib_module_names:
                    yield OF_PACKAGE.get(name, name)


def test_what_the_steps_import_is_installed_with_the_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    names = {re.split(r"[<>=\[; ]", line)[0] for line in declared}
    locked = (ROOT / "locks" / "train.txt").read_text(encoding="utf-8")
    for step in (step for workflow in PROJECT["workflows"].values() for step in workflow):
        for line in COMMANDS[step]["script"]:
            script = ROOT / "models" / shlex.split(line)[1]
            if script.parent.name != "benchmarks":
                assert set(imported(script)) <= names, line
    assert all(f"\n{name.split('[')[0]}==" in locked for name in names)
