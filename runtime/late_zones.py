"""Beside the worker's relay: zones whose reading took longer than the upload could wait are read now.

What is still to be read stands in the database, so that a reader that dies with its process loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from activities.failures import failure_of
from domain.errors import Unavailable
from service import zones
from service.context import Tools

log = logging.getLogger(__name__)
EVERY_SECONDS = 2.0


class LateZones:
    """Runs until it is cancelled."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self) -> None:
        """Look every two seconds; an outage only makes it wait."""
        while True:
            try:
                await _apart(lambda: zones.finish_due(self._tools))
            except Unavailable as away:
                log.info("late zones wait: %s", away.code)
            except Exception as error:  # noqa: BLE001 - it outlives any bug, as the relay does: a request would wait
                log.error("late zones: unexpected %s", failure_of(error).message)
            await asyncio.sleep(EVERY_SECONDS)


async def _apart(work: Callable[[], object]) -> None:
    """Run in a thread that nobody waits for at the end: a reading may take a minute, and a process ends at once."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def go() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=go, name="late-zones", daemon=True).start()
    await done
