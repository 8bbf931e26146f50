"""Compare records made from original files with records made from the plain text of the same documents.

    python benchmarks/originals.py                   # prints the tables, and the documents that differ
    python benchmarks/originals.py docs/formats.md   # writes the tables between `originals:begin` and `originals:end`

The annotated documents are expected in `../shared/corpus`, or in `$MINUTES_SHARED/corpus`, and are scored by
`tools/score.py` as it does with `--by-text`: the annotated passages are looked up in the text of each record by their
letters and digits. Exit status 1 if the documents are absent.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from minutes_nlp.pipeline import MinutesPipeline, build_pipeline
from minutes_nlp.reading import read_document

ROOT = Path(__file__).resolve().parent.parent
SPLITS = ("dev", "train")
FORMATS = ("docx", "pdf", "odt", "html")
LAYERS = {
    "attendance": "attendance",
    "agenda": "agenda, level 1",
    "agenda-all": "agenda, all levels",
    "decisions": "decisions",
    "actions": "actions",
}
PASSAGES = {"agenda": "agenda_items", "agenda-all": "agenda_items", "decisions": "decisions", "actions": "actions"}
MARKS = re.compile(r"(?<=<!-- originals:begin -->\n).*?(?=<!-- originals:end -->)", re.DOTALL)

Tally = tuple[int, int, int]


@dataclass(frozen=True)
class Compared:
    """One document, read from its original and from plain text.

    Attributes:
        name: of the document, without ending.
        kind: ending of the original, without dot.
        original, plain: right, extra and missed per layer.
        lost: per layer, how many annotated passages the text of the original doesn't hold word after word, though the
            plain text does; they count as missed whatever is found.
    """

    name: str
    kind: str
    original: Mapping[str, Tally]
    plain: Mapping[str, Tally]
    lost: Mapping[str, int] = field(default_factory=dict)


def corpus_folder() -> Path:
    """Where the annotated documents are."""
    return Path(os.environ.get("MINUTES_SHARED") or ROOT.parent / "shared") / "corpus"


def compare(corpus: Path, formats: Iterable[str] = FORMATS) -> Iterator[Compared]:
    """Read every original of these formats, and its plain text, and score both."""
    scorer = _scorer(corpus.parent / "tools" / "score.py")
    pipeline = build_pipeline()
    kinds = tuple(formats)
    for folder in (corpus / split for split in SPLITS):
        for path in sorted((folder / "originals").iterdir()):
            if path.suffix[1:] in kinds:
                yield _compared(path, folder, pipeline, scorer)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _compared(path: Path, folder: Path, pipeline: MinutesPipeline, scorer: ModuleType) -> Compared:
    gold = json.loads((folder / "gold" / f"{path.stem}.txt.json").read_text(encoding="utf-8"))
    plain = read_document(folder / "docs" / f"{path.stem}.txt")
    tallies, found = [], []
    for document in (read_document(path), plain):
        record = {**pipeline.process(document).evaluation_view(), "text": document.text}
        moved = scorer.relocate(gold, document.text, plain.text)
        counts, _ = scorer.score_document(moved, record, document.text)
        tallies.append({layer: counts.get(layer, (0, 0, 0)) for layer in LAYERS})
        found.append({key: sum(entry["start"] >= 0 for entry in moved[key]) for key in PASSAGES.values()})
    lost = {layer: found[1][key] - found[0][key] for layer, key in PASSAGES.items()}
    return Compared(path.stem, path.suffix[1:], tallies[0], tallies[1], lost)


def f1(tallies: Iterable[Tally]) -> float:
    """F1 of the sum of tallies; not a number if there is nothing to find and nothing was found."""
    right, extra, missed = map(sum, zip(*tallies, strict=True))
    return 2 * right / (2 * right + extra + missed) if right + extra + missed else math.nan


def scores(documents: Sequence[Compared], layer: str, *, whole: bool = False) -> tuple[float, float]:
    """F1 of a layer from originals and from plain text; with `whole` without the documents that lost passages of it."""
    chosen = [one for one in documents if not (whole and one.lost.get(layer, 0))] or documents
    return f1(one.original[layer] for one in chosen), f1(one.plain[layer] for one in chosen)


def tables(documents: Sequence[Compared]) -> str:
    """Both tables in Markdown: all documents, and those in which all passages can be looked up."""
    return (
        f"{_table(documents, scores)}\n\n"
        "Some passages were annotated on text that prints the rows of a table line by line, and have a word of the\n"
        "next column in their middle. Read cell by cell a document doesn't hold them, so that they count as missed\n"
        "whatever is found. Without the documents in which there are such passages (in brackets their number):\n\n"
        f"{_table(documents, lambda of, layer: scores(of, layer, whole=True), left_out=True)}\n"
    )


def _table(
    documents: Sequence[Compared],
    scored: Callable[[Sequence[Compared], str], tuple[float, float]],
    *,
    left_out: bool = False,
) -> str:
    heads = ["", "documents", *LAYERS.values()]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for kind in FORMATS:
        of = [one for one in documents if one.kind == kind]
        without = {layer: sum(one.lost.get(layer, 0) > 0 for one in of) for layer in LAYERS}
        if not of or (left_out and not any(without.values())):
            continue
        cells = []
        for layer in LAYERS:
            original, plain = scored(of, layer)
            note = f" (−{without[layer]})" if left_out and without[layer] else ""
            cells.append(f"{original:.3f} (text {plain:.3f}){note}")
        lines.append(f"| `.{kind}` | {len(of)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables, or write them into a file."""
    corpus = corpus_folder()
    if not corpus.is_dir():
        sys.exit(f"There are no documents in {corpus}; set MINUTES_SHARED.")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if target and not MARKS.search(target.read_text(encoding="utf-8")):
        sys.exit(f"{target} has no marks `originals:begin` and `originals:end`.")
    documents = list(compare(corpus))
    text = tables(documents)
    if target:
        target.write_text(MARKS.sub(lambda _: text, target.read_text(encoding="utf-8")), encoding="utf-8")
        return
    print(text)
    print("Right, extra and missed, where they differ:")
    for one in documents:
        for layer in LAYERS:
            if one.original[layer] != one.plain[layer]:
                print(f"{one.name}.{one.kind} {layer}: {one.original[layer]} (text {one.plain[layer]})")


if __name__ == "__main__":
    main()
