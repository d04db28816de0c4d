"""The story: every path on the real workflow, with time skipped."""

from __future__ import annotations

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.workflows.conftest import MakeWorld
from tests.workflows.paths import PATHS

pytestmark = pytest.mark.timeskipping


@pytest.mark.parametrize("name", PATHS)
async def test_path(name: str, make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> None:
    path = PATHS[name]
    async with make_world(time_skipping.client, slow=True, **path.environ) as world:
        world.environment = time_skipping
        request_id = await path.walk(world)
        assert await world.outcome(request_id) == path.outcome
        assert world.row(request_id).outcome == path.outcome
        assert world.history(request_id) == path.history
        assert world.mails(request_id) == path.mails
