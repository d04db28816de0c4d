"""Heads of the log on another machine: a real HTTP server takes them, is away, and has them when it matters."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from runtime import heads
from runtime.database import make_engine
from runtime.doctor_heads import url_examined
from runtime.heads import HeadsFile, read_heads
from runtime.ports import free_ports
from runtime.sealer import Sealer
from service.context import Tools
from store.expiry import KEPT
from store.unit_of_work import Store
from store.verification import Verified, verify
from tests.cli.calling import niss
from tests.cli.test_doctor import running, until
from tests.runtime.test_sealer import Clock, clock, tools  # the same log, sealed by the same hand
from tests.store.logbook import add, tamper

__all__ = ["clock", "tools"]
END_FROM_ROW_21 = (
    "DELETE FROM consultation_seals WHERE number > 2",
    "DELETE FROM consulted WHERE consultation_id > 20",
    "DELETE FROM consultations WHERE id > 20",
)
AWAY = "heads of the consultation log are not noted outside the database: headsUrlUnavailable"


class Elsewhere:
    """Another machine: adds what is posted to a file, a line each, and is started and stopped by a test."""

    def __init__(self, kept: Path, port: int) -> None:
        self.kept = kept
        self.port = port
        self.answers = 204
        self.slow: Event | None = None
        self.asked = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/heads"

    @property
    def numbers(self) -> list[int]:
        return list(read_heads(self.kept)) if self.kept.exists() else []

    def start(self) -> None:
        place = self

        class Takes(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                place.asked += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if place.slow is not None:
                    place.slow.wait(10)
                if place.answers == 204:
                    with place.kept.open("ab") as file:
                        file.write(body + b"\n")
                self.send_response(place.answers)
                if place.answers == 307:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                del args

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Takes)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    place = Elsewhere(tmp_path / "elsewhere.jsonl", free_ports(1)[0])
    yield place
    place.stop()


@pytest.fixture
def sealer(tools: Tools, tmp_path: Path, elsewhere: Elsewhere) -> Sealer:
    return Sealer(tools, HeadsFile(tmp_path / "here.jsonl"), elsewhere.url)


async def more(sealer: Sealer, tools: Tools, clock: Clock, count: int = 10) -> None:
    """Rows that are due, and the sealer's next look."""
    add(tools.store, count)
    clock.now += timedelta(seconds=5)
    await sealer.once()


def compared(tools: Tools, clock: Clock, file: Path) -> Verified:
    return verify(tools.store, clock.now, expired_before=clock.now - KEPT, heads=read_heads(file))


async def test_nobody_listens_there_and_nothing_is_lost(
    sealer: Sealer, tools: Tools, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(3):
        await more(sealer, tools, clock)
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [AWAY]
    assert elsewhere.url not in caplog.text
    assert list(read_heads(tmp_path / "here.jsonl")) == [1, 2, 3], "the file has them all the same"
    state, says, _ = await url_examined(tools.store, elsewhere.url)
    assert (state, says) == ("wrong", "NISS_HEADS_URL does not take the newest head")
    elsewhere.start()
    await sealer.once()
    await sealer.once()
    assert (elsewhere.numbers, elsewhere.asked) == ([3], 1), "the newest covers those before it, and comes once"
    assert "no more headsUrlUnavailable" in caplog.text
    assert read_heads(elsewhere.kept)[3] == read_heads(tmp_path / "here.jsonl")[3]
    assert await url_examined(tools.store, elsewhere.url) == ("ok", "NISS_HEADS_URL takes them: seal 3", "")
    # It goes away again: told again, and caught up again.
    elsewhere.stop()
    await more(sealer, tools, clock)
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [AWAY, AWAY]
    elsewhere.start()
    await sealer.once()
    assert elsewhere.numbers == [3, 4]


def refuses(place: Elsewhere) -> None:
    place.answers = 500


def sends_away(place: Elsewhere) -> None:
    place.answers = 307


def is_slow(place: Elsewhere) -> None:
    place.slow = Event()


@pytest.mark.parametrize("trouble", [refuses, sends_away, is_slow])
async def test_what_is_not_taken_is_posted_again(
    trouble: Callable[[Elsewhere], None],
    sealer: Sealer,
    tools: Tools,
    clock: Clock,
    elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if trouble is is_slow:
        monkeypatch.setattr(heads, "TIMEOUT_SECONDS", 0.3)
    elsewhere.start()
    trouble(elsewhere)
    await more(sealer, tools, clock)
    await sealer.once()
    until(lambda: elsewhere.asked == 2)
    assert elsewhere.numbers == []
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [AWAY]
    monkeypatch.setattr(heads, "TIMEOUT_SECONDS", 10.0)
    if elsewhere.slow is not None:
        elsewhere.slow.set()
    elsewhere.answers = 204
    await sealer.once()
    assert 1 in elsewhere.numbers


async def test_a_new_worker_posts_the_newest_again(
    sealer: Sealer, tools: Tools, clock: Clock, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    elsewhere.start()
    await more(sealer, tools, clock)
    await Sealer(tools, HeadsFile(tmp_path / "here.jsonl"), elsewhere.url).once()
    assert (elsewhere.numbers, elsewhere.asked) == ([1], 2)


async def test_who_reaches_database_and_file_is_seen_by_what_was_posted(
    sealer: Sealer, tools: Tools, clock: Clock, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    elsewhere.start()
    for _ in range(3):
        await more(sealer, tools, clock)
    here = tmp_path / "here.jsonl"
    assert compared(tools, clock, elsewhere.kept).findings == []
    # Cut the end off, and the file with it: here nothing is to be seen, there it is.
    found = compared(tools, clock, here)
    tamper(tools.store.engine, *END_FROM_ROW_21)
    here.write_text("".join(here.read_text("ascii").splitlines(keepends=True)[:2]), "ascii")
    assert found.rows == 30
    assert compared(tools, clock, here).findings == []
    assert [one.kind for one in compared(tools, clock, elsewhere.kept).findings] == ["tailCut"]
    # The command says so too, with the file of the other machine.
    home = tmp_path / "home"
    home.mkdir()
    environ = {"NISS_DATABASE_URL": f"sqlite:///{tmp_path / 'niss.db'}", "NISS_HEADS_FILE": str(here)}
    assert niss(home, "audit", "verify", **environ).returncode == 0
    done = niss(home, "audit", "verify", "--heads", str(elsewhere.kept), **environ)
    assert done.returncode == 1
    assert "tailCut" in done.stderr


@pytest.mark.engine
def test_the_worker_posts_them_where_the_setting_says(
    temporal_server: str, tmp_path: Path, elsewhere: Elsewhere, database_url: str
) -> None:
    elsewhere.start()
    home = tmp_path / "home"
    home.mkdir()
    environ = {"TEMPORAL_ADDRESS": temporal_server, "TEMPORAL_NAMESPACE": f"heads-{elsewhere.port}"}
    environ |= {"NISS_DATABASE_URL": database_url, "NISS_HEADS_URL": elsewhere.url}
    engine = make_engine(database_url)
    add(Store(engine), 10)
    engine.dispose()
    with running(home, "worker", **environ):
        until(lambda: elsewhere.numbers == [1])
    before = elsewhere.asked  # the worker has ended
    checks = json.loads(niss(home, "doctor", "--json", **environ).stdout)["checks"]
    assert {one["name"]: one["state"] for one in checks}["heads"] == "ok"
    assert elsewhere.asked == before + 1
    elsewhere.stop()
    done = niss(home, "doctor", "--json", **environ)
    assert done.returncode == 1
    (wrong,) = [one for one in json.loads(done.stdout)["checks"] if one["name"] == "heads"]
    assert (wrong["state"], elsewhere.url in json.dumps(wrong)) == ("wrong", False)
