"""What the labels of a model of the user's own mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from minutes_nlp.errors import ExtractionError
from minutes_nlp.resources import themes

PERSON = "person"
"""A person of whom the model does not say whether they came."""
_OUTSIDE = "O"  # the label of a token that belongs to nothing
_POSITION = re.compile(r"^[BILUES]-")  # of a token in its passage


def targets(part: str) -> tuple[str, ...]:
    """What a model may find for a part: `decision`; `action`; a status or `person`; the ids of the list of themes."""
    fixed = {
        "decisions": ("decision",),
        "actions": ("action",),
        "attendance": ("present", "excused", "absent", PERSON),
    }
    return fixed[part] if part in fixed else tuple(theme["id"] for theme in themes())


def plain(label: str) -> str:
    """The label of a token without its place in the passage (`B-PER`, `I-PER`: `PER`)."""
    return _POSITION.sub("", label)


def meanings(part: str, given: Mapping[str, str], known: Iterable[str], model: str) -> dict[str, str]:
    """What each label of a model stands for; labels without meaning for this part are left out.

    Args:
        part: of the pipeline.
        given: label of the model to one of `targets(part)`; a label with the name of a target needs no mention.
        known: the labels of the model.
        model: how to call the model in a message.

    Raises:
        ExtractionError: `given` names a label or a target that is none, or no label of the model has a meaning.
    """
    allowed, labels = targets(part), sorted(set(known) - {_OUTSIDE})
    for label, target in given.items():
        if target not in allowed:
            raise ExtractionError(
                "own.target",
                f"The label {label!r} cannot stand for {target!r} among {part}.",
                f"It can stand for: {', '.join(allowed)}.",
                part=part,
                label=label,
                target=target,
                known=", ".join(allowed),
            )
        if label not in labels:
            raise ExtractionError(
                "own.label",
                f"{model} has no label {label!r}.",
                f"It has: {', '.join(labels)}.",
                model=model,
                label=label,
                known=", ".join(labels),
            )
    found = {label: given.get(label, _same(label, allowed)) for label in labels}
    told = {label: target for label, target in found.items() if target is not None}
    if not told:
        named = ", ".join(labels)
        raise ExtractionError(
            "own.labels",
            f"None of the labels of {model} ({named}) has a meaning for {part}.",
            f"Say in [pipeline.options.{part}.labels] which of them stands for: {', '.join(allowed)}.",
            model=model,
            labels=named,
            part=part,
            known=", ".join(allowed),
        )
    return told


def _same(label: str, allowed: Iterable[str]) -> str | None:
    name = label.casefold().replace("_", "-")
    return name if name in allowed else None
