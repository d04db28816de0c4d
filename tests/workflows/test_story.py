"""The story: every path on the real workflow, with time skipped; and nobody's history is ever broken."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from tests.conftest import PROJECT
from tests.workflows import stored
from tests.workflows.cast import PERSONAL
from tests.workflows.conftest import MakeWorld
from tests.workflows.paths import PATHS
from workflows.request import RequestWorkflow

#: Lines of the history that people are told of, each by a mail and by a notification.
TOLD = {
    *("inReview", "informationRequested", "reminded", "identified", "numberCreated", "numberReplaced"),
    *("rejected", "withdrawn", "expired"),
}


@pytest.mark.timeskipping
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
        # A ruling that came back is a second line in a row, and nothing is told of it.
        lines = [line for before, line in pairwise(["", *path.history]) if line in TOLD and line != before]
        told = ["reminder" if line == "reminded" else line for line in lines]
        assert world.notifications(request_id) == told
        assert len(path.mails) == len(told)
        events = await world.events(request_id)
    if stored.RECORDING:
        stored.record(name, events)
    assert stored.fingerprint(events) == stored.fingerprint(stored.stored(name).events), stored.LESSON.format(name=name)


@pytest.mark.parametrize("name", [*PATHS, stored.CONTINUED])
async def test_stored_history_replays(name: str) -> None:
    replayer = Replayer(workflows=[RequestWorkflow], workflow_runner=UnsandboxedWorkflowRunner())
    result = await replayer.replay_workflow(stored.stored(name), raise_on_replay_failure=False)
    assert result.replay_failure is None, f"{stored.LESSON.format(name=name)}\n{result.replay_failure}"


@pytest.mark.parametrize("name", [*PATHS, stored.CONTINUED])
def test_stored_history_tells_of_nobody(name: str) -> None:
    texts = "\n".join(stored.texts(json.loads((stored.FOLDER / f"{name}.json").read_text("utf-8"))))
    assert '"request_id"' in texts, "payloads are read"
    assert [personal for personal in PERSONAL if personal.casefold() in texts.casefold()] == []
    assert str(PROJECT) not in texts


def test_every_path_is_told_and_stored() -> None:
    told = set(re.findall(r"^- `([a-z-]+)`", (PROJECT / "docs" / "story.md").read_text("utf-8"), re.MULTILINE))
    assert told == {*PATHS, stored.CONTINUED}
    assert {file.stem for file in stored.FOLDER.glob("*.json")} == told
