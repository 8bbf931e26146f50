"""The recognisers that a user's own model takes part in, one per part and kind of model.

| name | model |
|---|---|
| `minutes.<part>.spacy.v1` | a spaCy pipeline in a folder |
| `minutes.<part>.transformers.v1` | a Hugging Face model in a folder |
| `minutes.<part>.endpoint.v1` | a language model behind an OpenAI-compatible endpoint |

Parts: `decisions`, `actions`, `attendance`, `themes`. Each reads and writes what the program's own recogniser of the
part does. `docs/own-models.md` tells what the options mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final, cast

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.base import factory_name, recogniser
from minutes_nlp.extraction.own.chat import Endpoint, check_address
from minutes_nlp.extraction.own.endpoint import EndpointSpans
from minutes_nlp.extraction.own.passages import FoundActions, FoundDecisions, JudgedByModel, Judging, ModelJudge
from minutes_nlp.extraction.own.people import FoundPeople, StatusesByModel
from minutes_nlp.extraction.own.sources import Model, SpanSource
from minutes_nlp.extraction.own.spacy_model import load_spacy
from minutes_nlp.extraction.own.topics import ClassifiedItems, ItemsOfSpans
from minutes_nlp.extraction.own.transformers_model import load_transformers

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "attendance": ("minutes_text", "minutes_layout"),
    "decisions": ("minutes_text", "minutes_layout", "minutes_attendance"),
    "actions": ("minutes_text", "minutes_layout", "minutes_attendance"),
    "themes": ("minutes_text", "minutes_layout"),
}
"""What the recognisers of each part read."""
_RULES: Final = {
    "attendance": "minutes.attendance.v1",
    "decisions": "minutes.decisions.v1",
    "actions": "minutes.actions.v1",
}
_MOST_RETRIES = 5
_LONGEST_WAIT = 86_400  # seconds, a day

Component = Callable[[Doc], Doc]
_OF_SPANS: Final[Mapping[str, Callable[[SpanSource, float], Component]]] = {
    "attendance": FoundPeople,
    "decisions": FoundDecisions,
    "actions": FoundActions,
    "themes": ItemsOfSpans,
}


def component(nlp: Language, part: str, model: Model, threshold: float) -> Component:
    """The component that makes findings for a part of what a model says."""
    if not 0 <= threshold <= 1:
        raise _wrong(part, "threshold", threshold, "0 … 1")
    if isinstance(model, SpanSource):
        return _OF_SPANS[part](model, threshold)
    if part == "themes":
        return ClassifiedItems(model, threshold)
    rules = nlp.create_pipe(factory_name(_RULES[part]))
    if part == "attendance":
        return StatusesByModel(rules, model, threshold)
    return JudgedByModel(cast(Judging, rules), ModelJudge(part, part.removesuffix("s"), model, threshold))


def _wrong(part: str, key: str, value: object, wanted: str) -> ExtractionError:
    return ExtractionError(
        "own.value",
        f"{key} in [pipeline.options.{part}] is {value!r}; it must be {wanted}.",
        part=part,
        key=key,
        value=repr(value),
        wanted=wanted,
    )


def _register_spacy(part: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
    @recogniser(
        f"minutes.{part}.spacy.v1",
        reads=reads,
        writes=writes,
        options={"path": "", "labels": {}, "threshold": 0.5, "use": ""},
    )
    def spacy_recogniser(
        nlp: Language,
        name: str,  # noqa: ARG001 (spaCy calls it so)
        path: str,
        labels: dict[str, str],
        threshold: float,
        use: str,
    ) -> Component:
        return component(nlp, part, load_spacy(part, path, labels, use), threshold)


def _register_transformers(part: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
    @recogniser(
        f"minutes.{part}.transformers.v1",
        reads=reads,
        writes=writes,
        options={"path": "", "labels": {}, "threshold": 0.5},
    )
    def transformers_recogniser(
        nlp: Language,
        name: str,  # noqa: ARG001
        path: str,
        labels: dict[str, str],
        threshold: float,
    ) -> Component:
        return component(nlp, part, load_transformers(part, path, labels), threshold)


def _register_endpoint(part: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
    @recogniser(
        f"minutes.{part}.endpoint.v1",
        reads=reads,
        writes=writes,
        options={
            "url": "",
            "model": "",
            "timeout_s": 120.0,
            "retries": 1,
            "characters": 8000,
            "allowed_hosts": [],
            "key_variable": "",
        },
    )
    def endpoint_recogniser(
        nlp: Language,
        name: str,  # noqa: ARG001
        url: str,
        model: str,
        timeout_s: float,
        retries: int,
        characters: int,
        allowed_hosts: list[str],
        key_variable: str,
    ) -> Component:
        check_address(part, url, allowed_hosts)
        if not model:
            raise _wrong(part, "model", model, "the name of a model")
        if not 0 < timeout_s <= _LONGEST_WAIT:
            raise _wrong(part, "timeout_s", timeout_s, f"> 0, ≤ {_LONGEST_WAIT}")
        if not 0 <= retries <= _MOST_RETRIES:
            raise _wrong(part, "retries", retries, f"0 … {_MOST_RETRIES}")
        if characters < 1:
            raise _wrong(part, "characters", characters, "> 0")
        key = os.environ.get(key_variable, "").strip() if key_variable else ""
        if not (key.isascii() and key.isprintable()):
            raise _wrong(part, "key_variable", key_variable, "ASCII")
        return component(nlp, part, EndpointSpans(part, Endpoint(url, model, timeout_s, retries, key), characters), 0.0)


for _part, _reads in PARTS.items():
    for _register in (_register_spacy, _register_transformers, _register_endpoint):
        _register(_part, _reads, (f"minutes_{_part}",))
