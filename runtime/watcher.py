"""Wakes who waits for an answer, and who listens for news: one watcher a process, no query while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from domain.errors import Unavailable
from domain.request import Phase
from runtime.changes import changes_of
from store.tables import Person, Request, RulingRow
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


#: Who waits for what of a request, by its id.
Waiting = dict[str, set[asyncio.Event]]


class Watcher:
    """Waiters are woken when their request has got as far as they wait for, listeners when they were told something."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._identified: Waiting = {}
        self._carried_out: Waiting = {}
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
        for waiting in (self._identified, self._carried_out):
            _let_go(waiting, list(waiting))

    async def wait_until_answered(self, request_id: str, seconds: float) -> None:
        """Return when the request has left `identifying`, or after so many seconds."""
        await self._wait(self._identified, request_id, seconds)

    async def wait_until_carried_out(self, request_id: str, seconds: float) -> bool:
        """Whether the delivered ruling of the request's review is carried out, now or within so many seconds."""
        return await self._wait(self._carried_out, request_id, seconds)

    async def _wait(self, waiting: Waiting, request_id: str, seconds: float) -> bool:
        if seconds <= 0 or self._stopped:
            return False
        woken = asyncio.Event()
        waiting.setdefault(request_id, set()).add(woken)
        try:
            if not self._start():
                identifying = [request_id] if waiting is self._identified else []
                ruled = [request_id] if waiting is self._carried_out else []
                await self._wake(identifying, ruled, [])
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), seconds)
            return woken.is_set()
        finally:
            waiting[request_id].discard(woken)
            if not waiting[request_id]:
                del waiting[request_id]

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
            while self._identified or self._carried_out or self._listening:
                if await changes.came() or missed:
                    waited_for = list(self._identified), list(self._carried_out), list(self._listening)
                    missed = not await self._wake(*waited_for)
        finally:
            await changes.close()

    async def _wake(self, identifying: list[str], ruled: list[str], person_ids: list[str]) -> bool:
        """Wake whoever of these got what they wait for; False where the database could not be asked."""
        try:
            identified, carried_out, counts = await asyncio.to_thread(self._look, identifying, ruled, person_ids)
        except Unavailable:
            return False
        _let_go(self._identified, identified)
        _let_go(self._carried_out, carried_out)
        for person_id, told in counts:
            if self._told.get(person_id) != told and person_id in self._listening:
                self._told[person_id] = told
                for news in self._listening[person_id]:
                    news.come()
        return True

    def _look(
        self, identifying: list[str], ruled: list[str], person_ids: list[str]
    ) -> tuple[list[str], list[str], list[tuple[str, int]]]:
        """Whose wait is over, and how much each person has been told: one query each, for all of them."""
        with self._store.reading() as session:
            return (
                _identified(session, identifying) if identifying else [],
                _carried_out(session, ruled) if ruled else [],
                _told(session, person_ids) if person_ids else [],
            )


def _let_go(waiting: Waiting, request_ids: Iterable[str]) -> None:
    for request_id in request_ids:
        for woken in waiting.get(request_id, ()):
            woken.set()


def _identified(session: Session, request_ids: list[str]) -> list[str]:
    gone = select(Request.id).where(col(Request.id).in_(request_ids), Request.phase != Phase.IDENTIFYING)
    return list(session.exec(gone))


def _carried_out(session: Session, request_ids: list[str]) -> list[str]:
    """Out of review, or before an agent again: then what was delivered belongs to an earlier review."""
    delivered = exists().where(col(RulingRow.request_id) == Request.id, col(RulingRow.state) == "delivered")
    done = or_(col(Request.phase) != Phase.IN_REVIEW, ~delivered)
    return list(session.exec(select(Request.id).where(col(Request.id).in_(request_ids), done)))


def _told(session: Session, person_ids: list[str]) -> list[tuple[str, int]]:
    return list(session.exec(select(Person.id, Person.told).where(col(Person.id).in_(person_ids))))
