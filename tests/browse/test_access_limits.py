"""How often one may try to sign in."""

from __future__ import annotations

import pytest

from minutes_nlp.browse.access.limits import (
    FIRST,
    FORGOTTEN,
    FREE,
    FREE_OF_ADDRESS,
    FREE_OF_NAME,
    KNOWN_FOR,
    LONGEST,
    Limits,
    place_of,
)


def fail(limits: Limits, name: str, address: str, times: int = 1) -> None:
    for _ in range(times):
        limits.failed(name, address)


def clocked() -> tuple[Limits, list[float]]:
    """Limits with a clock that the test moves."""
    now = [0.0]
    return Limits(lambda: now[0]), now


def test_each_failure_makes_the_next_wait_longer_and_time_passes() -> None:
    limits, now = clocked()
    fail(limits, "noor", "a", FREE - 1)
    assert limits.wait("noor", "a") == 0
    waits = []
    for _ in range(9):
        fail(limits, "noor", "a")
        waits.append(limits.wait("noor", "a"))
        now[0] += waits[-1]
        assert limits.wait("noor", "a") == 0
    assert waits == [10, 20, 40, 80, 160, 320, 640, LONGEST, LONGEST]
    now[0] += FORGOTTEN
    fail(limits, "noor", "a")
    assert limits.wait("noor", "a") == 0


def test_nobody_can_lock_a_colleague_out() -> None:
    limits, _ = clocked()
    limits.failed("noor", "office")
    limits.succeeded("noor", "office")
    for number in range(200):
        fail(limits, "noor", f"elsewhere-{number}")
    fail(limits, "noor", "attacker", 100)
    assert limits.wait("noor", "attacker") == LONGEST
    assert limits.wait("noor", "office") == 0
    assert limits.wait("wim", "another office") == 0


def test_an_address_that_fails_with_many_names_has_to_wait_and_others_not() -> None:
    limits, now = clocked()
    limits.succeeded("wim", "office")
    for number in range(FREE_OF_ADDRESS):
        fail(limits, f"name{number}", "office")
    assert limits.wait("noor", "office") == FIRST
    assert limits.wait("noor", "home") == 0
    assert limits.wait("wim", "office") == 0
    now[0] += FIRST
    assert limits.wait("noor", "office") == 0


def test_one_name_that_fails_from_everywhere_is_guarded_where_it_is_not_known() -> None:
    limits, now = clocked()
    limits.succeeded("noor", "office")
    for number in range(FREE_OF_NAME):
        fail(limits, "noor", f"elsewhere-{number}")
    assert limits.wait("noor", "a new one") == FIRST
    assert limits.wait("noor", "office") == 0
    now[0] += KNOWN_FOR
    fail(limits, "noor", "elsewhere", FREE_OF_NAME)
    assert limits.wait("noor", "office") > 0


def test_an_address_that_is_known_is_known_for_one_name_and_its_failures_count() -> None:
    limits, _ = clocked()
    limits.succeeded("noor", "office")
    fail(limits, "noor", "office", FREE)
    assert limits.wait("noor", "office") == FIRST
    limits.succeeded("noor", "office")
    assert limits.wait("noor", "office") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "", True),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same
