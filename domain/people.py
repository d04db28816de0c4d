"""Dates that may be incomplete, sex, and the people who use the service."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$", re.ASCII)


class Sex(StrEnum):
    """As on the document; an unknown sex is `None`, not a member."""

    MALE = "M"
    FEMALE = "F"


class Role(StrEnum):
    """What a person may do: access/policy.py says what."""

    REQUESTER = "requester"
    ADMINISTRATOR = "administrator"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    OPS = "ops"


#: No one may work before; a number is then for a family matter, which an agent looks at.
WORKING_AGE = 16


class NoSuchDay(ValueError):
    """Figures that could be a date, but the calendar has no such day: 30 February."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A birth date of which the day, or day and month, may be unknown.

    >>> str(PartialDate.parse("1953-11")), str(PartialDate.parse("1953-00-00"))
    ('1953-11', '1953')
    >>> PartialDate.parse("1953-02-30")
    Traceback (most recent call last):
    ...
    domain.people.NoSuchDay: not a date
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str, *, zeros: bool = True) -> PartialDate:
        """Read `YYYY-MM-DD`, `YYYY-MM`, `YYYY`; with `zeros` also `YYYY-MM-00` and `YYYY-00-00` (register files).

        Raises ValueError where it is none of them, NoSuchDay where the calendar has no such day; the text is not
        repeated.
        """
        found = _ISO.match(text)
        if not found:
            raise ValueError("not a date")
        year, month, day = (int(part or 0) for part in found.groups())
        spelled_zero = (found[2] is not None and month == 0) or (found[3] is not None and day == 0)
        if spelled_zero and (not zeros or found[3] is None):
            raise ValueError("not a date")
        if year < 1 or month > 12 or (day and not month):
            raise ValueError("not a date")
        if day and day > calendar.monthrange(year, month)[1]:
            raise NoSuchDay("not a date")
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The complete date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def complete(self) -> bool:
        """Whether year, month and day are all known."""
        return self.day > 0

    def earliest(self) -> date:
        """The first calendar day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def covers(self, other: PartialDate) -> bool:
        """Whether the two can mean the same day: known parts are equal.

        >>> PartialDate(1953, 11).covers(PartialDate(1953, 11, 24))
        True
        """
        return (
            self.year == other.year
            and (self.month == other.month or not self.month or not other.month)
            and (self.day == other.day or not self.day or not other.day)
        )

    def under_age(self, today: date) -> bool:
        """Whether who was born then may be too young to work; what is unknown counts as late.

        >>> PartialDate(2010, 5).under_age(date(2026, 5, 30)), PartialDate(2010, 5).under_age(date(2026, 5, 31))
        (True, False)
        """
        return (self.year + WORKING_AGE, self.month or 12, self.day or 31) > (today.year, today.month, today.day)

    def __str__(self) -> str:
        """ISO 8601, as long as it is known."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text
