"""Telling the requester by mail: one activity a notice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.failures import translated
from domain.errors import MailDeferred, RecipientGone, Undeliverable
from domain.ports import Composer, Postman, Recorder

#: Twice within the time-out of workflows/options.py.
HEARTBEAT_SECONDS = 2.0


@asynccontextmanager
async def _heartbeats() -> AsyncIterator[None]:
    """Tell Temporal every now and then that this worker is alive, while a mail server takes its time."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            activity.heartbeat()

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()


@dataclass(frozen=True)
class NotificationActivities:
    """The mail is composed when it is sent: its text never travels through Temporal."""

    records: Recorder
    composer: Composer
    postman: Postman
    now: Callable[[], datetime]

    @activity.defn
    @translated
    async def send_mail(self, mail_id: str) -> str:
        """Send one mail of the outbox: `sent`, or why not.

        `undeliverable` (refused for good), `recipientGone` (nobody left to tell), `settled` (done before).
        Fails as mailDeferred (retryable) where the server is away or says later. A worker that dies between the
        server's yes and our note sends it again, with the same Message-ID.
        """
        try:
            order = await asyncio.to_thread(self.records.mail_order, mail_id, self.now())
            if order is None:
                return "settled"
            composed = self.composer.compose(order)
            async with _heartbeats():
                await self.postman.deliver(composed.message, sender=composed.sender, recipient=composed.recipient)
        except MailDeferred as later:
            await asyncio.to_thread(self._settle, mail_id, "pending", later.code)
            raise
        except Undeliverable as refused:
            await asyncio.to_thread(self._settle, mail_id, "undeliverable", refused.code)
            return refused.code if isinstance(refused, RecipientGone) else "undeliverable"
        await asyncio.to_thread(self._settle, mail_id, "sent", None)
        return "sent"

    @activity.defn
    @translated
    def give_up_mail(self, mail_id: str) -> str:
        """The mail's deadline has passed: `undeliverable`, for ops."""
        self._settle(mail_id, "undeliverable", "deadlinePassed")
        return "undeliverable"

    def _settle(self, mail_id: str, state: str, error: str | None) -> None:
        self.records.settle_mail(mail_id, state=state, error=error, at=self.now())
