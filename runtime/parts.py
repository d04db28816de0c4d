"""What the service needs outside itself, and whether each of it is there now. Says nothing about anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool

from runtime.house import House
from service import health

PATIENCE_SECONDS = 3.0
#: Without these nobody can work; without the others work goes on, and answers and mails come later.
NEEDED = ("database", "blobStore")


async def parts_up(house: House) -> dict[str, bool]:
    """`database`, `temporal`, `blobStore` and `smtp`: True where usable now; False after three seconds of silence."""
    stores, temporal, smtp = await asyncio.gather(_stores(house), _up(house.temporal_up), _up(house.smtp_up))
    return {
        "database": stores.get("database", False),
        "temporal": temporal,
        "blobStore": stores.get("blobStore", False),
        "smtp": smtp,
    }


async def _stores(house: House) -> dict[str, bool]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return dict(await run_in_threadpool(health.check, house.tools))
    except TimeoutError:
        return {}


async def _up(check: Callable[[], Awaitable[bool]]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - whatever it is, this part is not up
        return False
