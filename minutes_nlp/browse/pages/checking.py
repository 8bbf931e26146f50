"""What does not add up, told in the reader's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from minutes_nlp.browse.words import Words
from minutes_nlp.resources import section

Row = dict[str, Any]


def issue_texts(issues: Iterable[Row], words: Words) -> list[Row]:
    """The issues with their `text` and, where one passage shows it, the offset it starts at (`start`)."""
    return [{**row, "text": issue_text(row["code"], json.loads(row["details"]), words)} for row in issues]


def issue_text(code: str, details: Mapping[str, Any], words: Words) -> str:
    """What does not add up, in a sentence; its code, if the details lack what the sentence names."""
    shown = {name: _shown(value, words) for name, value in details.items()}
    text = section(words.language, "messages").get("issues", {}).get(code)
    try:
        return str(text).format_map(shown) if text else code
    except (KeyError, IndexError, ValueError):
        return code


def _shown(value: object, words: Words) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(entry, words) for entry in value)
    return words.day(value) if isinstance(value, str) else str(value)


def error_texts(errors: Iterable[Row], words: Words) -> list[Row]:
    """Files that could not be read, with what is wrong (`text`) in the reader's language."""
    texts = section(words.language, "messages").get("errors", {})
    found = []
    for row in errors:
        told = texts.get(row["code"], {}).get("message", "")
        found.append({**row, "text": told if told and "{" not in told else row["message"]})
    return found
