"""How often somebody may try to sign in: the more failures, the longer the wait, but only for who fails.

A wait is for one name from one address, so that nobody can lock a colleague out by failing in her name; and for an
address that fails with many names. So that many addresses together cannot guess one password, a name that fails from
everywhere makes addresses wait that it has never been signed in from; those that it has are not held up.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FREE: Final = 3
"""Failures for one name from one address before the next try has to wait."""
FREE_OF_ADDRESS: Final = 20
"""Failures from one address, whatever the names, before the next try has to wait: an office may share one."""
FREE_OF_NAME: Final = 50
"""Failures for one name, whatever the addresses, before one that the name is not known from has to wait."""
FIRST: Final = 10.0
"""Seconds of the first wait; each failure after it doubles the next."""
LONGEST: Final = 15 * 60.0
"""Seconds of the longest wait."""
FORGOTTEN: Final = 60 * 60.0
"""Seconds without a failure after which all failures are forgotten."""
KNOWN_FOR: Final = 30 * 24 * 60 * 60.0
"""Seconds for which an address is known after somebody signed in from it."""
_REMEMBERED = 10_000

_Key = tuple[str, ...]


@dataclass(slots=True)
class _Failures:
    number: int
    last: float


class Limits:
    """Counts failures by name and address.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[_Key, _Failures] = OrderedDict()
        self._known: OrderedDict[_Key, float] = OrderedDict()

    def wait(self, name: str, address: str) -> int:
        """Seconds to wait before the next try; 0 if it may be made now."""
        waits = [self._wait(("pair", name, address), FREE)]
        if not self._is_known(name, address):
            waits += [self._wait(("address", address), FREE_OF_ADDRESS), self._wait(("name", name), FREE_OF_NAME)]
        return math.ceil(max(waits))

    def failed(self, name: str, address: str) -> None:
        """Count a failure, or a try that has begun: `succeeded` takes it back."""
        for key in _keys(name, address):
            failures = self._of(key) or _Failures(0, 0.0)
            failures.number += 1
            failures.last = self._clock()
            self._failures[key] = failures
            self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures for a name from an address, which is known from now on; take back the last of others."""
        pair, *others = _keys(name, address)
        self._failures.pop(pair, None)
        for key in others:
            if failures := self._failures.get(key):
                failures.number -= 1
        self._known[name, address] = self._clock()
        self._known.move_to_end((name, address))
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _is_known(self, name: str, address: str) -> bool:
        at = self._known.get((name, address))
        return at is not None and self._clock() - at < KNOWN_FOR

    def _wait(self, key: _Key, free: int) -> float:
        failures = self._of(key)
        if failures is None or failures.number < free:
            return 0.0
        delay: float = min(FIRST * 2 ** min(failures.number - free, 32), LONGEST)
        return max(0.0, failures.last + delay - self._clock())

    def _of(self, key: _Key) -> _Failures | None:
        """The failures that are not forgotten yet."""
        failures = self._failures.get(key)
        if failures is not None and self._clock() - failures.last >= FORGOTTEN:
            del self._failures[key]
            return None
        return failures


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits, which one person has whole; else the address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found) >> 64 << 64, 64)))


def _keys(name: str, address: str) -> tuple[_Key, _Key, _Key]:
    return ("pair", name, address), ("address", address), ("name", name)
