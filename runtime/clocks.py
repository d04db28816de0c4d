"""The clocks of those whom the service works with."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from runtime.settings import Settings
from runtime.wiring import open_database

TIMEOUT_SECONDS = 3.0


def postgresql_clock(settings: Settings) -> list[tuple[str, datetime]]:
    """The database's; nothing where it does not answer."""
    engine = open_database(settings)
    try:
        with engine.connect() as connection:
            return [("the database", connection.execute(text("SELECT clock_timestamp()")).scalar_one())]
    except SQLAlchemyError:
        return []
    finally:
        engine.dispose()


async def issuer_clock(issuer: str) -> list[tuple[str, datetime]]:
    """The issuer's, from the Date of its answer, to the second; nothing where it gives none."""
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            answer = await client.get(url)
        return [("the issuer of tokens", parsedate_to_datetime(answer.headers["date"]).astimezone(UTC))]
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError):
        return []
