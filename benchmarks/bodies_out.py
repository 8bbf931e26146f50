"""How good the program is on bodies that taught it nothing: whole bodies held out in turn.

    python benchmarks/bodies_out.py                 # prints the tables
    python benchmarks/bodies_out.py docs/bodies.md  # writes them
    python benchmarks/bodies_out.py --decisions 0.1 0.26  # with another share of the model and threshold for these

For each of ten groups of bodies, the models of attendance, of decisions and action items and of owners are fitted anew
on the documents of all the others (and on the invented minutes, lists and passages, as the shipped ones are), and the
documents of the group are read with these. Needs the extra `train` and the shared corpus, in `../shared` or
`$MINUTES_SHARED`; takes some minutes. The same input gives the same tables.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from minutes_nlp.evaluation import score
from minutes_nlp.extraction.attendance_learned import ATTENDS, AWAY
from minutes_nlp.extraction.linear import LinearModel
from minutes_nlp.pipeline import PipelineSettings, build_pipeline
from minutes_nlp.training.acts import ACTS, ActExample, examples_of, passages
from minutes_nlp.training.attendance import (
    SETTINGS,
    NamedDocument,
    fit_attendance,
    invented_lists,
    named_documents,
)
from minutes_nlp.training.corpus import Example, shared_examples, written_examples
from minutes_nlp.training.fit import FitSettings, fit_linear, folds_of
from minutes_nlp.training.own import training_pipeline
from minutes_nlp.training.owners import OwnerExample, owner_examples

ROOT = Path(__file__).resolve().parent.parent
GROUPS = FitSettings(folds=10)
INNER = FitSettings(folds=3)
LAYERS = (
    "meeting",
    "attendance",
    "attendance.who+status",
    "attendance.organisation",
    "attendance.role",
    "agenda",
    "agenda-all",
    "decisions",
    "actions",
    "actions.whole",
    "actions.owners",
    "actions.due",
    "actions.done",
)
WEIGHTS = {"train": 1.0, "dev": 1.0, "written": 0.6, "passage": 0.3}  # as in models/linear/train.py
OWNER_WEIGHTS = {"train": 1.0, "dev": 1.0, "written": 0.5}  # as in models/owners/train.py, like the two below
OWNERS = FitSettings(bits=16, strength=0.1, folds=3)
LIKELY = 0.4
ATTENDANCE = replace(SETTINGS, folds=3)
REAL = ("train", "dev")
STARRED = ("attendance", "agenda", "decisions", "actions")
GROUPED = (*STARRED, "actions.owners")  # told per language and per body: the layers of the shipped models

Pairs = dict[str, tuple[Mapping[str, Any], Mapping[str, Any], str]]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the models learn from: units of decisions and actions, names in action items, names of attendance."""

    acts: Sequence[ActExample]
    owners: Sequence[OwnerExample]
    people: Sequence[NamedDocument]

    @classmethod
    def of(cls, real: Sequence[Example], invented: Sequence[Example], resources: Path) -> Lessons:
        """The lessons of real and invented documents, and of the labelled passages and lists of the resources."""
        pipeline, documents = training_pipeline(), (*real, *invented)
        acts = [*examples_of(pipeline, documents), *passages(resources / "acts")]
        people = named_documents((*documents, *invented_lists(resources / "attendance.jsonl")))
        return cls(acts, list(owner_examples(pipeline, documents)), list(people))

    def without(self, bodies: frozenset[str]) -> Lessons:
        """The lessons that none of these bodies gave."""
        return Lessons(
            [example for example in self.acts if example.body not in bodies],
            [example for example in self.owners if example.body not in bodies],
            [document for document in self.people if document.body not in bodies],
        )


def fit(lessons: Lessons, folder: Path) -> None:
    """Fit all models and write them."""
    for act in ACTS:
        model, _ = fit_linear(
            [example.features[act] for example in lessons.acts],
            [example.labels[act] for example in lessons.acts],
            [WEIGHTS[example.split] for example in lessons.acts],
            [example.body for example in lessons.acts],
            [example.split in REAL for example in lessons.acts],
            INNER,
        )
        model.save(folder / f"{act}.npz")
    ranker, _ = fit_linear(
        [example.features for example in lessons.owners],
        [example.owner for example in lessons.owners],
        [OWNER_WEIGHTS[example.split] for example in lessons.owners],
        [example.body for example in lessons.owners],
        [example.split in REAL for example in lessons.owners],
        OWNERS,
    )
    replace(ranker, threshold=LIKELY).save(folder / "owners.npz")
    people = fit_attendance(lessons.people, ATTENDANCE)
    people.attends.save(folder / f"{ATTENDS}.npz")
    people.away.save(folder / f"{AWAY}.npz")


def read(documents: Sequence[Example], folder: Path | None, decisions: Mapping[str, float]) -> Pairs:
    """Gold, record and text of the documents, read with the models in a folder, or with those that are shipped.

    `decisions` are options of that recogniser instead of the shipped ones.
    """
    options: dict[str, dict[str, object]] = {act: {} for act in ACTS}
    options["decisions"].update(decisions)
    for act in ACTS if folder else ():
        options[act]["path"] = str(folder / f"{act}.npz")
    if folder:
        options["attendance"] = {"path": str(folder)}
    pipeline = build_pipeline(PipelineSettings(options=options))
    if folder:
        pipeline.nlp.get_pipe("actions").ranker = LinearModel.load(folder / "owners.npz")
    pairs: Pairs = {}
    for example in documents:
        record = pipeline.process(example.document)
        pairs[example.document.name] = (example.gold, record.evaluation_view(), record.text)
    return pairs


def held_out_pairs(
    real: Sequence[Example], invented: Sequence[Example], resources: Path, decisions: Mapping[str, float]
) -> Pairs:
    """Every real document, read with models that saw no document of its body.

    Args:
        real: the documents of the corpus.
        invented: invented minutes, which teach all models.
        resources: folder of labelled passages and lists, which do so as well.
        decisions: as of `read`.
    """
    lessons = Lessons.of(real, invented, resources)
    group = dict(zip((e.body for e in real), folds_of([e.body for e in real], GROUPS), strict=True))
    pairs: Pairs = {}
    for number in range(GROUPS.folds):
        held_out = frozenset(body for body, its in group.items() if its == number)
        with tempfile.TemporaryDirectory() as folder:
            fit(lessons.without(held_out), Path(folder))
            pairs |= read([example for example in real if example.body in held_out], Path(folder), decisions)
        print(f"group {number + 1} of {GROUPS.folds}: {len(held_out)} bodies", file=sys.stderr, flush=True)
    return pairs


def compared(shipped: Pairs, held_out: Pairs) -> str:
    """Per layer: dev with the shipped models, everything with bodies held out, and the difference in points."""
    dev, out = score(shipped), score(held_out)
    lines = ["| layer | dev | bodies held out | difference |", "|---|---|---|---|"]
    for layer in LAYERS:
        one, other = dev.f1(layer), out.f1(layer)
        star = " *" if layer in STARRED else ""
        lines.append(f"| {layer}{star} | {one:.3f} | {other:.3f} | {100 * (other - one):+.1f} |")
    return "\n".join(lines)


def by_group(pairs: Pairs, groups: Mapping[str, Sequence[str]]) -> str:
    """F1 of the layers that models have a share in, per group of documents, those with most documents first."""
    lines = [f"| | documents | {' | '.join(GROUPED)} |", "|---" * (len(GROUPED) + 2) + "|"]
    for label, names in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        found = score({name: pairs[name] for name in names})
        cells = ["" if math.isnan(found.f1(layer)) else f"{found.f1(layer):.2f}" for layer in GROUPED]
        lines.append(f"| {label} | {len(names)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def page(real: Sequence[Example], shipped: Pairs, held_out: Pairs) -> str:
    """The whole page."""
    bodies, languages = defaultdict(list), defaultdict(list)
    for example in real:
        bodies[example.body].append(example.document.name)
        languages[example.document.name.split("-")[0]].append(example.document.name)
    return f"""# Bodies held out

F1 on the {len(held_out)} documents of train and dev ({len(bodies)} bodies), each read with models that saw no document
of its body, beside F1 on the {len(shipped)} documents of dev with the shipped models. Written by
`python benchmarks/bodies_out.py docs/bodies.md`. What is done by rules (nearly all of attendance, agenda, dates) is not
trained and so cannot be held out; the rules, and the weights of the cues of decisions and action items, were set with
the documents of train in view. Themes have a model of their own, with its figures in `models/themes/`. Marked layers
(*) should lie within six points of dev.

{compared(shipped, held_out)}

## By language

{by_group(held_out, languages)}

## By body

{by_group(held_out, bodies)}
"""


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument("--decisions", type=float, nargs=2, metavar=("SHARE", "THRESHOLD"))
    asked = parser.parse_args()
    decisions = dict(zip(("share", "threshold"), asked.decisions or (), strict=False))
    shared = Path(os.environ.get("MINUTES_SHARED") or ROOT.parent / "shared")
    if not (shared / "corpus").is_dir():
        sys.exit(f"There is no corpus in {shared}; set MINUTES_SHARED.")
    real = list(shared_examples(shared / "corpus"))
    invented = list(written_examples(ROOT / "models" / "data" / "minutes"))
    held_out = held_out_pairs(real, invented, shared / "resources", decisions)
    shipped = read([example for example in real if example.split == "dev"], None, decisions)
    text = page(real, shipped, held_out)
    if asked.page:
        asked.page.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
