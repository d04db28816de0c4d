"""One SQLAlchemy engine for store and register, and what SQLite needs to serve several processes at once."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_TIMEOUT_MS = 15_000


def make_engine(url: str, *, synchronous: str = "FULL") -> Engine:
    """An engine whose write transactions begin IMMEDIATE on SQLite.

    A connection opened with `execution_options(write=True)` takes the write lock when its transaction begins: a
    deferred transaction that upgrades later fails with "database is locked" whatever the busy time-out.
    Parameters of statements are never put into messages.
    """
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connection(synchronous))
        event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connection(synchronous: str) -> Any:  # noqa: ANN401 - SQLAlchemy's listener type
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # SQLAlchemy emits BEGIN itself (below); the driver must not begin on its own.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-20000")

    return prepare


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
