"""How often one caller may call: a bucket of tokens each, filled again at an even pace."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from domain.errors import TooManyCalls

#: Buckets that are kept; a caller who has not called for long has a full one anyway.
_KEPT = 10_000


class Limits:
    """Counts the calls of one process. All at once as many as a minute allows, then one by one as time passes."""

    def __init__(self, calls_a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(calls_a_minute)
        self._pace = calls_a_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def count(self, caller: str) -> None:
        """Count a call. Raises TooManyCalls, which says after how many seconds the next one is taken."""
        now = self._clock()
        left, at = self._buckets.pop(caller, (self._most, now))
        left = min(self._most, left + (now - at) * self._pace)
        if left < 1:
            self._buckets[caller] = (left, now)
            raise TooManyCalls("Too many calls; try again later.", seconds=math.ceil((1 - left) / self._pace))
        self._buckets[caller] = (left - 1, now)
        while len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
