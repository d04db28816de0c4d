"""How often one caller may call: a bucket of tokens each, filled again at an even pace."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from domain.errors import TooManyCalls

#: Buckets that are kept; a caller who has not called for a minute has a full one anyway.
_KEPT = 10_000
#: Of so many the fullest are forgotten together: looking for them costs little then.
_FORGOTTEN = 1_000
#: One subscriber has a whole such network (RFC 6177), and each call may come from another address of it.
_ONE_SUBSCRIBER = 64


class Limits:
    """Counts the calls of one process. All at once as many as a minute allows, then one by one as time passes."""

    def __init__(self, calls_a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(calls_a_minute)
        self._pace = calls_a_minute / 60
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def count(self, caller: str) -> None:
        """Count a call. Raises TooManyCalls, which says after how many seconds the next one is taken."""
        now = self._clock()
        left = self._left(caller, now)
        if left < 1:
            self._buckets[caller] = (left, now)
            raise TooManyCalls("Too many calls; try again later.", seconds=math.ceil((1 - left) / self._pace))
        self._buckets[caller] = (left - 1, now)
        if len(self._buckets) > _KEPT:
            self._forget(now)

    def _left(self, caller: str, now: float) -> float:
        left, at = self._buckets.get(caller, (self._most, now))
        return min(self._most, left + (now - at) * self._pace)

    def _forget(self, now: float) -> None:
        """The fullest buckets first, which say least: many callers who call once empty nobody's count."""
        fullest = sorted(self._buckets, key=lambda caller: self._left(caller, now), reverse=True)
        for caller in fullest[:_FORGOTTEN]:
            del self._buckets[caller]


def network_of(host: str | None) -> str:
    """What calls from an address are counted under: the address, of IPv6 the subscriber's network; "" for none.

    >>> network_of("192.0.2.7"), network_of("2001:db8::1:2:3:4"), network_of("::ffff:192.0.2.7"), network_of(None)
    ('192.0.2.7', '2001:db8::', '192.0.2.7', '')
    """
    try:
        address = ip_address((host or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if isinstance(address, IPv6Address):
        rest = 128 - _ONE_SUBSCRIBER
        address = IPv6Address(int(address) >> rest << rest)
    return str(address)
