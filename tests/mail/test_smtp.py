# ruff: noqa: N802 - the handlers are named by aiosmtpd
"""The postman against real SMTP servers: kind, busy, refusing, silent and away; and the catcher with its mailbox."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.errors import MailDeferred, NotFound, Undeliverable
from domain.notification import Notice
from mail.catcher import keep, run_catcher
from mail.compose import compose, message_id
from mail.mailbox import list_mails, raw_mail, read_mail, render_mail, render_mailbox
from mail.outbox import Outbox
from mail.smtp import SmtpPostman

SENDER = "desk@niss.example"
RECIPIENT = "alice.unique@acme.example"
MESSAGE = b"From: desk@niss.example\r\nTo: alice.unique@acme.example\r\nSubject: Hello\r\n\r\nBody\r\n"


class Moody:
    """A handler that answers as it is told."""

    def __init__(self, *, mail: str = "250 OK", rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.mail, self.rcpt, self.data = mail, rcpt, data
        self.kept: list[Envelope] = []

    async def handle_MAIL(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:
        self.kept.append(envelope)
        return self.data


@asynccontextmanager
async def server(handler: Moody, *, smtputf8: bool = False) -> AsyncIterator[str]:
    listening = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="test", loop=asyncio.get_running_loop(), enable_SMTPUTF8=smtputf8),
        "127.0.0.1",
        0,
    )
    try:
        yield f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


async def deliver(url: str, recipient: str = RECIPIENT, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109
    await SmtpPostman(url, timeout=timeout).deliver(MESSAGE, sender=SENDER, recipient=recipient)


async def test_a_mail_arrives_as_it_was() -> None:
    handler = Moody()
    async with server(handler) as url:
        await SmtpPostman(url).check()
        await deliver(url)
    (envelope,) = handler.kept
    assert (envelope.mail_from, envelope.rcpt_tos, envelope.content) == (SENDER, [RECIPIENT], MESSAGE)


@pytest.mark.parametrize(
    "answers",
    [{"rcpt": "550 No such user here: alice.unique"}, {"data": "554 We do not like alice.unique"}],
)
async def test_no_for_good_is_undeliverable(answers: dict[str, str]) -> None:
    async with server(Moody(**answers)) as url:
        with pytest.raises(Undeliverable) as caught:
            await deliver(url)
    assert "unique" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert not caught.value.retryable


@pytest.mark.parametrize(
    "answers",
    [
        {"rcpt": "451 Greylisted, alice.unique"},
        {"data": "452 Full"},
        {"mail": "421 Closing"},
        {"mail": "553 We do not know this sender"},
    ],
)
async def test_later_is_deferred(answers: dict[str, str]) -> None:
    async with server(Moody(**answers)) as url:
        with pytest.raises(MailDeferred) as caught:
            await deliver(url)
    assert "unique" not in str(caught.value)
    assert caught.value.retryable


async def test_a_server_that_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(MailDeferred):
            await deliver(url)
        with pytest.raises(MailDeferred):
            await SmtpPostman(url).check()
    with pytest.raises(MailDeferred):
        await deliver("smtp://no-such-host.invalid")


async def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailDeferred):
        await deliver(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)


async def test_an_address_of_another_script_needs_a_server_that_can() -> None:
    async with server(Moody()) as url:
        with pytest.raises(Undeliverable):
            await deliver(url, "josé@acme.example")
    able = Moody()
    async with server(able, smtputf8=True) as url:
        await deliver(url, "josé@acme.example")
    assert able.kept[0].rcpt_tos == ["josé@acme.example"]


async def test_a_password_that_is_not_accepted_is_no_fault_of_the_mail() -> None:
    async with server(Moody()) as url:
        with pytest.raises(MailDeferred):
            await deliver(url.replace("://", "://user:p%40ss@"))


@pytest.mark.parametrize("url", ["http://host", "smtp://", "host:25", ""])
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        SmtpPostman(url)


async def test_the_outbox_keeps_and_fails_as_told() -> None:
    outbox = Outbox()
    outbox.fail(MailDeferred("later"), Undeliverable("never"))
    with pytest.raises(MailDeferred):
        await outbox.check()
    with pytest.raises(MailDeferred):
        await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    with pytest.raises(Undeliverable):
        await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    await outbox.deliver(MESSAGE, sender=SENDER, recipient=RECIPIENT)
    await outbox.check()
    assert [sent.message["Subject"] for sent in outbox.sent] == ["Hello"]


# The catcher and its mailbox


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
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, env={**os.environ})  # noqa: ASYNC220
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
