"""Signals of accepted facts, sent at once and in the background: no answer waits for Temporal.

What does not get through stays undelivered in its row; the worker's relay sends it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from domain.errors import Unavailable
from domain.records import Outgoing
from store import facts
from store.unit_of_work import Store
from workflows.gateway import Gateway

log = logging.getLogger(__name__)
#: Facts signalled within this time are noted in one transaction.
GATHER_SECONDS = 0.05


class Delivery:
    """One per API process; call it from the event loop."""

    def __init__(self, gateway: Gateway, store: Store, now: Callable[[], datetime]) -> None:
        self._gateway = gateway
        self._store = store
        self._now = now
        self._sending: set[asyncio.Task[None]] = set()
        self._sent: list[tuple[str, int]] = []
        self._noting: asyncio.Task[None] | None = None

    def __call__(self, outgoing: Outgoing) -> None:
        """Send one fact; returns at once."""
        task = asyncio.get_running_loop().create_task(self._send(outgoing))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self) -> None:
        """Give what is on its way a moment, then let the relay have it."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=1.0)
        if self._noting is not None:
            await self._noting

    async def _send(self, outgoing: Outgoing) -> None:
        try:
            await self._gateway.deliver(outgoing)
        except Unavailable as away:
            log.info("fact %s of request %s waits: %s", outgoing.fact.seq, outgoing.request_id, away.code)
            return
        self._sent.append((outgoing.request_id, outgoing.fact.seq))
        if self._noting is None or self._noting.done():
            self._noting = asyncio.get_running_loop().create_task(self._note())

    async def _note(self) -> None:
        while self._sent:
            await asyncio.sleep(GATHER_SECONDS)
            sent, self._sent = self._sent, []
            try:
                await asyncio.to_thread(self._mark, sent)
            except Unavailable:
                log.info("%s facts were signalled and could not be noted", len(sent))

    def _mark(self, sent: list[tuple[str, int]]) -> None:
        with self._store.writing() as session:
            facts.mark_delivered(session, sent, self._now())
