"""Which recogniser does what, and the fingerprint of that choice. Loads nothing heavy: no spaCy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from minutes_nlp import __version__

DEFAULT_RECOGNISERS: Mapping[str, str] = {
    "layout": "minutes.layout.v1",
    "meeting": "minutes.meeting.v1",
    "attendance": "minutes.attendance.v2",
    "schedule": "minutes.schedule.v1",
    "decisions": "minutes.decisions.v2",
    "actions": "minutes.actions.v2",
    "themes": "minutes.themes.v2",
}
_MAKE_RECORDS = (
    "reading",
    "language",
    "layout",
    "extraction",
    "resolution",
    "pipeline",
    "records",
    "resources",
    "trained",
)
_KINDS = (".py", ".toml", ".npz")
_NOT_READ_BY_RECOGNISERS = ("messages.toml", "browse.toml")


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """Which registered component takes which part; an empty name leaves the part out.

    `options` gives a component its configuration, by part.
    """

    recognisers: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_RECOGNISERS))
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def fingerprint(settings: PipelineSettings, words: Path | None = None) -> str:
    """Changes whenever the same file could give another record: version, code, recognisers, options, models, words.

    Args:
        settings: the recognisers and their options; of a model in a folder (option `path`) the content counts, too.
        words: the user's folder of word lists, if any.

    Returns:
        16 hexadecimal digits.
    """
    parts = [__version__, *sorted(map(str, settings.recognisers.items()))]
    parts += [
        json.dumps({part: dict(options) for part, options in settings.options.items()}, sort_keys=True, default=str)
    ]
    digest = hashlib.sha256("\n".join(parts).encode())
    for _, options in sorted(settings.options.items()):
        _add_model(Path(str(options.get("path") or "")), digest)
    package = resources.files("minutes_nlp")
    for root in (*(package / part for part in _MAKE_RECORDS), words):
        for name, content in _files(root) if root is not None else ():
            digest.update(b"\0" + name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _add_model(path: Path, digest: hashlib._Hash) -> None:
    """Let every file of a model count, with its name; none if there is no such folder or file."""
    if path == Path():
        return
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(b"\0" + file.relative_to(path).as_posix().encode() + b"\0")
            with file.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())


def _files(folder: Traversable, below: str = "") -> Iterator[tuple[str, bytes]]:
    """Path and content of all code, word lists and models under `folder`, in a fixed order; none if it is missing."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _files(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_KINDS) and entry.name not in _NOT_READ_BY_RECOGNISERS:
            yield below + entry.name, entry.read_bytes()
