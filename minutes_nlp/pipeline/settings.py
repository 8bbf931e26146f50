"""Which recogniser does what, and the fingerprint of that choice. Loads nothing heavy: no spaCy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from minutes_nlp import __version__

DEFAULT_RECOGNISERS: Mapping[str, str] = {
    "layout": "minutes.layout.v1",
    "meeting": "minutes.meeting.v1",
    "attendance": "minutes.attendance.v1",
    "schedule": "minutes.schedule.v1",
    "decisions": "minutes.decisions.v2",
    "actions": "minutes.actions.v2",
    "themes": "minutes.themes.v1",
}
_NOT_READ_BY_RECOGNISERS = "messages.toml"


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """Which registered component takes which part; an empty name leaves the part out.

    `options` gives a component its configuration, by part.
    """

    recognisers: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_RECOGNISERS))
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def fingerprint(settings: PipelineSettings, words: Path | None = None) -> str:
    """Changes whenever the same file could give another record: version, recognisers, options, models, word lists.

    Args:
        settings: the recognisers and their options.
        words: the user's folder of word lists, if any.

    Returns:
        16 hexadecimal digits.
    """
    parts = [__version__, *sorted(map(str, settings.recognisers.items()))]
    parts += [str(sorted((part, sorted(options.items())) for part, options in settings.options.items()))]
    digest = hashlib.sha256("\n".join(parts).encode())
    for model in sorted(resources.files("minutes_nlp").joinpath("trained").iterdir(), key=lambda entry: entry.name):
        digest.update(b"\0" + model.name.encode() + b"\0" + model.read_bytes())
    for root in (resources.files("minutes_nlp.resources"), words):
        for name, content in _word_lists(root) if root is not None else ():
            digest.update(b"\0" + name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _word_lists(folder: Traversable, below: str = "") -> Iterator[tuple[str, bytes]]:
    """Path and content of every word list under `folder`, in a fixed order; none if there is no such folder."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _word_lists(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(".toml") and entry.name != _NOT_READ_BY_RECOGNISERS:
            yield below + entry.name, entry.read_bytes()
