"""The worker's sealer: rows of the consultation log become links of its hash chain, every five seconds or 1,000 rows.

Two beside each other do no harm: a link that another has made first is not made again (store/seals.py).
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from activities.failures import failure_of
from domain.errors import Unavailable
from runtime.heads import HeadsFile, HeadsUnavailable, post_head
from service.context import Tools
from store import seals
from store.expiry import expire
from store.logbook import SealRow

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 1.0
SEAL_EVERY = timedelta(seconds=5)
EXPIRE_EVERY = timedelta(days=1)
_NOTED_AT_ONCE = 500


class Sealer:
    """Runs until it is cancelled. `url` is where the newest head is posted, None: nowhere."""

    def __init__(self, tools: Tools, file: HeadsFile, url: str | None = None) -> None:
        self._tools = tools
        self._file = file
        self._url = url
        self._sealed_at: datetime | None = None
        self._expired_at: datetime | None = None
        self._posted = 0
        self._refused: set[str] = set()

    async def run(self) -> None:
        """Look every second; an outage only makes it wait."""
        while True:
            try:
                await self.once()
            except Unavailable as away:
                log.warning("sealer waits: %s", away.code)
            except Exception as error:  # noqa: BLE001 - the sealer outlives any bug: without it nothing is protected
                log.error("sealer: unexpected %s", failure_of(error).message)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def once(self) -> None:
        """Seal what is due, note the heads outside, and let go what is older than ten years."""
        now = self._tools.now()
        store = self._tools.store
        if self._expired_at is None or now >= self._expired_at + EXPIRE_EVERY:
            gone = await asyncio.to_thread(expire, store, now)
            self._expired_at = now
            if gone:
                log.info("%d consultations are older than ten years and gone", gone)
        due = self._sealed_at is None or now >= self._sealed_at + SEAL_EVERY
        if due or await asyncio.to_thread(seals.waiting, store) >= seals.AT_MOST:
            self._sealed_at = now
            while (seal := await asyncio.to_thread(seals.seal_next, store, now)) is not None:
                # The log is one more place outside the database.
                log.info("consultations sealed: number %d, %d rows, head %s", seal.number, seal.count, seal.head)
        await self._note()

    async def _note(self) -> None:
        """Everything the file does not have yet, and the newest by the URL: each place alone, and again if it fails."""
        try:
            await asyncio.to_thread(self._note_in_file)
            self._taken("headsFileUnavailable")
        except HeadsUnavailable as away:
            self._told(away)
        if self._url is None:
            return
        newest = await asyncio.to_thread(self._newest)
        if newest is None or newest.number == self._posted:
            return
        try:
            await post_head(self._url, newest)
            self._posted = newest.number
            self._taken("headsUrlUnavailable")
        except HeadsUnavailable as away:
            self._told(away)

    def _note_in_file(self) -> None:
        while True:
            with self._tools.store.reading() as session:
                missing = seals.seals_after(session, self._file.newest(), _NOTED_AT_ONCE)
            if not missing:
                return
            self._file.add(missing)

    def _newest(self) -> SealRow | None:
        with self._tools.store.reading() as session:
            return seals.newest(session)

    def _told(self, away: HeadsUnavailable) -> None:
        """Once, not every second."""
        if away.code not in self._refused:
            self._refused.add(away.code)
            log.error("heads of the consultation log are not noted outside the database: %s", away.code)

    def _taken(self, code: str) -> None:
        if code in self._refused:
            self._refused.discard(code)
            log.info("heads of the consultation log are noted again: no more %s", code)
