"""The search budget: how long a question to the register's database may take, and who says that it is used up."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from domain.errors import RegisterTimedOut

#: Instructions of SQLite's machine between two looks at the clock: about a millisecond.
_LOOK_EVERY = 20_000
_STATEMENT = text("SELECT set_config('statement_timeout', :milliseconds, true)")


class Budget:
    """Seconds for one question, from now on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = time.monotonic()

    @property
    def used_up(self) -> bool:
        """Whether nothing is left."""
        return time.monotonic() - self._began > self._seconds

    @property
    def running_out(self) -> bool:
        """Whether more than half is spent: what is not needed for an answer is left out."""
        return time.monotonic() - self._began > self._seconds / 2

    def ask(self) -> None:
        """Before another question to the database. Raises RegisterTimedOut where nothing is left."""
        if self.used_up:
            raise RegisterTimedOut("the search took too long")

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Let the database itself end a statement that takes longer; it then raises OperationalError."""
        if connection.dialect.name == "postgresql":
            connection.execute(_STATEMENT, {"milliseconds": str(max(1, round(self._seconds * 1000)))})
            yield  # the setting ends with the transaction
            return
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: self.used_up, _LOOK_EVERY)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)


def ended_by_budget(error: OperationalError) -> bool:
    """Whether a statement was ended for its time, not for a fault."""
    if isinstance(error.orig, psycopg.errors.QueryCanceled):
        return True
    # Absent where the error was not the library's own.
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
