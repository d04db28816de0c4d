"""Beside the worker's relay: zones whose reading was lost with the process of their upload are read now.

What is still to be read stands in the database, so that nothing is lost with any process.
"""

from __future__ import annotations

import asyncio
import logging

from activities.failures import failure_of
from domain.errors import Unavailable
from runtime.apart import until_done
from service import zones
from service.context import Tools

log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0


class LateZones:
    """Runs until it is cancelled."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def run(self) -> None:
        """Look every five seconds; an outage only makes it wait."""
        while True:
            try:
                await until_done(lambda: zones.finish_due(self._tools))
            except Unavailable as away:
                log.info("late zones wait: %s", away.code)
            except Exception as error:  # noqa: BLE001 - it outlives any bug, as the relay does: a request would wait
                log.error("late zones: unexpected %s", failure_of(error).message)
            await asyncio.sleep(EVERY_SECONDS)
