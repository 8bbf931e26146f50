"""`minutes train`: learn from corrected records."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.output import parse_format, write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import session
from minutes_nlp.cli.work import processing

if TYPE_CHECKING:
    from minutes_nlp.cli.session import Session
    from minutes_nlp.training.corpus import Example
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
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", show_default=False)] = None,
    from_corrections: Annotated[bool, typer.Option("--from-corrections", show_default=False)] = False,
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER")] = Path("own-models"),
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)] = "table",
) -> None:
    """Fit the models of decisions and action items on the records in `DIR/gold`, and on corrected documents."""
    from minutes_nlp.training.corpus import folder_examples
    from minutes_nlp.training.own import SHARE, require_training, train_own

    here = session(context)
    if folder is None and not from_corrections:
        raise UsageError(
            "usage.train", "There is nothing to learn from.", "Give a folder, or --from-corrections, or both."
        )
    require_training()
    limits = processing(here.settings).limits
    documents = [] if folder is None else list(folder_examples(folder, limits))
    if from_corrections:
        documents += _corrected(here, {example.document.name for example in documents})
    models = train_own(documents, output)
    rows = [_row(model) for model in models]
    columns = ("part", "passages", "before", "after", "precision", "recall", "model")
    write_rows(rows, TrainedRow, format_, columns, here.say, "")
    if format_ == "table":
        sys.stdout.write(here.say("train.use") + "\n\n")
        for row in rows:
            sys.stdout.write(f'[pipeline.options.{row.part}]\npath = "{row.model}"\nshare = {SHARE}\n')


def _corrected(here: Session, known: set[str]) -> list[Example]:
    """The corrected documents of the database that are not among those of the folder; tells how many there are."""
    from minutes_nlp.review.golden import Lessons

    with closing(here.open()) as db:
        lessons = Lessons(db, here.settings.raw_folder, here.settings.reading_limits())
        examples = [example for example in lessons.examples() if example.document.name not in known]
    sys.stderr.write(here.say("train.corrected", count=len(examples)) + "\n")
    for path, problem in lessons.passed_over:
        sys.stderr.write(here.say("train.passed_over", path=path, reason=here.say.error(problem)[0]) + "\n")
    return examples


def _row(model: OwnModel) -> TrainedRow:
    scores = (model.shipped.f1, model.fitted.f1, model.fitted.precision, model.fitted.recall)
    before, after, precision, recall = (round(score, 3) for score in scores)
    path = model.path.as_posix()
    return TrainedRow(model.act, before, after, precision, recall, model.fitted.positives, path)
