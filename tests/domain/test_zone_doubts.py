"""Numbers of zones where a reader may have taken a sign for another: of two that hold, neither counts."""

from datetime import date
from string import ascii_uppercase, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from demo.specimens.mrz import Holder, td1
from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat
from domain.zone_doubts import DEAREST, MARGIN, weighed
from domain.zone_lines import LAYOUTS, digits_hold

CARD = LAYOUTS[ZoneFormat.TD1]
AT = 5
PAIRS = dict(zip("0O1I5S8B2Z6G", "O0I1S5B8Z2G6", strict=True))
numbers = st.text(ascii_uppercase + digits, min_size=9, max_size=9)


def card(number: str) -> tuple[str, ...]:
    return td1(Holder("BEL", "GARRIDO", "LUIS", number, "BEL", PartialDate(2001, 6, 2), Sex.MALE, date(2033, 11, 26)))


def read_as(number: str, written: str) -> tuple[str, ...]:
    """The card of a number, with another one read in its place; its check digits are those of the first."""
    first, *rest = card(number)
    return (first[:AT] + written + first[AT + len(written) :], *rest)


def doubts(prices: dict[int, dict[str, float]]) -> list[list[dict[str, float]]]:
    """By place of the number."""
    return [[prices.get(place - AT, {}) for place in range(30)], [{}] * 30, [{}] * 30]


def said(lines: tuple[str, ...] | None) -> str | None:
    return lines[0][AT : AT + 9] if lines else None


def test_two_signs_that_cancel_each_other_out_in_every_check_digit_do_not_count() -> None:
    """Measured: a blurred ZZ was read as 22 twice, and number and composite digit held."""
    lines = read_as("ZZ5764954", "225764954")
    assert digits_hold(CARD, lines), "the check digits see nothing"
    assert said(weighed(CARD, lines, doubts({}))) == "225764954", "whoever is sure is believed"
    assert weighed(CARD, lines, doubts({0: {"Z": 0.3}, 1: {"Z": 0.5}})) is None
    likelier = doubts({0: {"Z": -1.1}, 1: {"Z": -1.0}})
    assert said(weighed(CARD, lines, likelier)) == "ZZ5764954", "the looks together say so, and the digits agree"


def test_two_zeros_that_look_like_letters_a_little_are_not_letters() -> None:
    """Measured: the 00 of a blurred card was taken for OO; what makes one look so makes the other look so too."""
    lines = read_as("GBK006945", "GBKOO6945")
    assert digits_hold(CARD, lines)
    assert weighed(CARD, lines, doubts({3: {"0": 0.8}, 4: {"0": 0.9}})) is None
    assert said(weighed(CARD, lines, doubts({3: {"0": 1.2}, 4: {"0": 1.1}}))) == "GBKOO6945"


def test_one_letter_in_another_place_needs_the_margin_once() -> None:
    lines = read_as("O12034567", "O12034567")
    assert said(weighed(CARD, lines, doubts({0: {"0": 0.6}, 3: {"O": 0.6}}))) == "O12034567"


@pytest.mark.parametrize(("number", "other"), [("A61234567", "G"), ("AG1234567", "6")])
def test_six_and_g_count_the_same_so_they_must_be_told_apart(number: str, other: str) -> None:
    lines = card(number)
    assert weighed(CARD, lines, doubts({1: {other: MARGIN - 0.1}})) is None
    assert said(weighed(CARD, lines, doubts({1: {other: MARGIN + 0.1}}))) == number


def test_what_is_too_dear_is_not_believed_even_alone() -> None:
    lines = read_as("K12345678", "X12345678")
    assert said(weighed(CARD, lines, doubts({0: {"K": DEAREST - 0.1}}))) == "K12345678"
    assert weighed(CARD, lines, doubts({0: {"K": DEAREST + 0.1}})) is None


def test_a_line_full_of_doubts_says_nothing() -> None:
    anything = {place: dict.fromkeys("ABCDEFGH", 0.1) for place in range(9)}
    assert weighed(CARD, read_as("999999999", "999999997"), doubts(anything)) is None


@given(numbers, st.data())
def test_of_two_numbers_that_could_as_well_be_none_is_taken(number: str, data: st.DataObject) -> None:
    """Any signs taken for their likes, with all of them in doubt: what comes out is what was written, or nothing."""
    places = [place for place, sign in enumerate(number) if sign in PAIRS]
    assume(places)
    taken = data.draw(st.sets(st.sampled_from(places), min_size=1))
    read = "".join(PAIRS[sign] if place in taken else sign for place, sign in enumerate(number))
    prices = {place: {PAIRS[read[place]]: 0.1} for place in places}
    assert said(weighed(CARD, read_as(number, read), doubts(prices))) in (None, number)
