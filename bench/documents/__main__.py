"""`python -m bench.documents --seed N [--size N] [--peers N]`: zones, verdicts and peers, one table each."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

import cv2
import numpy as np

from bench.documents import peers
from bench.documents.drawn import Drawn, drawn, held_out
from bench.documents.goals import missed
from bench.documents.kinds import costs
from bench.documents.verdicts import REASONS, labelled, reasons, said
from bench.documents.zones import LEVELS, Outcome, Reader, ours, outcome, pages
from documents.zone.models import Networks

#: Whether a reason holds, and whether it is said: told, missed, said falsely, rightly not said.
_CASES: Final = ((True, True), (True, False), (False, True), (False, False))


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, spoil, read and judge; 1 where a goal is missed (bench/documents/goals.py), with a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.documents", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", "--pages", type=int, default=120, help="pages of each level")
    parser.add_argument("--held-out", type=int, default=30, help="pages of each level in faces nothing was set with")
    parser.add_argument("--kinds", type=int, default=4, help="files of each kind and size that are checked")
    parser.add_argument("--verdicts", type=int, default=40, help="documents of which fourteen pages are judged each")
    parser.add_argument("--peers", type=int, default=20, help="pages of each level that the peers read too")
    parser.add_argument("--all-reasons", action="store_true", help="a page is right where every reason said is")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    print(f"seed {options.seed}, commit {_commit()}, {os.cpu_count()} cores of {platform.machine()}\n")
    print("CPU s a page: to check and encode it, and to read it\n")
    networks = Networks()
    networks.load()
    outcomes = _zones(options.seed, options.size, {"ours": ours(networks)}) if options.size else []
    every = list(outcomes)
    if options.held_out:
        every += _zones(options.seed, options.held_out, {"held-out faces": ours(networks)}, held_out)
    if options.peers:
        print()
        _zones(options.seed, options.peers, _peers(networks))
    if options.kinds:
        print()
        _kinds(options.seed, options.kinds)
    right = None
    if options.verdicts:
        print()
        judged = _whole_verdicts if options.all_reasons else _verdicts
        right = judged(options.seed, options.verdicts, ours(networks))
    lines = list(missed(outcomes, every, right))
    print()
    for line in lines:
        print(f"missed: {line}")
    if not lines:
        print("every goal of what was measured is met")
    return int(bool(lines))


def _zones(
    seed: int, count: int, readers: dict[str, Reader | str], draw: Callable[[Random], Drawn] = drawn
) -> list[Outcome]:
    head = f"{'zones':28}{'pages':>6}{'right':>8}{'none':>7}{'wrong no.':>10}{'wrong name':>11}"
    print(f"{head}{'check p50':>11}{'p95':>6}{'read p50':>10}{'p95':>6}")
    found: list[Outcome] = []
    for name, read in readers.items():
        if isinstance(read, str):
            print(f"{name:28}{read}")
            continue
        for level in LEVELS:
            some = [outcome(level, document, content, read) for document, content in pages(seed, level, count, draw)]
            found += some
            print(_row(f"{name}, {level}", some), flush=True)
    return found


def _row(name: str, some: Sequence[Outcome]) -> str:
    right, none = (sum(values) for values in ([one.right for one in some], [not one.accepted for one in some]))
    named = max(1, sum(one.named for one in some))
    checked, encoded = np.percentile([one.checking for one in some], [50, 95])
    middle, high = np.percentile([one.reading for one in some], [50, 95])
    return (
        f"{name:28}{len(some):6}{right / len(some):8.1%}{none / len(some):7.1%}{sum(one.wrong_core for one in some):10}"
        f"{sum(one.wrong_name for one in some) / named:11.2%}"
        f"{checked:11.2f}{encoded:6.2f}{middle:10.2f}{high:6.2f}"
    )


def _peers(networks: Networks) -> dict[str, Reader | str]:
    name, read = peers.fastmrz()
    return {"ours": ours(networks), "rapidocr, whole page": peers.general(), name: read}


def _kinds(seed: int, count: int) -> None:
    print(f"{'check and encode':28}{'pages':>6}{'p50':>8}{'p95':>8}  CPU s")
    for name, seconds in costs(seed, count):
        middle, high = np.percentile(seconds, [50, 95])
        print(f"{name:28}{len(seconds):6}{middle:8.2f}{high:8.2f}", flush=True)


def _verdicts(seed: int, count: int, read: Reader) -> float:
    counted: Counter[tuple[str, bool, bool]] = Counter()
    for page in labelled(seed, count):
        counted[page.reason, page.holds, said(page, read)] += 1
    print(f"{'verdicts':16}{'pages':>7}{'right':>8}{'missed':>8}{'false':>8}   half of the pages spoiled so, half not")
    for reason in REASONS:
        told, silent, false, rest = (counted[reason, holds, says] for holds, says in _CASES)
        _verdict(reason, told, silent, false, rest)
    told, silent, false, rest = (sum(counted[reason, *case] for reason in REASONS) for case in _CASES)
    _verdict("all", told, silent, false, rest)
    return (told + rest) / counted.total()


def _whole_verdicts(seed: int, count: int, read: Reader) -> float:
    """Of each page all reasons: right where what it was spoiled by is said and nothing else; of a good one nothing."""
    counted: Counter[tuple[bool, bool]] = Counter()
    for page in labelled(seed, count):
        told = reasons(page, read, whole=True)
        right = told == ((page.reason,) if page.holds else ())
        counted[page.holds, right] += 1
        if not right:
            print(
                f"{page.reason} {'spoiled' if page.holds else 'good'}: said {', '.join(told) or 'nothing'}", flush=True
            )
    print("all reasons of a page right")
    for holds, name in ((True, "spoiled"), (False, "good")):
        print(f"{name:16}{counted[holds, True]} of {counted[holds, True] + counted[holds, False]}")
    return (counted[True, True] + counted[False, True]) / counted.total()


def _verdict(name: str, told: int, silent: int, false: int, rest: int) -> None:
    count = told + silent + false + rest
    print(f"{name:16}{count:7}{(told + rest) / count:8.1%}{silent:8}{false:8}")


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607 - git from the path
    return told.stdout.strip() or "unknown"


if __name__ == "__main__":
    raise SystemExit(main())
