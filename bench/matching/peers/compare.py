"""Peers beside ours on one set: thresholds chosen on another seed, then frozen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.matching import ours, report
from bench.matching.answers import Answer
from bench.matching.peers.peer import Peer, Thresholds, ask, choose, decided
from bench.matching.queries import Query
from bench.matching.queries import ask as queries_of
from bench.matching.rates import Profile
from bench.matching.register import Register, build
from bench.matching.tables import percent


@dataclass(frozen=True)
class World:
    """A register and queries on it."""

    seed: int
    register: Register
    queries: list[Query]


def world(seed: int, people: int, count: int, chosen: Profile) -> World:
    """Generate one."""
    register = build(seed, people, chosen.population)
    return World(seed, register, queries_of(seed, count, register, chosen))


@dataclass(frozen=True)
class Compared:
    """One matcher's figures, with the thresholds it was given."""

    name: str
    figures: Mapping[str, Any]
    thresholds: Thresholds | None


def peer(make: Callable[[World], Peer], tuning: World, testing: World, risk: float) -> Compared:
    """Choose on the one, measure on the other."""
    tuned, _ = _asked(make, tuning, tuning)
    by = choose(tuned, risk)
    answers, name = _asked(make, tuning, testing)
    return Compared(name, report.figures(decided(answers, by), {"matcher": name}), by)


def _asked(make: Callable[[World], Peer], tuning: World, asked: World) -> tuple[list[Answer], str]:
    matcher = make(tuning)
    try:
        print(f"{matcher.name}: seed {asked.seed}", file=sys.stderr, flush=True)
        matcher.load(asked.register.people)
        return ask(matcher, asked.queries), matcher.name
    finally:
        matcher.close()


def us(testing: World) -> Compared:
    """Ours, with the thresholds it ships."""
    with ours.loaded(testing.register.people) as register:
        answers = ours.answer(register, testing.queries)
    return Compared("ours", report.figures(answers, {"matcher": "ours"}), None)


def table(found: Sequence[Compared], tuning: World, testing: World, risk: float) -> str:
    """One line a matcher."""
    columns = ("found ≤100", "best F1", "wrong at F1", "auto", "wrong auto", "< (95 %)", "undec.", "unknown", "review")
    lines = [
        f"{len(testing.register.people)} people, {len(testing.queries)} queries of seed {testing.seed};",
        f"peers' thresholds chosen on seed {tuning.seed} for wrong ≤ {percent(risk)}",
        f"commit {report.commit()} · {report.machine()}",
        f"{'':<34}" + "".join(f"{name:>12}" for name in columns) + f"{'p50 / p95 / p99 ms':>24}",
    ]
    for one in found:
        figures = one.figures
        ms = figures["ms"]
        shares = (
            percent(figures["right_among_candidates"]),
            percent(figures["best_f1"]["f1"]),
            percent(figures["best_f1"]["wrong"]),
            percent(figures["automatic_of_registered"]),
            percent(figures["wrong_automatic_share"]),
            percent(figures["wrong_automatic_upper_95"]),
            f"{figures['undecidable_automatic']}/{figures['undecidable']}",
            percent(figures["registered_yet_unknown"]),
            percent(figures["review_share"]),
        )
        times = f"{ms['p50']:.1f} / {ms['p95']:.1f} / {ms['p99']:.1f}"
        lines.append(f"{one.name:<34}" + "".join(f"{share:>12}" for share in shares) + f"{times:>24}")
    return "\n".join(lines)
