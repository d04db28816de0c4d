"""Whether the two things without which nobody can work are there."""

from __future__ import annotations

from sqlalchemy import text

from domain.errors import Unavailable
from service.context import Tools


def check(tools: Tools) -> dict[str, bool]:
    """`database` and `blobStore`: True where usable now."""
    return {"database": _database(tools), "blobStore": _blob_store(tools)}


def _database(tools: Tools) -> bool:
    try:
        with tools.store.reading() as session:
            session.execute(text("SELECT 1"))
    except Unavailable:
        return False
    return True


def _blob_store(tools: Tools) -> bool:
    try:
        tools.blobs.check()
    except Unavailable:
        return False
    return True
