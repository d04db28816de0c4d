"""Whether the service lives, and whether it can work. Open to everybody, and says nothing about anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from api import schemas
from api.dependencies import NoQuery, TheHouse
from runtime.house import House
from service import health

router = APIRouter(prefix="/health", tags=["health"])
PATIENCE_SECONDS = 3.0
#: Without these nobody can work; without the others work goes on, and answers and mails come later.
_NEEDED = ("database", "blobStore")


@router.get("", response_model=schemas.Health)
async def alive(_query: NoQuery) -> Response:
    """Liveness: the process answers."""
    return _answer(schemas.Health(status="UP"))


@router.get("/ready", response_model=schemas.Health, responses={503: {"model": schemas.Health}})
async def ready(house: TheHouse, _query: NoQuery) -> Response:
    """Readiness, part by part; 503 only where database or blob store is away."""
    stores, temporal, smtp = await asyncio.gather(_stores(house), _up(house.temporal_up), _up(house.smtp_up))
    parts = {
        "database": stores.get("database", False),
        "temporal": temporal,
        "blobStore": stores.get("blobStore", False),
        "smtp": smtp,
    }
    details = {name: schemas.PartHealth(status="UP" if up else "DOWN") for name, up in parts.items()}
    if not all(parts[name] for name in _NEEDED):
        return _answer(schemas.Health(status="DOWN", details=details), 503)
    return _answer(schemas.Health(status="UP" if all(parts.values()) else "DEGRADED", details=details))


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


def _answer(content: schemas.Health, status: int = 200) -> Response:
    return Response(content.model_dump_json(exclude_none=True), status, media_type="application/json")
