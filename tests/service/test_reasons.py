"""A reason says why, and names nobody: it outlives the person's erasure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from service.reasons import read_reason

NAMES = ("Van den Broeck", "Hildegárd Łoś", "Müller", "Ng")


@pytest.mark.parametrize(
    "reason",
    [
        "broeck phones",
        "The VANDENBROECK file",
        "Asked by hildegard",
        "Loś, as the embassy says",
        "Mueller or Muller",
        "It's (Müller's) employer",
        "83452416311",
        "For 83.45.24-163.11 today",
        "83 45 24 163 11",
        "83/45/24 - 163_11",
        "x83452416311y",
        "٨٣٤٥٢٤١٦٣١١",
        "1 83.45.24-163.11",
    ],
)
def test_it_names_nobody(reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_reason(reason, NAMES)
    (issue,) = refused.value.issues
    assert issue.name == "reason"
    assert reason not in f"{refused.value.detail} {issue.detail} {issue.params}"


@pytest.mark.parametrize(
    "reason",
    [
        "Aanvraag van de ambassade",
        "A question den colleague asks",
        "Ng",
        "The embassy calls about 0999.000.129",
        "On 26.11.2026 at 14:05",
        "Case 0b8a0c6e-0000-4000-8000-0000000000ab",
        "The broecks",
        "Two lines\nof it",
    ],
)
def test_it_says_why(reason: str) -> None:
    assert read_reason(f" {reason} ", NAMES) == reason


@pytest.mark.parametrize("reason", ["", "  ", None, 7, "\x01", "x" * 2_001])
def test_it_is_a_text(reason: object) -> None:
    with pytest.raises(InvalidInput):
        read_reason(reason)


@given(
    st.lists(st.sampled_from(["", ".", "-", " ", "/", " - "]), min_size=10, max_size=10), st.text("ab ,", max_size=9)
)
def test_a_number_is_found_however_it_is_written(between: list[str], around: str) -> None:
    number = "8" + "".join(gap + digit for gap, digit in zip(between, "3452416311", strict=True))
    with pytest.raises(InvalidInput):
        read_reason(f"{around} {number} {around}")


def test_a_reason_of_many_short_numbers_is_read_at_once() -> None:
    """Sums of all stretches of groups took as many additions as their number cubed: 1.7e8 of these."""
    many = "22 " * 660 + "22"
    before = time.process_time()
    assert read_reason(many) == many
    assert time.process_time() - before < 1
    with pytest.raises(InvalidInput):
        read_reason(f"{'22 ' * 600}83 45 24 163 11")
