"""Cut documents with gold into units and keep what a model may see of each, with its labels.

    python models/acts/units.py SHARED OUT

SHARED holds `corpus/` (train and dev); the invented minutes of `models/data/minutes/` are taken beside it. Writes
`OUT/units.pickle`, which the other scripts of this folder read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from documents import ActDocument, arguments, save

from minutes_nlp.extraction.base import attendance_of, text_of
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.signals import signals
from minutes_nlp.extraction.units import units_of
from minutes_nlp.pipeline import MinutesPipeline
from minutes_nlp.training.acts import ACTS, Act, label_units
from minutes_nlp.training.corpus import Example, shared_examples, written_examples
from minutes_nlp.training.own import training_pipeline

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "data" / "minutes"


def documents_of(examples: Iterable[Example], pipeline: MinutesPipeline | None = None) -> Iterator[ActDocument]:
    """The units of documents with gold; `pipeline` finds layout and attendance, the one of training if `None`."""
    chosen = pipeline or training_pipeline()
    for example in examples:
        yield _document(example, chosen)


def _document(example: Example, pipeline: MinutesPipeline) -> ActDocument:
    doc = pipeline.annotate(example.document)
    normalised = text_of(doc)
    names = names_of(attendance_of(doc), doc.text)
    units = list(units_of(doc))
    spans = [normalised.to_source(unit.span).trim(example.document.text) for unit in units]
    seen: dict[Act, list[frozenset[str]]] = {}
    cues: dict[Act, list[float]] = {}
    for act in ACTS:
        seen[act] = [signals(unit, cue_table(unit.language, act), names).features for unit in units]
        tables = [cue_table(unit.language, act) for unit in units]
        cues[act] = [table.probability(features) for table, features in zip(tables, seen[act], strict=True)]
    for unit in units:
        unit.seen.clear()  # what was worked out on the way is not kept
    return ActDocument(
        example.document.name,
        example.body,
        example.split,
        units,
        spans,
        seen,
        cues,
        {act: label_units(spans, example.gold[act]) for act in ACTS},
        {act: [dict(passage) for passage in example.gold[act]] for act in ACTS},
    )


def main(shared: Path, out: Path) -> None:
    """Read all documents and write their units."""
    documents = list(documents_of(chain(shared_examples(shared / "corpus"), written_examples(INVENTED))))
    save(documents, out)
    for split, count in Counter(document.split for document in documents).items():
        inside = [document for document in documents if document.split == split]
        stated = {act: sum(sum(document.labels[act]) for document in inside) for act in ACTS}
        print(split, count, "documents,", sum(len(document.units) for document in inside), "units,", stated, flush=True)


if __name__ == "__main__":
    options = arguments(__doc__)
    main(options.shared, options.out)
