"""`niss serve` as a stranger runs it: real processes, real kills."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from runtime.processes import alive
from runtime.settings import PROJECT

NISS = [sys.executable, "-m", "cli"]
FREE = {"NISS_PORT": "0", "NISS_TEMPORAL_PORT": "0", "NISS_UI_PORT": "0", "NISS_SMTP_PORT": "0"}
pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("temporal_server")]  # the binary is there, built once


def environ(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))}
    return {**kept, "NISS_HOME": str(home), "NISS_SQLITE_SYNCHRONOUS": "NORMAL", **more}


@contextmanager
def serving(home: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """The service on free ports, and its URLs by name, from `ready` on."""
    with subprocess.Popen(
        [*NISS, "serve", "--development"],
        cwd=PROJECT,
        env=environ(home, **{**FREE, **more}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout
            lines: list[str] = []
            for line in process.stdout:
                lines.append(line.rstrip("\n"))
                if lines[-1] == "ready":
                    break
            assert lines, "no output"
            assert lines[-1] == "ready", lines
            yield process, dict(line.split(" ", 1) for line in lines if line.count(" ") == 1 and "://" in line)
        finally:
            process.kill()


def until(condition: Callable[[], bool], patience: float = 20.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "did not come to pass in time"
        time.sleep(0.05)


def pids(home: Path) -> dict[str, int]:
    content = json.loads((home / "run.json").read_text())
    return {str(name): int(pid) for name, pid in content["pids"].items()}


def status(url: str, path: str = "") -> int:
    host, _, rest = url.removeprefix("http://").partition("/")
    connection = HTTPConnection(host, timeout=5)
    try:
        connection.request("GET", path or f"/{rest}")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def gone(pid: int) -> bool:
    if not alive(pid):
        return True
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def niss(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NISS, *arguments],
        cwd=PROJECT,
        env=environ(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_from_ready_over_kills_to_a_clean_end(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, urls):
        assert set(urls) == {"portal", "api", "temporal-ui", "mailbox"}
        assert urls["api"] == urls["portal"] + "v1"
        assert status(urls["temporal-ui"]) == 200
        assert status(urls["api"], "/health/ready") == 200

        # Every other command follows the mode and the ports of this run.
        token = niss(tmp_path, "token", "alice@acme.example")
        assert token.returncode == 0, token.stderr
        assert token.stdout.count(".") == 2
        assert niss(tmp_path, "engine", "status").returncode == 0

        second = niss(tmp_path, "serve", "--development", **FREE)
        assert second.returncode == 1
        assert second.stderr.splitlines() == [
            f"niss: NISS_HOME: `make run` (process {process.pid}) already works on {tmp_path}"
        ]

        before = pids(tmp_path)
        assert set(before) == {"supervisor", "engine", "catcher", "api", "worker"}
        for name in ("worker", "api"):
            os.kill(before[name], signal.SIGKILL)
        until(lambda: all(pids(tmp_path)[name] != before[name] for name in ("worker", "api")))
        until(lambda: status(urls["api"], "/health/ready") == 200)
        assert pids(tmp_path)["engine"] == before["engine"]

        after = pids(tmp_path)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 10
        until(lambda: all(gone(pid) for pid in after.values()), patience=1)
        assert process.stdout
        rest = process.stdout.read()
        assert "worker ended unexpectedly (signal 9" in rest
        assert rest.splitlines()[-1] == "stopping"
    assert pids(tmp_path) == {}
    assert niss(tmp_path, "token", "bob@acme.example").returncode == 0
    nobody = niss(tmp_path, "token", "nobody@acme.example")
    assert (nobody.returncode, nobody.stdout, nobody.stderr.count("\n")) == (1, "", 1)


def test_killed_outright_it_takes_its_children_along_and_starts_again(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, _):
        family = pids(tmp_path)
        process.kill()
        until(lambda: all(gone(pid) for pid in family.values()), patience=5)
    assert pids(tmp_path) == family
    with serving(tmp_path) as (process, urls):
        assert status(urls["api"], "/health/ready") == 200
        process.terminate()
        assert process.wait(10) == 0


def test_taken_port_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        for name in FREE:
            refused = niss(tmp_path, "serve", "--development", **{**FREE, name: port})
            assert refused.returncode == 1
            assert refused.stdout == ""
            (line,) = refused.stderr.splitlines()
            assert port in line
            assert name in line


def test_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    refused = niss(tmp_path, "serve", NISS_ANSWER_EXPIRY="P1M")
    assert (refused.returncode, refused.stdout) == (1, "")
    (line,) = refused.stderr.splitlines()
    assert line.startswith("niss: NISS_ANSWER_EXPIRY: ")
    production = niss(tmp_path, "serve")
    assert production.returncode == 1
    assert "NISS_OIDC_ISSUER" in production.stderr
