"""`minutes evaluate`: how good is the program on documents with a known answer?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.output import parse_format, write_rows, write_table
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import session
from minutes_nlp.cli.tables import clean
from minutes_nlp.cli.work import parse_jobs, processing

if TYPE_CHECKING:
    from minutes_nlp.cli.messages import Messages
    from minutes_nlp.evaluation import LayerScore, Scores


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One layer: precision, recall and F1 (0 to 1) with its 95 % interval, and the counts behind them."""

    layer: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    tp: int
    fp: int
    fn: int


def evaluate(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEXT", show_default=False)] = "",
    errors: Annotated[list[str] | None, typer.Option("--errors", metavar="LAYER", show_default=False)] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", parser=parse_jobs, show_default=False)
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)] = "table",
) -> None:
    """Score the documents in `DIR/docs` against `DIR/gold`."""
    from minutes_nlp.evaluation import LAYERS, evaluate_with, load_gold

    here = session(context)
    for layer in errors or ():
        if layer not in LAYERS:
            known = ", ".join(LAYERS)
            raise UsageError("usage.layer", f"There is no layer {layer}.", f"Use {known}.", value=layer, known=known)
    load_gold(folder / "gold")  # a wrong folder is told before the pipeline is built
    processed = processing(here.settings, jobs)
    scores = evaluate_with(folder, processed.run, prefix=prefix, limits=processed.limits)
    rows = [_row(layer) for layer in scores.layers]
    columns = ("layer", "precision", "recall", "f1", "low", "high", "tp", "fp", "fn")
    write_rows(rows, ScoreRow, format_, columns, here.say, "")
    if format_ == "table":
        sys.stdout.write(here.say("evaluate.documents", count=len(scores.documents)) + "\n")
        _write_differences(scores, errors or [], here.say)


def _row(score: LayerScore) -> ScoreRow:
    tally = score.tally
    precision, recall, f1 = (round(share, 3) for share in (tally.precision, tally.recall, tally.f1))
    low, high = round(score.low, 3), round(score.high, 3)
    return ScoreRow(score.layer, precision, recall, f1, low, high, tally.tp, tally.fp, tally.fn)


def _write_differences(scores: Scores, layers: list[str], say: Messages) -> None:
    found = [
        (document, entry.layer, say.get(f"values.difference.{entry.kind}", entry.kind), entry.text)
        for document, differences in scores.differences.items()
        for entry in differences
        if entry.layer in layers
    ]
    if found:
        headings = [say(f"columns.{name}") for name in ("document", "layer", "difference", "text")]
        sys.stdout.write("\n")
        write_table(headings, [[clean(text) for text in column] for column in zip(*found, strict=True)], say)
