"""How people are filed: their rows, their search keys, and how many people stand under what is counted.

Each database is spoken to in its own bulk language; the lock is held by the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from domain.identification import RegisteredPerson
from domain.people import PartialDate
from matching.keys import filing_keys, name_keys
from matching.population import counted_keys
from register.rows import person_of, row_of
from register.tables import metadata

PEOPLE: Table = metadata.tables["register_people"]
KEYS: Table = metadata.tables["register_search_keys"]
NAME_KEYS: Table = metadata.tables["register_name_keys"]
COUNTS: Table = metadata.tables["register_counts"]
REPLACEMENTS: Table = metadata.tables["register_replacements"]
STATE: Table = metadata.tables["register_state"]

#: Fits every SQLite's limit of variables in one statement.
AT_ONCE = 500
_REFILED_AT_ONCE = 5_000
#: Rows of an index that SQLite looks at to know what it holds: its writers wait meanwhile.
_ROWS_LOOKED_AT = 1_000
_COLUMNS = [column.name for column in PEOPLE.columns]


@dataclass(frozen=True, slots=True)
class Filed:
    """A person's column values, the rows of its keys, and what it counts for."""

    row: dict[str, Any]
    keys: frozenset[tuple[int, int, int]]
    name_keys: frozenset[tuple[int, int, int]]
    counted: frozenset[int]


def born_number(born: PartialDate) -> int:
    """A birth date as one number, YYYYMMDD, unknown parts 0."""
    return born.year * 10_000 + born.month * 100 + born.day


def filed(person: RegisteredPerson) -> Filed:
    """Everything that is written of a person. Computed before the lock is taken."""
    row = row_of(person)
    ssin, born = row["ssin"], born_number(person.birth_date)
    named = frozenset().union(*name_keys(person.surname, person.given_names, person.former_surname))
    return Filed(
        row,
        frozenset((key, ssin, born) for key in filing_keys(person)),
        frozenset((key, ssin, born) for key in named),
        counted_keys(person),
    )


def file_all(people: Iterable[RegisteredPerson]) -> list[Filed]:
    """What is written of people, each number once: of two rows with one number the later one holds."""
    return [filed(person) for person in {person.ssin: person for person in people}.values()]


def store(connection: Connection, people: Sequence[Filed], at: datetime | None = None) -> None:
    """Write people, each with a number of its own; what an earlier version was filed under is taken out.

    `at` is when it happens, where that is not now: replaced numbers are noted with it.
    """
    before = _before(connection, [item.row["ssin"] for item in people])
    _upsert(connection, [item.row for item in people])
    for table, attribute in ((KEYS, "keys"), (NAME_KEYS, "name_keys")):
        stale, fresh = ({key for item in each for key in getattr(item, attribute)} for each in (before, people))
        _delete(connection, table, sorted(stale - fresh))
        _insert(connection, table, sorted(fresh - stale))
    counts = Counter(key for item in people for key in item.counted)
    counts.subtract(key for item in before for key in item.counted)
    _count(connection, sorted((key, more) for key, more in counts.items() if more))
    _note_replaced(connection, before, people, at or datetime.now(UTC))
    new = len(people) - len(before)
    connection.execute(update(STATE).values(revision=STATE.c.revision + 1, people=STATE.c.people + new))


def _note_replaced(connection: Connection, before: Sequence[Filed], people: Sequence[Filed], at: datetime) -> None:
    led_to = {item.row["ssin"]: item.row["replaced_by"] for item in before}
    replaced = [
        item.row["ssin"]
        for item in people
        if item.row["replaced_by"] is not None and item.row["replaced_by"] != led_to.get(item.row["ssin"])
    ]
    for start in range(0, len(replaced), AT_ONCE):
        numbers = replaced[start : start + AT_ONCE]
        connection.execute(delete(REPLACEMENTS).where(REPLACEMENTS.c.ssin.in_(numbers)))
        connection.execute(insert(REPLACEMENTS), [{"ssin": number, "at": at} for number in numbers])


def _before(connection: Connection, numbers: Sequence[int]) -> list[Filed]:
    found = []
    for start in range(0, len(numbers), AT_ONCE):
        wanted = select(PEOPLE).where(PEOPLE.c.ssin.in_(numbers[start : start + AT_ONCE]))
        found += [filed(person_of(dict(row))) for row in connection.execute(wanted).mappings()]
    return found


def _upsert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    changed = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "ssin")
    conflict = f"ON CONFLICT (ssin) DO UPDATE SET {changed}"
    if connection.dialect.name == "postgresql":
        _copy_over(connection, PEOPLE, ([row[name] for name in _COLUMNS] for row in rows), conflict)
        return
    names, values = ", ".join(_COLUMNS), ", ".join(f":{name}" for name in _COLUMNS)
    statement = text(f"INSERT INTO register_people ({names}) VALUES ({values}) {conflict}")
    connection.execute(statement, _plain(rows))


def _plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """SQLite keeps a day as text; SQLAlchemy would convert it, the bare statement does not."""
    return [{**row, "deceased_on": row["deceased_on"] and row["deceased_on"].isoformat()} for row in rows]


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[int, ...]]) -> None:
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        _copy(connection, table.name, names, rows)
    elif rows:
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", list(rows))


def _delete(connection: Connection, table: Table, rows: Sequence[tuple[int, ...]]) -> None:
    if rows:
        mark = "%s" if connection.dialect.name == "postgresql" else "?"
        statement = f"DELETE FROM {table.name} WHERE key = {mark} AND ssin = {mark}"
        connection.exec_driver_sql(statement, [row[:2] for row in rows])


def _count(connection: Connection, counts: Sequence[tuple[int, int]]) -> None:
    """Add to what is counted; a key that nobody has any more stays at 0."""
    conflict = "ON CONFLICT (key) DO UPDATE SET people = register_counts.people + excluded.people"
    if connection.dialect.name == "postgresql":
        _copy_over(connection, COUNTS, counts, conflict)
    elif counts:
        statement = f"INSERT INTO register_counts (key, people) VALUES (?, ?) {conflict}"
        connection.exec_driver_sql(statement, list(counts))


def _copy_over(connection: Connection, table: Table, rows: Iterable[Sequence[Any]], conflict: str) -> None:
    """COPY knows no conflict: rows arrive in a table of the session's own, and are inserted from there."""
    names, arriving = [column.name for column in table.columns], f"{table.name}_arriving"
    connection.execute(text(f"CREATE TEMP TABLE IF NOT EXISTS {arriving} (LIKE {table.name}) ON COMMIT DELETE ROWS"))
    _copy(connection, arriving, names, rows)
    columns = ", ".join(names)
    connection.execute(text(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {arriving} {conflict}"))
    connection.execute(text(f"DELETE FROM {arriving}"))


def _copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def refile(connection: Connection) -> None:
    """File everybody anew, after the tables of keys and counts were emptied: a migration that changes the keys."""
    last, people = -1, 0
    while True:
        page = select(PEOPLE).where(PEOPLE.c.ssin > last).order_by(PEOPLE.c.ssin).limit(_REFILED_AT_ONCE)
        again = [filed(person_of(dict(row))) for row in connection.execute(page).mappings()]
        if not again:
            break
        last, people = again[-1].row["ssin"], people + len(again)
        _insert(connection, KEYS, sorted(key for item in again for key in item.keys))
        _insert(connection, NAME_KEYS, sorted(key for item in again for key in item.name_keys))
        _count(connection, sorted(Counter(key for item in again for key in item.counted).items()))
    connection.execute(update(STATE).values(people=people))


def settle(connection: Connection) -> None:
    """Count what the tables hold, for the planner; and on PostgreSQL note what is whole, so that an index suffices."""
    if connection.dialect.name == "postgresql":
        tables = ", ".join(table.name for table in (PEOPLE, KEYS, NAME_KEYS, COUNTS))
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"VACUUM (ANALYZE) {tables}"))
        return
    with connection.begin():
        connection.execute(text(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}"))
        connection.execute(text("ANALYZE"))
