"""Median server time of every page of the portal on the demo's data, its statements and its weight.

    .venv/bin/python -m bench.pages

The demo's story is told on a real service first; then the same application answers in this process, on the data it
left, one page after the other in rounds, each second one backwards. Weight: the page with every file it names, scans
left out, nothing compressed. Exits 1 where a page's median is above the needed one, or its weight is.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event

from demo import people
from demo.desk_pictures import AUDITOR, OPS, SUPERVISOR
from demo.evidence import Evidence
from demo.portal_pictures import what_there_is
from demo.portal_shots import ALICE, BOB
from demo.running import NotStarted, Running
from demo.steps import DAVE, Story
from runtime.house import make_house
from runtime.settings import PROJECT, load_settings
from web import furnish

NEEDED_MS = 50.0
NEEDED_BYTES = 150_000
WARM_UP = 2
_ORIGIN = "https://desk.example"


@dataclass
class Measured:
    """One page: milliseconds of each round, by the clock and of computing; statements and bytes of the last one."""

    name: str
    path: str
    who: str
    took: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    statements: int = 0
    weight: int = 0

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.took)


def told(home: Path) -> dict[str, str]:
    """Tell the story until every state is there; the requests' ids by what they are for."""
    quiet = Console(quiet=True)
    with Running(home, {"NISS_RULING_UNDO": "PT0S"}) as service:
        story = Story(service, Evidence(home / "evidence", quiet), quiet)
        for hire in people.HIRES:
            story.ask(hire)
        story.ask_for_a_new_document()
        story.begin_a_draft()
        return what_there_is(story)


def pages(ids: dict[str, str]) -> Iterator[Measured]:
    """Every page there is to look at."""
    draft, known, review, asked = (f"/requests/{ids[name]}" for name in ("draft", "known", "maria", "jean"))
    case = f"/desk{review}"
    for name, path in (
        ("overview", "/"),
        ("overview, whole company", "/?scope=company"),
        ("before you start", "/requests/new"),
        ("draft", draft),
        ("step 1", f"{draft}/documents"),
        ("step 2", f"{draft}/personal-data"),
        ("step 3", f"{draft}/address"),
        ("step 4", f"{draft}/check"),
        ("the number", f"{known}/sent"),
        ("in review", f"{review}/sent"),
        ("all data", known),
        ("action expected", asked),
        ("new document", f"{asked}/documents"),
        ("delete", f"{review}/withdraw"),
        ("objection", f"{known}/objection"),
        ("sessions", "/sessions"),
    ):
        yield Measured(name, path, BOB)
    for name, path in (
        ("company", "/company"),
        ("member", f"/company/members/{ids['member']}"),
        ("mandate", f"/company/mandates/{ids['mandate']}"),
        ("software", "/company/clients"),
        ("client", f"/company/clients/{ids['client']}"),
        ("audit trail", "/company/trail"),
    ):
        yield Measured(name, path, ALICE)
    yield Measured("auditor: log", "/audit", AUDITOR)
    yield Measured("auditor: a company's trail", "/audit/trail?company=0999000129", AUDITOR)
    yield Measured("ops: service", "/service", OPS)
    yield Measured("supervisor: counts", "/desk/statistics", SUPERVISOR)
    yield Measured("supervisor: case", case, SUPERVISOR)
    yield Measured("supervisor: give to somebody", f"{case}/assignment", SUPERVISOR)
    for name, path in (
        ("desk: queue", "/desk"),
        ("desk: case", case),
        ("desk: create", f"{case}/create"),
        ("desk: ask", f"{case}/ask"),
        ("desk: reject", f"{case}/reject"),
        ("desk: search for a case", f"{case}/search"),
        ("desk: register", "/desk/register"),
        ("desk: my day", "/desk/day"),
    ):
        yield Measured(name, path, DAVE)


async def measure(home: Path, measured: list[Measured], rounds: int) -> None:
    """Ask for every page `rounds` times."""
    settings = load_settings({"NISS_HOME": str(home), "NISS_MODE": "development"}, project=PROJECT)
    house = make_house(settings)
    transport = httpx.ASGITransport(furnish(house))
    browsers = {who: await _signed_in(transport, who) for who in {one.who for one in measured}}
    try:
        for turn in range(WARM_UP + rounds):
            for one in measured if turn % 2 else reversed(measured):
                with counted(house.tools.store.engine) as statements:
                    began, computed = time.perf_counter(), time.process_time()
                    answer = await browsers[one.who].get(one.path)
                    took, computed = time.perf_counter() - began, time.process_time() - computed
                if answer.status_code != 200:
                    raise SystemExit(f"pages: {one.name} answered {answer.status_code}")
                if turn >= WARM_UP:
                    one.took.append(took * 1000)
                    one.computed.append(computed * 1000)
                one.statements = len(statements)
                one.weight = len(answer.content)
        for one in measured:
            one.weight += await _files(browsers[one.who], one.path)
    finally:
        for browser in browsers.values():
            await browser.aclose()
        await house.shutdown()


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def seen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", seen)
    yield statements
    event.remove(engine, "before_cursor_execute", seen)


async def _signed_in(transport: httpx.ASGITransport, login: str) -> httpx.AsyncClient:
    headers = {"Accept": "text/html", "Accept-Language": "fr", "Origin": _ORIGIN, "Sec-Fetch-Site": "same-origin"}
    browser = httpx.AsyncClient(transport=transport, base_url=_ORIGIN, headers=headers, follow_redirects=True)
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>[^<]*{re.escape(login)}', (await browser.get("/sign-in")).text)
    if found is None or (await browser.get(unescape(found[1]))).url.path.startswith("/sign-in"):
        raise SystemExit(f"pages: {login} cannot sign in")
    return browser


async def _files(browser: httpx.AsyncClient, path: str) -> int:
    """Bytes of the styles, scripts and signs that a page names."""
    text = (await browser.get(path)).text
    names = set(re.findall(r'"(/static/[^"]+)"', text))
    return sum([len((await browser.get(name)).content) for name in sorted(names)])


def report(measured: list[Measured], rounds: int) -> None:
    """The table."""
    table = Table(title="pages of the portal, on the demo's data")
    for name in ("page", "median ms", "of computing", "max ms", "statements", "kB"):
        table.add_column(name, justify="left" if name == "page" else "right")
    for one in measured:
        values = (
            f"{one.median:.1f}",
            f"{statistics.median(one.computed):.1f}",
            f"{max(one.took):.0f}",
            str(one.statements),
            f"{one.weight / 1000:.0f}",
        )
        table.add_row(one.name, *values)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git there is
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    middle = statistics.median(one.median for one in measured)
    table.caption = (
        f"median of all {middle:.1f} ms · needed {NEEDED_MS:.0f} ms, {NEEDED_BYTES // 1000} kB · {rounds} rounds · "
        f"{commit.stdout.strip() or '-'} · {os.cpu_count()} cores"
    )
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def misses(measured: list[Measured]) -> list[str]:
    """What is not as needed, a line each."""
    slow = [f"pages: {one.name} takes {one.median:.0f} ms" for one in measured if one.median > NEEDED_MS]
    return slow + [f"pages: {one.name} weighs {one.weight} bytes" for one in measured if one.weight > NEEDED_BYTES]


def main() -> None:
    """Tell, measure, print, judge."""
    parser = argparse.ArgumentParser(prog="bench.pages")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="niss-pages-") as folder:
        home = Path(folder)
        try:
            measured = list(pages(told(home)))
        except NotStarted as reason:
            sys.exit(f"pages: {reason}")
        asyncio.run(measure(home, measured, rounds))
    report(measured, rounds)
    if found := misses(measured):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
