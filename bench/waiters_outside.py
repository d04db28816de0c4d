"""The same from outside: the API's process, real connections, and answers that another process writes.

Everybody waits all the time, and one request after the other is answered, as the worker's activity does it; the next
one only when both of its clients know. So what is measured is how soon somebody is woken among all who wait, not how
long answers stand in line for two cores. The clock runs from the commit to the whole answer, or the whole event, at
the client.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from access.issuer import DevelopmentIssuer
from bench import waiting_clients
from bench.waiting_clients import Client
from runtime import processes
from runtime.ports import free_ports
from runtime.settings import PROJECT, load_settings
from runtime.wiring import make_tools
from store.recorder import Recorder
from store.unit_of_work import Store

PATIENCE_SECONDS = 60.0
#: Who is not woken by then never is: the measurement ends.
WORTH_WAITING_SECONDS = 10.0
#: Between an answer's arrival and the next change.
PAUSE_SECONDS = 0.02
#: A listener is sent a comment every 15 seconds.
BEATS_SECONDS = 16.0
_SETTLED_SECONDS = 1.0


@dataclass
class Outside:
    """Milliseconds from the commit to the client, by how it waited, and of a plain reading beside each.

    `idle` counts the statements of the API's process while nothing happens; `beating` those while streams alone are
    open, long enough for each to be sent its comment; `pages` the same with streams of the portal's pages, whose
    sessions are asked about: all together, and not for each.
    """

    answered: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    idle: int = 0
    beating: int = 0
    pages: int = 0


def _service(home: Path, database_url: str) -> dict[str, str]:
    """The settings of a service on a port of its own. Temporal is away: nobody needs it."""
    port, nobody = free_ports(2)
    given = {"NISS_HOME": str(home), "NISS_MODE": "development", "NISS_PORT": str(port)}
    return {**given, "NISS_DATABASE_URL": database_url, "TEMPORAL_ADDRESS": f"127.0.0.1:{nobody}"}


@contextmanager
def api(home: Path, service: Mapping[str, str]) -> Iterator[str]:
    """The API's process on a migrated database, without a worker; its address."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))}
    environ = {**kept, **service}
    command = [sys.executable, "-m", "bench.counted_api"]
    child = processes.start(processes.Program("api", command, home / "api.log", environ, PROJECT))
    base = f"http://127.0.0.1:{service['NISS_PORT']}"
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(base):
            if child.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"waiters: the API does not start: {(home / 'api.log').read_text('utf-8')[-500:]}")
            time.sleep(0.05)
        yield base
    finally:
        processes.stop([child])


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/health", trust_env=False).is_success
    except httpx.TransportError:
        return False


async def measure(
    database_url: str,
    home: Path,
    *,
    waiters: int,
    idle_seconds: float,
    beats_seconds: float = BEATS_SECONDS,
    seed: int = 1,
    step: Callable[[str, int], None] = lambda _what, _done: None,
) -> Outside:
    """On a migrated, empty database. `step` is told what is done, and how many of the waiters are through."""
    service = _service(home, database_url)
    tools = make_tools(load_settings(service, project=PROJECT))
    store = tools.store
    clients = waiting_clients.people(store, DevelopmentIssuer(home), waiters)
    with api(home, service) as base:
        async with waiting_clients.everybody(base) as http, asyncio.TaskGroup() as running:
            step("drafts", 0)
            await waiting_clients.draft(http, clients)
            waiting_clients.prepare_answers(Recorder(store), clients)
            found = Outside()
            step("pages that listen", 0)
            async with waiting_clients.pages(http, tools, clients):
                found.pages = await _idle(http, clients, beats_seconds)
            step("listening", 0)
            for client in clients:
                running.create_task(waiting_clients.listen(http, client))
            await asyncio.gather(*(client.listening.wait() for client in clients))
            found.beating = await _idle(http, clients, beats_seconds)
            step("submitting", 0)
            for client in clients:
                running.create_task(waiting_clients.submit(http, client))
            await _settled(lambda: asyncio.to_thread(waiting_clients.identifying, store, clients), waiters)
            found.idle = await _idle(http, clients, idle_seconds)
            for done, client in enumerate(random.Random(seed).sample(clients, waiters)):
                step("answered", done)
                await _wake(store, client, found)
                found.read.append(await waiting_clients.read(http, client) * 1000)
                await asyncio.sleep(PAUSE_SECONDS)
    store.engine.dispose()
    return found


async def _settled(count: Callable[[], Awaitable[int]], wanted: int | None = None) -> int:
    """Wait until the number is the wanted one, else until it no longer changes."""
    before, now = None, await count()
    while now != (before if wanted is None else wanted):
        await asyncio.sleep(_SETTLED_SECONDS)
        before, now = now, await count()
    return now


async def _idle(http: httpx.AsyncClient, clients: list[Client], seconds: float) -> int:
    """Statements within so many seconds in which nothing happens: nobody sends anything again meanwhile."""
    while True:
        before = await _settled(lambda: waiting_clients.statements(http))
        sent = sum(client.sent for client in clients)
        await asyncio.sleep(seconds)
        if sum(client.sent for client in clients) == sent:
            return await waiting_clients.statements(http) - before


async def _wake(store: Store, client: Client, found: Outside) -> None:
    committed = await asyncio.to_thread(waiting_clients.answer, Recorder(store), store, client)
    async with asyncio.timeout(WORTH_WAITING_SECONDS):
        await asyncio.gather(client.answered.wait(), client.told.wait())
    found.answered.append(max(0.0, client.answered_at - committed) * 1000)
    found.told.append(max(0.0, client.told_at - committed) * 1000)
