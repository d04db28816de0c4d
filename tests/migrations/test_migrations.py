"""Migrations make exactly the tables that the code describes, on both databases, and go back and forth one by one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlmodel import select

from domain.errors import DatabaseUnavailable
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate
from register.sql import SqlRegister
from register.tables import metadata as register_metadata
from runtime import schema
from runtime.database import make_engine
from runtime.seed import seed_demo_people
from store.document_tables import metadata as store_metadata
from store.tables import NotificationRow, Person, Request
from store.unit_of_work import Store
from tests.postgres import PostgresServer

REVISIONS = [script.revision for script in ScriptDirectory.from_config(schema.config()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'niss.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(empty=True) as url:
        yield url


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> dict[str, object]:
    """Everything a table is made of, by its name, as the database tells it."""
    there = inspect(engine)
    return {
        name: (
            [{**column, "type": repr(column["type"])} for column in there.get_columns(name)],
            there.get_pk_constraint(name),
            sorted(_plain(index) for index in there.get_indexes(name)),
            sorted(map(repr, there.get_foreign_keys(name))),
            sorted(map(repr, there.get_unique_constraints(name))),
        )
        for name in there.get_table_names()
    }


def _plain(index: ReflectedIndex) -> str:
    options = {option: str(value) for option, value in index.get("dialect_options", {}).items()}
    return repr({**index, "dialect_options": options})


def test_from_empty_to_what_the_code_describes(engine: Engine) -> None:
    schema.upgrade(engine)
    assert schema.is_current(engine)
    both = MetaData()
    for each in (store_metadata, register_metadata):
        for table in each.tables.values():
            table.to_metadata(both)
    with engine.connect() as connection:
        # SQLite tells an empty text as default in another way than it is stated.
        defaults = connection.dialect.name == "postgresql"
        opts = {"compare_type": True, "compare_server_default": defaults}
        assert compare_metadata(MigrationContext.configure(connection, opts=opts), both) == []


def test_every_step_down_and_up_again(engine: Engine) -> None:
    before: dict[str, dict[str, object]] = {}
    for revision in REVISIONS:
        schema.move(engine, revision)
        before[revision] = tables(engine)
    for revision, earlier in zip(REVISIONS[:0:-1], REVISIONS[-2::-1], strict=True):
        schema.move(engine, "-1")
        assert tables(engine) == before[earlier]
        schema.move(engine, revision)
        assert tables(engine) == before[revision]
        schema.move(engine, "-1")
    schema.move(engine, "base")
    assert set(tables(engine)) <= {"alembic_version"}
    schema.upgrade(engine)
    assert tables(engine) == before[REVISIONS[-1]]


def test_what_is_there_goes_along(engine: Engine) -> None:
    schema.upgrade(engine)
    store, register = Store(engine), SqlRegister(engine, "fictitious")
    seed_demo_people(store)
    register.add([RegisteredPerson(Niss.parse("83.45.24-163.11"), "Reuter", PartialDate(1983, 5, 24), "Coenige")])
    now = datetime.now(UTC)
    with store.writing() as session:
        bob = session.exec(select(Person).where(Person.login == "bob@acme.example")).one()
        assert bob.company_id is not None
        session.add(
            Request(
                id="r",
                company_id=bob.company_id,
                requester_id=bob.id,
                language="fr",
                phase="collecting",
                created_at=now,
                updated_at=now,
            )
        )
        session.flush()
        for number in (1, 2):
            told = NotificationRow(
                id=f"n{number}", request_id="r", key=str(number), person_id=bob.id, seq=number, kind="reminder", at=now
            )
            session.add(told)
        bob.told = 2
    schema.move(engine, "0002")
    schema.upgrade(engine)
    assert [found.person.surname for found in register.search_by_name("Reuter", "Coenig").candidates] == ["Reuter"]
    with store.reading() as session:
        assert session.get_one(Person, bob.id).told == 2
        numbers = session.exec(select(NotificationRow.id, NotificationRow.seq))
        assert sorted(numbers) == [("n1", 1), ("n2", 2)]


def test_several_at_once_migrate_once(engine: Engine, empty_url: str) -> None:
    start = threading.Barrier(4)
    failed: list[BaseException] = []

    def migrate() -> None:
        own = make_engine(empty_url)
        try:
            start.wait()
            schema.upgrade(own)
            seed_demo_people(Store(own))
        except BaseException as error:  # noqa: BLE001 - told to the test
            failed.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert schema.is_current(engine)


def test_away_is_told_as_such(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path / 'no folder' / 'x.db'}", "postgresql://nobody@127.0.0.1:1/nothing"):
        with pytest.raises(DatabaseUnavailable):
            schema.upgrade(make_engine(url))


def test_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(schema.config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
