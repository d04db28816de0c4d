"""One SQLAlchemy engine for store and register: SQLite or PostgreSQL, and what each needs to serve several processes.

Isolation, locks and time-outs: docs/decisions/0003-two-databases.md.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext

#: Memory each SQLite connection keeps pages in.
CACHE_KIB = 20_000
BUSY_TIMEOUT_MS = 15_000
#: Who waits longer for a connection of the pool is told that the database does not answer.
POOL_PATIENCE_SECONDS = 10.0
#: A process that froze in the middle of a transaction must not hold its locks for ever.
IDLE_IN_TRANSACTION_MS = 60_000
#: What libpq is told unless the URL says otherwise; a peer that vanished is noticed within half a minute.
_LIBPQ = {
    "application_name": "niss-desk",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def make_engine(url: str, *, synchronous: str = "FULL", pool: int = 10, cache_kib: int = CACHE_KIB) -> Engine:
    """An engine on `sqlite:///…` or `postgresql://…`. Parameters of statements are never put into messages.

    A connection opened with `execution_options(write=True)` takes SQLite's write lock when its transaction begins: a
    deferred transaction that upgrades later fails with "database is locked" whatever the busy time-out. PostgreSQL
    reads committed data and locks rows; `pool` is the most connections that this engine opens there. `cache_kib` is the
    memory each SQLite connection keeps pages in.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed.set(drivername="postgresql+psycopg"), pool)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _sqlite_connection(synchronous, cache_kib))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def libpq_parameters(engine: Engine) -> dict[str, Any]:
    """How to open one more connection to a PostgreSQL engine's database, with psycopg itself."""
    _, parameters = engine.dialect.create_connect_args(engine.url)
    return {**_LIBPQ, **parameters}


def _postgresql(url: URL, pool: int) -> Engine:
    engine = create_engine(
        url,
        connect_args={name: value for name, value in _LIBPQ.items() if name not in url.query},
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        max_overflow=0,
        pool_pre_ping=True,
        pool_size=pool,
        pool_timeout=POOL_PATIENCE_SECONDS,
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _postgresql_connection)
    event.listen(engine, "handle_error", _without_values)
    return engine


def _postgresql_connection(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_IN_TRANSACTION_MS}")
    connection.commit()


def _without_values(context: ExceptionContext) -> None:
    """PostgreSQL repeats values in its errors (`Key (email)=(…) already exists`): codes and names are kept alone."""
    error = context.original_exception
    if not isinstance(error, psycopg.Error) or error.diag.sqlstate is None:
        return
    said = "" if error.sqlstate and error.sqlstate.startswith("22") else f": {error.diag.message_primary}"
    line = f"SQLSTATE {error.diag.sqlstate}{said}"
    error.args = (line,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__name__}) {line}",)


def _sqlite_connection(synchronous: str, cache_kib: int) -> Any:  # noqa: ANN401 - SQLAlchemy's listener type
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # SQLAlchemy emits BEGIN itself (below); the driver must not begin on its own.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")

    return prepare


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
