"""Delivers accepted facts as signals: the only one that starts or signals workflows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Unavailable
from domain.records import Opening, Outgoing
from domain.request import Phase
from domain.terms import Delays
from workflows import options
from workflows.request import RequestWorkflow, Story

RPC_TIMEOUT = timedelta(seconds=5)


class EngineAway(Unavailable):
    """Temporal does not answer; the relay tries again."""

    code = "engineAway"


class NoWorkflow(Unavailable):
    """The request has no open workflow: it has ended, or Temporal has lost it. The row says which."""

    code = "noWorkflow"


class Gateway:
    """Signals and starts. `client` gives the process's one client; it may connect at its first use."""

    def __init__(self, client: Callable[[], Awaitable[Client]]) -> None:
        self._client = client

    async def deliver(self, outgoing: Outgoing) -> None:
        """Signal a fact; with `opening`, start the workflow where there is none yet.

        A repeat is harmless: facts carry a sequence number. A workflow that has ended needs no signal, which is
        success for a fact that comes with its opening. Raises EngineAway, and NoWorkflow without opening.
        """
        fact = outgoing.fact
        try:
            client = await self._client()
            if outgoing.opening is None:
                handle = client.get_workflow_handle(options.workflow_id(outgoing.request_id, outgoing.objection))
                await handle.signal(fact.kind.value, fact, rpc_timeout=RPC_TIMEOUT)
            else:
                await self._start(client, outgoing.opening, signal=outgoing)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND and outgoing.opening is None:
                raise NoWorkflow("the request has no open workflow") from None
            raise EngineAway(f"Temporal: {error.status.name}") from None
        except RuntimeError:
            raise EngineAway("Temporal does not answer") from None

    async def start(self, opening: Opening) -> None:
        """Start the workflow of a draft without facts, so that it too is reminded and expires. Raises EngineAway."""
        try:
            await self._start(await self._client(), opening, signal=None)
        except (RPCError, RuntimeError):
            raise EngineAway("Temporal does not answer") from None

    async def _start(self, client: Client, opening: Opening, *, signal: Outgoing | None) -> None:
        expiry = opening.opened_at + Delays.of_seconds(opening.delays).draft_expiry
        try:
            await client.start_workflow(
                RequestWorkflow.run,
                Story(opening),
                id=options.workflow_id(opening.request_id, opening.objection),
                task_queue=options.TASK_QUEUE,
                # Never twice, but for one that was terminated or failed: an open row is told again.
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                task_timeout=options.TASK_TIMEOUT,
                static_summary=options.STATIC_SUMMARY,
                search_attributes=TypedSearchAttributes(
                    [
                        SearchAttributePair(options.REQUEST_PHASE, Phase.COLLECTING.value),
                        SearchAttributePair(options.COMPANY_ID, opening.company_id),
                        SearchAttributePair(options.DEADLINE, expiry),
                    ]
                ),
                start_signal=signal.fact.kind.value if signal else None,
                start_signal_args=[signal.fact] if signal else [],
                rpc_timeout=RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            return
