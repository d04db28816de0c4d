"""Work in threads that nobody waits for at the end: it may take a minute, and a process ends at once."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from activities.failures import failure_of
from domain.errors import Unavailable

log = logging.getLogger(__name__)


def apart(work: Callable[[], object]) -> None:
    """Begin it and return. What fails is logged, by its kind alone, and is somebody else's to do again."""

    def go() -> None:
        try:
            work()
        except Unavailable as away:
            log.info("put off: %s", away.code)
        except Exception as error:  # noqa: BLE001 - the last place before the thread ends
            log.error("unexpected %s", failure_of(error).message)

    threading.Thread(target=go, name="apart", daemon=True).start()


async def until_done(work: Callable[[], object]) -> None:
    """Do it apart and wait for it, unless one is cancelled first: then it goes on alone. Raises what it raises."""
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

    threading.Thread(target=go, name="apart", daemon=True).start()
    await done
