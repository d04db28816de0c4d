"""Ports and children with real processes: taken ports, a restart after a kill, an end in time."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from runtime import children as module
from runtime import processes
from runtime.children import Children
from runtime.ports import PortTaken, answers, check_free, free_ports
from runtime.processes import Program

SLEEPER = "import time, sys; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER


def python(name: str, code: str, folder: Path) -> Program:
    return Program(name, [sys.executable, "-c", code], folder / "logs" / f"{name}.log", dict(os.environ))


def until(condition: Callable[[], bool], patience: float = 10.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "did not come to pass in time"
        time.sleep(0.01)


def test_taken_port_is_one_line_that_names_port_and_setting() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        assert answers("127.0.0.1", port)
        with pytest.raises(PortTaken) as caught:
            check_free([("NISS_PORT", "127.0.0.1", port)])
    text = str(caught.value)
    assert str(port) in text
    assert "NISS_PORT" in text
    assert "\n" not in text


def test_address_of_another_machine() -> None:
    with pytest.raises(PortTaken, match=r"NISS_HOST: 192\.0\.2\.77"):
        check_free([("NISS_PORT", "192.0.2.77", 8000)])


def test_free_ports_are_free_and_different() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    check_free(("NISS_PORT", "127.0.0.1", port) for port in ports)
    assert not answers("127.0.0.1", ports[0])


def test_killed_child_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    lines: list[str] = []
    pids: list[dict[str, int]] = []
    children = Children(lines.append, pids.append)
    children.start(python("worker", SLEEPER, tmp_path))
    log = tmp_path / "logs" / "worker.log"
    until(lambda: log.read_text() == "up\n")
    os.kill(pids[0]["worker"], signal.SIGKILL)
    until(lambda: children.watch() or len(pids) == 2)  # type: ignore[func-returns-value]
    until(lambda: log.read_text() == "up\nup\n")
    assert pids[1]["worker"] != pids[0]["worker"]
    assert len(lines) == 1
    assert lines[0].startswith("worker ended unexpectedly (signal 9, see ")
    children.stop(last=(), patience=5)
    assert not processes.alive(pids[1]["worker"])


def test_child_that_keeps_dying_is_hopeless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    children = Children(lambda _: None, lambda _: None)
    children.start(python("api", "raise SystemExit(3)", tmp_path))
    until(lambda: children.watch() or children.hopeless(deaths=3) is not None)  # type: ignore[func-returns-value]
    children.stop(last=(), patience=5)


def test_stubborn_child_is_made_to_end(tmp_path: Path) -> None:
    stubborn = processes.start(python("stubborn", STUBBORN, tmp_path))
    polite = processes.start(python("polite", SLEEPER, tmp_path))
    for name in ("stubborn", "polite"):
        until(lambda name=name: (tmp_path / "logs" / f"{name}.log").read_text() == "up\n")  # type: ignore[misc]
    began = time.monotonic()
    processes.stop([stubborn, polite], patience=0.3)
    assert time.monotonic() - began < 3
    assert (stubborn.returncode, polite.returncode) == (-signal.SIGKILL, -signal.SIGTERM)


def test_children_do_not_hear_ctrl_c(tmp_path: Path) -> None:
    """They stand in groups of their own: the parent ends them in order."""
    child = processes.start(python("child", SLEEPER, tmp_path))
    until(lambda: (tmp_path / "logs" / "child.log").read_text() == "up\n")
    assert os.getpgid(child.pid) != os.getpgrp()
    processes.stop([child])


def test_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOG_LIMIT", 3)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.log").write_text("old and long")
    child = processes.start(python("a", "print('new')", tmp_path))
    child.wait()
    assert (tmp_path / "logs" / "a.log").read_text() == "new\n"
    assert (tmp_path / "logs" / "a.log.1").read_text() == "old and long"
