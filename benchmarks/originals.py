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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import Any

from minutes_nlp.pipeline import MinutesPipeline, build_pipeline
from minutes_nlp.reading import SourceDocument, read_document
from minutes_nlp.spans import cover

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
_ALIKE = 0.75  # of the letters
_DIGITS = 12  # of a digest that names a document
MARKS = re.compile(r"(?<=<!-- originals:begin -->\n).*?(?=<!-- originals:end -->)", re.DOTALL)

Tally = tuple[int, int, int]


@dataclass(frozen=True)
class Compared:
    """One document, read from its original and from plain text.

    Attributes:
        name: of the document, without ending.
        kind: ending of the original, without dot.
        original, plain: right, extra and missed per layer.
        digest: the first digits of the SHA-256 of the original, by which tables name the document.
        held: per layer, how many annotated passages the plain text holds letter by letter; said again ones don't count.
        lost: how many of these the text of the original doesn't; in `original` they count as missed whatever is found.
        sought: as `original`, but with these passages looked up as the block, row or cell that is most like them.
    """

    name: str
    kind: str
    original: Mapping[str, Tally]
    plain: Mapping[str, Tally]
    digest: str = ""
    held: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    sought: Mapping[str, Tally] = field(default_factory=dict)


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
    plain, original = read_document(folder / "docs" / f"{path.stem}.txt"), read_document(path)
    there = scorer.relocate(gold, plain.text, plain.text)
    here = scorer.relocate(gold, original.text, plain.text)
    record = pipeline.process(original).evaluation_view()
    held = {layer: _found(there[key], layer) for layer, key in PASSAGES.items()}
    return Compared(
        path.stem,
        path.suffix[1:],
        _tallies(here, record, original, scorer),
        _tallies(there, pipeline.process(plain).evaluation_view(), plain, scorer),
        original.sha256[:_DIGITS],
        held,
        {layer: held[layer] - _found(here[key], layer) for layer, key in PASSAGES.items()},
        _tallies(_sought(here, original, scorer), record, original, scorer),
    )


def _found(passages: Iterable[Mapping[str, Any]], layer: str) -> int:
    """How many passages that count in a layer were looked up with success."""
    counted = (entry for entry in passages if not entry.get("repeat") and (layer != "agenda" or entry["level"] == 1))
    return sum(entry["start"] >= 0 for entry in counted)


def _tallies(
    gold: Mapping[str, object], record: Mapping[str, object], document: SourceDocument, scorer: ModuleType
) -> dict[str, Tally]:
    counts, _ = scorer.score_document(gold, {**record, "text": document.text}, document.text)
    return {layer: counts.get(layer, (0, 0, 0)) for layer in LAYERS}


def _sought(gold: Mapping[str, Any], document: SourceDocument, scorer: ModuleType) -> dict[str, Any]:
    """The annotation with passages that were not found put where the text is most like them, if it is so at all."""
    spans = [block.span for block in document.blocks]
    spans += [cover(cell.lines) for block in document.blocks for cell in block.cells if cell.lines]
    places = [(span, scorer.squeeze(span.text(document.text))[0]) for span in spans]
    moved = dict(gold)
    for key in set(PASSAGES.values()):
        moved[key] = []
        for entry in gold[key]:
            if entry["start"] < 0:
                wanted = scorer.squeeze(entry.get("quote") or entry.get("line"))[0]
                alike, span = max(((_alike(wanted, text), span) for span, text in places), key=itemgetter(0))
                if alike >= _ALIKE:
                    entry = {**entry, "start": span.start, "end": span.end}  # noqa: PLW2901
            moved[key].append(entry)
    return moved


def _alike(text: str, other: str) -> float:
    """How much of two texts is the same in the same order, 0 to 1."""
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0


def f1(tallies: Iterable[Tally]) -> float:
    """F1 of the sum of tallies; not a number if there is nothing to find and nothing was found."""
    right, extra, missed = map(sum, zip(*tallies, strict=True))
    return 2 * right / (2 * right + extra + missed) if right + extra + missed else math.nan


def scores(documents: Sequence[Compared], layer: str, *, sought: bool = False) -> tuple[float, float]:
    """F1 of a layer from originals and from plain text; with `sought` as `Compared.sought` counts."""
    originals = [(one.sought if sought else one.original)[layer] for one in documents]
    return f1(originals), f1(one.plain[layer] for one in documents)


def ceiling(documents: Sequence[Compared], layer: str) -> float:
    """The F1 of finding every passage and nothing else, where those count as wrong and missed that the text lacks."""
    held = sum(one.held.get(layer, 0) for one in documents)
    lost = sum(one.lost.get(layer, 0) for one in documents)
    return 1 - lost / held if held else math.nan


def tables(documents: Sequence[Compared]) -> str:
    """The tables in Markdown: passages looked up letter by letter, where that finds none by likeness, and which."""
    lost = [one for one in documents if any(one.lost.values())]
    kinds = {one.kind for one in lost}
    return (
        f"{_table(documents)}\n\n"
        "Some passages were annotated on text that prints the rows of a table line by line, and have a word of the\n"
        "next column in their middle. Read cell by cell a document doesn't hold them letter by letter, so that they\n"
        "count as missed whatever is found. Looked up as the row, cell or paragraph that is most like them, if more\n"
        f"than {100 * _ALIKE:.0f} % of the letters are the same (in brackets how many passages that concerns):\n\n"
        f"{_table([one for one in documents if one.kind in kinds], sought=True)}\n\n"
        "How many passages are so, of all that count, by document (the first digits of the SHA-256 of its original).\n"
        "In the last line, what finding every passage of the format and nothing else scores in the first table:\n\n"
        f"{_lost_table(documents, lost)}\n"
    )


def _lost_table(documents: Sequence[Compared], lost: Sequence[Compared]) -> str:
    lines = _head("document", *(LAYERS[layer] for layer in PASSAGES))
    for kind in FORMATS:
        for one in (one for one in lost if one.kind == kind):
            cells = [f"{one.lost.get(layer, 0)} of {one.held.get(layer, 0)}" for layer in PASSAGES]
            lines.append(f"| `{one.digest}` (`.{kind}`) | {' | '.join(cells)} |")
        if any(one.kind == kind for one in lost):
            of = [one for one in documents if one.kind == kind]
            best = (f"{ceiling(of, layer):.3f}" for layer in PASSAGES)
            lines.append(f"| all `.{kind}`, at best | {' | '.join(best)} |")
    return "\n".join(lines)


def _head(*names: str) -> list[str]:
    return [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]


def _table(documents: Sequence[Compared], *, sought: bool = False) -> str:
    lines = _head("", "documents", *LAYERS.values())
    for kind in FORMATS:
        of = [one for one in documents if one.kind == kind]
        if not of:
            continue
        cells = []
        for layer in LAYERS:
            original, plain = scores(of, layer, sought=sought)
            lost = sum(one.lost.get(layer, 0) for one in of)
            note = f" ({lost})" if sought and lost else ""
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
