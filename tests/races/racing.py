"""How a race is run, and what must hold after each."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from temporalio.client import WorkflowExecutionStatus

from domain.errors import Conflict
from domain.request import Phase
from tests.workflows.world import World, until
from workflows import options
from workflows.request import RequestWorkflow


async def race(*calls: Callable[[], Any]) -> list[Any]:
    """All calls at once, each in a thread of its own: what each returned, or the Conflict it was told."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except Conflict as told:
            return told

    return await asyncio.gather(*(asyncio.to_thread(run, call) for call in calls))


def losers(results: list[Any]) -> list[str]:
    """The type of each refusal."""
    return [result.code for result in results if isinstance(result, Conflict)]


async def signal(world: World, results: list[Any]) -> None:
    """Tell the workflow what was accepted, as the API does after its transaction."""
    for result in results:
        for outgoing in getattr(result, "outgoing", ()):
            await world.gateway.deliver(outgoing)


async def agree(world: World, request_id: str, phase: Phase, *, objection: int = 0) -> None:
    """Row and workflow come to the phase: asked by query, seen by ops, and by how the run ends or goes on."""
    handle = world.client.get_workflow_handle_for(RequestWorkflow.run, options.workflow_id(request_id, objection))

    async def same() -> bool:
        told = await handle.query(RequestWorkflow.phase)
        return world.row(request_id).phase == told == phase.value

    await until(same)
    outcome = await handle.result() if phase is Phase.CLOSED else None
    seen = await handle.describe()
    goes_on = outcome is None
    assert seen.status is (WorkflowExecutionStatus.RUNNING if goes_on else WorkflowExecutionStatus.COMPLETED)
    assert seen.typed_search_attributes.get(options.REQUEST_PHASE) == phase.value
    assert seen.typed_search_attributes.get(options.REQUEST_OUTCOME) == outcome
    if not objection:
        assert world.row(request_id).outcome == outcome
