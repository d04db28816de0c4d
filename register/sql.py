"""The embedded register on SQL: SQLite or PostgreSQL, from the same tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Subquery,
    Table,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.errors import RegisterUnavailable
from domain.identification import Candidate, Created, Decision, ExistingPeople, RegisteredPerson, StatedPerson
from domain.niss import Niss, date_parts, next_niss, series_for
from domain.people import PartialDate
from matching.dates import DateLikeness, compare_dates
from matching.decide import Entry, candidates, candidates_by_name, decide, look_alikes
from matching.keys import filing_keys, looking_keys, name_keys
from register.rows import niss_of, person_of, row_of
from register.tables import metadata

_PEOPLE: Table = metadata.tables["register_people"]
_KEYS: Table = metadata.tables["register_search_keys"]
_NAME_KEYS: Table = metadata.tables["register_name_keys"]
_ASSIGNMENTS: Table = metadata.tables["register_assignments"]
_STATE: Table = metadata.tables["register_state"]

#: People looked at for one key, at most: no answer of a sane register comes near it.
_MOST_PER_KEY = 2_000
#: People looked at for a name alone, at most: those who share most of it.
_MOST_BY_NAME = 2_000
_LONGEST_CHAIN = 50
#: Fits every SQLite's limit of variables in one statement.
_AT_ONCE = 500
#: A person's columns, and its keys by the table they stand in.
_Filed = tuple[dict[str, Any], dict[Table, frozenset[int]]]


class SqlRegister:
    """Implements domain.ports.Register. `number_series` is `bis` or `fictitious`.

    Every method is one transaction. Whoever writes holds the one lock (SQLite: the database's, taken when the
    transaction begins; PostgreSQL: the row of register_state), so that a number is searched for and given in one step.
    """

    def __init__(self, engine: Engine, number_series: str) -> None:
        series_for(number_series, None)  # a wrong setting fails at the start, not at the first number
        self._engine = engine
        self._number_series = number_series

    def identify(self, stated: StatedPerson) -> Decision:
        """Search, score and decide."""
        with self._reading() as connection:
            entries = self._entries(connection, stated)
        return decide(stated, entries)

    def search(self, stated: StatedPerson, *, limit: int = 50) -> Sequence[Candidate]:
        """Candidates for an agent, best first: every look-alike and others."""
        with self._reading() as connection:
            entries = self._entries(connection, stated)
        return candidates(stated, entries, limit=limit)

    def search_by_name(self, surname: str, given_names: str | None = None, *, limit: int = 50) -> Sequence[Candidate]:
        """Candidates for an agent who knows no birth date, best first."""
        with self._reading() as connection:
            numbers: dict[int, None] = {}
            for keys in name_keys(surname, given_names):
                hits = _hits(_NAME_KEYS, keys)
                shared = select(hits.c.ssin).group_by(hits.c.ssin).order_by(func.count().desc(), hits.c.ssin)
                numbers.update(dict.fromkeys(connection.scalars(shared.limit(_MOST_BY_NAME - len(numbers)))))
            entries = self._read(connection, list(numbers))
        return candidates_by_name(surname, given_names, entries, limit=limit)

    def person(self, ssin: Niss) -> RegisteredPerson | None:
        """The record under exactly this number, or None."""
        with self._reading() as connection:
            return self._person(connection, ssin)

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """The record that holds today; None where the chain leads nowhere or in a circle."""
        with self._reading() as connection:
            record = self._person(connection, ssin)
            return record and self._latest(connection, record)

    def revision(self) -> int:
        """Grows with every change."""
        with self._reading() as connection:
            return connection.scalar(select(_STATE.c.revision)) or 0

    def create(
        self, stated: StatedPerson, *, key: str, different_from: Iterable[Niss] = (), at: datetime
    ) -> Created | ExistingPeople:
        """Give a number, unless look-alikes outside `different_from` exist. Idempotent by `key`."""
        with self._writing() as connection:
            given = connection.scalar(select(_ASSIGNMENTS.c.ssin).where(_ASSIGNMENTS.c.key == key))
            if given is not None:
                before = self._person(connection, niss_of(given))
                if before is not None:
                    return Created(before)
            existing = look_alikes(stated, self._entries(connection, stated), different_from)
            if existing:
                return ExistingPeople(existing)
            person = self._new_person(connection, stated)
            self._store(connection, _filed([person]))
            connection.execute(insert(_ASSIGNMENTS).values(key=key, ssin=int(person.ssin.digits), at=at))
            return Created(person)

    def add(self, people: Iterable[RegisteredPerson]) -> int:
        """Add or update by number, in one transaction; how many. Of two with one number the later one holds."""
        unique = list({person.ssin: person for person in people}.values())
        if unique:
            filed = _filed(unique)  # before the lock: a running service waits for the writing only
            with self._writing() as connection:
                self._store(connection, filed)
        return len(unique)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _unavailable(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _unavailable(), self._engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(text("INSERT INTO register_state (id, revision) VALUES (1, 0) ON CONFLICT DO NOTHING"))
            connection.execute(select(_STATE.c.id).with_for_update())
            yield connection

    def _person(self, connection: Connection, ssin: Niss) -> RegisteredPerson | None:
        row = connection.execute(select(_PEOPLE).where(_PEOPLE.c.ssin == int(ssin.digits))).mappings().first()
        return None if row is None else person_of(dict(row))

    def _latest(self, connection: Connection, record: RegisteredPerson) -> RegisteredPerson | None:
        seen = {record.ssin}
        while record.replaced_by is not None:
            following = self._person(connection, record.replaced_by)
            if following is None or following.ssin in seen or len(seen) > _LONGEST_CHAIN:
                return None
            seen.add(following.ssin)
            record = following
        return record

    def _entries(self, connection: Connection, stated: StatedPerson) -> list[Entry]:
        """Everybody who shares a key with the stated person and may be a candidate, with the record that holds."""
        return self._read(connection, self._worth_reading(connection, stated))

    def _read(self, connection: Connection, numbers: Sequence[int]) -> list[Entry]:
        entries = []
        for start in range(0, len(numbers), _AT_ONCE):
            wanted = select(_PEOPLE).where(_PEOPLE.c.ssin.in_(numbers[start : start + _AT_ONCE]))
            for row in connection.execute(wanted).mappings():
                record = person_of(dict(row))
                entries.append(Entry(record, self._latest(connection, record)))
        return entries

    def _worth_reading(self, connection: Connection, stated: StatedPerson) -> list[int]:
        """Numbers that share a key. One key alone counts only where the birth dates may be those of one person."""
        hits = _hits(_KEYS, looking_keys(stated))
        found = connection.execute(
            select(
                hits.c.ssin,
                func.count(),
                _PEOPLE.c.birth_year,
                _PEOPLE.c.birth_month,
                _PEOPLE.c.birth_day,
            )
            .join(_PEOPLE, _PEOPLE.c.ssin == hits.c.ssin)
            .group_by(hits.c.ssin, _PEOPLE.c.birth_year, _PEOPLE.c.birth_month, _PEOPLE.c.birth_day)
        )
        return [
            ssin
            for ssin, shared, *born in found
            if shared > 1 or compare_dates(stated.birth_date, PartialDate(*born)) is not DateLikeness.DIFFERENT
        ]

    def _new_person(self, connection: Connection, stated: StatedPerson) -> RegisteredPerson:
        series = series_for(self._number_series, stated.sex)
        first, *_, last = date_parts(stated.birth_date, series)
        lowest, highest = int(f"{first}00000"), int(f"{last}99999")
        taken: set[int] = set()
        for column in (_PEOPLE.c.ssin, _ASSIGNMENTS.c.ssin):
            taken.update(connection.scalars(select(column).where(column.between(lowest, highest))))
        return RegisteredPerson(
            ssin=next_niss(stated.birth_date, stated.sex, series, map(niss_of, taken)),
            surname=stated.surname,
            birth_date=stated.birth_date,
            given_names=stated.given_names,
            sex=stated.sex,
            birth_place=stated.birth_place,
            birth_country=stated.birth_country,
            nationality=stated.nationality,
            former_surname=stated.former_surname,
            official=stated.official,
        )

    def _store(self, connection: Connection, filed: Sequence[_Filed]) -> None:
        """Write people and their keys; the lock is held. Keys of an earlier version are taken out."""
        rows = [row for row, _ in filed]
        before = []
        for start in range(0, len(rows), _AT_ONCE):
            numbers = [row["ssin"] for row in rows[start : start + _AT_ONCE]]
            found = connection.execute(select(_PEOPLE).where(_PEOPLE.c.ssin.in_(numbers))).mappings()
            before += _filed(person_of(dict(row)) for row in found)
        connection.execute(_upsert(connection), rows)
        for table in (_KEYS, _NAME_KEYS):
            stale, fresh = (
                {(key, row["ssin"]) for row, keys in each for key in keys[table]} for each in (before, filed)
            )
            gone, new = sorted(stale - fresh), sorted(fresh - stale)
            if gone:
                by_both = delete(table).where(table.c.key == bindparam("a_key"), table.c.ssin == bindparam("a_ssin"))
                connection.execute(by_both, [{"a_key": key, "a_ssin": ssin} for key, ssin in gone])
            if new:
                connection.execute(insert(table), [{"key": key, "ssin": ssin} for key, ssin in new])
        connection.execute(update(_STATE).values(revision=_STATE.c.revision + 1))


def _filed(people: Iterable[RegisteredPerson]) -> list[_Filed]:
    return [
        (
            row_of(person),
            {
                _KEYS: filing_keys(person),
                _NAME_KEYS: frozenset().union(*name_keys(person.surname, person.given_names, person.former_surname)),
            },
        )
        for person in people
    ]


def _hits(table: Table, keys: Iterable[int]) -> Subquery:
    """Numbers filed under any of the keys, once for each key shared."""
    lookups = [
        select(select(table.c.ssin).where(table.c.key == key).order_by(table.c.ssin).limit(_MOST_PER_KEY).subquery())
        for key in sorted(keys)
    ]
    # A name in signs that have no letters has no key.
    return union_all(*(lookups or [select(table.c.ssin).where(false())])).subquery()


def _upsert(connection: Connection) -> Any:  # noqa: ANN401 - one of two dialects' inserts
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(_PEOPLE)
    changed = {column.name: statement.excluded[column.name] for column in _PEOPLE.columns if column.name != "ssin"}
    return statement.on_conflict_do_update(index_elements=["ssin"], set_=changed)


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise RegisterUnavailable("the register does not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise RegisterUnavailable("the connection to the register was lost") from error
        raise
