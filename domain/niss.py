"""The number (NISS, INSZ, ENSS, SSIN): eleven digits `YYMMDD SSS CC`, and what they say and do not say.

Sources: python-stdnum (`stdnum.be.nn`, `.bis`), the National Register's instructions on the identification number, the
Crossroads Bank's on BIS numbers. Months: +0 National Register, +20 BIS given without knowing the sex, +40 BIS, +60
never a real number: fictitious people of tests, demos and development.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stdnum.be import nn, ssn
from stdnum.exceptions import ValidationError

from domain.people import PartialDate, Sex

_ELEVEN = re.compile(r"^\d{11}$", re.ASCII)
FIRST_SERIAL, LAST_SERIAL = 1, 998
#: Overflow raises the last digit of a day (31 -> 32 … 39); further than that no number was ever given.
LAST_DAY = 39


class NumberSeries(StrEnum):
    """Where a number comes from, told by its month."""

    NATIONAL = "national"
    BIS_SEX_KNOWN = "bisSexKnown"
    BIS_SEX_UNKNOWN = "bisSexUnknown"
    FICTITIOUS = "fictitious"


_MONTH_OFFSET = {
    NumberSeries.NATIONAL: 0,
    NumberSeries.BIS_SEX_UNKNOWN: 20,
    NumberSeries.BIS_SEX_KNOWN: 40,
    NumberSeries.FICTITIOUS: 60,
}


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Niss:
    """A valid number. `digits` are the eleven; the representation hides them, since it may land in a log.

    >>> Niss.parse("83.45.24.163.11").formatted
    '83.45.24-163.11'
    >>> Niss("83452416311")
    Niss(…)
    >>> Niss.parse("12345678901")
    Traceback (most recent call last):
    ...
    ValueError: not a valid NISS
    """

    digits: str

    def __post_init__(self) -> None:
        """Refuse what is not a number; the text is never repeated in the error."""
        if not _ELEVEN.match(self.digits) or not _valid(self.digits):
            raise ValueError("not a valid NISS")

    @classmethod
    def parse(cls, text: str) -> Niss:
        """Read a number with or without dots, hyphens and spaces. Raises ValueError, which does not repeat it."""
        return cls(nn.compact(text))

    @property
    def formatted(self) -> str:
        """`YY.MM.DD-SSS.CC`, as it is printed."""
        d = self.digits
        return f"{d[:2]}.{d[2:4]}.{d[4:6]}-{d[6:9]}.{d[9:]}"

    @property
    def series(self) -> NumberSeries:
        """National, BIS with the sex known or unknown, or fictitious."""
        offset = int(self.digits[2:4]) // 20 * 20
        return next(series for series, months in _MONTH_OFFSET.items() if months == offset)

    @property
    def serial(self) -> int:
        """The counter `SSS`, 1 to 998."""
        return int(self.digits[6:9])

    @property
    def century(self) -> int:
        """1900 or 2000, as the check digits tell. Births before 1900 are numbered as if they were of the 1900s.

        >>> Niss.parse("17.07.30-033.84").century, Niss.parse("85.07.30-033.28").century
        (2000, 1900)
        """
        return 1900 if check_digits(self.digits[:9], 1900) == self.digits[9:] else 2000

    @property
    def sex_hint(self) -> Sex | None:
        """Odd is a man, even a woman; None where parity means nothing: sex unknown when given, or fictitious.

        >>> Niss.parse("75.06.08-980.09").sex_hint, Niss.parse("75.26.08-980.52").sex_hint
        (<Sex.FEMALE: 'F'>, None)
        """
        if self.series not in (NumberSeries.NATIONAL, NumberSeries.BIS_SEX_KNOWN):
            return None
        return Sex.MALE if self.serial % 2 else Sex.FEMALE

    def __str__(self) -> str:
        """The eleven digits."""
        return self.digits

    def __repr__(self) -> str:
        """Without the number."""
        return "Niss(…)"


def check_digits(first_nine: str, century: int) -> str:
    """`97 - (first nine digits mod 97)`, two digits, 01 to 97; births from 2000 put a 2 before the nine.

    >>> check_digits("834524163", 1900), check_digits("170730033", 2000)
    ('11', '84')
    """
    return f"{97 - int(('2' if century >= 2000 else '') + first_nine) % 97:02d}"


def _valid(digits: str) -> bool:
    # python-stdnum lets series 000 and 999 and any day pass.
    if not FIRST_SERIAL <= int(digits[6:9]) <= LAST_SERIAL or int(digits[4:6]) > LAST_DAY:
        return False
    if 60 <= int(digits[2:4]) <= 72:
        return digits[9:] in (check_digits(digits[:9], 1900), check_digits(digits[:9], 2000))
    try:
        ssn.validate(digits)
    except ValidationError:
        return False
    return True


def series_for(kind: str, sex: Sex | None) -> NumberSeries:
    """The series a new number comes from. `kind` is the setting: `bis` or `fictitious`."""
    if kind == "fictitious":
        return NumberSeries.FICTITIOUS
    if kind != "bis":
        raise ValueError("the number series must be bis or fictitious")
    return NumberSeries.BIS_SEX_UNKNOWN if sex is None else NumberSeries.BIS_SEX_KNOWN


def date_parts(birth_date: PartialDate, series: NumberSeries) -> Iterable[str]:
    """The six-digit date parts a birth date's number may have, in the order they fill up (overflow).

    >>> list(date_parts(PartialDate(1985), NumberSeries.BIS_SEX_KNOWN))[:2]
    ['854000', '854001']
    """
    start = f"{birth_date.year % 100:02d}{birth_date.month + _MONTH_OFFSET[series]:02d}"
    for day in range(birth_date.day, LAST_DAY + 1):
        yield f"{start}{day:02d}"


def next_niss(birth_date: PartialDate, sex: Sex | None, series: NumberSeries, taken: Iterable[Niss]) -> Niss:
    """The next number of a birth date: after the highest one taken, so that a gap is never filled again.

    `taken` are all numbers known with one of the date parts of `date_parts` (others do no harm). Odd for men, even
    for women, the next of either where the sex is not known. Raises ValueError where none is left.

    >>> next_niss(PartialDate(1983, 5, 24), Sex.MALE, NumberSeries.BIS_SEX_KNOWN, [Niss("83452416311")]).formatted
    '83.45.24-165.09'
    """
    century = 2000 if birth_date.year >= 2000 else 1900
    highest: dict[tuple[str, int], int] = {}
    for niss in taken:
        if niss.century == century:
            key = (niss.digits[:6], niss.serial % 2)
            highest[key] = max(highest.get(key, 0), niss.serial)
    for part in date_parts(birth_date, series):
        odd, even = highest.get((part, 1), 0), highest.get((part, 0), 0)
        if sex is None:
            serial = max(odd, even) + 1
        elif sex is Sex.MALE:
            serial = odd + 2 if odd else 1
        else:
            serial = even + 2
        if serial <= LAST_SERIAL:
            nine = f"{part}{serial:03d}"
            return Niss(nine + check_digits(nine, century))
    raise ValueError("no number is left for this birth date")
