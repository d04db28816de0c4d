"""The worker's relay: what was accepted and has not reached its workflow is sent again, in order.

It also delivers rulings whose undo time is over, and starts the workflow of drafts that nobody touched, so that they
too are reminded and expire. Two relays beside each other do no harm: facts are recognised by their number.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from sqlmodel import Session

from activities.failures import failure_of
from domain.errors import Unavailable
from domain.records import Opening, Outgoing
from domain.request import Outcome, Phase
from service import replacements, rulings
from service.context import Tools
from service.snapshots import ended, snapshot
from store import facts
from store.replacements import unsent_mails, untried_mails
from store.tables import Request
from workflows.gateway import EngineRefused, Gateway, NoWorkflow
from workflows.request import Story

log = logging.getLogger(__name__)
EVERY_SECONDS = 0.5
UNDELIVERED_AFTER = timedelta(seconds=2)
SILENT_AFTER = timedelta(minutes=1)
#: Each look costs one call of Temporal an open request.
LOOK_FOR_LOST_EVERY = timedelta(hours=1)
REPLACED_EVERY = timedelta(minutes=1)
#: An answer may be so long on its way to its request's row, with a number that was replaced meanwhile.
REPLACED_LATE = timedelta(hours=1)


class Relay:
    """Runs until it is cancelled."""

    def __init__(self, tools: Tools, gateway: Gateway) -> None:
        self._tools = tools
        self._gateway = gateway
        self._replaced_until: datetime | None = None

    async def run(self) -> None:
        """Look every half second, and now and then for lost runs; an outage only makes it wait."""
        look_at: datetime | None = None
        while True:
            try:
                await self.once()
                await self._replaced()
                if look_at is None or self._tools.now() >= look_at:
                    await self.find_lost()
                    look_at = self._tools.now() + LOOK_FOR_LOST_EVERY
            except Unavailable as away:
                log.info("relay waits: %s", away.code)
            except Exception as error:  # noqa: BLE001 - the relay outlives any bug: without it requests stand still
                log.error("relay: unexpected %s", failure_of(error).message)
            await asyncio.sleep(EVERY_SECONDS)

    async def _replaced(self) -> None:
        """Now and then: numbers that were replaced, and whoever was given them and has not been told."""
        now = self._tools.now()
        if self._replaced_until is not None and now < self._replaced_until + REPLACED_EVERY:
            return
        since = self._replaced_until and self._replaced_until - REPLACED_LATE
        await asyncio.to_thread(replacements.catch_up, self._tools, since)
        self._replaced_until = now

    async def once(self) -> None:
        """One look at everything that waits."""
        await self._send(await asyncio.to_thread(rulings.deliver_due, self._tools))
        await self._send(await asyncio.to_thread(self._undelivered))
        for opening in await asyncio.to_thread(self._silent):
            await self._gateway.start(Story(opening))
            await asyncio.to_thread(self._started, opening)
        await self._send_mails(None)

    async def _send_mails(self, before: datetime | None) -> None:
        """Start the runs of mails that come after a story: those nobody has tried, or all that wait since `before`."""
        for story in await asyncio.to_thread(self._mails, before):
            await self._gateway.send_mail(story)

    async def find_lost(self) -> None:
        """Begin lost runs anew: terminated, failed, or gone with Temporal's own database.

        Of open requests, and of closed ones with a mail that has neither been sent nor given up.
        """
        await self._send_mails(self._tools.now() - SILENT_AFTER)
        last = ""
        while rows := await asyncio.to_thread(self._running, last):
            for row in rows:
                if not await self._gateway.is_running(row.id, row.objections):
                    await self._resume(row.id)
            last = rows[-1].id

    async def _send(self, waiting: list[Outgoing]) -> None:
        held_up: set[str] = set()
        for outgoing in waiting:
            if outgoing.request_id in held_up:
                continue
            try:
                await self._gateway.deliver(outgoing)
                await asyncio.to_thread(self._delivered, outgoing)
            except NoWorkflow:
                held_up.add(outgoing.request_id)
                await self._without_workflow(outgoing)
            except EngineRefused as refused:
                # This one alone: everybody behind it goes on.
                held_up.add(outgoing.request_id)
                log.warning("request %s: %s", outgoing.request_id, refused)

    async def _without_workflow(self, outgoing: Outgoing) -> None:
        """A closed request needs no signal, unless nobody was told that it is withdrawn. An open one begins anew."""
        if await asyncio.to_thread(self._needs_no_run, outgoing):
            await asyncio.to_thread(self._delivered, outgoing)
        else:
            await self._resume(outgoing.request_id)

    async def _resume(self, request_id: str) -> None:
        story, last_seq = await asyncio.to_thread(self._story, request_id)
        log.warning("request %s has lost its workflow, which begins anew from its row", request_id)
        await self._gateway.start(story)
        await asyncio.to_thread(self._resumed, request_id, last_seq)

    def _undelivered(self) -> list[Outgoing]:
        before = self._tools.now() - UNDELIVERED_AFTER
        with self._tools.store.reading() as session:
            return [facts.outgoing(row, fact) for row, fact in facts.undelivered(session, before)]

    def _silent(self) -> list[Opening]:
        with self._tools.store.reading() as session:
            silent = facts.silent_drafts(session, self._tools.now(), SILENT_AFTER)
            return [opening for row in silent if (opening := facts.opening(row))]

    def _mails(self, before: datetime | None) -> list[Story]:
        with self._tools.store.reading() as session:
            waiting = unsent_mails(session, before) if before else untried_mails(session)
            return [Story(facts.opening_of(row), ended(row), [mail], told=True) for row, mail in waiting]

    def _running(self, after_id: str) -> list[Request]:
        with self._tools.store.reading() as session:
            return facts.running(session, self._tools.now() - SILENT_AFTER, after_id)

    def _story(self, request_id: str) -> tuple[Story, int]:
        with self._tools.store.reading() as session:
            row = session.get_one(Request, request_id)
            told = row.phase == Phase.CLOSED and not _untold(session, row)
            mails = facts.mails_on_their_way(session, row.id)
            return Story(facts.opening_of(row), snapshot(session, row), mails, told), row.last_seq

    def _started(self, opening: Opening) -> None:
        with self._tools.store.writing() as session:
            facts.mark_started(session, [opening.request_id])

    def _delivered(self, outgoing: Outgoing) -> None:
        with self._tools.store.writing() as session:
            facts.mark_delivered(session, [(outgoing.request_id, outgoing.fact.seq)], self._tools.now())

    def _resumed(self, request_id: str, last_seq: int) -> None:
        with self._tools.store.writing() as session:
            facts.mark_all_delivered(session, request_id, last_seq, self._tools.now())

    def _needs_no_run(self, outgoing: Outgoing) -> bool:
        with self._tools.store.reading() as session:
            row = session.get_one(Request, outgoing.request_id)
            if outgoing.objection != row.objections:
                return True
            return row.phase == Phase.CLOSED and not _untold(session, row)


def _untold(session: Session, row: Request) -> bool:
    """Whether it was withdrawn and nobody was told: the one outcome that the row decides alone."""
    return row.outcome == Outcome.WITHDRAWN and not facts.withdrawal_told(session, row.id)
