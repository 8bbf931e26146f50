"""Splink and dedupe on the pairs of `people.py`: `python benchmarks/people_peers.py CORPUS`.

Neither belongs to the project: `pip install splink dedupe` in an environment that has it. Both get the entries as
annotated, with the whole name (its words sorted), the first and last word, the series and the body beside the name.
Splink learns its weights from all entries, without verdicts; dedupe from the verdicts on four fifths of the pairs, and
judges the other fifth. Printed are precision and recall at the bar that gives the best F1 on these very pairs, and
the best recall at a precision of 0.98 or more: both favour the peers.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import dedupe
import duckdb
import numpy as np
import pyarrow
import splink.comparison_library as library
from dedupe import variables
from people import PAIRS, entry_id, label, read_gold
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

from minutes_nlp.resolution.organisations import Bodies
from minutes_nlp.resolution.people import name_words

Row = dict[str, str | None]
Verdicts = list[tuple[str, str, bool]]
_FOLDS = 5
_LEAST_PRECISION = 0.98


def entries(corpus: Path) -> tuple[dict[str, Row], Verdicts]:
    """The entries by id, with what is compared; and the pairs of ids with whether both are one person."""
    found = read_gold(corpus)
    bodies = Bodies(printed=Counter(e.organisation for document in found for e in document.entries if e.organisation))
    rows: dict[str, Row] = {}
    places: dict[tuple[str, str], str] = {}
    for document in found:
        for entry in document.entries:
            words = list(name_words(entry.name)) or [""]
            rows[entry_id(entry)] = {
                "unique_id": entry_id(entry),
                "name": " ".join(sorted(words)),
                "first": words[0],
                "last": words[-1],
                "series": document.body,
                "org": bodies.find(entry.organisation).key if entry.organisation else None,
            }
            places[label(entry.document), str(entry.start)] = entry_id(entry)
    with PAIRS.open(encoding="utf-8") as lines:
        pairs = [
            (*(places[row[f"{n}_document"], row[f"{n}_start"]] for n in "ab"), row["verdict"] == "same")
            for row in csv.DictReader(lines, delimiter="\t")
        ]
    return rows, pairs


def of_splink(rows: dict[str, Row], pairs: Verdicts) -> list[tuple[float, bool]]:
    """How likely splink takes each pair for one person."""
    connection = duckdb.connect()
    connection.register("given", pyarrow.Table.from_pylist(list(rows.values())))
    connection.execute("CREATE TABLE entries AS SELECT * FROM given")
    comparisons = [
        library.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
        library.JaroWinklerAtThresholds("first", [0.92]).configure(term_frequency_adjustments=True),
        library.JaroWinklerAtThresholds("last", [0.92]).configure(term_frequency_adjustments=True),
        library.ExactMatch("series"),
        library.ExactMatch("org"),
    ]
    near = [
        *map(block_on, ("name", "first", "last")),
        "l.first = r.last",
        "substr(l.last, 1, 3) = substr(r.last, 1, 3)",
        "substr(l.first, 1, 1) = substr(r.first, 1, 1) AND l.series = r.series",
    ]
    settings = SettingsCreator("dedupe_only", comparisons, near, retain_matching_columns=False)
    linker = Linker(DuckDBAPI(connection).register("entries"), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("name", "series")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for word in ("first", "last"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(word))
    judged = linker.inference.predict(threshold_match_probability=0.0).as_duckdbpyrelation()
    columns = judged.project("unique_id_l, unique_id_r, match_probability").fetchall()
    likely = {frozenset((one, other)): value for one, other, value in columns}
    return [(likely.get(frozenset((one, other)), 0.0), same) for one, other, same in pairs]


def of_dedupe(rows: dict[str, Row], pairs: Verdicts) -> list[tuple[float, bool]]:
    """How likely dedupe takes each pair for one person, having seen the verdicts on the other folds only."""
    fields = [variables.String(name) for name in ("name", "first", "last")]
    fields += [variables.Exact(name, has_missing=True) for name in ("series", "org")]
    shuffled = pairs.copy()
    random.Random(1).shuffle(shuffled)
    found = []
    for fold in range(_FOLDS):
        linker = dedupe.Dedupe(fields, num_cores=1, in_memory=True)
        seen = [pair for number, pair in enumerate(shuffled) if number % _FOLDS != fold]
        held = shuffled[fold::_FOLDS]
        far = [
            linker.data_model.distances([(rows[one], rows[other]) for one, other, _ in part]) for part in (seen, held)
        ]
        linker.classifier.fit(np.array(far[0]), np.array([same for *_, same in seen]))
        likely = linker.classifier.predict_proba(np.array(far[1]))[:, -1]
        found += [(float(value), same) for value, (*_, same) in zip(likely, held, strict=True)]
    return found


def report(name: str, judged: Iterable[tuple[float, bool]]) -> None:
    """Print precision and recall at two bars, each chosen on these very pairs."""
    judged = list(judged)
    same = sum(verdict for _, verdict in judged)
    points = []
    for bar in sorted({value for value, _ in judged} - {0.0}):
        joined = [verdict for value, verdict in judged if value >= bar]
        points.append((sum(joined) / len(joined), sum(joined) / same))
    best = max(points, key=lambda point: point[0] * point[1] / (sum(point) or 1.0))
    sure = max((point for point in points if point[0] >= _LEAST_PRECISION), key=lambda point: point[1])
    for told, (precision, recall) in (("best F1", best), (f"precision >= {_LEAST_PRECISION}", sure)):
        print(f"{name}, {told}: precision {precision:.3f}  recall {recall:.3f}")


def main() -> None:
    """Print the figures of both."""
    rows, pairs = entries(Path(sys.argv[1]))
    report("splink", of_splink(rows, pairs))
    report("dedupe", of_dedupe(rows, pairs))


if __name__ == "__main__":
    main()
