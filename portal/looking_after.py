"""The first page of who looks after the service: what is up, and where its figures are. Nothing of anybody."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from portal.access_words import PART_DOWN, PARTS
from portal.rendering import page
from portal.visitors import Ops, TheHouse
from runtime.parts import NEEDED, parts_up

router = APIRouter(prefix="/service")


@router.get("")
async def service(request: Request, house: TheHouse, found: Ops) -> Response:
    """Part by part, as `/health/ready` says it."""
    parts = await parts_up(house)
    values = {
        "visitor": found,
        "place": "service",
        "parts_up": [(PARTS[name], up, PART_DOWN[name]) for name, up in parts.items()],
        "ready": all(parts[name] for name in NEEDED),
    }
    return page(request, "service.html", values)
