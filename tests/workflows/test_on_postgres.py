"""The main paths of the story with its rows on PostgreSQL."""

from __future__ import annotations

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.workflows.conftest import MakeWorld
from tests.workflows.paths import PATHS

MAIN = (
    "identified-at-once",
    "number-created-beside-a-look-alike",
    "look-alikes-found-at-creation",
    "rejected",
    "answered-in-parts",
    "draft-expired",
    "withdrawn-while-in-review",
)


@pytest.mark.postgres
@pytest.mark.timeskipping
@pytest.mark.parametrize("name", MAIN)
async def test_path(name: str, make_world: MakeWorld, time_skipping: WorkflowEnvironment, postgres_url: str) -> None:
    path = PATHS[name]
    environ = {**path.environ, "NISS_DATABASE_URL": postgres_url}
    async with make_world(time_skipping.client, slow=True, **environ) as world:
        assert world.tools.store.engine.dialect.name == "postgresql"
        world.environment = time_skipping
        request_id = await path.walk(world)
        assert await world.outcome(request_id) == path.outcome
        assert world.row(request_id).outcome == path.outcome
        assert world.history(request_id) == path.history
        assert world.mails(request_id) == path.mails
