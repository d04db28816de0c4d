"""Wakes who waits for an answer, and who listens for news: one watcher a process, no query while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from sqlmodel import col, select

from domain.errors import Unavailable
from domain.request import Phase
from runtime.changes import changes_of
from store.tables import Person, Request
from store.unit_of_work import Store


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
        changes = changes_of(self._store.engine)
        missed = False
        try:
            while self._waiting or self._listening:
                if await changes.came() or missed:
                    missed = not await self._wake(self._waiting, self._listening)
        finally:
            await changes.close()

    async def _wake(self, request_ids: Iterable[str], person_ids: Iterable[str] = ()) -> bool:
        """Wake whoever got what they wait for; False where the database could not be asked."""
        try:
            answered, counts = await asyncio.to_thread(self._look, list(request_ids), list(person_ids))
        except Unavailable:
            return False
        for request_id in answered:
            for woken in self._waiting.get(request_id, ()):
                woken.set()
        for person_id, told in counts:
            if self._told.get(person_id) != told and person_id in self._listening:
                self._told[person_id] = told
                for news in self._listening[person_id]:
                    news.come()
        return True

    def _look(self, request_ids: list[str], person_ids: list[str]) -> tuple[list[str], list[tuple[str, int]]]:
        """Which requests were answered, and how much each person has been told: one query each, for all of them."""
        gone = select(Request.id).where(col(Request.id).in_(request_ids), Request.phase != Phase.IDENTIFYING)
        counts = select(Person.id, Person.told).where(col(Person.id).in_(person_ids))
        with self._store.reading() as session:
            return (
                list(session.exec(gone)) if request_ids else [],
                list(session.exec(counts)) if person_ids else [],
            )
