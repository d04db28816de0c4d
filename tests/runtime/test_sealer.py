"""The sealer notes every head outside the database, whatever is away meanwhile."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from access.pseudonyms import Pseudonyms
from domain.terms import Terms
from register.sql import SqlRegister
from runtime import schema
from runtime.database import make_engine
from runtime.heads import HeadsFile, HeadsUnavailable, read_heads
from runtime.sealer import Sealer
from service.context import Tools
from store.expiry import KEPT
from store.seals import waiting
from store.unit_of_work import Store
from store.verification import verify
from tests.store.logbook import NOW, add


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tools(tmp_path: Path, clock: Clock) -> Iterator[Tools]:
    engine = make_engine(f"sqlite:///{tmp_path / 'niss.db'}", synchronous="OFF")
    schema.upgrade(engine)
    nothing: Any = None
    register = SqlRegister(engine, "fictitious")
    yield Tools(Store(engine), nothing, nothing, register, Terms(), Pseudonyms(bytes(32)), clock)
    engine.dispose()


@pytest.fixture
def posted() -> Iterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """A server that takes heads: its URL, what came, and the status it answers with."""
    came: list[dict[str, Any]] = []
    status = [200]

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if status[0] == 200:
                came.append(json.loads(body))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            del args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/heads", came, status
    server.shutdown()
    thread.join()
    server.server_close()


async def test_every_five_seconds_or_a_thousand_rows(tools: Tools, clock: Clock, tmp_path: Path) -> None:
    sealer = Sealer(tools, HeadsFile(tmp_path / "outside" / "heads"))
    add(tools.store, 10)
    await sealer.once()
    assert waiting(tools.store) == 0
    add(tools.store, 10)
    clock.now += timedelta(seconds=1)
    await sealer.once()
    assert waiting(tools.store) == 10, "not due yet"
    add(tools.store, 990)
    await sealer.once()
    assert waiting(tools.store) == 0, "a thousand do not wait"
    add(tools.store, 5)
    clock.now += timedelta(seconds=5)
    await sealer.once()
    assert waiting(tools.store) == 0
    noted = read_heads(tmp_path / "outside" / "heads")
    assert list(noted) == [1, 2, 3]
    found = verify(tools.store, clock.now, expired_before=clock.now - KEPT, heads=noted)
    assert (found.findings, found.rows, found.head) == ([], 1_015, noted[3])


async def test_heads_are_posted_and_an_outage_is_named_once(
    tools: Tools, tmp_path: Path, posted: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url, came, status = posted
    sealer = Sealer(tools, HeadsFile(tmp_path / "heads"), url)
    caplog.set_level(logging.INFO)
    status[0] = 503
    add(tools.store, 10)
    for _ in range(3):
        await sealer.once()
    assert came == []
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert said == ["heads of the consultation log are not noted outside the database: headsUrlUnavailable"]
    status[0] = 200
    await sealer.once()
    await sealer.once()
    assert [one["number"] for one in came] == [1]
    assert came[0]["head"] == read_heads(tmp_path / "heads")[1]
    assert f"number 1, 10 rows, head {came[0]['head']}" in caplog.text
    assert "no more headsUrlUnavailable" in caplog.text


async def test_what_the_file_missed_is_added_when_it_takes_them_again(
    tools: Tools, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "folder" / "heads"
    file.mkdir(parents=True)  # a folder stands where the file should
    sealer = Sealer(tools, HeadsFile(file))
    for _ in range(3):
        add(tools.store, 10)
        await sealer.once()
        clock.now += timedelta(seconds=5)
    assert "headsFileUnavailable" in caplog.text
    file.rmdir()
    await sealer.once()
    assert list(read_heads(file)) == [1, 2, 3]


async def test_a_line_that_a_crash_has_cut_is_written_again(tools: Tools, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    add(tools.store, 10)
    await Sealer(tools, HeadsFile(file)).once()
    whole = file.read_text("ascii")
    file.write_text(whole + whole[:30], "ascii")
    assert list(read_heads(file)) == [1]
    add(tools.store, 10)
    await Sealer(tools, HeadsFile(file)).once()
    assert list(read_heads(file)) == [1, 2]


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    file = tmp_path / "heads"
    file.write_text("what is this\n", "ascii")
    with pytest.raises(HeadsUnavailable):
        HeadsFile(file).newest()
    with pytest.raises(ValueError, match="a line that is none"):
        read_heads(file)
