"""The migrations and the tables say the same, on the way up and down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from register.tables import metadata as register_metadata
from runtime import schema
from runtime.database import make_engine
from store.tables import metadata as store_metadata


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path / 'niss.db'}", synchronous="NORMAL")
    yield made
    made.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, [store_metadata, register_metadata]))  # type: ignore[arg-type]


def test_upgrade_from_nothing_is_what_the_tables_say(engine: Engine) -> None:
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.is_current(engine)
    assert differences(engine) == []
    schema.upgrade(engine)


def test_down_and_up_again(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        command.downgrade(schema.config(connection), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert differences(engine) == []


def test_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(schema.config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
