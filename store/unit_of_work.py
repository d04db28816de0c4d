"""One HTTP request or one activity is one transaction; nobody else calls commit()."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from domain.errors import DatabaseUnavailable


class Store:
    """Transactions on the service's database. Raises DatabaseUnavailable where it does not answer."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(write=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing but may add a consultation: see `writing`. Rolled back at the end."""
        with self._session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its begin on SQLite; committed where the block ends well."""
        with self._session(self._writing) as session:
            yield session
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except (OperationalError, InterfaceError) as away:
            raise DatabaseUnavailable("the database does not answer") from away
