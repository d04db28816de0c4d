"""The worker's relay: what was accepted and has not reached its workflow is sent again, in order.

It also delivers rulings whose undo time is over, and starts the workflow of drafts that nobody touched, so that they
too are reminded and expire. Two relays beside each other do no harm: facts are recognised by their number.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from domain.errors import Unavailable
from domain.records import Opening, Outgoing
from domain.request import Phase
from service import rulings
from service.context import Tools
from store import facts, requests
from workflows.gateway import Gateway, NoWorkflow

log = logging.getLogger(__name__)
EVERY_SECONDS = 0.5
UNDELIVERED_AFTER = timedelta(seconds=2)
SILENT_AFTER = timedelta(minutes=1)


class Relay:
    """Runs until it is cancelled."""

    def __init__(self, tools: Tools, gateway: Gateway) -> None:
        self._tools = tools
        self._gateway = gateway

    async def run(self) -> None:
        """Look every half second; an outage of the database or of Temporal only makes it wait."""
        while True:
            try:
                await self.once()
            except Unavailable as away:
                log.info("relay waits: %s", away.code)
            except Exception:  # the relay must outlive any bug: without it requests stand still
                log.exception("relay: unexpected")
            await asyncio.sleep(EVERY_SECONDS)

    async def once(self) -> None:
        """One look at everything that waits."""
        await self._send(await asyncio.to_thread(rulings.deliver_due, self._tools))
        await self._send(await asyncio.to_thread(self._undelivered))
        for opening in await asyncio.to_thread(self._silent):
            await self._gateway.start(opening)
            await asyncio.to_thread(self._started, opening)

    async def _send(self, waiting: list[Outgoing]) -> None:
        for outgoing in waiting:
            try:
                await self._gateway.deliver(outgoing)
            except NoWorkflow:
                await asyncio.to_thread(self._without_workflow, outgoing)
                return
            await asyncio.to_thread(self._delivered, outgoing)

    def _undelivered(self) -> list[Outgoing]:
        before = self._tools.now() - UNDELIVERED_AFTER
        with self._tools.store.reading() as session:
            return [facts.outgoing(row, fact) for row, fact in facts.undelivered(session, before)]

    def _silent(self) -> list[Opening]:
        before = self._tools.now() - SILENT_AFTER
        with self._tools.store.reading() as session:
            return [opening for row in facts.silent_drafts(session, before) if (opening := facts.opening(row))]

    def _started(self, opening: Opening) -> None:
        with self._tools.store.writing() as session:
            facts.mark_started(session, [opening.request_id])

    def _delivered(self, outgoing: Outgoing) -> None:
        with self._tools.store.writing() as session:
            facts.mark_delivered(session, [(outgoing.request_id, outgoing.fact.seq)], self._tools.now())

    def _without_workflow(self, outgoing: Outgoing) -> None:
        """A closed request needs no signal. An open one has lost its workflow: it is told again from its first fact."""
        with self._tools.store.writing() as session:
            row = requests.locked(session, outgoing.request_id)
            if row.phase == Phase.CLOSED or outgoing.objection != row.objections:
                facts.mark_delivered(session, [(row.id, outgoing.fact.seq)], self._tools.now())
            else:
                log.warning("request %s has lost its workflow and is told again", row.id)
                facts.forget_deliveries(session, row)
