"""Wakes who waits for an answer, and who listens for news: one watcher a process, no query while nothing happens."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress

from sqlmodel import col, select

from domain.errors import Unavailable
from domain.request import Phase
from store.tables import Person, Request
from store.unit_of_work import Store

#: How often SQLite's change counter is read while somebody waits: a look at shared memory, no query.
LOOK_SECONDS = 0.005
#: How often a database without such a counter is asked, once for all waiters.
ASK_SECONDS = 0.05


class News:
    """What one listener waits for. `over` once the process stops."""

    def __init__(self, *, over: bool = False) -> None:
        self._came = asyncio.Event()
        self.over = False
        if over:
            self.end()

    async def within(self, seconds: float) -> bool:
        """Whether something may have come since the last call, or comes within so many seconds."""
        try:
            await asyncio.wait_for(self._came.wait(), seconds)
        except TimeoutError:
            return False
        if not self.over:
            self._came.clear()
        return True

    def come(self) -> None:
        """Wake the listener."""
        self._came.set()

    def end(self) -> None:
        """Wake the listener for the last time."""
        self.over = True
        self._came.set()


class Watcher:
    """Waiters are woken when their request has left `identifying`, listeners when somebody was told something."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._listening: dict[str, set[News]] = {}
        self._told: dict[str, int] = {}
        self._stopped = False
        self._watching: asyncio.Task[None] | None = None

    @contextmanager
    def changed(self, person_id: str) -> Iterator[News]:
        """News of this person's notifications, for as long as the block lasts."""
        news = News(over=self._stopped)
        self._listening.setdefault(person_id, set()).add(news)
        self._start()
        try:
            yield news
        finally:
            listening = self._listening[person_id]
            listening.discard(news)
            if not listening:
                del self._listening[person_id]
                self._told.pop(person_id, None)

    def stop(self) -> None:
        """Let everybody go: nobody who waits or listens keeps the process from ending."""
        self._stopped = True
        for listening in self._listening.values():
            for news in listening:
                news.end()
        for waiting in self._waiting.values():
            for woken in waiting:
                woken.set()

    async def wait_until_answered(self, request_id: str, seconds: float) -> None:
        """Return when the request has left `identifying`, or after so many seconds."""
        if seconds <= 0 or self._stopped:
            return
        woken = asyncio.Event()
        self._waiting.setdefault(request_id, set()).add(woken)
        try:
            if not self._start():
                await self._wake([request_id])
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), seconds)
        finally:
            waiting = self._waiting[request_id]
            waiting.discard(woken)
            if not waiting:
                del self._waiting[request_id]

    def _start(self) -> bool:
        """Whether nobody was watching yet."""
        if self._watching is not None and not self._watching.done():
            return False
        self._watching = asyncio.get_running_loop().create_task(self._watch())
        return True

    async def _watch(self) -> None:
        """Run for as long as somebody waits or listens."""
        with closing(_revision_of(self._store)) as revision:
            seen: int | None = None
            while self._waiting or self._listening:
                now = revision()
                if now != seen or now is None:
                    try:
                        await self._wake(self._waiting)
                        await self._tell()
                        seen = now
                    except Unavailable:
                        now = None  # asked again, less often
                await asyncio.sleep(LOOK_SECONDS if now is not None else ASK_SECONDS)

    async def _wake(self, request_ids: Iterable[str]) -> None:
        for request_id in await asyncio.to_thread(self._answered, list(request_ids)):
            for woken in self._waiting.get(request_id, ()):
                woken.set()

    async def _tell(self) -> None:
        """Wake the listeners of those who were told something since the last look: one query for all of them."""
        for person_id, told in await asyncio.to_thread(self._counts, list(self._listening)):
            if self._told.get(person_id) != told and person_id in self._listening:
                self._told[person_id] = told
                for news in self._listening[person_id]:
                    news.come()

    def _counts(self, person_ids: list[str]) -> list[tuple[str, int]]:
        if not person_ids:
            return []
        with self._store.reading() as session:
            return list(session.exec(select(Person.id, Person.told).where(col(Person.id).in_(person_ids))))

    def _answered(self, request_ids: list[str]) -> list[str]:
        if not request_ids:
            return []
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
