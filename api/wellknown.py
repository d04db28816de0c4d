"""The embedded issuer's public documents. In the application in development only."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import NoQuery, TheHouse
from domain.errors import NotFound

router = APIRouter(prefix="/.well-known", tags=["sign-in"])


@router.get("/jwks.json")
async def jwks(house: TheHouse, _query: NoQuery) -> dict[str, Any]:
    """Public keys of the embedded issuer."""
    if house.issuer is None:
        raise NotFound("There is nothing at this address.")
    return house.issuer.jwks()


@router.get("/openid-configuration")
async def configuration(house: TheHouse, _query: NoQuery) -> dict[str, Any]:
    """What the embedded issuer is and can."""
    if house.issuer is None:
        raise NotFound("There is nothing at this address.")
    return dict(house.issuer.configuration(house.public_url))
