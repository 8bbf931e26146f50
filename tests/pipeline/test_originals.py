"""Records made from original files are as good as those made from the plain text of the same documents."""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from minutes_nlp.reading import read_content

pytestmark = pytest.mark.timeout(1800)  # every annotated document is read twice
ROOT = Path(__file__).resolve().parent.parent.parent
POINTS = 0.02
HELD = ("attendance", "agenda", "decisions", "actions")
# Where originals may be worse, if they are not once passages are looked up by likeness.
EXCEPTIONS = {("pdf", "decisions"): "passages annotated on text that prints the rows of a table line by line"}


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("originals", ROOT / "benchmarks" / "originals.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


originals = _script()


def compared(
    kind: str, decisions: tuple[int, int, int], plain: tuple[int, int, int], sought: tuple[int, int, int] = (0, 0, 0)
) -> object:
    """A document of which only the decisions are counted."""
    return originals.Compared(
        "verslag", kind, {"decisions": decisions}, {"decisions": plain}, sought={"decisions": sought}
    )


def test_figures_are_of_the_sum_over_documents() -> None:
    documents = [compared("docx", (1, 0, 1), (2, 0, 0)), compared("docx", (3, 1, 0), (3, 1, 0))]
    assert originals.scores(documents, "decisions") == pytest.approx((8 / 10, 10 / 11))


def test_passages_looked_up_by_likeness_are_counted_where_that_is_asked() -> None:
    documents = [compared("pdf", (0, 3, 4), (4, 0, 0), sought=(4, 0, 0))]
    assert originals.scores(documents, "decisions") == (0, 1)
    assert originals.scores(documents, "decisions", sought=True) == (1, 1)


def test_who_finds_all_passages_scores_no_more_than_the_text_holds() -> None:
    held = originals.Compared("a", "pdf", {}, {}, "0123456789ab", {"decisions": 6}, {"decisions": 3})
    whole = originals.Compared("b", "pdf", {}, {}, "ba9876543210", {"decisions": 4}, {"decisions": 0})
    assert originals.ceiling([held, whole], "decisions") == pytest.approx(2 * 7 / (2 * 7 + 3 + 3))
    table = originals._lost_table([held, whole], [held])
    assert "| `0123456789ab` (`.pdf`) | 0 of 0 | 0 of 0 | 3 of 6 | 0 of 0 |" in table
    assert "| all `.pdf`, at best | nan | nan | 0.700 | nan |" in table
    assert "ba9876543210" not in table


class _Scorer:
    @staticmethod
    def squeeze(text: str) -> tuple[str, list[int]]:
        return "".join(filter(str.isalnum, text)).casefold(), []


def test_a_passage_with_a_word_of_the_next_column_in_it_is_looked_up_in_the_row_or_cell_most_like_it() -> None:
    text = "Nr | Besluit | Stand\n1 | De raad keurt de kaart van de wijk goed | Besluit\n2 | Geen | Afspraak"
    found = read_content(text.replace("\n", "\n\n").encode(), name="lijst.txt")
    missing = {"start": -1, "end": -1}
    gold = {
        "decisions": [{**missing, "quote": "De raad keurt de kaart van Besluit de wijk goed"}],
        "actions": [{**missing, "quote": "Noor Aelvoet belt de aannemer"}, {"start": 3, "end": 9, "quote": "elders"}],
        "agenda_items": [],
    }
    moved = originals._sought(gold, found, _Scorer)
    (decision,) = moved["decisions"]
    assert "keurt de kaart van de wijk goed" in found.text[decision["start"] : decision["end"]]
    assert moved["actions"] == gold["actions"]


def test_where_nothing_is_to_be_found_there_is_no_figure() -> None:
    assert math.isnan(originals.f1([(0, 0, 0)]))


@pytest.fixture(scope="module")
def documents(shared: Path) -> Sequence[object]:
    """Every annotated document that is there as an original, read both ways."""
    return list(originals.compare(shared / "corpus"))


@pytest.mark.shared
def test_originals_score_within_two_points_of_plain_text(documents: Sequence[object]) -> None:
    missed = {}
    for kind in originals.FORMATS:
        of = [one for one in documents if one.kind == kind]
        for layer in HELD:
            original, plain = originals.scores(of, layer, sought=(kind, layer) in EXCEPTIONS)
            if original < plain - POINTS:
                missed[kind, layer] = (original, plain)
    assert not missed


@pytest.mark.shared
def test_each_exception_is_still_one(documents: Sequence[object]) -> None:
    for kind, layer in EXCEPTIONS:
        original, plain = originals.scores([one for one in documents if one.kind == kind], layer)
        assert original < plain - POINTS, f"{layer} of {kind} is no exception any more"


@pytest.mark.shared
def test_the_tables_are_in_the_documentation(documents: Sequence[object]) -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    found = originals.MARKS.search(page)
    assert found is not None
    rows = [line for line in found[0].splitlines() if line.startswith("| `.")]
    assert [row.split(" | ")[0] for row in rows[:4]] == [f"| `.{kind}`" for kind in originals.FORMATS]
    for kind, row in zip(originals.FORMATS, rows, strict=False):
        assert f"| {sum(one.kind == kind for one in documents)} |" in row
