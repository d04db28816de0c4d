"""The benchmark of the latency fails where its goal is missed."""

from bench import latency


def test_a_slow_median_is_a_miss() -> None:
    assert latency.misses([100.0, 120.0, 900.0]) == []
    assert latency.misses([100.0, 151.0, 152.0]) == ["latency: p50 of 151 ms is above 150"]
