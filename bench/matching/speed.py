"""How long one query takes: ours and the plain pg_trgm query, interleaved in one run; and how both grow."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.matching import ours
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
    """One matcher at one size. `ms` are medians over the rounds of each round's percentile."""

    matcher: str
    people: int
    load_seconds: float
    ms: tuple[float, float, float]


def measure(seed: int, people: int, count: int, chosen: Profile, *, on: Sequence[str] = DATABASES) -> list[Timed]:
    """Ours on each database, the plain query, the peer with its scorer; the order turns every round."""
    register = build(seed, people, chosen.population)
    stated = [query.stated for query in ask(seed, count, register, chosen)]
    with databases(2) as urls, TemporaryDirectory(prefix="niss-bench-") as folder:
        peer = PgTrgm(urls[0])
        loads: dict[str, float] = {}
        runs: dict[str, Callable[[StatedPerson], object]] = {PLAIN: peer.plain, peer.name: peer.candidates}
        loads[PLAIN] = loads[peer.name] = _seconds(lambda: peer.load(register.people))
        engines = []
        for kind in on:
            name = f"ours, {kind}"
            _say(f"{people} people: loading {name}")
            url = f"sqlite:///{Path(folder) / 'register.db'}" if kind == "sqlite" else urls[1]
            engine = make_engine(url, synchronous="OFF")
            engines.append(engine)
            began = time.perf_counter()
            runs[name] = _identify(ours.load(engine, register.people))
            loads[name] = time.perf_counter() - began
        try:
            found = _rounds(runs, stated, random.Random(seed))
        finally:
            peer.close()
            for engine in engines:
                engine.dispose()
    return [Timed(name, people, loads[name], ms) for name, ms in found.items()]


def _identify(register: SqlRegister) -> Callable[[StatedPerson], object]:
    return register.identify


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _rounds(
    runs: Mapping[str, Callable[[StatedPerson], object]], stated: Sequence[StatedPerson], luck: random.Random
) -> dict[str, tuple[float, float, float]]:
    for run in runs.values():
        for one in stated[:50]:
            run(one)
    rounds: dict[str, list[list[float]]] = {name: [] for name in runs}
    order = list(runs)
    for turn in range(_ROUNDS):
        _say(f"round {turn + 1} of {_ROUNDS}")
        asked = list(stated)
        luck.shuffle(asked)
        times: dict[str, list[float]] = {name: [] for name in runs}
        for one in asked:
            for name in order:
                began = time.perf_counter()
                runs[name](one)
                times[name].append((time.perf_counter() - began) * 1000)
        for name in runs:
            rounds[name].append([percentile(times[name], share) for share in _AT])
        order.reverse()
    middle = _ROUNDS // 2
    medians = {name: [sorted(values)[middle] for values in zip(*found, strict=True)] for name, found in rounds.items()}
    return {name: (p50, p95, p99) for name, (p50, p95, p99) in medians.items()}


def table(found: Sequence[Timed], seed: int, queries: int) -> str:
    """One line for each matcher and size, with the ratio to the plain query of the same run."""
    lines = [
        f"seed {seed} · {queries} queries, {_ROUNDS} rounds · commit {commit()} · {machine()}",
        f"{'':<26}{'people':>10}{'load s':>9}{'p50 ms':>9}{'p95':>9}{'p99':>9}{'p95 x':>8}",
    ]
    plain = {one.people: one.ms[1] for one in found if one.matcher == PLAIN}
    for one in found:
        p50, p95, p99 = one.ms
        ratio = p95 / plain[one.people]
        lines.append(
            f"{one.matcher:<26}{one.people:>10}{one.load_seconds:>9.0f}{p50:>9.2f}{p95:>9.2f}{p99:>9.2f}{ratio:>8.2f}"
        )
    return "\n".join([*lines, f"p95 x is the ratio to the {PLAIN}"])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
