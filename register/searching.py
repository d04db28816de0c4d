"""Candidates by several indexed keys at once, so that no single error hides a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Table, bindparam, select, text

from domain.errors import RegisterTimedOut
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate
from matching.dates import stands_for_unknown
from matching.decide import Entry, Search
from matching.keys import looking_keys, name_keys
from matching.population import Population, asked_keys
from register.budget import Budget
from register.filing import AT_ONCE, COUNTS, KEYS, NAME_KEYS, PEOPLE, STATE, born_number
from register.rows import person_of

#: People looked at for one key, at most; whoever has more is not answered without an agent.
MOST_PER_KEY = 5_000
#: People looked at for a name alone, at most: those who share most of it.
_MOST_BY_NAME = 2_000
#: Namesakes looked at whatever their birth date, for one pair of names.
_MOST_NAMESAKES = 200
#: People looked at who share a key or two with the stated person, but hardly the birth date.
_MOST_OTHERS = 50
#: The same where the day is not known: half a year's people may be the one.
_MOST_OF_A_YEAR = 200
_LONGEST_CHAIN = 50
_COUNTED = select(COUNTS.c.key, COUNTS.c.people).where(COUNTS.c.key.in_(bindparam("keys", expanding=True)))
_READ = select(PEOPLE).where(PEOPLE.c.ssin.in_(bindparam("numbers", expanding=True)))


def search(connection: Connection, stated: StatedPerson, budget: Budget) -> Search:
    """Everybody who shares a key with the stated person and may be a candidate, with the record that holds.

    Partial where the budget runs out before the namesakes were looked for. Raises RegisterTimedOut.
    """
    keys = sorted(looking_keys(stated))
    hits = _hits(connection, KEYS, keys, MOST_PER_KEY)
    of_each = Counter(place for place, *_ in hits)
    found = _worth_reading(stated.birth_date, hits)
    partial = budget.running_out
    if not partial:
        found += _of_that_name(connection, stated, set(found))
    cut = any(count >= MOST_PER_KEY for count in of_each.values())
    return Search(_read(connection, found, budget), population(connection, stated), cut=cut, partial=partial)


def search_by_name(connection: Connection, surname: str, given_names: str | None, budget: Budget) -> Search:
    """Everybody of such a name, those first who share most of it."""
    numbers: dict[int, None] = {}
    cut = False
    for keys in name_keys(surname, given_names):
        hits = _hits(connection, NAME_KEYS, sorted(keys), _MOST_BY_NAME)
        cut = cut or any(count >= _MOST_BY_NAME for count in Counter(place for place, *_ in hits).values())
        shared = Counter(ssin for _, ssin, _ in hits)
        best = sorted(shared, key=lambda ssin: (-shared[ssin], ssin))
        numbers.update(dict.fromkeys(best[: _MOST_BY_NAME - len(numbers)]))
    return Search(
        _read(connection, list(numbers), budget), population(connection, of_name(surname, given_names)), cut=cut
    )


def of_name(surname: str, given_names: str | None) -> StatedPerson:
    """Somebody of whom nothing but the name is known: whom one asks the counts for."""
    return StatedPerson(surname, PartialDate(1), given_names)


def person(connection: Connection, ssin: Niss) -> RegisteredPerson | None:
    """The record under exactly this number."""
    row = connection.execute(select(PEOPLE).where(PEOPLE.c.ssin == int(ssin.digits))).mappings().first()
    return None if row is None else person_of(dict(row))


def latest(connection: Connection, record: RegisteredPerson) -> RegisteredPerson | None:
    """The record that holds today; None where the chain leads nowhere or in a circle."""
    seen = {record.ssin}
    while record.replaced_by is not None:
        following = person(connection, record.replaced_by)
        if following is None or following.ssin in seen or len(seen) > _LONGEST_CHAIN:
            return None
        seen.add(following.ssin)
        record = following
    return record


def _hits(connection: Connection, table: Table, keys: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """(place of the key, ssin, born) of everybody filed under any of the keys, once for each key shared."""
    if not keys:
        return []  # a name in signs that have no letters has no key
    each = (
        f"SELECT {place} AS place, ssin, born FROM "
        f"(SELECT ssin, born FROM {table.name} WHERE key = :k{place} LIMIT {most}) AS h{place}"
        for place in range(len(keys))
    )
    found = connection.execute(text(" UNION ALL ".join(each)), {f"k{place}": key for place, key in enumerate(keys)})
    return [(place, ssin, born) for place, ssin, born in found]


def _worth_reading(born: PartialDate, hits: Iterable[tuple[int, int, int]]) -> list[int]:
    """Numbers that share the birth date, or two keys and nearly the date; and the most likely of the others."""
    shared: Counter[int] = Counter()
    dates: dict[int, int] = {}
    for _, ssin, date in hits:
        shared[ssin] += 1
        dates[ssin] = date
    glance = _DateGlance(born)
    sure: list[int] = []
    others: list[tuple[int, int, int]] = []
    for ssin, times in shared.items():
        date = dates[ssin]
        slip = glance.one_person(date)
        if glance.same(date) or (slip and times > 1):
            sure.append(ssin)
        elif slip or times > 1:
            others.append((-times, glance.distance(date), ssin))
    others.sort()
    most = _MOST_OF_A_YEAR if glance.unknown_day else _MOST_OTHERS
    return sure + [ssin for *_, ssin in others[:most]]


def _of_that_name(connection: Connection, stated: StatedPerson, found: set[int]) -> list[int]:
    """Namesakes of whose birth date two parts are wrong, where the name is not everybody's."""
    pairs, _ = name_keys(stated.surname, stated.given_names, stated.former_surname)
    hits = _hits(connection, NAME_KEYS, sorted(pairs), _MOST_NAMESAKES)
    may_be = _DateGlance(stated.birth_date)
    return list({ssin for _, ssin, born in hits if ssin not in found and may_be.two_slips(born)})


class _DateGlance:
    """Whether a birth date (YYYYMMDD) may be a person's: a quick look that lets nobody go whom compare_dates keeps."""

    def __init__(self, born: PartialDate) -> None:
        self._known = (born.year, born.month, born.day)
        self._number = born_number(born)
        self.unknown_day = not stands_for_unknown(born).complete

    def same(self, date: int) -> bool:
        return date == self._number

    def distance(self, date: int) -> int:
        """How far apart: parts that differ first, then days, more or less."""
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        own_year, own_month, own_day = self._known
        apart = (year != own_year) + (month != own_month) + (day != own_day)
        return apart * 100_000 + abs(year - own_year) * 365 + abs(month - own_month) * 30 + abs(day - own_day)

    def one_person(self, date: int) -> bool:
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        own_year, own_month, own_day = self._known
        if year == own_year and (self.unknown_day or not day or (month, day) == (1, 1)):
            return True
        if (year == own_year) + (month == own_month) + (day == own_day) >= 2:
            return True
        return year == own_year and (month, day) == (own_day, own_month)

    def two_slips(self, date: int) -> bool:
        year, month, day = date // 10_000, date // 100 % 100, date % 100
        return abs(year - self._known[0]) <= 1 or month == self._known[1] or day == self._known[2]


def _read(connection: Connection, numbers: Sequence[int], budget: Budget) -> list[Entry]:
    return list(_entries(connection, numbers, budget))


def _entries(connection: Connection, numbers: Sequence[int], budget: Budget) -> Iterator[Entry]:
    for start in range(0, len(numbers), AT_ONCE):
        if budget.used_up:
            raise RegisterTimedOut("the search took too long")
        for row in connection.execute(_READ, {"numbers": numbers[start : start + AT_ONCE]}).mappings():
            record = person_of(dict(row))
            yield Entry(record, record if record.replaced_by is None else latest(connection, record))


def population(connection: Connection, stated: StatedPerson) -> Population:
    """How many people there are, and how many of them have what the stated person has."""
    counted = connection.execute(_COUNTED, {"keys": sorted(asked_keys(stated))})
    counts: dict[int, int] = {row.key: row.people for row in counted}
    return Population(connection.scalar(select(STATE.c.people)) or 0, counts)
