"""Candidates by several indexed keys at once, so that no single error hides a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select, text

from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate
from matching.decide import Entry, Search
from matching.keys import looking_keys, name_keys
from matching.population import Population, asked_keys
from register.budget import Budget
from register.filing import AT_ONCE, COUNTS, KEYS, NAME_KEYS, PEOPLE, STATE
from register.glancing import DateGlance, Glance, from_listed, glimpses, listed
from register.rows import person_of

#: People looked at for one key, at most; whoever has more is not answered without an agent.
MOST_PER_KEY = 5_000
#: People looked at for a name alone, at most: those who share most of it.
_MOST_BY_NAME = 2_000
#: Namesakes at whose birth dates is looked, for one pair of names.
MOST_NAMESAKES = 2_000
#: Namesakes read whatever their birth date; of more, those who are from the same place.
_MOST_NAMESAKES_READ = 200
#: People read who share a key or two with the stated person, but hardly the birth date: the rarest keys first.
_MOST_OTHERS = 25
#: People glanced at beside them: who has both names, or a place, is read too.
MOST_GLANCED_AT = 3_000
_LONGEST_CHAIN = 50
#: (place of a key among those looked for, ssin, birth date).
Hit = tuple[int, int, int]
_NAMES = [column.name for column in PEOPLE.columns]
_COLUMNS = ", ".join(_NAMES)


@dataclass(frozen=True, slots=True)
class Looked(Search):
    """A search as this register makes it. `thinned`: somebody was let go unseen, who is hardly the person.

    An answer need not wait for that; to say that nobody is the person, it is too little.
    """

    thinned: bool = False


def search(connection: Connection, stated: StatedPerson, budget: Budget) -> Looked:
    """Everybody who shares a key with the stated person and may be a candidate, with the record that holds.

    Partial where the budget runs out before the namesakes were looked for. Raises RegisterTimedOut.
    """
    keys = sorted(looking_keys(stated))
    hits = _hits(connection, KEYS, keys, MOST_PER_KEY)
    of_each = Counter(place for place, *_ in hits)
    glance = Glance(stated)
    sure, others = _by_likelihood(stated.birth_date, hits, of_each)
    likely = set(sure) | set(others[:_MOST_OTHERS])
    looked_at = sure + others[: _MOST_OTHERS + MOST_GLANCED_AT]
    found = [
        one.ssin
        for one in glimpses(connection, looked_at, budget)
        if (glance.somehow(one) if one.ssin in likely else glance.closely(one))
    ]
    thinned = len(others) > _MOST_OTHERS + MOST_GLANCED_AT
    partial = budget.running_out
    if not partial:
        more, too_many = _of_that_name(connection, stated, likely | set(found), glance, budget)
        found, thinned = found + more, thinned or too_many
    cut = any(count >= MOST_PER_KEY for count in of_each.values())
    entries = _read(connection, found, budget)
    return Looked(entries, population(connection, stated), cut=cut, partial=partial, thinned=thinned)


def search_by_name(connection: Connection, surname: str, given_names: str | None, budget: Budget) -> Looked:
    """Everybody of such a name, those first who share most of it."""
    numbers: dict[int, None] = {}
    cut = False
    for keys in name_keys(surname, given_names):
        hits = _hits(connection, NAME_KEYS, sorted(keys), _MOST_BY_NAME)
        cut = cut or any(count >= _MOST_BY_NAME for count in Counter(place for place, *_ in hits).values())
        shared = Counter(ssin for _, ssin, _ in hits)
        best = sorted(shared, key=lambda ssin: (-shared[ssin], ssin))
        numbers.update(dict.fromkeys(best[: _MOST_BY_NAME - len(numbers)]))
    return Looked(
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
    return _end_of_chain(record, lambda ssin: person(connection, ssin))


def _end_of_chain(
    record: RegisteredPerson, under: Callable[[Niss], RegisteredPerson | None]
) -> RegisteredPerson | None:
    seen = {record.ssin}
    while record.replaced_by is not None:
        following = under(record.replaced_by)
        if following is None or following.ssin in seen or len(seen) > _LONGEST_CHAIN:
            return None
        seen.add(following.ssin)
        record = following
    return record


def _hits(connection: Connection, table: Table, keys: Sequence[int], most: int) -> list[Hit]:
    """(place of the key, ssin, born) of everybody filed under any of the keys, once for each key shared."""
    if not keys:
        return []  # a name in signs that have no letters has no key
    each = (
        f"SELECT {place} AS place, ssin, born FROM "
        f"(SELECT ssin, born FROM {table.name} WHERE key = :k{place} LIMIT {most}) AS h{place}"
        for place in range(len(keys))
    )
    found = connection.execute(text(" UNION ALL ".join(each)), {f"k{place}": key for place, key in enumerate(keys)})
    return [(place, ssin, born) for place, ssin, born in found.all()]


def _by_likelihood(born: PartialDate, hits: Iterable[Hit], of_each: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Numbers that share the birth date, or two keys and nearly the date; and the others, the likeliest first.

    `of_each` says how many share a key: the fewer, the more it tells.
    """
    shared: Counter[int] = Counter()
    dates: dict[int, int] = {}
    rarest: dict[int, int] = {}
    for place, ssin, date in hits:
        shared[ssin] += 1
        dates[ssin] = date
        rarest[ssin] = min(of_each[place], rarest.get(ssin, MOST_PER_KEY))
    glance = DateGlance(born)
    sure: list[int] = []
    others: list[tuple[int, int, int, int]] = []
    for ssin, times in shared.items():
        date = dates[ssin]
        slip = glance.one_person(date)
        if glance.same(date) or (slip and times > 1):
            sure.append(ssin)
        elif slip or times > 1:
            others.append((-times, rarest[ssin], glance.distance(date), ssin))
    others.sort()
    return sure, [ssin for *_, ssin in others]


def _of_that_name(
    connection: Connection, stated: StatedPerson, found: Container[int], glance: Glance, budget: Budget
) -> tuple[list[int], bool]:
    """Namesakes of whose birth date two parts are wrong, and whether there are too many to look at their dates.

    Of a name that is nearly everybody's those who are from the same place.
    """
    pairs, _ = name_keys(stated.surname, stated.given_names, stated.former_surname)
    hits = _hits(connection, NAME_KEYS, sorted(pairs), MOST_NAMESAKES)
    too_many = any(count >= MOST_NAMESAKES for count in Counter(place for place, *_ in hits).values())
    may_be = DateGlance(stated.birth_date)
    of_name = list({ssin for _, ssin, born in hits if ssin not in found and may_be.two_slips(born)})
    if len(of_name) > _MOST_NAMESAKES_READ:
        of_name = [one.ssin for one in glimpses(connection, of_name, budget) if glance.of_one_place(one)]
    return of_name, too_many


def _read(connection: Connection, numbers: Sequence[int], budget: Budget) -> list[Entry]:
    """Records under some numbers, each with the one that holds: replacements are followed a step for all at once."""
    records = _records(connection, numbers, budget)
    known = {record.ssin: record for record in records}
    for _ in range(_LONGEST_CHAIN):
        following = {one.replaced_by for one in known.values() if one.replaced_by is not None} - known.keys()
        more = _records(connection, sorted(int(ssin.digits) for ssin in following), budget)
        if not more:
            break
        known.update((record.ssin, record) for record in more)
    return [Entry(record, _end_of_chain(record, known.get)) for record in records]


def _records(connection: Connection, numbers: Sequence[int], budget: Budget) -> list[RegisteredPerson]:
    query = text(f"SELECT {_COLUMNS} {from_listed(connection, PEOPLE.name, 'ssin')}").columns(*PEOPLE.columns)
    found = []
    for start in range(0, len(numbers), AT_ONCE):
        budget.ask()
        some = listed(connection, numbers[start : start + AT_ONCE])
        rows = connection.execute(query, {"listed": some}).all()
        found += [person_of(dict(zip(_NAMES, row, strict=True))) for row in rows]
    return found


def population(connection: Connection, stated: StatedPerson) -> Population:
    """How many people there are, and how many of them have what the stated person has."""
    counted = f"SELECT {COUNTS.name}.key, people {from_listed(connection, COUNTS.name, 'key')}"
    query = text(f"{counted} UNION ALL SELECT NULL, people FROM {STATE.name}")
    keys = listed(connection, sorted(asked_keys(stated)))
    counts = {row.key: row.people for row in connection.execute(query, {"listed": keys}).all()}
    return Population(counts.pop(None, 0), counts)
