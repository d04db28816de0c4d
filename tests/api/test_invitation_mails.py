"""Who is invited is told by mail: once, in the language of whoever invites, whatever dies or is away meanwhile."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import select

from domain.errors import MailDeferred, Undeliverable
from mail.catcher import run_catcher
from mail.mailbox import list_mails, raw_mail
from mail.outbox import Outbox
from mail.smtp import SmtpPostman
from runtime.invitations import InvitationPost
from runtime.settings import Settings, load_settings
from store.tables import InvitationMailRow
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.person import Person

EVE = "eve@acme.example"


def settings(desk: Desk) -> Settings:
    given = {"NISS_HOME": str(desk.home), "NISS_MODE": "development", "NISS_PUBLIC_URL": "https://desk.example"}
    return load_settings(given, project=desk.home)


def post(desk: Desk, postman: Outbox | SmtpPostman, *, later: timedelta = timedelta(0)) -> InvitationPost:
    now: Callable[[], datetime] = lambda: datetime.now(UTC) + later  # noqa: E731 - a clock
    return InvitationPost(replace(desk.tools, now=now), settings(desk), postman)


def rows(desk: Desk) -> list[InvitationMailRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(InvitationMailRow)))


def only(desk: Desk) -> InvitationMailRow:
    [row] = rows(desk)
    return row


async def invite(desk: Desk, **headers: str) -> str:
    answer = await desk.as_("alice").post("/v1/company/members", json={"email": EVE}, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@on_both
async def test_one_mail_for_an_invitation_however_often_it_is_sent(desk: Desk) -> None:
    for _ in range(2):
        await invite(desk, **{"Idempotency-Key": "invite-eve-once-0001", "Accept-Language": "nl"})
    outbox = Outbox()
    for _ in range(2):
        await post(desk, outbox).once()
    [sent] = outbox.sent
    assert sent.recipient == EVE
    assert "nodigt u uit" in text(sent.message)
    assert "https://desk.example/" in text(sent.message)
    assert only(desk).state == "sent"
    refused = await desk.as_("alice").post("/v1/company/members", json={"email": EVE})
    assert refused.status_code == 400
    assert len(rows(desk)) == 1


async def test_the_portal_invites_in_the_language_of_its_page(desk: Desk) -> None:
    alice = await Person(await desk.browser("alice")).goes("/company", **{"Accept-Language": "de"})
    alice.browser.headers["Accept-Language"] = "de"
    await alice.fills("/company/members", email=EVE)
    assert only(desk).language == "de"


@on_both
async def test_a_server_that_is_away_is_asked_again_until_the_deadline(desk: Desk) -> None:
    await invite(desk)
    outbox = Outbox()
    outbox.fail(MailDeferred("later"))
    await post(desk, outbox).once()
    waiting = only(desk)
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("pending", 1, "mailDeferred")
    await post(desk, outbox).once()
    assert outbox.sent == []
    outbox.fail(MailDeferred("later"))
    await post(desk, outbox, later=timedelta(seconds=6)).once()
    assert only(desk).attempts == 2
    outbox.fail(MailDeferred("later"))
    await post(desk, outbox, later=timedelta(hours=48)).once()
    assert (only(desk).state, only(desk).last_error) == ("undeliverable", "deadlinePassed")


@on_both
async def test_a_refused_address_and_somebody_who_left_end_as_undeliverable(desk: Desk) -> None:
    member = await invite(desk)
    outbox = Outbox()
    outbox.fail(Undeliverable("never"))
    await post(desk, outbox).once()
    assert (only(desk).state, only(desk).last_error) == ("undeliverable", "undeliverable")
    assert (await desk.as_("alice").delete(f"/v1/company/members/{member}")).status_code == 204
    # Invited anew, and out again before anything was sent.
    assert (await desk.as_("alice").delete(f"/v1/company/members/{await invite(desk)}")).status_code == 204
    await post(desk, outbox).once()
    assert sorted(str(row.last_error) for row in rows(desk)) == ["recipientGone", "undeliverable"]
    assert outbox.sent == []


@on_both
async def test_two_workers_send_one_mail(desk: Desk) -> None:
    await invite(desk)
    outbox = Outbox()
    await asyncio.gather(*(post(desk, outbox).once() for _ in range(4)))
    assert len(outbox.sent) == 1


#: A worker that is killed at its mail: before it is handed over, or after it and before that is noted.
KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from types import SimpleNamespace
from mail.smtp import SmtpPostman
from runtime.database import make_engine
from runtime.invitations import InvitationPost
from runtime.settings import load_settings
from store.unit_of_work import Store
from pathlib import Path

home, smtp, when = sys.argv[1:]

class Postman(SmtpPostman):
    async def deliver(self, message, *, sender, recipient):
        if when == "after":
            await super().deliver(message, sender=sender, recipient=recipient)
        os.kill(os.getpid(), signal.SIGKILL)

store = Store(make_engine(f"sqlite:///{home}/niss.db", synchronous="FULL"))
tools = SimpleNamespace(store=store, now=lambda: datetime.now(UTC))
settings = load_settings({"NISS_HOME": home, "NISS_MODE": "development"}, project=Path(home))
asyncio.run(InvitationPost(tools, settings, Postman(smtp)).once())
"""


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_worker_killed_at_the_mail_loses_none_and_makes_no_second_one(desk: Desk, when: str) -> None:
    await invite(desk, **{"Accept-Language": "fr"})
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    folder, ready = desk.home / "caught", asyncio.Event()
    catching = asyncio.create_task(run_catcher("127.0.0.1", port, folder, ready=ready))
    await ready.wait()
    smtp = f"smtp://127.0.0.1:{port}"
    command = [sys.executable, "-c", KILLED, str(desk.home), smtp, when]
    killed = await asyncio.to_thread(subprocess.run, command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert only(desk).state == "pending"
    await post(desk, SmtpPostman(smtp)).once()
    assert len(list_mails(folder)) == (1 if when == "after" else 0), "still taken by the one that died"
    await post(desk, SmtpPostman(smtp), later=timedelta(minutes=3)).once()
    catching.cancel()
    with suppress(asyncio.CancelledError):
        await catching
    mails = list_mails(folder)
    assert len(mails) == (2 if when == "after" else 1)
    ids = {
        line for mail in mails for line in raw_mail(folder, mail.name).splitlines() if line.startswith(b"Message-ID")
    }
    assert len(ids) == 1
    assert mails[0].recipient == EVE
    assert "vous invite" in mails[0].text
    assert only(desk).state == "sent"
