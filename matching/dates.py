"""How two birth dates compare: equal, possibly the same, or a slip apart. Each slip has as many ways to happen."""

from __future__ import annotations

from enum import Enum

from rapidfuzz.distance import OSA

from domain.people import PartialDate


class DateLikeness(Enum):
    """How far two birth dates agree; `why` is the sentence an agent reads."""

    SAME = "the birth dates are equal"
    JANUARY = "both are 1 January, which often stands for an unknown day"
    COMPATIBLE = "an incomplete birth date that may be the same day"
    SWAPPED = "day and month are swapped"
    DIGIT = "one digit of the birth date differs"
    ONE_OFF = "one part of the birth date differs"
    TWO_OFF = "two slips in the birth date"
    MISSING = "not known on one side"
    DIFFERENT = "the birth dates differ"

    @property
    def why(self) -> str:
        """The sentence."""
        return self.value


def stands_for_unknown(born: PartialDate) -> PartialDate:
    """1 January stands for an unknown day in many registers: then only the year is known."""
    return PartialDate(born.year) if (born.month, born.day) == (1, 1) else born


def compare_dates(stated: PartialDate, registered: PartialDate) -> DateLikeness:
    """How two birth dates compare. Only SAME is exact: both complete, and not a 1 January. Symmetric.

    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1983, 4, 5)).name
    'SWAPPED'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1983, 1, 1)).name
    'COMPATIBLE'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1984, 5, 4)).name
    'DIGIT'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1983, 5, 26)).name
    'ONE_OFF'
    >>> compare_dates(PartialDate(1983), PartialDate(1984, 5, 4)).name
    'TWO_OFF'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1991, 9, 26)).name
    'DIFFERENT'
    """
    if stated == registered and stated.complete:
        return DateLikeness.JANUARY if (stated.month, stated.day) == (1, 1) else DateLikeness.SAME
    if stands_for_unknown(stated).covers(stands_for_unknown(registered)):
        return DateLikeness.COMPATIBLE
    if stated.complete and registered.complete:
        return _slip(stated, registered)
    return _incomplete(stated, registered)


def _incomplete(stated: PartialDate, registered: PartialDate) -> DateLikeness:
    pairs = ((stated.year, registered.year), (stated.month, registered.month), (stated.day, registered.day))
    known = [a == b for a, b in pairs if a and b]
    if known.count(False) == 1 and known.count(True) >= 1:
        return DateLikeness.ONE_OFF
    years = abs(stated.year - registered.year)
    return DateLikeness.TWO_OFF if years == 1 else DateLikeness.DIFFERENT


def _slip(stated: PartialDate, registered: PartialDate) -> DateLikeness:
    here, there = (stated.year, stated.month, stated.day), (registered.year, registered.month, registered.day)
    if (here[0], here[2], here[1]) == there:
        return DateLikeness.SWAPPED
    differ = [place for place in range(3) if here[place] != there[place]]
    if len(differ) == 1:
        near = _near(here[differ[0]], there[differ[0]])
        return DateLikeness.DIGIT if near else DateLikeness.ONE_OFF
    turned = here[0] != there[0] and (here[2], here[1]) == there[1:]
    near_parts = all(_near(here[place], there[place]) for place in differ)
    unknown = (1, 1) in (here[1:], there[1:])
    if (len(differ) == 2 and near_parts) or ((turned or unknown) and _near(here[0], there[0])):
        return DateLikeness.TWO_OFF
    return DateLikeness.DIFFERENT


def _near(one: int, other: int) -> bool:
    """Neighbours, or a digit typed wrongly, left out or exchanged with the next."""
    return abs(one - other) == 1 or OSA.distance(f"{one:04d}", f"{other:04d}", score_cutoff=1) == 1
