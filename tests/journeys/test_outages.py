"""What the service leans on goes away for a while: people go on working, and everything ends afterwards."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from demo.post import text
from demo.running import until
from runtime.ports import free_ports
from runtime.settings import PROJECT
from tests.journeys.service import LOUIS, LOUIS_NISS, Walk, gone, serving, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]


def test_temporal_is_away(walk: Walk) -> None:
    """Drafts, uploads, statements, sending, lists, rulings and withdrawals: all of it works; then all of it goes on."""
    review, leaving = walk.in_review(), walk.in_review()
    with paused(walk.service.pids["engine"]):
        sent = walk.sent(LOUIS, wait=0)
        assert sent["phase"] == "identifying"
        draft = walk.filled(stranger())
        walk.creates(review)
        walk.bob.withdraws(leaving)
        assert {sent["id"], draft} <= {entry["id"] for entry in walk.bob.requests()}
        assert walk.kinds(draft) == ["opened", "documentUploaded", "personalDataStated", "addressStated"]
        health = walk.bob.call("GET", "/health/ready").json()
        assert health["status"] == "DEGRADED"
        assert health["details"]["temporal"]["status"] == "DOWN"
    assert walk.comes_to(sent["id"], "closed")["ssin"] == LOUIS_NISS
    assert walk.comes_to(review, "closed")["outcome"] == "numberCreated"
    assert walk.comes_to(leaving, "closed")["outcome"] == "withdrawn"
    walk.bob.submits(draft, wait=0)
    walk.comes_to(draft, "inReview")


def test_no_worker_is_there(walk: Walk) -> None:
    with paused(walk.service.pids["worker"]):
        answer = walk.sent(LOUIS, wait=1)
        assert answer["phase"] == "identifying"
        assert answer["summary"] == "The identification request for Louis Dupont is in progress"
    assert walk.comes_to(answer["id"], "closed")["ssin"] == LOUIS_NISS


def test_smtp_is_away(tmp_path: Path) -> None:
    """The request closes all the same; its mail comes when the server is back, once."""
    (port,) = free_ports(1)
    with (
        catching(tmp_path / "post", port) as mails,
        serving(tmp_path, NISS_SMTP_URL=f"smtp://127.0.0.1:{port}") as walk,
    ):
        first = walk.sent(LOUIS)["id"]
        until(lambda: [mail for mail in mails() if first in text(mail)], "a mail arrives")
    # Nobody listens any more; the service begins anew without its mail server.
    with serving(tmp_path, NISS_SMTP_URL=f"smtp://127.0.0.1:{port}") as walk:
        closed = walk.sent(LOUIS)
        assert closed["phase"] == "closed"
        assert walk.bob.call("GET", "/health/ready").json()["details"]["smtp"]["status"] == "DOWN"
        with catching(tmp_path / "post", port) as mails:
            until(lambda: [mail for mail in mails() if closed["id"] in text(mail)], "the mail arrives", patience=60)
            found = [mail for mail in mails() if closed["id"] in text(mail)]
            assert [mail["Message-ID"] for mail in found] == [found[0]["Message-ID"]]


def test_ctrl_c_ends_everything_and_a_taken_port_stops_the_start(tmp_path: Path) -> None:
    with serving(tmp_path) as walk:
        family = walk.service.pids
        port = walk.service.base.rpartition(":")[2]
        refused = subprocess.run(
            [sys.executable, "-m", "cli", "serve", "--development"],
            cwd=PROJECT,
            env={**os.environ, "NISS_HOME": str(tmp_path / "other"), "NISS_PORT": port},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert refused.returncode == 1
        (line,) = refused.stderr.splitlines()
        assert port in line
        assert walk.service.interrupt() == 0  # within ten seconds
        until(lambda: all(gone(pid) for pid in family.values()), "every child is gone", patience=2)
        with closing(socket.create_server(("127.0.0.1", int(port)))):
            pass  # the port is free again


@contextmanager
def paused(pid: int) -> Iterator[None]:
    """A process that does not answer, and does not refuse either."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def catching(home: Path, port: int) -> Iterator[Callable[[], list[EmailMessage]]]:
    """A real SMTP server on this port; yields a function that gives the mails it received."""
    environ = {**os.environ, "NISS_HOME": str(home), "NISS_MODE": "development", "NISS_SMTP_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "cli", "catcher"], cwd=PROJECT, env=environ)

    def mails() -> list[EmailMessage]:
        files = sorted((home / "mailbox").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(listens, "the SMTP server listens")
        yield mails
    finally:
        process.terminate()
        process.wait(10)
