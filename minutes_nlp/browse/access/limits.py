"""How often somebody may try to sign in: after too many failures, not for a while."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

BY_NAME: Final = 5
"""Failures for one name before the next try has to wait."""
BY_ADDRESS: Final = 20
"""Failures from one address before the next try has to wait: an office may share one."""
WINDOW: Final = 15 * 60.0
"""Seconds for which a failure counts."""
_REMEMBERED = 10_000


class Limits:
    """Counts failures by name and by address.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def wait(self, name: str, address: str) -> int:
        """Minutes to wait before the next try; 0 if it may be made now."""
        return max(self._wait(("name", name), BY_NAME), self._wait(("address", address), BY_ADDRESS))

    def failed(self, name: str, address: str) -> None:
        """Count a failure, or a try that has begun: `succeeded` takes it back."""
        for key in (("name", name), ("address", address)):
            self._failures.setdefault(key, deque()).append(self._clock())
            self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures for a name, and the last one of the address."""
        self._failures.pop(("name", name), None)
        if tries := self._failures.get(("address", address)):
            tries.pop()

    def _wait(self, key: tuple[str, str], most: int) -> int:
        failures = self._failures.get(key)
        if not failures:
            return 0
        now = self._clock()
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        if not failures:
            del self._failures[key]
        return math.ceil((failures[-most] + WINDOW - now) / 60) if len(failures) >= most else 0
