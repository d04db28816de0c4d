"""Dates that may be incomplete."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import PartialDate


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1953-11-24", (1953, 11, 24)),
        ("1953-11", (1953, 11, 0)),
        ("1953", (1953, 0, 0)),
        ("1953-11-00", (1953, 11, 0)),
        ("1953-00-00", (1953, 0, 0)),
        ("2000-02-29", (2000, 2, 29)),
    ],
)
def test_read(text: str, parts: tuple[int, int, int]) -> None:
    assert PartialDate.parse(text) == PartialDate(*parts)


@pytest.mark.parametrize(
    "text",
    ["", "53", "1953-13", "1953-02-30", "1900-02-29", "1953-00-12", "1953-1-1", "1953-11-24T00:00", "1953-00", "0000"],
)
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["1953-11-00", "1953-00-00"])
def test_zeros_only_in_register_files(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.parse(text, zeros=False)


@given(st.dates())
def test_a_day_round_trips(day: date) -> None:
    born = PartialDate.of(day)
    assert PartialDate.parse(str(born)) == born
    assert born.complete
    assert born.earliest() == day


def test_covers_is_about_known_parts() -> None:
    assert PartialDate(1953).covers(PartialDate(1953, 11, 24))
    assert PartialDate(1953, 11, 24).covers(PartialDate(1953, 11))
    assert not PartialDate(1953, 11).covers(PartialDate(1953, 12, 24))
    assert not PartialDate(1953).covers(PartialDate(1954))
