"""Idle latency: how long a registered person's number takes, from submission to answer, on a running service.

    .venv/bin/python -m bench.latency            starts the service itself (free ports, a folder of its own)
    .venv/bin/python -m bench.latency --running  uses the one of `make run` (the data folder NISS_HOME)

n requests one after the other through HTTP, as bob; the clock runs over POST submission with `Prefer: wait=10` alone.
The people are the five of the source document, in an order that the seed gives. Exits 1 above the needed p50.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.table import Table

from demo import people
from demo.caller import Caller
from demo.people import Hire
from demo.running import Running
from runtime.settings import PROJECT

NEEDED_P50 = 150.0
"""Milliseconds."""
WARM_UP = 5
REGISTERED = (people.COENIG, people.HILDEGARDA, people.HANS, people.LOUIS, people.THOMAS)
"""The register knows these five."""


def measure(bob: Caller, count: int, seed: int) -> list[float]:
    """Milliseconds from submission to number, one for each of `count` requests; the first few are not counted."""
    luck = random.Random(seed)
    page = _page()
    return [_one(bob, luck.choice(REGISTERED), page) for _ in range(WARM_UP + count)][WARM_UP:]


def _one(bob: Caller, hire: Hire, page: bytes) -> float:
    request_id = bob.opens()["id"]
    bob.uploads(request_id, "passport", [("page.png", page, "image/png")])
    bob.states(request_id, hire.personal_data)
    bob.locates(request_id, hire.addresses)
    began = time.perf_counter()
    answer = bob.submits(request_id)
    took = (time.perf_counter() - began) * 1000
    if answer.get("outcome") != "identified":
        raise SystemExit(f"latency: a registered person was not identified: {answer['phase']}")
    return took


def misses(took: list[float]) -> list[str]:
    """What is not as needed, a line each."""
    p50 = statistics.median(took)
    return [f"latency: p50 of {p50:.0f} ms is above {NEEDED_P50:.0f}"] if p50 > NEEDED_P50 else []


def report(took: list[float], seed: int) -> None:
    """The table."""
    ordered = sorted(took)
    table = Table(title="submit → number, idle, through HTTP")
    for name in ("n", "p50 ms", "p95 ms", "max ms", "needed p50", "seed", "commit", "machine"):
        table.add_column(name, justify="right")
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git there is
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    figures = (f"{statistics.median(ordered):.0f}", f"{p95:.0f}", f"{ordered[-1]:.0f}", f"≤ {NEEDED_P50:.0f}")
    table.add_row(str(len(took)), *figures, str(seed), commit or "?", machine)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


@contextmanager
def _bob(*, running: bool) -> Iterator[Caller]:
    if running:
        home = Path(os.environ.get("NISS_HOME", PROJECT / "var"))
        content = json.loads((home / "run.json").read_text(encoding="utf-8"))
        token = subprocess.run(
            [sys.executable, "-m", "cli", "token", "bob@acme.example"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        yield Caller(f"http://{content['host']}:{content['port']}", token)
        return
    with tempfile.TemporaryDirectory(prefix="niss-latency-") as folder, Running(Path(folder)) as service:
        yield service.as_("bob@acme.example")


def _page() -> bytes:
    content = io.BytesIO()
    Image.linear_gradient("L").resize((800, 520)).save(content, "PNG")
    return content.getvalue()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="idle latency from submission to number")
    parser.add_argument("-n", type=int, default=100, help="requests (default 100)")
    parser.add_argument("--seed", type=int, default=20_110_201)
    parser.add_argument("--running", action="store_true", help="the service of `make run` instead of one of its own")
    given = parser.parse_args()
    with _bob(running=given.running) as bob:
        took = measure(bob, given.n, given.seed)
    report(took, given.seed)
    for line in misses(took):
        print(line)
    return int(bool(misses(took)))


if __name__ == "__main__":
    sys.exit(main())
