"""Gold files: what a careful reader found in a document, in the fields of the annotation guideline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from minutes_nlp.errors import EvaluationError


def load_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """The gold of every document in a folder `<document's name>.json`, by the document's name.

    Raises:
        EvaluationError: the folder is missing, or a file is no gold.
    """
    if not folder.is_dir():
        raise EvaluationError("evaluation.no-gold", f"There is no folder {folder} with gold files.", path=folder)
    gold: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            gold[content["doc"]] = content
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError("evaluation.bad-gold", f"{path} is no gold file: {error}.", path=path) from error
    return gold
