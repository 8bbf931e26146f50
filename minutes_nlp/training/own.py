"""`minutes train`: the shipped models of decisions and action items, made to fit a user's own corrected records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from minutes_nlp.errors import TrainingError
from minutes_nlp.extraction.linear import LinearModel, shipped
from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, MinutesPipeline, PipelineSettings, build_pipeline
from minutes_nlp.training.acts import ACTS, Act, ActExample, examples_of
from minutes_nlp.training.corpus import Example
from minutes_nlp.training.fit import FitReport, FitSettings, fit_linear, measure

NEEDED = ("layout", "attendance")  # parts of the pipeline that units are made of
SHARE = 0.6  # of a model that was fitted on a user's own records, beside the cues
FEWEST_DOCUMENTS = 4
FEWEST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model that was fitted on a user's records.

    Attributes:
        act: what it tells.
        path: where it was written.
        shipped: how well the model that the program brings does on these records.
        fitted: how well the new one does on records held out while fitting.
    """

    act: Act
    path: Path
    shipped: FitReport
    fitted: FitReport


def training_pipeline() -> MinutesPipeline:
    """A pipeline that finds what units are made of, and nothing else."""
    recognisers = {part: name if part in NEEDED else "" for part, name in DEFAULT_RECOGNISERS.items()}
    return build_pipeline(PipelineSettings(recognisers))


def require_training() -> None:
    """Check that what fitting needs is installed.

    Raises:
        TrainingError: `training.no-extra`.
    """
    if find_spec("sklearn") is None:
        raise TrainingError(
            "training.no-extra",
            "Training needs scikit-learn, which is not installed.",
            "Install the program with its extra `train`, or run: pip install scikit-learn",
        )


def train_own(documents: Iterable[Example], output: Path, pipeline: MinutesPipeline | None = None) -> list[OwnModel]:
    """Fit both models on corrected records and write them to `output/<act>.npz`.

    Args:
        documents: with gold; documents of one body are held out together.
        output: folder of the new models; made if missing.
        pipeline: finds layout and attendance.

    Raises:
        TrainingError: scikit-learn is missing (`training.no-extra`), or there is too little to learn from
            (`training.few-documents`, `training.few-passages`); nothing was written.
        EvaluationError, ReadingError: see `training.corpus`.
    """
    require_training()
    listed = list(documents)
    if len(listed) < FEWEST_DOCUMENTS:
        raise TrainingError(
            "training.few-documents",
            f"There are {len(listed)} corrected records; training needs at least {FEWEST_DOCUMENTS}.",
            "Correct some more records first.",
            count=len(listed),
            least=FEWEST_DOCUMENTS,
        )
    examples = list(examples_of(pipeline or training_pipeline(), listed))
    fitted = [(act, *_fit(act, examples)) for act in ACTS]
    output.mkdir(parents=True, exist_ok=True)
    models = []
    for act, model, before, after in fitted:
        path = output / f"{act}.npz"
        model.save(path)
        models.append(OwnModel(act, path, before, after))
    return models


def _fit(act: Act, examples: Sequence[ActExample]) -> tuple[LinearModel, FitReport, FitReport]:
    labels = [example.labels[act] for example in examples]
    if sum(labels) < FEWEST_PASSAGES:
        raise TrainingError(
            "training.few-passages",
            f"The corrected records hold {sum(labels)} passages of {act}; training needs at least {FEWEST_PASSAGES}.",
            "Correct some more records first.",
            count=sum(labels),
            least=FEWEST_PASSAGES,
            part=act,
        )
    base = shipped(act)
    rows = [example.features[act] for example in examples]
    before = measure([base.probability(row) for row in rows], labels, base.threshold)
    bodies = [example.body for example in examples]
    settings = FitSettings(bits=len(base.weights).bit_length() - 1, folds=min(8, len(set(bodies))))
    every = len(rows)
    model, after = fit_linear(rows, labels, [1.0] * every, bodies, [True] * every, settings, base)
    return model, before, after
