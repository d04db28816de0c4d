"""How two birth dates compare: equal, possibly the same, or one slip apart."""

from __future__ import annotations

from enum import Enum

from domain.people import PartialDate


class DateLikeness(Enum):
    """How far two birth dates agree; `why` is the sentence an agent reads."""

    SAME = "the birth dates are equal"
    JANUARY = "both are 1 January, which often stands for an unknown day"
    COMPATIBLE = "an incomplete birth date that may be the same day"
    SWAPPED = "day and month are swapped"
    ONE_OFF = "one part of the birth date differs"
    DIFFERENT = "the birth dates differ"

    @property
    def why(self) -> str:
        """The sentence."""
        return self.value


def _may_be_unknown(born: PartialDate) -> PartialDate:
    """1 January stands for an unknown day in many registers: then only the year is known."""
    return PartialDate(born.year) if (born.month, born.day) == (1, 1) else born


def compare_dates(stated: PartialDate, registered: PartialDate) -> DateLikeness:
    """How two birth dates compare. Only SAME is exact: both complete, and not a 1 January.

    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1983, 4, 5)).name
    'SWAPPED'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1983, 1, 1)).name
    'COMPATIBLE'
    >>> compare_dates(PartialDate(1983, 5, 4), PartialDate(1984, 5, 4)).name
    'ONE_OFF'
    >>> compare_dates(PartialDate(1983), PartialDate(1984, 5, 4)).name
    'DIFFERENT'
    """
    if stated == registered and stated.complete:
        return DateLikeness.JANUARY if (stated.month, stated.day) == (1, 1) else DateLikeness.SAME
    if _may_be_unknown(stated).covers(_may_be_unknown(registered)):
        return DateLikeness.COMPATIBLE
    turned = (stated.year, stated.day, stated.month) == (registered.year, registered.month, registered.day)
    if turned and stated.complete:
        return DateLikeness.SWAPPED
    pairs = ((stated.year, registered.year), (stated.month, registered.month), (stated.day, registered.day))
    known = [a == b for a, b in pairs if a and b]
    if known.count(False) == 1 and known.count(True) >= 1:
        return DateLikeness.ONE_OFF
    return DateLikeness.DIFFERENT
