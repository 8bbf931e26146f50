"""The project's own spaCy pipelines (`models/base/`): parts of speech, morphology, lemmas, sentences, named entities.

The road from file to record doesn't need them; they are for those who want more of a text than the recognisers give.
"""

from __future__ import annotations

import functools
from pathlib import Path

import spacy
from spacy.language import Language

from minutes_nlp.errors import ResourceError

_META = "meta.json"


def base_languages(folder: Path) -> tuple[str, ...]:
    """The languages that have a pipeline in `folder`, in alphabetical order; empty if there is no such folder."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{_META}")))


@functools.cache
def base_pipeline(language: str, folder: Path) -> Language:
    """The pipeline of a language, loaded once per process.

    Args:
        language: ISO 639-1 code (`nl`).
        folder: where the pipelines lie, one folder per language (`models/base` of the project).

    Returns:
        A pipeline whose documents keep the text as it is: character offsets are those of the text given.

    Raises:
        ResourceError: there is no pipeline of this language, or it cannot be loaded.
    """
    path = folder / language
    if not (path / _META).is_file():
        raise ResourceError(
            "language.no_pipeline",
            f"There is no spaCy pipeline for {language!r} in {folder}.",
            f"There is: {', '.join(base_languages(folder)) or '-'}. models/base/README.md says how to build one.",
            language=language,
            folder=folder,
            known=", ".join(base_languages(folder)) or "-",
        )
    try:
        return spacy.load(path)
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(
            "language.pipeline_unreadable",
            f"The spaCy pipeline in {path} cannot be loaded: {error}.",
            "Build it anew (models/base/README.md), with the same version of spaCy.",
            path=path,
        ) from error
