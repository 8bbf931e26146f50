"""A file is taken when it is whole: never while it still changes, and never twice as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.watch.arrivals import Arrivals, Look
from minutes_nlp.watch.trouble import WAITS

WHOLE = (120, 1)
HALF = (60, 0)


def test_a_file_is_ready_once_it_stayed_the_same_for_the_settle_time() -> None:
    arrivals = Arrivals(settle=3)
    assert arrivals.look({"a.txt": WHOLE}, 0.0) == Look((), (), 3.0)
    assert arrivals.look({"a.txt": WHOLE}, 2.9) == Look((), (), 3.0)
    assert arrivals.look({"a.txt": WHOLE}, 3.0) == Look(("a.txt",), (), None)


def test_a_file_that_grows_starts_to_settle_anew() -> None:
    arrivals = Arrivals(settle=3)
    arrivals.look({"a.txt": HALF}, 0.0)
    assert arrivals.look({"a.txt": WHOLE}, 2.0) == Look((), (), 5.0)
    assert arrivals.look({"a.txt": WHOLE}, 4.0).ready == ()
    assert arrivals.look({"a.txt": WHOLE}, 5.0).ready == ("a.txt",)


def test_a_file_seen_for_the_first_time_waits_however_long_ago_the_last_look_was() -> None:
    arrivals = Arrivals(settle=3)
    arrivals.look({}, 0.0)
    assert arrivals.look({"a.txt": WHOLE}, 1000.0) == Look((), (), 1003.0)


def test_what_was_taken_is_ready_again_only_if_it_changes() -> None:
    arrivals = Arrivals(settle=0)
    arrivals.look({"a.txt": HALF}, 0.0)
    assert arrivals.look({"a.txt": HALF}, 0.0).ready == ("a.txt",)
    arrivals.take(["a.txt"])
    assert arrivals.look({"a.txt": HALF}, 9.0) == Look((), (), None)
    arrivals.look({"a.txt": WHOLE}, 10.0)
    assert arrivals.look({"a.txt": WHOLE}, 10.0).ready == ("a.txt",)


def test_a_file_that_changed_while_it_was_taken_is_taken_again() -> None:
    arrivals = Arrivals(settle=0)
    arrivals.look({"a.txt": HALF}, 0.0)
    arrivals.take(["a.txt"])  # as the last look saw it
    arrivals.look({"a.txt": WHOLE}, 1.0)
    assert arrivals.look({"a.txt": WHOLE}, 1.0).ready == ("a.txt",)


def test_a_file_that_goes_is_told_once_and_is_new_when_it_comes_back() -> None:
    arrivals = Arrivals(settle=3)
    arrivals.look({"a.txt": WHOLE, "b.txt": WHOLE}, 0.0)
    arrivals.take(["a.txt"])
    assert arrivals.look({"b.txt": WHOLE}, 1.0).gone == ("a.txt",)
    assert arrivals.look({"b.txt": WHOLE}, 2.0).gone == ()
    assert arrivals.look({"a.txt": WHOLE, "b.txt": WHOLE}, 4.0) == Look(("b.txt",), (), 7.0)


def test_what_failed_for_a_while_is_tried_again_ever_less_often() -> None:
    arrivals = Arrivals(settle=0)
    arrivals.look({"a.txt": WHOLE}, 0.0)
    now = 0.0
    for wait in (*WAITS, WAITS[-1]):
        assert arrivals.look({"a.txt": WHOLE}, now).ready == ("a.txt",)
        arrivals.take(["a.txt"])
        arrivals.again("a.txt", now)
        assert arrivals.look({"a.txt": WHOLE}, now) == Look((), (), now + wait)
        now += wait
    arrivals.settled("a.txt")
    arrivals.take(["a.txt"])
    arrivals.again("a.txt", now)
    assert arrivals.look({"a.txt": WHOLE}, now).next_at == now + WAITS[0]


def test_a_change_ends_the_waiting_for_a_new_try() -> None:
    arrivals = Arrivals(settle=1)
    arrivals.look({"a.txt": HALF}, 0.0)
    arrivals.take(["a.txt"])
    for _ in WAITS:
        arrivals.again("a.txt", 0.0)
    arrivals.look({"a.txt": WHOLE}, 1.0)
    assert arrivals.look({"a.txt": WHOLE}, 2.0).ready == ("a.txt",)


_SIGNATURES = st.tuples(st.integers(0, 3), st.integers(0, 2))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), _SIGNATURES), max_size=12), st.integers(0, 3))
@settings(deadline=None)
def test_what_is_ready_was_the_same_at_every_look_of_the_settle_time(looks: list[dict], settle: int) -> None:
    arrivals = Arrivals(settle=settle)
    for now, present in enumerate(looks):
        for name in arrivals.look(present, float(now)).ready:
            before = looks[max(0, now - max(settle, 1)) : now + 1]
            assert len(before) > max(settle, 1) or settle == 0
            assert {look.get(name) for look in before} == {present[name]} or settle == 0


@given(st.lists(st.dictionaries(st.sampled_from("abc"), _SIGNATURES), max_size=12))
@settings(deadline=None)
def test_every_file_of_the_last_look_is_taken_as_it_is_if_one_goes_on_looking(looks: list[dict]) -> None:
    arrivals = Arrivals(settle=2)
    taken: dict[str, tuple[int, int]] = {}
    last = looks[-1] if looks else {}
    for now, present in enumerate([*looks, last, last, last]):
        ready = arrivals.look(present, float(now)).ready
        arrivals.take(ready)
        taken.update({name: present[name] for name in ready})
    assert {name: taken.get(name) for name in last} == last
