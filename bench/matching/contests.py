"""The commands that measure others beside us: peers, febrl, speed, growth."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING

from bench.matching import speed
from bench.matching.peers import compare
from bench.matching.peers.everyone import Everyone
from bench.matching.peers.fulltext import Fts5Trigrams
from bench.matching.peers.trigrams import PgTrgm
from bench.matching.postgres import databases
from bench.matching.rates import profile

if TYPE_CHECKING:
    from bench.matching.peers.peer import Peer

    Make = Callable[[compare.World], Peer]
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name

PEERS = ("pg_trgm", "fts5", "everyone", "recordlinkage", "nomenklatura", "splink")


def options(commands: Commands) -> None:
    """Add the commands."""
    peers = commands.add_parser("peers", help="ours beside others on one set")
    _set_options(peers, people=100_000, queries=2_000)
    peers.add_argument("--tuning-seed", type=int, default=101, help="where thresholds are chosen and models trained")
    peers.add_argument("--risk", type=float, default=0.01, help="wrong automatic answers accepted, of the decidable")
    peers.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS))
    peers.set_defaults(run=_peers)
    febrl = commands.add_parser("febrl", help="ours on FEBRL4, a public set")
    febrl.add_argument("--json", action="store_true")
    febrl.set_defaults(run=_febrl)
    fast = commands.add_parser("speed", help="ours and the plain pg_trgm query in one run")
    _set_options(fast, people=1_000_000, queries=500)
    fast.add_argument("--on", nargs="*", choices=speed.DATABASES, default=list(speed.DATABASES))
    fast.set_defaults(run=_speed)
    growth = commands.add_parser("growth", help="the same at growing sizes")
    _set_options(growth, people=1_000_000, queries=300)
    growth.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    growth.add_argument("--on", nargs="*", choices=speed.DATABASES, default=["sqlite"])
    growth.set_defaults(run=_growth)


def _set_options(parser: argparse.ArgumentParser, *, people: int, queries: int) -> None:
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=people)
    parser.add_argument("--queries", type=int, default=queries)
    parser.add_argument("--profile", choices=("default", "heldout"), default="default")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _peers(chosen: argparse.Namespace) -> None:
    kind = profile(chosen.profile)
    tuning = compare.world(chosen.tuning_seed, chosen.people, chosen.queries, kind)
    testing = compare.world(chosen.seed, chosen.people, chosen.queries, kind)
    found = [compare.us(testing)]
    with ExitStack() as stack:
        for name in chosen.only:
            found.append(compare.peer(_makers(stack)[name], tuning, testing, chosen.risk))
            print(compare.table(found[-1:], tuning, testing, chosen.risk), flush=True)
    if chosen.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        print("\n" + compare.table(found, tuning, testing, chosen.risk))


def _makers(stack: ExitStack) -> Mapping[str, Make]:
    def pg_trgm(_tuning: compare.World) -> Peer:
        return PgTrgm(stack.enter_context(databases())[0])

    def recordlinkage(tuning: compare.World) -> Peer:
        from bench.matching.peers.linkage import LogisticLinkage  # noqa: PLC0415 - optional

        return LogisticLinkage(tuning)

    def nomenklatura(tuning: compare.World) -> Peer:
        from bench.matching.peers.logic import LogicV2  # noqa: PLC0415 - optional

        return LogicV2(pg_trgm(tuning))

    def splink(_tuning: compare.World) -> Peer:
        from bench.matching.peers.splinked import Splinked  # noqa: PLC0415 - optional

        return Splinked()

    return {
        "pg_trgm": pg_trgm,
        "fts5": lambda _tuning: Fts5Trigrams(),
        "everyone": lambda _tuning: Everyone(),
        "recordlinkage": recordlinkage,
        "nomenklatura": nomenklatura,
        "splink": splink,
    }


def _febrl(chosen: argparse.Namespace) -> None:
    from bench.matching.peers import febrl  # noqa: PLC0415 - optional

    found = febrl.measure()
    print(json.dumps(found) if chosen.json else febrl.table(found))


def _speed(chosen: argparse.Namespace) -> None:
    found = speed.measure(chosen.seed, chosen.people, chosen.queries, profile(chosen.profile), on=chosen.on)
    _tell(chosen, found)


def _growth(chosen: argparse.Namespace) -> None:
    found = []
    for size in chosen.sizes:
        found += speed.measure(chosen.seed, size, chosen.queries, profile(chosen.profile), on=chosen.on)
    _tell(chosen, sorted(found, key=lambda one: (one.matcher, one.people)))


def _tell(chosen: argparse.Namespace, found: list[speed.Timed]) -> None:
    if chosen.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        print(speed.table(found, chosen.seed, chosen.queries))
