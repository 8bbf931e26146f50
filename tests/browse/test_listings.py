"""Lists with facets: what is counted in memory is what one would count by hand."""

import importlib
import pkgutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.browse import data, plugin
from minutes_nlp.browse.lists import Count, Facet, Kept, Listing, Lists

_ROWS = st.lists(st.tuples(st.lists(st.sampled_from("abcde"), max_size=3), st.sampled_from(["", "2024", "2025"])))


def listing(rows: list[tuple[list[str], str]]) -> Listing:
    return Listing(
        [str(number) for number in range(len(rows))],
        {"owner": Facet.of_many(owners for owners, _ in rows), "year": Facet.of(year for _, year in rows)},
        {"day": [f"{year}-01-01" if year else "" for _, year in rows]},
    )


@given(_ROWS, st.sampled_from("abcdef"), st.sampled_from(["2024", "2025", "2026"]))
def test_a_choice_and_its_counts_are_those_of_the_rows(
    rows: list[tuple[list[str], str]], owner: str, year: str
) -> None:
    made = listing(rows)
    chosen = made.choose({"owner": [owner], "year": [year]})
    kept = [number for number, (owners, of) in enumerate(rows) if owner in owners and of == year]
    assert list(np.flatnonzero(chosen)) == kept
    expected = {name: sum(name in rows[number][0] for number in kept) for name in "abcde"}
    assert dict(made.facets["owner"].counts(chosen)) == {name: count for name, count in expected.items() if count}


def test_the_most_frequent_value_is_first_then_the_alphabet() -> None:
    facet = Facet.of_many([["b"], ["a"], ["c", "b"], []])
    assert facet.counts(np.ones(4, dtype=bool)) == [Count("b", 2), Count("a", 1), Count("c", 1)]


def test_a_value_that_nobody_has_chooses_nothing() -> None:
    assert not listing([(["a"], "2024")]).choose({"owner": ["z"]}).any()


def test_rows_without_a_day_are_never_before_one_and_come_last() -> None:
    made = listing([(["a"], "2025"), (["a"], ""), (["a"], "2024")])
    assert list(np.flatnonzero(made.before("day", "2025-01-01"))) == [2]
    assert made.page(made.all(), 0, 9, by="day") == ["2", "0", "1"]
    assert made.page(made.all(), 0, 9, by="day", descending=True) == ["0", "2", "1"]
    assert made.page(made.all(), 1, 1) == ["1"]


def test_an_empty_text_is_no_value() -> None:
    facet = Facet.of(["", "b", ""])
    assert facet.counts(np.ones(3, dtype=bool)) == [Count("b", 1)]
    assert not facet.mask("", 3).any()


def test_rows_are_found_by_place() -> None:
    assert list(np.flatnonzero(listing([(["a"], ""), (["b"], "")]).at(np.array([1])))) == [1]


def test_what_is_kept_is_worked_out_again_only_after_a_change(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db, closing(sqlite3.connect(path)) as reader:
        db.execute("CREATE TABLE t (n)")
        lists, made = Lists(path), []
        count = Kept("count", lambda one: made.append(1) or one.execute("SELECT count(*) FROM t").fetchone()[0])
        assert [lists.get(count, reader), lists.get(count, reader)] == [0, 0]
        db.execute("INSERT INTO t VALUES (1)")
        assert lists.get(count, reader) == 1
        assert len(made) == 2
        lists.close()


def test_an_empty_list_has_an_empty_page() -> None:
    made = Listing([], {"owner": Facet.of([])}, {"day": []})
    assert made.page(made.all(), 0, 10, by="day") == []
    assert made.facets["owner"].counts(made.all()) == []


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (n)")
        lists = Lists(path)
        with pytest.raises(sqlite3.OperationalError):
            lists.get(Kept("broken", lambda one: one.execute("SELECT * FROM nothing")), db)
        assert lists.get(Kept("broken", lambda _: 7), db) == 7
        lists.close()


def test_nobody_waits_for_what_another_kind_makes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    sqlite3.connect(path).close()
    lists, begun, told = Lists(path), threading.Event(), threading.Event()

    def slow(_: sqlite3.Connection) -> str:
        begun.set()
        assert told.wait(60)
        return "slow"

    with closing(sqlite3.connect(path, check_same_thread=False)) as db, ThreadPoolExecutor() as pool:
        assert lists.get(Kept("quick", lambda _: "quick"), db) == "quick"
        waiting = pool.submit(lists.get, Kept("slow", slow), db)
        assert begun.wait(60)
        assert lists.get(Kept("quick", lambda _: "not again"), db) == "quick"
        told.set()
        assert waiting.result(60) == "slow"
    lists.close()


def test_what_was_made_while_the_database_changed_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(path)) as other:
        db.execute("CREATE TABLE t (x)")
        lists = Lists(path)

        def count(connection: sqlite3.Connection, *, meanwhile: bool) -> int:
            found: int = connection.execute("SELECT count(*) FROM t").fetchone()[0]
            if meanwhile:
                other.execute("INSERT INTO t VALUES (1)")
                other.commit()
            return found

        assert lists.get(Kept("rows", lambda it: count(it, meanwhile=True)), db) == 0
        assert lists.get(Kept("rows", lambda it: count(it, meanwhile=False)), db) == 1
        lists.close()


def test_every_list_that_pages_keep_is_made_when_the_site_begins() -> None:
    names = [module.name for module in pkgutil.iter_modules(data.__path__, f"{data.__name__}.")]
    kept = {one.name for name in names for one in vars(importlib.import_module(name)).values() if isinstance(one, Kept)}
    assert len(kept) > 10
    assert {one.name for one in plugin._WARM} == kept
