"""The folder of a model, and the packages that it takes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from minutes_nlp.errors import ExtractionError


def model_folder(part: str, path: str) -> Path:
    """The folder that the option `path` names.

    Raises:
        ExtractionError: it names none.
    """
    folder = Path(path)
    if not path or not folder.is_dir():
        raise ExtractionError(
            "own.folder",
            f"The model for {part} is not there: {path or 'no path'} is no folder.",
            f"Give the folder as path in [pipeline.options.{part}].",
            part=part,
            path=path or "–",
        )
    return folder


def extra(name: str) -> ModuleType:
    """A package that only some models take.

    Raises:
        ExtractionError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ExtractionError(
            "own.package",
            f"This kind of model takes the package {name}, which is not installed.",
            'Install it: pip install "minutes-nlp[train]".',
            package=name,
        ) from error


def unloadable(folder: Path, error: Exception) -> ExtractionError:
    """The error to raise when a model cannot be loaded."""
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return ExtractionError(
        "own.unloadable",
        f"The model in {folder} cannot be loaded: {reason}.",
        "See docs/own-models.md for what the folder must hold.",
        path=folder,
        reason=reason,
    )


def wrong_kind(folder: Path, found: str, known: str) -> ExtractionError:
    """The error to raise when a model does something that is of no use here."""
    return ExtractionError(
        "own.kind",
        f"The model in {folder} is of no use here: it has {found or 'nothing'}, needed is one of {known}.",
        "See docs/own-models.md for the kinds of models.",
        path=folder,
        found=found or "–",
        known=known,
    )
