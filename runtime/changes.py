"""When something may have changed in the database: heard from it, without asking it anything."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from typing import Protocol

import psycopg
from sqlalchemy import Engine

from runtime.database import libpq_parameters
from store.unit_of_work import CHANNEL

#: `came` returns so often when nothing happens: a listener that has gone is noticed.
PATIENCE_SECONDS = 0.25
#: How often SQLite's change counter is read: a look at shared memory, no query.
LOOK_SECONDS = 0.005
#: After this long a database that was away is tried again.
AGAIN_SECONDS = 0.2


class Changes(Protocol):
    """Open for as long as somebody waits; `close` it then."""

    async def came(self) -> bool:
        """Whether something may have changed since the last call; the first one says yes. False after a while."""
        ...

    async def close(self) -> None:
        """Stop listening."""
        ...


def changes_of(engine: Engine) -> Changes:
    """The changes of a database, whoever makes them."""
    if engine.dialect.name == "postgresql":
        return _Notified(engine)
    return _Counted(engine)


class _Counted:
    """SQLite: `PRAGMA data_version` on a connection of its own changes whenever another connection has committed."""

    def __init__(self, engine: Engine) -> None:
        self._path = engine.url.database or ""
        self._connection: sqlite3.Connection | None = None
        self._seen: int | None = None

    async def came(self) -> bool:
        for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
            now = self._now()
            if now is not None and now != self._seen:
                self._seen = now
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False

    def _now(self) -> int | None:
        with suppress(sqlite3.OperationalError):
            if self._connection is None:
                self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return None

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Notified:
    """PostgreSQL: LISTEN on a connection of its own, made anew when it was lost."""

    def __init__(self, engine: Engine) -> None:
        self._parameters = libpq_parameters(engine)
        self._connection: psycopg.AsyncConnection | None = None

    async def came(self) -> bool:
        try:
            if self._connection is None:
                self._connection = await psycopg.AsyncConnection.connect(**self._parameters, autocommit=True)
                await self._connection.execute(f"LISTEN {CHANNEL}")
                return True  # whatever came while nobody listened
            # More than one at once are one change.
            return bool([_ async for _ in self._connection.notifies(timeout=PATIENCE_SECONDS, stop_after=1)])
        except psycopg.Error:
            await self.close()
            await asyncio.sleep(AGAIN_SECONDS)
            return False

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
