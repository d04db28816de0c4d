"""Who waits is woken, on both databases, and nothing is asked while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from bench.waiters import WAITERS, Measured, answer, count_queries, fill, measure, misses
from domain.request import Phase
from runtime.changes import AGAIN_SECONDS
from runtime.database import make_engine
from runtime.watcher import Watcher
from store import requests
from store.tables import Company, RulingRow
from store.unit_of_work import Store
from tests.postgres import NoPostgres, PostgresServer, postgres_server


async def until(condition: Callable[[], bool | Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while True:
            holds = condition()
            if await holds if isinstance(holds, Awaitable) else holds:
                return
            await asyncio.sleep(0.01)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = make_engine(database_url)
    yield Store(engine)
    engine.dispose()


async def test_two_hundred_wait_and_nothing_is_asked(database_url: str) -> None:
    measured = await measure(database_url)
    assert measured.idle_queries == 0
    assert len(measured.woken) == len(measured.told) == WAITERS == 200


def test_the_benchmark_says_what_is_not_as_needed() -> None:
    good, slow, asking = [10.0] * 40, [10.0] * 36 + [150.0] * 4, Measured([1.0], [1.0], idle_queries=2)
    assert misses({"SQLite": Measured(good, good)}) == []
    assert misses({"SQLite": Measured(slow, slow), "PostgreSQL": asking}) == [
        "SQLite: p95 of 150 ms is above 100",
        "PostgreSQL: 2 queries while nothing happened",
    ]


async def test_only_who_is_concerned_is_woken(store: Store) -> None:
    watcher = Watcher(store)
    (first, somebody), (second, other) = fill(store, 2)
    waiting = [asyncio.create_task(watcher.wait_until_answered(one, 20)) for one in (first, second)]
    with watcher.changed(somebody) as news, watcher.changed(other) as others:
        for each in (news, others):
            await each.within(2)
        await asyncio.to_thread(answer, store, first)
        await waiting[0]
        assert await news.within(20)
        assert not await others.within(0.1)
        assert not waiting[1].done()
        watcher.stop()
        await waiting[1]
        assert await others.within(20)
        assert others.over


async def test_what_is_answered_already_is_not_waited_for(store: Store) -> None:
    watcher = Watcher(store)
    (first, _), (second, _) = fill(store, 2)
    await asyncio.to_thread(answer, store, second)
    waiting = asyncio.create_task(watcher.wait_until_answered(first, 20))
    await asyncio.wait_for(watcher.wait_until_answered(second, 20), 10)
    watcher.stop()
    await waiting


def rule(store: Store, request_id: str, state: str) -> None:
    """A ruling on a request in review, or what becomes of it."""
    with store.writing() as session:
        row = requests.locked(session, request_id)
        row.phase = Phase.IN_REVIEW
        now = datetime.now(UTC)
        session.merge(
            RulingRow(id=f"of {request_id}", request_id=row.id, kind="x", by_id=row.requester_id, at=now, state=state)
        )
        requests.changed(row, now)


async def test_a_ruling_is_carried_out_once_it_is_closed_or_before_an_agent_again(store: Store) -> None:
    watcher = Watcher(store)
    ids = [request_id for request_id, _ in fill(store, 3)]
    for request_id in ids:
        await asyncio.to_thread(rule, store, request_id, "delivered")
    waiting = [asyncio.create_task(watcher.wait_until_carried_out(one, 20)) for one in ids[:2]]
    assert not await watcher.wait_until_carried_out(ids[2], 0.1)
    await asyncio.to_thread(answer, store, ids[0])
    assert await waiting[0]
    await asyncio.to_thread(rule, store, ids[1], "past")
    assert await waiting[1]
    assert await watcher.wait_until_carried_out(ids[1], 20)


async def test_it_ends_when_nobody_waits(store: Store) -> None:
    watcher = Watcher(store)
    ((request_id, _),) = fill(store, 1)
    await watcher.wait_until_answered(request_id, 0.05)
    assert watcher._watching is not None
    await until(watcher._watching.done)
    waiting = asyncio.create_task(watcher.wait_until_answered(request_id, 20))
    await asyncio.to_thread(answer, store, request_id)
    await asyncio.wait_for(waiting, 10)


@pytest.mark.postgres
async def test_what_nobody_can_see_wakes_nobody(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    store, asked = Store(engine), count_queries(engine)
    watcher = Watcher(store)
    ((request_id, _),) = fill(store, 1)
    waiting = asyncio.create_task(watcher.wait_until_answered(request_id, 20))
    await until(lambda: any("requests.phase" in query for query in asked))
    asked.clear()
    with store.writing() as session:
        session.add(Company(id="b", enterprise_number="0999001218", name="Globex SA"))
    await asyncio.sleep(0.3)
    assert not [query for query in asked if "requests.phase" in query]
    await asyncio.to_thread(answer, store, request_id)
    await asyncio.wait_for(waiting, 10)
    engine.dispose()


@pytest.mark.postgres
async def test_a_lost_connection_is_made_anew(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    store, watcher = Store(engine), Watcher(Store(engine))
    ((request_id, _),) = fill(store, 1)
    waiting = asyncio.create_task(watcher.wait_until_answered(request_id, 30))

    def cut() -> bool:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            return (
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN %'"
                ).rowcount
                > 0
            )

    await until(cut)
    await asyncio.to_thread(answer, store, request_id)
    await asyncio.wait_for(waiting, 10 + AGAIN_SECONDS)
    engine.dispose()


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.mark.postgres
async def test_waiters_outlive_an_outage(own_server: PostgresServer) -> None:
    with own_server.database() as url:
        engine = make_engine(url)
        store, watcher = Store(engine), Watcher(Store(engine))
        (first, person), (second, _) = fill(store, 2)
        with watcher.changed(person) as news:
            await news.within(2)
            waiting = asyncio.create_task(watcher.wait_until_answered(first, 30))
            await asyncio.to_thread(own_server.stop)
            late = asyncio.create_task(watcher.wait_until_answered(second, 30))
            await asyncio.sleep(2 * AGAIN_SECONDS)
            assert not waiting.done()
            assert not late.done()
            await asyncio.to_thread(own_server.start)
            for one in (first, second):
                await asyncio.to_thread(answer, store, one)
            await asyncio.wait_for(asyncio.gather(waiting, late), 20)
            assert await news.within(20)
        engine.dispose()
