"""Numbers by an own counter: valid, and fictitious unless another series is asked for."""

from __future__ import annotations

from domain.niss import LAST_DAY, LAST_SERIAL, Niss, NumberSeries, check_digits
from domain.people import PartialDate

_OFFSET = {
    NumberSeries.BIS_SEX_UNKNOWN: 20,
    NumberSeries.BIS_SEX_KNOWN: 40,
    NumberSeries.FICTITIOUS: 60,
}


class Numbers:
    """Gives every person a number of their own."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, int], int] = {}

    def give(self, born: PartialDate, sex: str, series: NumberSeries = NumberSeries.FICTITIOUS) -> Niss:
        """The next number of a birth date; odd for men, even for women, any where the sex is not known."""
        century = 2000 if born.year >= 2000 else 1900
        start = (born.year % 100) * 10_000 + (born.month + _OFFSET[series]) * 100
        parity = 0 if sex == "F" else 1
        for day in range(born.day, LAST_DAY + 1):
            key = (century * 1_000_000 + start + day, parity)
            serial = self._next.get(key, 2 - parity)
            if serial <= LAST_SERIAL:
                self._next[key] = serial + 2
                nine = f"{start + day:06d}{serial:03d}"
                return Niss(nine + check_digits(nine, century))
            if series is not NumberSeries.FICTITIOUS:
                break
        if series is not NumberSeries.FICTITIOUS:
            return self.give(born, sex)
        raise ValueError("no number is left for this birth date")
