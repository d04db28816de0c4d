"""How much an immediate request costs, counted on a real server: it is multiplied by every request ever made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from temporalio.client import Client

from tests.workflows.conftest import MakeWorld
from tests.workflows.paths import PATHS
from workflows import options

pytestmark = pytest.mark.engine

MOST_EVENTS, MOST_BYTES, MOST_ACTIONS = 34, 6_000, 11

#: Billable actions as Temporal Cloud lists them (https://docs.temporal.io/cloud/actions), told by the events they
#: leave. Attempts of an activity count each; search attributes given at the start cost nothing.
ACTION_OF = {
    "workflow_execution_started": "start",
    "workflow_execution_signaled": "signal",
    "timer_started": "timer",
    "upsert_workflow_search_attributes": "search attributes",
    "activity_task_started": "activity",
    "workflow_execution_continued_as_new": "continue as new",
}


def billable(events: Iterable[Any]) -> Counter[str]:
    """What Temporal Cloud would bill for a history, by kind."""
    actions: Counter[str] = Counter()
    tasks_with_local_activities = set()
    for event in events:
        kind = event.WhichOneof("attributes").removesuffix("_event_attributes")
        if kind in ACTION_OF:
            actions[ACTION_OF[kind]] += max(1, event.activity_task_started_event_attributes.attempt)
        marker = event.marker_recorded_event_attributes
        if marker.marker_name == "core_local_activity":
            tasks_with_local_activities.add(marker.workflow_task_completed_event_id)
    actions["local activities of a task"] = len(tasks_with_local_activities)
    return actions


async def test_an_immediate_request_is_small(temporal_server: str, make_world: MakeWorld) -> None:
    client = await Client.connect(temporal_server)
    async with make_world(client) as world:
        request_id = await PATHS["identified-at-once"].walk(world)
        assert await world.outcome(request_id) == "identified"
        events = await world.events(request_id)
        described = await world.story(request_id).describe()
    assert await described.static_summary() == options.STATIC_SUMMARY
    shown = described.typed_search_attributes
    assert (shown[options.REQUEST_PHASE], shown[options.REQUEST_OUTCOME]) == ("closed", "identified")
    assert (shown.get(options.DEADLINE), shown.get(options.AWAITING_SINCE)) == (None, None)
    size = sum(event.ByteSize() for event in events)
    actions = billable(events)
    signals = [event for event in events if event.HasField("workflow_execution_signaled_event_attributes")]
    assert len(signals) == 4
    assert len(events) <= MOST_EVENTS
    assert size <= MOST_BYTES
    assert actions.total() <= MOST_ACTIONS, actions
