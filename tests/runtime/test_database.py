"""Engines on PostgreSQL: how they connect, and what is told when there is no connection to be had."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError

from domain.errors import DatabaseUnavailable, RegisterUnavailable
from domain.niss import Niss
from register.sql import SqlRegister
from runtime import database
from runtime.database import libpq_parameters, make_engine
from store.unit_of_work import Store


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_postgres_is_psycopg(scheme: str) -> None:
    engine = make_engine(f"{scheme}://niss:hush@db.example/niss?sslmode=verify-full&connect_timeout=9")
    assert engine.driver == "psycopg"
    assert engine.dialect.create_connect_args(engine.url)[1]["sslmode"] == "verify-full"
    parameters = libpq_parameters(engine)
    assert (parameters["application_name"], str(parameters["connect_timeout"])) == ("niss-desk", "9")
    assert "hush" not in repr(engine)


@pytest.mark.postgres
def test_a_connection_is_as_decided(postgres_url: str) -> None:
    engine = make_engine(postgres_url)

    def shown(connection: Connection, name: str) -> str:
        return str(connection.execute(text(f"SHOW {name}")).scalar_one())

    with engine.connect() as connection:
        assert shown(connection, "transaction_isolation") == "read committed"
        assert shown(connection, "lock_timeout") == "15s"
        assert shown(connection, "idle_in_transaction_session_timeout") == "1min"
        assert shown(connection, "application_name") == "niss-desk"
    with Store(engine).reading() as session:
        assert shown(session.connection(), "transaction_isolation") == "repeatable read"
    with Store(engine).writing() as session:
        assert shown(session.connection(), "transaction_isolation") == "read committed"
    with pytest.raises(DataError) as told, engine.connect() as connection:
        connection.execute(text("SELECT CAST(:secret AS integer)"), {"secret": "Reuter"})
    assert "Reuter" not in f"{told.value} {told.value.orig}"
    assert "22P02" in str(told.value)
    engine.dispose()


@pytest.mark.postgres
def test_a_pool_that_is_used_up_is_told_as_unavailable(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "POOL_PATIENCE_SECONDS", 0.1)
    engine = make_engine(postgres_url, pool=2)
    with ExitStack() as held:
        for _ in range(2):
            held.enter_context(engine.connect())
        with pytest.raises(DatabaseUnavailable), Store(engine).reading() as session:
            session.connection()
        with pytest.raises(RegisterUnavailable):
            SqlRegister(engine, "bis").person(Niss.parse("83.45.24-163.11"))
    engine.dispose()
