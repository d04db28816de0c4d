"""How long one query takes: ours and the plain pg_trgm query, interleaved in one run; and how both grow."""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.matching import ours
from bench.matching.clock import CpuClock, backends
from bench.matching.metrics import percentile
from bench.matching.peers.trigrams import PgTrgm
from bench.matching.postgres import databases
from bench.matching.queries import ask
from bench.matching.rates import Profile
from bench.matching.register import build
from bench.matching.report import commit, machine
from domain.identification import StatedPerson
from register.sql import SqlRegister
from runtime.database import make_engine

_ROUNDS = 3
DATABASES = ("sqlite", "postgresql")
_AT = (0.5, 0.95, 0.99)
PLAIN = "pg_trgm, plain query"


@dataclass(frozen=True)
class Timed:
    """One matcher at one size. `ms` are medians over the rounds of each round's percentile; `cpu` the same of CPU time.

    CPU time counts the client's and the database's processes: on a busy machine it is what can be compared.
    """

    matcher: str
    people: int
    load_seconds: float
    ms: tuple[float, float, float]
    cpu: tuple[float, float, float]


@dataclass(frozen=True)
class _Run:
    """A question, and the database that answers it where that is a process of its own."""

    ask: Callable[[StatedPerson], object]
    url: str | None = None


def measure(seed: int, people: int, count: int, chosen: Profile, *, on: Sequence[str] = DATABASES) -> list[Timed]:
    """Ours on each database, the plain query, the peer with its scorer; the order turns every round."""
    register = build(seed, people, chosen.population)
    stated = [query.stated for query in ask(seed, count, register, chosen)]
    with databases(2) as urls, TemporaryDirectory(prefix="niss-bench-") as folder:
        peer = PgTrgm(urls[0])
        loads: dict[str, float] = {}
        runs = {PLAIN: _Run(peer.plain, urls[0]), peer.name: _Run(peer.candidates, urls[0])}
        loads[PLAIN] = loads[peer.name] = _seconds(lambda: peer.load(register.people))
        engines = []
        for kind in on:
            name = f"ours, {kind}"
            _say(f"{people} people: loading {name}")
            url = f"sqlite:///{Path(folder) / 'register.db'}" if kind == "sqlite" else urls[1]
            engine = make_engine(url, synchronous="OFF")
            engines.append(engine)
            began = time.perf_counter()
            runs[name] = _Run(_identify(ours.load(engine, register.people)), None if kind == "sqlite" else url)
            loads[name] = time.perf_counter() - began
        # What the benchmark itself holds of a million people is not for the product's collector to look through.
        gc.collect()
        gc.freeze()
        try:
            found = _rounds(runs, stated, random.Random(seed))
        finally:
            gc.unfreeze()
            peer.close()
            for engine in engines:
                engine.dispose()
    return [Timed(name, people, loads[name], *times) for name, times in found.items()]


def _identify(register: SqlRegister) -> Callable[[StatedPerson], object]:
    return register.identify


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


_Three = tuple[float, float, float]


def _rounds(
    runs: Mapping[str, _Run], stated: Sequence[StatedPerson], luck: random.Random
) -> dict[str, tuple[_Three, _Three]]:
    for run in runs.values():
        for one in stated[:50]:
            run.ask(one)
    clocks = {name: CpuClock(backends(run.url) if run.url else ()) for name, run in runs.items()}
    rounds: dict[str, list[list[float]]] = {name: [] for name in runs}
    order = list(runs)
    for turn in range(_ROUNDS):
        _say(f"round {turn + 1} of {_ROUNDS}")
        asked = list(stated)
        luck.shuffle(asked)
        times: dict[str, list[float]] = {name: [] for name in runs}
        costs: dict[str, list[float]] = {name: [] for name in runs}
        for one in asked:
            for name in order:
                cost, began = clocks[name].now(), time.perf_counter()
                runs[name].ask(one)
                times[name].append((time.perf_counter() - began) * 1000)
                costs[name].append(clocks[name].now() - cost)
        for name in runs:
            rounds[name].append([percentile(each[name], share) for each in (times, costs) for share in _AT])
        order.reverse()
    medians = {name: [median(values) for values in zip(*found, strict=True)] for name, found in rounds.items()}
    return {name: ((found[0], found[1], found[2]), (found[3], found[4], found[5])) for name, found in medians.items()}


def table(found: Sequence[Timed], seed: int, queries: int) -> str:
    """One line for each matcher and size, with the ratio to the plain query of the same run."""
    columns = ("people", "load s", "p50 ms", "p95", "p99", "p95 x", "p50 cpu", "p95", "p99", "p95 x")
    lines = [
        f"seed {seed} · {queries} queries, {_ROUNDS} rounds · commit {commit()} · {machine()}",
        f"{'':<24}" + "".join(f"{column:>9}" for column in columns),
    ]
    plain = {one.people: one for one in found if one.matcher == PLAIN}
    for one in found:
        beside = plain[one.people]
        cells = (
            f"{one.people:>9}{one.load_seconds:>9.0f}",
            *(f"{ms:>9.2f}" for ms in (*one.ms, one.ms[1] / beside.ms[1])),
            *(f"{ms:>9.2f}" for ms in (*one.cpu, one.cpu[1] / beside.cpu[1])),
        )
        lines.append(f"{one.matcher:<24}" + "".join(cells))
    of = "CPU milliseconds of client and database together"
    return "\n".join([*lines, f"p95 x is the ratio to the {PLAIN}; cpu: {of}, for a machine that others use too"])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
