"""Whether the service lives, and whether it can work. Open to everybody, and says nothing about anybody."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import schemas
from api.dependencies import NoQuery, TheHouse
from runtime.parts import NEEDED, parts_up

router = APIRouter(prefix="/health", tags=["health"])


@router.get("", response_model=schemas.Health)
async def alive(_query: NoQuery) -> Response:
    """Liveness: the process answers."""
    return _answer(schemas.Health(status="UP"))


@router.get("/ready", response_model=schemas.Health, responses={503: {"model": schemas.Health}})
async def ready(house: TheHouse, _query: NoQuery) -> Response:
    """Readiness, part by part; 503 only where database or blob store is away."""
    parts = await parts_up(house)
    details = {name: schemas.PartHealth(status="UP" if up else "DOWN") for name, up in parts.items()}
    if not all(parts[name] for name in NEEDED):
        return _answer(schemas.Health(status="DOWN", details=details), 503)
    return _answer(schemas.Health(status="UP" if all(parts.values()) else "DEGRADED", details=details))


def _answer(content: schemas.Health, status: int = 200) -> Response:
    return Response(content.model_dump_json(exclude_none=True), status, media_type="application/json")
