"""How soon people who wait are woken: so many waiters for an answer, and as many listeners for notifications.

    .venv/bin/python -m bench.waiters               on SQLite, and on a PostgreSQL of its own where its binaries are
    .venv/bin/python -m bench.waiters --waiters 500 --json

First the watcher alone, in this process, with requests answered by other connections: from the commit to the wake-up.
Then the API's own process from outside, by real connections (bench/waiters_outside.py). Exits 1 above the needed p95,
or where anything is asked while nothing happens.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table
from sqlalchemy import Engine, event

from bench.waiters_outside import Outside
from bench.waiters_outside import measure as measure_outside
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
PAGES_MAY_ASK = 5
"""Statements in 16 seconds, for all sessions together: one in five seconds, and the one that was due."""
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
        return p95_of([*self.woken, *self.told])


def p95_of(took: Sequence[float]) -> float:
    """Of two or more; never above the worst."""
    return statistics.quantiles(took, n=20, method="inclusive")[-1]


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


def misses(measured: dict[str, Measured], outside: Mapping[str, Outside] | None = None) -> list[str]:
    """What is not as needed, a line each."""
    lines = []
    for name, one in measured.items():
        if one.p95 > NEEDED_P95:
            lines.append(f"{name}: p95 of {one.p95:.0f} ms is above {NEEDED_P95:.0f}")
        if one.idle_queries:
            lines.append(f"{name}: {one.idle_queries} queries while nothing happened")
    for name, seen in (outside or {}).items():
        for what, took in (("answers", seen.answered), ("events", seen.told)):
            if p95_of(took) > NEEDED_P95:
                lines.append(f"{name}, from outside: p95 of {what} of {p95_of(took):.0f} ms is above {NEEDED_P95:.0f}")
        if seen.pages > PAGES_MAY_ASK:
            lines.append(f"{name}, from outside: {seen.pages} statements for the sessions of pages that listen")
        if seen.idle or seen.beating:
            lines.append(f"{name}, from outside: {seen.idle + seen.beating} statements while nothing happened")
    return lines


def _rows(measured: dict[str, Measured], outside: dict[str, Outside]) -> list[dict[str, object]]:
    """A row of the table each: milliseconds of so many, and statements while nothing happened where counted."""
    rows: list[dict[str, object]] = []
    for database, inside in measured.items():
        seen = outside[database]
        for what, took, idle in (
            ("the watcher alone, in one process", [*inside.woken, *inside.told], inside.idle_queries),
            ("answer to `Prefer: wait`", seen.answered, seen.idle),
            ("event of a stream", seen.told, seen.beating),
            ("a plain reading, for comparison", seen.read, None),
            ("pages that listen, by their sessions", [], seen.pages),
        ):
            figures = {"p50": statistics.median(took), "p95": p95_of(took), "worst": max(took)} if took else {}
            rounded = {name: round(figures[name], 1) if took else None for name in ("p50", "p95", "worst")}
            rows.append({"database": database, "what": what, "n": len(took) or None, **rounded, "idle": idle})
    return rows


def _table(rows: list[dict[str, object]], waiters: int) -> Table:
    table = Table(title=f"{waiters} wait for an answer and {waiters} listen: milliseconds from the commit")
    for name in ("database", "what", "n", "p50", "p95", "worst", "statements while idle"):
        table.add_column(name, justify="left" if name in ("database", "what") else "right")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    return table


@contextmanager
def databases(folder: Path, say: Callable[[str], None]) -> Iterator[Iterator[tuple[str, Callable[[], str]]]]:
    """The name of each database there is here, and what makes a migrated, empty one's URL."""

    def sqlite() -> str:
        url = f"sqlite:///{folder / uuid.uuid4().hex}.db"
        engine = make_engine(url)
        schema.upgrade(engine)
        engine.dispose()
        return url

    # The tests know how to start one; without its binaries SQLite is measured alone.
    from tests.postgres import NoPostgres, postgres_server  # noqa: PLC0415 - needed here alone

    with ExitStack() as kept:

        def each() -> Iterator[tuple[str, Callable[[], str]]]:
            yield "SQLite", sqlite
            try:
                server = kept.enter_context(postgres_server())
            except NoPostgres as reason:
                say(f"not on PostgreSQL: {reason}")
            else:
                yield "PostgreSQL", lambda: kept.enter_context(server.database())

        yield each()


def main() -> None:
    """Measure on both databases and print."""
    arguments = argparse.ArgumentParser(
        prog="bench.waiters", description="how soon people who wait are woken, and what is asked while nothing happens"
    )
    arguments.add_argument("--waiters", type=int, default=WAITERS, help="so many wait, and so many listen")
    arguments.add_argument(
        "--idle", type=float, default=5.0, help="seconds in which nothing happens and all is counted"
    )
    arguments.add_argument("--seed", type=int, default=1, help="of the order in which requests are answered")
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    given = arguments.parse_args()
    measured: dict[str, Measured] = {}
    outside: dict[str, Outside] = {}
    console = Console(stderr=given.json, width=None if sys.stdout.isatty() else 120)
    with (
        tempfile.TemporaryDirectory(prefix="niss-waiters-") as folder,
        databases(Path(folder), console.print) as each,
        Progress(console=Console(stderr=True), transient=True) as bars,
    ):
        for name, make in each:
            bar = bars.add_task(name, total=given.waiters)

            def step(what: str, done: int, name: str = name, bar: TaskID = bar) -> None:
                bars.update(bar, description=f"{name}: {what}", completed=done)

            step("the watcher alone", 0)
            measured[name] = asyncio.run(measure(make(), given.waiters))
            home = Path(folder) / name
            home.mkdir()
            options = {"waiters": given.waiters, "idle_seconds": given.idle, "seed": given.seed, "step": step}
            outside[name] = asyncio.run(measure_outside(make(), home, **options))
    rows, missed = _rows(measured, outside), misses(measured, outside)
    if given.json:
        print(json.dumps({"waiters": given.waiters, "seed": given.seed, "needed": NEEDED_P95, "rows": rows}))
    else:
        console.print(_table(rows, given.waiters))
    for line in missed:
        console.print(f"waiters: {line}", markup=False)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
