"""Wakes who waits for an answer: one watcher a process, and no query while nothing happens."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress

from sqlmodel import col, select

from domain.errors import Unavailable
from domain.request import Phase
from store.tables import Request
from store.unit_of_work import Store

#: How often SQLite's change counter is read while somebody waits: a look at shared memory, no query.
LOOK_SECONDS = 0.005
#: How often a database without such a counter is asked, once for all waiters.
ASK_SECONDS = 0.05


class Watcher:
    """Waiters are woken when their request has left `identifying`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._watching: asyncio.Task[None] | None = None

    async def wait_until_answered(self, request_id: str, seconds: float) -> None:
        """Return when the request has left `identifying`, or after so many seconds."""
        if seconds <= 0:
            return
        woken = asyncio.Event()
        self._waiting.setdefault(request_id, set()).add(woken)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.get_running_loop().create_task(self._watch())
        else:
            await self._wake([request_id])
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), seconds)
        finally:
            waiting = self._waiting[request_id]
            waiting.discard(woken)
            if not waiting:
                del self._waiting[request_id]

    async def _watch(self) -> None:
        """Run for as long as somebody waits."""
        with closing(_revision_of(self._store)) as revision:
            seen: int | None = None
            while self._waiting:
                now = revision()
                if now != seen or now is None:
                    seen = now
                    with suppress(Unavailable):
                        await self._wake(self._waiting)
                await asyncio.sleep(LOOK_SECONDS if now is not None else ASK_SECONDS)

    async def _wake(self, request_ids: Iterable[str]) -> None:
        for request_id in await asyncio.to_thread(self._answered, list(request_ids)):
            for woken in self._waiting.get(request_id, ()):
                woken.set()

    def _answered(self, request_ids: list[str]) -> list[str]:
        query = select(Request.id).where(col(Request.id).in_(request_ids), Request.phase != Phase.IDENTIFYING)
        with self._store.reading() as session:
            return list(session.exec(query))


class _SqliteRevision:
    """`PRAGMA data_version` on a connection of its own: changes whenever another connection has committed."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def __call__(self) -> int | None:
        with suppress(sqlite3.OperationalError):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return None

    def close(self) -> None:
        self._connection.close()


class _NoRevision:
    """A database that is asked instead."""

    def __call__(self) -> int | None:
        return None

    def close(self) -> None:
        """Nothing to close."""


def _revision_of(store: Store) -> _SqliteRevision | _NoRevision:
    url = store.engine.url
    if store.engine.dialect.name == "sqlite" and url.database:
        return _SqliteRevision(url.database)
    return _NoRevision()
