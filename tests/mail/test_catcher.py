"""The catcher is a real SMTP server; its mailbox shows what it kept, whatever that is."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import MailDeferred, NotFound
from domain.notification import Notice
from mail.catcher import keep, run_catcher
from mail.compose import compose, message_id
from mail.mailbox import list_mails, raw_mail, read_mail, render_mail, render_mailbox
from mail.smtp import SmtpPostman

SENDER = "desk@niss.example"
RECIPIENT = "alice@acme.example"
MESSAGE = b"Subject: Hello\r\n\r\nBody\r\n"


def number_ready(name: str = "Hans <Van> Mechelen") -> bytes:
    return compose(
        Notice.NUMBER_READY, language="en", recipient=RECIPIENT, employee_name=name, sender=SENDER,
        link="http://127.0.0.1:8000/requests/1?a=b", message_id=message_id("1", SENDER), at=datetime.now(UTC),
    ).as_bytes()  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def test_the_catcher_keeps_every_mail_and_the_mailbox_shows_it(tmp_path: Path) -> None:
    folder, port, ready = tmp_path / "mails", free_port(), asyncio.Event()
    assert "No mail yet" in render_mailbox(list_mails(folder))
    catching = asyncio.create_task(run_catcher("127.0.0.1", port, folder, ready=ready))
    await ready.wait()
    postman = SmtpPostman(f"smtp://127.0.0.1:{port}")
    for name in ("First Person", "Hans <Van> Mechelen"):
        await postman.deliver(number_ready(name), sender=SENDER, recipient=RECIPIENT)
    catching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await catching

    newest, oldest = list_mails(folder)
    assert newest.received >= oldest.received
    assert (newest.subject, newest.recipient) == ("The number you asked for is available", RECIPIENT)
    assert "Hans <Van> Mechelen" in newest.text
    assert read_mail(folder, newest.name) == newest
    assert b"Auto-Submitted: auto-generated" in raw_mail(folder, newest.name)
    listed, shown = render_mailbox([newest, oldest]), render_mail(newest)
    assert listed.index(newest.name) < listed.index(oldest.name)
    for page in (listed, shown):
        assert "Hans &lt;Van&gt; Mechelen" in page
        assert '<a href="http://127.0.0.1:8000/requests/1?a=b"' in page
        assert f"/mailbox/{newest.name}/raw" in page
    assert re.search(r'<iframe [^>]*sandbox="allow-popups[^"]*" srcdoc="&lt;base', shown)
    assert "allow-scripts" not in shown


KEPT = "20250101T000000.000000Z-00000000.eml"


@pytest.mark.parametrize(
    "name", ["../secret.eml", "secret.eml", "", ".", KEPT, KEPT + "\n", KEPT.replace("Z-0", "Z-g")]
)
def test_no_other_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_bytes(MESSAGE)
    (tmp_path / "mails").mkdir()
    with pytest.raises(NotFound):
        read_mail(tmp_path / "mails", name)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0", b"Subject: =?x?q?=\r\nTo: <<>,\r\n\r\n", b"no header at all",
    b"Subject: <script>a()</script>\r\nContent-Type: text/html; charset=nope\r\n\r\n\xff<script>"])  # fmt: skip
def test_whatever_is_sent_can_be_listed(tmp_path: Path, content: bytes) -> None:
    path = keep(tmp_path, content, datetime.now(UTC))
    (mail,) = list_mails(tmp_path)
    assert mail.name == path.name
    assert "<script>" not in render_mailbox([mail]) + render_mail(mail)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_catcher_as_a_process_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    code = f"import pathlib, mail.catcher as c; c.serve_catcher('127.0.0.1', {port}, pathlib.Path({str(tmp_path)!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, env={**os.environ})  # noqa: ASYNC220 - started once
    async with asyncio.timeout(20):
        while True:
            try:
                await SmtpPostman(f"smtp://127.0.0.1:{port}").check()
                break
            except MailDeferred:
                await asyncio.sleep(0.05)
    process.send_signal(number)
    _, complaints = await asyncio.to_thread(process.communicate, timeout=10)
    assert (process.returncode, complaints) == (0, b"")


async def test_a_taken_port_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address already in use"):
        await run_catcher("127.0.0.1", taken.getsockname()[1], tmp_path)
