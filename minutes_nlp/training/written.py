"""Invented minutes with their gold written inside the text, as they lie in `models/data/minutes/`.

| mark | around or before |
|---|---|
| `⟦META\\|lang=nl;fr\\|date=…\\|title=…⟧` | the first line: facts of the meeting |
| `⟦P\\|status=present\\|org=…\\|role=chair⟧…⟦/P⟧` | a name of the attendance list |
| `⟦H1\\|themes=finance,events⟧` | at the start of an agenda item's heading line (`H2`, `H3` below it) |
| `⟦D⟧…⟦/D⟧` | a decision |
| `⟦A\\|owners=…;…\\|due=…\\|done⟧…⟦/A⟧` | an action item |
| `⟦DA\\|…⟧…⟦/DA⟧` | both in one |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes_nlp.errors import EvaluationError

_MARK = re.compile(r"⟦(?P<close>/)?(?P<kind>[A-Z]+)(?P<level>\d)?(?:\|(?P<values>[^⟧]*))?⟧")
_NUMBER = re.compile(r"[#*_\s]*(?P<number>\(?(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)(?=[.):\s]))?[.):]*\s*")
_LIST_SIGN = re.compile(r"\s*[;,]\s*")
_MEETING = {"date": "date", "title": "title", "body": "body", "start": "start_time", "end": "end_time"} | {
    "location": "location",
    "next": "next_meeting",
}


@dataclass(frozen=True, slots=True)
class WrittenMinutes:
    """An invented document: its text without marks, and its gold in the fields of the annotation guideline."""

    name: str
    text: str
    gold: dict[str, Any]


def read_written(folder: Path) -> Iterator[WrittenMinutes]:
    """The invented minutes of a folder, by name.

    Raises:
        EvaluationError: a file's marks don't match.
    """
    for path in sorted(folder.glob("*.txt")):
        yield parse_written(path.read_text(encoding="utf-8"), path.name)


def parse_written(marked: str, name: str) -> WrittenMinutes:
    """Take the marks out of a text and turn them into gold.

    Raises:
        EvaluationError: a mark is unknown, not closed, or closed without being open.
    """
    parts: list[str] = []
    length = position = 0
    opened: list[tuple[str, dict[str, str], int]] = []
    gold = _empty(name)
    headings: list[tuple[int, int, dict[str, str]]] = []
    for mark in _MARK.finditer(marked):
        piece = marked[position : mark.start()]
        parts.append(piece)
        length += len(piece)
        position = mark.end()
        kind, values = mark["kind"], _values(mark["values"] or "")
        if kind == "META":
            position += marked.startswith("\n", position)
            gold["meeting"] |= {field: values.get(key) for key, field in _MEETING.items()}
            gold["meeting"]["languages"] = _LIST_SIGN.split(values.get("lang", ""))
        elif kind == "H" and mark["level"]:
            headings.append((length, int(mark["level"]), values))
        elif kind not in ("P", "D", "A", "DA"):
            raise EvaluationError("training.mark", f"{name}: there is no mark {mark[0]}.", path=name)
        elif not mark["close"]:
            opened.append((kind, values, length))
        elif not opened or opened[-1][0] != kind:
            raise EvaluationError("training.mark", f"{name}: {mark[0]} closes nothing.", path=name)
        else:
            _, values, start = opened.pop()
            _add(gold, kind, values, "".join(parts)[start:length], start)
    if opened:
        raise EvaluationError("training.mark", f"{name}: {opened[-1][0]} is not closed.", path=name)
    text = "".join(parts) + marked[position:]
    gold["agenda_items"] = [_heading(text, *heading) for heading in headings]
    gold["themes"] = _themes(gold["agenda_items"])
    return WrittenMinutes(name, text, gold)


def _empty(name: str) -> dict[str, Any]:
    meeting = dict.fromkeys(_MEETING.values())
    layers: dict[str, Any] = {layer: [] for layer in ("attendance", "schedule", "decisions", "actions", "themes")}
    return {"doc": name, "meeting": meeting | {"languages": []}, **layers, "agenda_items": []}


def _values(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split("|") if part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _add(gold: dict[str, Any], kind: str, values: dict[str, str], quote: str, start: int) -> None:
    place = {"quote": quote, "start": start, "end": start + len(quote)}
    if kind == "P":
        person = {"name": quote, "status": values.get("status", "present")}
        gold["attendance"].append({**person, "organisation": values.get("org"), "role": values.get("role")})
    if kind in ("D", "DA"):
        gold["decisions"].append(dict(place))
    if kind in ("A", "DA"):
        owners = [owner.strip() for owner in values.get("owners", "").split(";") if owner.strip()]
        status = "done" if "done" in values else "open"
        due = {"due": values.get("due") or None, "due_text": None}
        gold["actions"].append({**place, "owners": owners, **due, "status": status})


def _heading(text: str, start: int, level: int, values: dict[str, str]) -> dict[str, Any]:
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)].rstrip()
    lead = _NUMBER.match(line)
    number = lead["number"] if lead else None
    title = line[lead.end() if lead else 0 :].strip(" *_#:=")
    themes = [theme for theme in values.get("themes", "").split(",") if theme]
    place = {"line": line, "start": start, "end": start + len(line)}
    return {**place, "number": number, "title": title, "level": level, "themes": themes}


def _themes(items: list[dict[str, Any]]) -> list[str]:
    found = list(dict.fromkeys(theme for item in items for theme in item["themes"]))
    return [theme for theme in found if theme != "meeting-procedure"] or found
