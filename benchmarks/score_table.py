"""Score the program on the shared documents and write the table of the README.

    python benchmarks/score_table.py            # prints the table
    python benchmarks/score_table.py README.md  # writes it between the marks `scores:begin` and `scores:end`

The documents are expected in `../shared/corpus/dev`, or in `$MINUTES_SHARED/corpus/dev`. Exit status 1 if they are
absent, or if a quote is not exactly the text at its offsets.
"""

from __future__ import annotations

import math
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minutes_nlp.evaluation import LAYERS, Scores, load_gold, score
from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.reading import read_document

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {"all": "", "nl": "nl-", "fr": "fr-", "nl + fr": "mixed-", "en": "en-", "de": "de-"}
MARKS = re.compile(r"(?<=<!-- scores:begin -->\n).*?(?=<!-- scores:end -->)", re.DOTALL)

Pairs = dict[str, tuple[Mapping[str, Any], Mapping[str, Any], str]]


def extract(corpus: Path) -> tuple[Pairs, int, float]:
    """Gold, record and text of every document with gold; the words read; the seconds it took."""
    pipeline = build_pipeline()
    pairs: Pairs = {}
    words, seconds = 0, 0.0
    for name, gold in load_gold(corpus / "gold").items():
        begun = time.perf_counter()
        record = pipeline.process(read_document(corpus / "docs" / name, name=name))
        seconds += time.perf_counter() - begun
        words += len(record.text.split())
        view = record.evaluation_view()
        for entry in (*view["decisions"], *view["actions"]):
            if record.text[entry["start"] : entry["end"]] != entry["quote"]:
                sys.exit(f"{name}: {entry['quote']!r} is not the text at its offsets")
        pairs[name] = (gold, view, record.text)
    return pairs, words, seconds


def table(pairs: Pairs) -> str:
    """F1 of every layer, for all documents and per language, as a Markdown table."""
    groups: dict[str, Scores] = {}
    for label, prefix in GROUPS.items():
        chosen = {name: pair for name, pair in pairs.items() if name.startswith(prefix)}
        if chosen:
            groups[label] = score(chosen)
    heads = [f"{label} ({len(scores.documents)})" for label, scores in groups.items()]
    heads.insert(1, "95 % interval")
    lines = [f"| layer | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    intervals = {found.layer: f"{found.low:.3f} – {found.high:.3f}" for found in groups["all"].layers}
    for layer in LAYERS:
        if layer not in intervals:
            continue
        cells = [_figure(scores.f1(layer)) for scores in groups.values()]
        cells.insert(1, intervals[layer])
        lines.append(f"| {layer} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _figure(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"


def main() -> None:
    """Print the table, or write it into a file."""
    shared = Path(os.environ.get("MINUTES_SHARED") or ROOT.parent / "shared")
    corpus = shared / "corpus" / "dev"
    if not corpus.is_dir():
        sys.exit(f"There are no documents in {corpus}; set MINUTES_SHARED.")
    pairs, words, seconds = extract(corpus)
    text = (
        f"F1 on {len(pairs)} real minutes, used to choose but not to learn from ({words:,} words; in brackets the\n"
        "number of documents), by the definitions of the annotation guideline. `python benchmarks/score_table.py\n"
        f"README.md` writes this table.\n\n{table(pairs)}\n"
    )
    print(f"{words / seconds:.0f} words per second", file=sys.stderr)
    if len(sys.argv) < 2:
        print(text)
        return
    target = Path(sys.argv[1])
    content = target.read_text(encoding="utf-8")
    if not MARKS.search(content):
        sys.exit(f"{target} has no marks `scores:begin` and `scores:end`.")
    target.write_text(MARKS.sub(lambda _: text, content), encoding="utf-8")


if __name__ == "__main__":
    main()
