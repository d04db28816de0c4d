"""A first look at who shares a key with a stated person: by the birth date, by the names, by where they are from.

Nobody who may be the person is let go here; what it lets go is never read in full nor compared part by part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from domain.identification import StatedPerson
from domain.people import PartialDate
from matching.dates import stands_for_unknown
from matching.normalise import Parts, forms
from matching.whole import at_a_glance, both_at_a_glance
from register.budget import Budget
from register.filing import AT_ONCE, born_number

_GLIMPSE = "SELECT ssin, surname, given_names, former_surname, birth_place, municipality, replaced_by "


class Glimpse(NamedTuple):
    """What is looked at first of a record. `replaced_by` is None where the number holds."""

    ssin: int
    surname: str
    given_names: str | None
    former_surname: str | None
    birth_place: str | None
    municipality: str | None
    replaced_by: int | None


def glimpses(connection: Connection, numbers: Sequence[int], budget: Budget) -> Iterator[Glimpse]:
    """Of the records under some numbers. Raises RegisterTimedOut."""
    statement = text(_GLIMPSE + from_listed(connection, "register_people", "ssin"))
    for start in range(0, len(numbers), AT_ONCE):
        budget.ask()
        some = numbers[start : start + AT_ONCE]
        yield from map(Glimpse._make, connection.execute(statement, {"listed": listed(connection, some)}).all())


def from_listed(connection: Connection, table: str, column: str) -> str:
    """The end of a query for the rows under some numbers, given as `listed`: one text however many they are.

    So it is planned once; a list of as many marks as there are numbers is another statement each time.
    """
    if connection.dialect.name == "postgresql":
        return f"FROM {table} WHERE {table}.{column} = ANY(CAST(:listed AS bigint[]))"
    return f"FROM json_each(:listed) AS listed JOIN {table} ON {table}.{column} = listed.value"


def listed(connection: Connection, numbers: Sequence[int]) -> str:
    """Numbers as the database takes a list: as one text, which a driver hands on as it is."""
    as_json = json.dumps(list(numbers))
    return f"{{{as_json[1:-1]}}}" if connection.dialect.name == "postgresql" else as_json


class Glance:
    """Whether a record may be the stated person's: by its names, or by where both are from."""

    def __init__(self, stated: StatedPerson) -> None:
        self._name = stated.surname, stated.given_names
        self._former = stated.former_surname
        self._born_in = _plain(stated.birth_place)
        self._lives_in = _plain(stated.official.municipality if stated.official else None)

    def somehow(self, record: Glimpse) -> bool:
        """Any name of one has much of any of the other's: less than that is no candidate, whatever else agrees."""
        if self._former or record.former_surname or record.replaced_by:
            return True
        return at_a_glance(self._name, (record.surname, record.given_names))

    def closely(self, record: Glimpse) -> bool:
        """Surname and given names both, in whichever order and under a former surname too; or a place."""
        if record.replaced_by or self.of_one_place(record):
            return True
        surnames = filter(None, (record.surname, record.former_surname))
        stated = [self._name, *([(self._former, self._name[1])] if self._former else ())]
        return any(both_at_a_glance(one, (surname, record.given_names)) for surname in surnames for one in stated)

    def of_one_place(self, record: Glimpse) -> bool:
        """Born in the same place, or living in the same municipality."""
        return bool(self._born_in and self._born_in == _plain(record.birth_place)) or bool(
            self._lives_in and self._lives_in == _plain(record.municipality)
        )


def _plain(place: str | None) -> Parts:
    return next(iter(forms(place or "")), ())


class DateGlance:
    """Whether a birth date (YYYYMMDD) may be a person's: a quick look that lets nobody go whom compare_dates keeps."""

    def __init__(self, born: PartialDate) -> None:
        self._known = (born.year, born.month, born.day)
        self._number = born_number(born)
        self.unknown_day = not stands_for_unknown(born).complete

    def same(self, date: int) -> bool:
        """The very same."""
        return date == self._number

    def distance(self, date: int) -> int:
        """How far apart: parts that differ first, then days, more or less."""
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        own_year, own_month, own_day = self._known
        apart = (year != own_year) + (month != own_month) + (day != own_day)
        return apart * 100_000 + abs(year - own_year) * 365 + abs(month - own_month) * 30 + abs(day - own_day)

    def one_person(self, date: int) -> bool:
        """A slip apart, or possibly the same."""
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        own_year, own_month, own_day = self._known
        if year == own_year and (self.unknown_day or not day or (month, day) == (1, 1)):
            return True
        if (year == own_year) + (month == own_month) + (day == own_day) >= 2:
            return True
        return year == own_year and (month, day) == (own_day, own_month)

    def two_slips(self, date: int) -> bool:
        """Two slips apart, more or less."""
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        return abs(year - self._known[0]) <= 1 or month == self._known[1] or day == self._known[2]
