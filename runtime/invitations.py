"""Beside the worker's relay: mails to people who were invited are sent, and tried again while the server is away.

The mail stands in the database since the invitation, under one Message-ID: a worker that dies loses none, and what it
sent without noting it is sent again as the same mail.
"""

from __future__ import annotations

import asyncio
import logging

from activities.failures import failure_of
from domain.errors import MailDeferred, Unavailable, Undeliverable
from domain.ports import Postman
from mail.compose import compose_invitation, message_id
from runtime.settings import Settings
from service.context import Tools
from store import invitations
from store.invitations import Invitation

log = logging.getLogger(__name__)
EVERY_SECONDS = 1.0


class InvitationPost:
    """Runs until it is cancelled."""

    def __init__(self, tools: Tools, settings: Settings, postman: Postman) -> None:
        """Mails are tried until NISS_MAIL_DEADLINE after their invitation."""
        self._tools = tools
        self._sender = settings.mail_from
        self._link = settings.public_url.rstrip("/") + "/"
        self._postman = postman
        self._patience = settings.mail_deadline

    async def run(self) -> None:
        """Look every second; an outage only makes it wait."""
        while True:
            try:
                await self.once()
            except Unavailable as away:
                log.info("invitations wait: %s", away.code)
            except Exception as error:  # noqa: BLE001 - it outlives any bug, as the relay does: nobody would be told
                log.error("invitations: unexpected %s", failure_of(error).message)
            await asyncio.sleep(EVERY_SECONDS)

    async def once(self) -> None:
        """Try everything that is due."""
        for mail_id in await asyncio.to_thread(self._due):
            taken = await asyncio.to_thread(self._take, mail_id)
            if taken is not None:
                await self._send(taken)

    async def _send(self, mail: Invitation) -> None:
        if mail.recipient is None:
            await asyncio.to_thread(self._settle, mail, "undeliverable", "recipientGone")
            return
        try:
            message = compose_invitation(
                language=mail.language,
                recipient=mail.recipient,
                company=mail.company,
                link=self._link,
                message_id=message_id(f"invitation.{mail.id}", self._sender),
                sender=self._sender,
                at=mail.at,
            )
            await self._postman.deliver(message.as_bytes(), sender=self._sender, recipient=mail.recipient)
        except MailDeferred as later:
            await asyncio.to_thread(self._put_off, mail, later.code)
        except Undeliverable as refused:
            await asyncio.to_thread(self._settle, mail, "undeliverable", refused.code)
        else:
            await asyncio.to_thread(self._settle, mail, "sent", None)

    def _due(self) -> list[str]:
        with self._tools.store.reading() as session:
            return invitations.due(session, self._tools.now())

    def _take(self, mail_id: str) -> Invitation | None:
        with self._tools.store.writing() as session:
            return invitations.take(session, mail_id, self._tools.now())

    def _settle(self, mail: Invitation, state: str, error: str | None) -> None:
        with self._tools.store.writing() as session:
            invitations.settle(session, mail.id, self._tools.now(), state=state, error=error)

    def _put_off(self, mail: Invitation, error: str) -> None:
        now = self._tools.now()
        with self._tools.store.writing() as session:
            invitations.put_off(session, mail.id, now, until=mail.at + self._patience, error=error)
