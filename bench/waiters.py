"""How soon people who wait are woken: so many waiters for an answer, and as many listeners for notifications.

    .venv/bin/python -m bench.waiters               on SQLite, and on a PostgreSQL of its own where its binaries are
    .venv/bin/python -m bench.waiters --waiters 500

One watcher, as in the API's process; requests are answered by other connections, as the worker does. The clock runs
from the commit to the wake-up. Exits 1 above the needed p95, or where anything is asked while nothing happens.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event

from domain.request import Outcome, Phase
from runtime import schema
from runtime.database import make_engine
from runtime.watcher import News, Watcher
from store import requests
from store.tables import Company, Person, Request
from store.unit_of_work import Store

NEEDED_P95 = 100.0
"""Milliseconds."""
WAITERS = 200
IDLE_SECONDS = 1.0
_LONG = 60.0
_LOOKS = 10


@dataclass
class Measured:
    """Milliseconds from the commit, for each waiter and listener; queries asked while nothing happened."""

    woken: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    idle_queries: int = 0

    @property
    def p95(self) -> float:
        """Of all together."""
        return statistics.quantiles([*self.woken, *self.told], n=20)[-1]


def count_queries(engine: Engine) -> list[str]:
    """Grows by one statement for each that the engine executes."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    return asked


def fill(store: Store, count: int) -> list[tuple[str, str]]:
    """So many requests that are being identified, each of somebody else: (request id, person id)."""
    now = datetime.now(UTC)
    pairs = [(str(uuid.uuid4()), uuid.uuid4().hex) for _ in range(count)]
    with store.writing() as session:
        company = Company(id=uuid.uuid4().hex, enterprise_number="0999000129", name="Acme NV")
        session.add(company)
        session.flush()
        for _, person_id in pairs:
            login = f"{person_id}@acme.example"
            session.add(
                Person(id=person_id, login=login, email=login, name=login, role="requester", company_id=company.id)
            )
        session.flush()
        for request_id, person_id in pairs:
            session.add(
                Request(
                    id=request_id,
                    company_id=company.id,
                    requester_id=person_id,
                    language="fr",
                    phase=Phase.IDENTIFYING,
                    created_at=now,
                    updated_at=now,
                )
            )
    return pairs


def answer(store: Store, request_id: str) -> float:
    """Close one request and tell its requester, as the story does; when it was committed."""
    now = datetime.now(UTC)
    with store.writing() as session:
        row = requests.locked(session, request_id)
        row.phase, row.outcome = Phase.CLOSED, Outcome.IDENTIFIED
        requests.changed(row, now)
        requests.told(session, row, "identified", key="identified", at=now)
        requests.notified(session, row, "identified", key="identified", at=now)
    return time.perf_counter()


async def measure(url: str, waiters: int = WAITERS) -> Measured:
    """On a migrated, empty database."""
    ours, theirs = make_engine(url), make_engine(url)
    asked = count_queries(ours)
    watcher, answering, measured = Watcher(Store(ours)), Store(theirs), Measured()
    pairs = await asyncio.to_thread(fill, answering, waiters)
    woken: dict[str, float] = {}
    told: dict[str, float] = {}

    async def wait(request_id: str) -> None:
        await watcher.wait_until_answered(request_id, _LONG)
        woken[request_id] = time.perf_counter()

    async def listen(request_id: str, person_id: str, listening: asyncio.Event) -> None:
        with watcher.changed(person_id) as news:
            await _settled(news)
            listening.set()
            await news.within(_LONG)
            told[request_id] = time.perf_counter()

    there = [asyncio.Event() for _ in pairs]
    tasks = [asyncio.create_task(listen(*pair, event)) for pair, event in zip(pairs, there, strict=True)]
    await asyncio.gather(*(event.wait() for event in there))
    tasks += [asyncio.create_task(wait(request_id)) for request_id, _ in pairs]
    # Everybody looks once when they come, which takes a while on a busy machine; who asks again and again never ends.
    before, looks = -1, 0
    while before != len(asked) and looks < _LOOKS:
        before, looks = len(asked), looks + 1
        await asyncio.sleep(IDLE_SECONDS)
    before = len(asked)
    await asyncio.sleep(IDLE_SECONDS)
    measured.idle_queries = len(asked) - before
    committed = {request_id: await asyncio.to_thread(answer, answering, request_id) for request_id, _ in pairs}
    await asyncio.gather(*tasks)
    measured.woken = [max(0.0, woken[one] - committed[one]) * 1000 for one in committed]
    measured.told = [max(0.0, told[one] - committed[one]) * 1000 for one in committed]
    ours.dispose()
    theirs.dispose()
    return measured


async def _settled(news: News) -> None:
    """A new listener is woken once, as something may have come before it listened."""
    await news.within(IDLE_SECONDS)


def misses(measured: dict[str, Measured]) -> list[str]:
    """What is not as needed, a line each."""
    lines = []
    for name, one in measured.items():
        if one.p95 > NEEDED_P95:
            lines.append(f"{name}: p95 of {one.p95:.0f} ms is above {NEEDED_P95:.0f}")
        if one.idle_queries:
            lines.append(f"{name}: {one.idle_queries} queries while nothing happened")
    return lines


def _table(measured: dict[str, Measured], waiters: int) -> Table:
    table = Table(title=f"{waiters} waiters and {waiters} listeners: milliseconds from the commit")
    for name in ("database", "p50", "p95", "worst", "queries while idle"):
        table.add_column(name, justify="left" if name == "database" else "right")
    for name, one in measured.items():
        every = [*one.woken, *one.told]
        numbers = (statistics.median(every), one.p95, max(every))
        table.add_row(name, *(f"{number:.1f}" for number in numbers), str(one.idle_queries))
    return table


def main() -> None:
    """Measure on both databases and print."""
    arguments = argparse.ArgumentParser(prog="bench.waiters")
    arguments.add_argument("--waiters", type=int, default=WAITERS)
    waiters = arguments.parse_args().waiters
    measured: dict[str, Measured] = {}
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'niss.db'}"
        engine = make_engine(url)
        schema.upgrade(engine)
        engine.dispose()
        measured["SQLite"] = asyncio.run(measure(url, waiters))
    # The tests know how to start one; without its binaries SQLite is measured alone.
    from tests.postgres import NoPostgres, postgres_server  # noqa: PLC0415 - needed here alone

    try:
        with postgres_server() as server, server.database() as url:
            measured["PostgreSQL"] = asyncio.run(measure(url, waiters))
    except NoPostgres as reason:
        console.print(f"not on PostgreSQL: {reason}")
    console.print(_table(measured, waiters))
    for line in misses(measured):
        console.print(f"waiters: {line}", markup=False)
    sys.exit(bool(misses(measured)))


if __name__ == "__main__":
    main()
