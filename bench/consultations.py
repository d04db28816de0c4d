"""The consultation log: what it costs a call, how fast it is sealed, and how long a million rows take to verify.

    .venv/bin/python -m bench.consultations [--rows 1000000] [--calls 400] [--database postgresql://…]

The cost of a call is that of its row in the call's own transaction: rounds of the same transaction with and without
it, order reversed every second round, medians. A call that only reads has
a commit to wait for because of its row. The rows are as long as those of the desk's files and lists.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import insert, text

from access.pseudonyms import Pseudonyms
from domain.terms import Terms
from runtime import schema
from runtime.database import make_engine
from runtime.settings import PROJECT
from service import console, consultations
from service.context import Tools
from store import seals
from store.expiry import KEPT
from store.logbook import FOUND_UNDER, ROWS
from store.tables import Company
from store.unit_of_work import Store
from store.verification import verify

ALLOWED_SECONDS = 60.0
ROUNDS = 6
AT_ONCE = 20_000
#: By kind of call: how many requests and how many people it names.
CALLS = {"request": (1, 1), "list of 20": (20, 10), "file with 50 candidates": (1, 50)}
FIELDS = ("birthDate", "birthPlace", "documents", "givenNames", "official", "sex", "ssin", "surname")


def cost(tools: Tools, count: int, names: tuple[int, int], *, changes: bool) -> tuple[float, float]:
    """Milliseconds of a transaction (without, with) the row of a call that names so many, and `changes` something."""
    asked, people = names
    caller = replace(console.ops(), trace_id=str(uuid.uuid4()))
    shown = consultations.Shown(
        frozenset(str(uuid.uuid4()) for _ in range(asked)),
        frozenset(f"{number:011d}" for number in range(people)),
        frozenset(FIELDS),
    )

    work = text("UPDATE companies SET name = :name WHERE id = 'bench'" if changes else "SELECT :name FROM companies")

    def bare() -> None:
        with tools.store.writing() as session:
            session.execute(work, {"name": str(uuid.uuid4())})

    def noted() -> None:
        with tools.store.writing() as session:
            session.execute(work, {"name": str(uuid.uuid4())})
            consultations.record(session, tools, caller, "bench", shown)

    took: dict[str, list[float]] = {"bare": [], "noted": []}
    kinds: list[tuple[str, Callable[[], None]]] = [("bare", bare), ("noted", noted)]
    for turn in range(ROUNDS):
        for name, call in kinds if turn % 2 else kinds[::-1]:
            for _ in range(max(1, count // ROUNDS)):
                began = time.perf_counter()
                call()
                took[name].append((time.perf_counter() - began) * 1000)
    return statistics.median(took["bare"]), statistics.median(took["noted"])


def fill(store: Store, count: int, luck: random.Random, on_progress: Callable[[int], None]) -> None:
    """So many rows of several months."""
    requests = [str(uuid.UUID(int=luck.getrandbits(128))) for _ in range(5_000)]
    begin = datetime.now(UTC) - timedelta(days=100)
    for start in range(0, count, AT_ONCE):
        rows: list[dict[str, Any]] = []
        for index in range(start, min(count, start + AT_ONCE)):
            named = luck.choice((1, 1, 1, 20))
            values: dict[str, Any] = {
                "at": begin + timedelta(seconds=index),
                "person_id": f"p{index % 50}",
                "role": "agent",
                "what": "file",
                "request_ids": luck.sample(requests, named),
                "people": [f"{luck.getrandbits(128):032x}" for _ in range(luck.choice((0, 1, 1, 10)))],
                "fields": list(FIELDS),
                "trace_id": str(uuid.UUID(int=luck.getrandbits(128))),
            }
            rows.append(values)
        with store.writing() as session:
            numbered = insert(ROWS).returning(ROWS.c.id, sort_by_parameter_order=True)
            numbers = session.execute(numbered, rows).scalars().all()
            under = [
                {"subject": subject, "consultation_id": number}
                for number, row in zip(numbers, rows, strict=True)
                for subject in (*row["request_ids"], *row["people"])
            ]
            session.execute(insert(FOUND_UNDER), under)
        on_progress(len(rows))


def main() -> int:
    """Print the table; 1 where a million rows would take longer than a minute."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--calls", type=int, default=400)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", help="an empty PostgreSQL database; otherwise a SQLite file of its own")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="niss-bench-") as folder:
        engine = make_engine(given.database or f"sqlite:///{Path(folder) / 'niss.db'}")
        schema.upgrade(engine)
        nothing: Any = None
        tools = Tools(
            Store(engine), nothing, nothing, nothing, Terms(), Pseudonyms(bytes(32)), lambda: datetime.now(UTC)
        )
        table = Table("measured", "figure", title=_title(given, engine.dialect.name))
        with tools.store.writing() as session:
            session.add(Company(id="bench", enterprise_number="0999000129", name="Bench"))
        for changes in (False, True):
            for name, names in CALLS.items():
                bare, noted = cost(tools, given.calls, names, changes=changes)
                row = f"{name}, which {'changes' if changes else 'only reads'}"
                table.add_row(row, f"+ {noted - bare:.2f} ms (transaction {bare:.2f} → {noted:.2f} ms)")
        took = whole(tools, given.rows, given.seed, table)
        engine.dispose()
    Console().print(table)
    return int(took > ALLOWED_SECONDS * given.rows / 1_000_000)


def whole(tools: Tools, rows: int, seed: int, table: Table) -> float:
    """Fill, seal and verify; the seconds of the last."""
    with Progress(console=Console(stderr=True), transient=True) as bars:
        filling = bars.add_task("filling", total=rows)
        fill(tools.store, rows, random.Random(seed), lambda done: bars.update(filling, advance=done))
        sealing, began = bars.add_task("sealing", total=rows), time.perf_counter()
        while (seal := seals.seal_next(tools.store, tools.now())) is not None:
            bars.update(sealing, advance=seal.count)
        sealed = time.perf_counter() - began
        verifying, began = bars.add_task("verifying", total=1.0), time.perf_counter()
        now = tools.now()
        found = verify(
            tools.store,
            now,
            expired_before=now - KEPT,
            heads={},
            on_progress=lambda done: bars.update(verifying, completed=done),
        )
        took = time.perf_counter() - began
    if found.findings:
        raise RuntimeError("the log of the benchmark is not whole")
    table.add_row("sealed", f"{found.rows / sealed:,.0f} rows/s, {found.seals:,} seals")
    table.add_row("verified", f"{found.rows:,} rows in {took:.1f} s: {found.rows / took:,.0f} rows/s")
    return took


def _title(given: argparse.Namespace, database: str) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - git is on PATH
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    made = f"seed {given.seed}, commit {commit.stdout.strip() or '?'}"
    return f"consultation log on {database}; {made}; {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
