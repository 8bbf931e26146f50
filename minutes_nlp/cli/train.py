"""`minutes train`: learn from corrected records."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.output import parse_format, write_rows
from minutes_nlp.cli.session import session
from minutes_nlp.cli.work import processing

if TYPE_CHECKING:
    from minutes_nlp.training.own import OwnModel


@dataclass(frozen=True, slots=True)
class TrainedRow:
    """One model: F1 on the records before (as shipped) and after (each record held out), and what it learned from."""

    part: str
    before: float
    after: float
    precision: float
    recall: float
    passages: int
    model: str


def train(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER")] = Path("own-models"),
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)] = "table",
) -> None:
    """Fit the models of decisions and action items on the records in `DIR/gold` of the documents in `DIR/docs`."""
    from minutes_nlp.training.corpus import folder_examples
    from minutes_nlp.training.own import SHARE, require_training, train_own

    here = session(context)
    require_training()
    documents = folder_examples(folder, processing(here.settings).limits)
    models = train_own(documents, output)
    rows = [_row(model) for model in models]
    columns = ("part", "passages", "before", "after", "precision", "recall", "model")
    write_rows(rows, TrainedRow, format_, columns, here.say, "")
    if format_ == "table":
        sys.stdout.write(here.say("train.use") + "\n\n")
        for row in rows:
            sys.stdout.write(f'[pipeline.options.{row.part}]\npath = "{row.model}"\nshare = {SHARE}\n')


def _row(model: OwnModel) -> TrainedRow:
    scores = (model.shipped.f1, model.fitted.f1, model.fitted.precision, model.fitted.recall)
    before, after, precision, recall = (round(score, 3) for score in scores)
    path = model.path.as_posix()
    return TrainedRow(model.act, before, after, precision, recall, model.fitted.positives, path)
