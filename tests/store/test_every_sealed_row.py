"""Not some rows but each: every one of a sealed log, changed in any column, deleted, exchanged, or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from runtime.database import make_engine
from store.expiry import KEPT
from store.logbook import ROWS
from store.unit_of_work import Store
from store.verification import verify
from tests.store.logbook import NOW, add, seal_all, tamper

SEALS, IN_EACH = 3, 5
TABLES = ("consultations", "consultation_seals")
EVERY = range(1, SEALS * IN_EACH + 1)
#: By column: another value than any row has.
DIFFERENT = {
    "at": "2020-01-01 00:00:00.000000",
    "person_id": "x",
    "role": "x",
    "company_id": "x",
    "what": "x",
    "request_ids": '["x"]',
    "people": '["x"]',
    "fields": '["x"]',
    "reason": "x",
    "trace_id": "x",
}


class Log:
    """A sealed log of three seals, and what is done to it for a while."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        store, self.heads = Store(engine), list[str]()
        for seal in range(SEALS):
            add(store, IN_EACH, at=NOW + timedelta(seconds=seal))
            self.heads += seal_all(store)
        tamper(engine, *(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}" for table in TABLES))  # noqa: S608 - our own names

    def found(self) -> set[str]:
        heads = dict(enumerate(self.heads, 1))
        return {one.kind for one in verify(Store(self.engine), NOW, expired_before=NOW - KEPT, heads=heads).findings}

    @contextmanager
    def after(self, *statements: str) -> Iterator[set[str]]:
        """What is found after the statements; then everything is as it was."""
        self.run(*statements)
        yield self.found()
        self.run(*(f"DELETE FROM {table}" for table in TABLES))  # noqa: S608 - our own names
        self.run(*(f"INSERT INTO {table} SELECT * FROM kept_{table}" for table in TABLES))  # noqa: S608 - our own names

    def run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture
def log(database_url: str) -> Iterator[Log]:
    engine = make_engine(database_url, synchronous="OFF")
    made = Log(engine)
    assert made.found() == set()
    yield made
    assert made.found() == set(), "put back"
    engine.dispose()


def test_no_column_is_forgotten() -> None:
    assert {column.name for column in ROWS.c} == {"id", *DIFFERENT}


def test_each_row_changed_in_each_column(log: Log) -> None:
    missed = []
    for row in EVERY:
        for column, value in DIFFERENT.items():
            with log.after(f"UPDATE consultations SET {column} = '{value}' WHERE id = {row}") as found:  # noqa: S608 - our own names
                missed += [] if "changed" in found else [(row, column)]
    assert missed == []


def test_each_row_deleted(log: Log) -> None:
    missed = []
    for row in EVERY:
        with log.after(f"DELETE FROM consultations WHERE id = {row}") as found:  # noqa: S608 - a number
            missed += [] if "deleted" in found else [row]
    assert missed == []


def _exchange(one: int, other: int) -> tuple[str, ...]:
    moves: list[tuple[int, int]] = [(one, -1), (other, one), (-1, other)]
    return tuple(f"UPDATE consultations SET id = {to} WHERE id = {of}" for of, to in moves)  # noqa: S608 - numbers


def test_each_row_exchanged_with_each_later_one(log: Log) -> None:
    missed = []
    for one in EVERY:
        for other in range(one + 1, EVERY.stop):
            with log.after(*_exchange(one, other)) as found:
                missed += [] if "changed" in found else [(one, other)]
    assert missed == []


def test_the_end_cut_off_after_each_row(log: Log) -> None:
    missed = []
    for kept in range(EVERY.stop - 1):
        cut = (
            f"DELETE FROM consultations WHERE id > {kept}",  # noqa: S608 - a number
            f"DELETE FROM consultation_seals WHERE number > {kept // IN_EACH}",  # noqa: S608 - a number
        )
        with log.after(*cut) as found:
            missed += [] if "tailCut" in found else [kept]
    assert missed == []
