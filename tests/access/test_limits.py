"""Many callers, and one who has called too often: nobody's count is lost in the crowd."""

from __future__ import annotations

import pytest

from access.limits import Limits, network_of
from domain.errors import TooManyCalls


def test_an_exhausted_bucket_outlives_a_crowd_of_full_ones() -> None:
    now = [0.0]
    limits = Limits(600, clock=lambda: now[0])
    for _ in range(600):
        limits.count("me")
    for number in range(25_000):
        limits.count(f"made up {number}")
    with pytest.raises(TooManyCalls):
        limits.count("me")
    now[0] = 60.0
    for _ in range(600):
        limits.count("me")


def test_no_more_buckets_are_kept_than_fit() -> None:
    limits = Limits(600, clock=lambda: 0.0)
    for number in range(30_000):
        limits.count(f"made up {number}")
        assert len(limits._buckets) <= 10_000


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("testclient", None, True),
    ],
)
def test_an_address_counts_with_those_of_its_subscriber(one: str | None, other: str | None, *, same: bool) -> None:
    assert (network_of(one) == network_of(other)) == same
