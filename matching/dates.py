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
    'DIFFERENT'
    """
    if stated == registered and stated.complete:
        return DateLikeness.JANUARY if (stated.month, stated.day) == (1, 1) else DateLikeness.SAME
    if stands_for_unknown(stated).covers(stands_for_unknown(registered)):
        return DateLikeness.COMPATIBLE
    if stated.complete and registered.complete:
        return _slip(stated, registered)
    pairs = ((stated.year, registered.year), (stated.month, registered.month), (stated.day, registered.day))
    known = [a == b for a, b in pairs if a and b]
    one_off = known.count(False) == 1 and known.count(True) >= 1
    return DateLikeness.ONE_OFF if one_off else DateLikeness.DIFFERENT


def _slip(stated: PartialDate, registered: PartialDate) -> DateLikeness:
    here, there = (stated.year, stated.month, stated.day), (registered.year, registered.month, registered.day)
    if (here[0], here[2], here[1]) == there:
        return DateLikeness.SWAPPED
    differ = [place for place in range(3) if here[place] != there[place]]
    if len(differ) != 1:
        return DateLikeness.DIFFERENT
    (place,) = differ
    if abs(here[place] - there[place]) == 1:
        return DateLikeness.DIGIT  # a neighbouring year, month or day
    one, other = (f"{part[place]:04d}" for part in (here, there))
    return DateLikeness.DIGIT if OSA.distance(one, other, score_cutoff=1) == 1 else DateLikeness.ONE_OFF
