"""The world that races are run in: a real Temporal server, both databases."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from temporalio.client import Client

from documents.prepared import PreparedZones
from tests.workflows.conftest import make_world
from tests.workflows.world import World

__all__ = ["make_world"]


ROUNDS = int(os.environ.get("NISS_RACES", "3"))
RUNS = [
    pytest.param(database, marks=[pytest.mark.postgres] if database == "postgres" else [], id=f"{database}-{number}")
    for database in ("sqlite", "postgres")
    for number in range(1, ROUNDS + 1)
]


@pytest.fixture(params=RUNS)
async def world(
    request: pytest.FixtureRequest,
    temporal_server: str,
    make_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncIterator[World]:
    """Facts are signalled at once; nobody waits for the story in between."""
    environ = {"NISS_DRAFT_REMINDER": "PT1S", "NISS_DRAFT_EXPIRY": "PT5S"} if "expiry" in request.node.name else {}
    if "delivery" in request.node.name:
        environ["NISS_RULING_UNDO"] = "PT0.1S"
    if request.param == "postgres":
        environ["NISS_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    client = await Client.connect(temporal_server)
    # No race is about what stands in a zone, and the reader's process would be started for each of a thousand.
    async with make_world(client, zones=PreparedZones(), **environ) as made:
        made.waiting = False
        yield made
