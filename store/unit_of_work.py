"""One HTTP request or one activity is one transaction; nobody else calls commit()."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import DataError
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from domain.errors import DatabaseUnavailable, InvalidInput

#: PostgreSQL's channel of changes that somebody may be waiting for; runtime/watcher.py listens.
CHANNEL = "niss_desk"
_CHANGED = "changed"


def mark_changed(session: Session) -> None:
    """Something that people can see changes in this transaction: those who wait for it are woken at its commit."""
    session.info[_CHANGED] = True


class Store:
    """Transactions on the service's database. Raises DatabaseUnavailable where it does not answer.

    That includes a transaction that PostgreSQL ended for want of a lock: the same call made again may succeed.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(write=True)
        # One picture of the data for all queries of a reading; SQLite gives it by itself.
        self._reading = engine
        self._notifies = engine.dialect.name == "postgresql"
        if self._notifies:
            self._reading = engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing: see `writing`. Rolled back at the end."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its begin on SQLite; committed where the block ends well."""
        with self._session(self._writing) as session:
            yield session
            if self._notifies and session.info.get(_CHANGED):
                session.execute(text(f"NOTIFY {CHANNEL}"))
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except (OperationalError, InterfaceError, PoolTimeoutError) as away:
            raise DatabaseUnavailable("the database does not answer") from away
        except DBAPIError as error:
            if isinstance(error.orig, DataError) and error.orig.sqlstate is None:
                # Found by the driver before anything was sent: a NUL, which no text of PostgreSQL can hold.
                raise InvalidInput("A text holds a character that is not accepted.") from error
            if error.connection_invalidated:
                raise DatabaseUnavailable("the connection to the database was lost") from error
            raise
