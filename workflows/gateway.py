"""Delivers accepted facts as signals: the only one that starts or signals workflows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Unavailable
from domain.records import Outgoing
from domain.request import Fact
from workflows import display, options
from workflows.request import RequestWorkflow, Story

RPC_TIMEOUT = timedelta(seconds=5)


class EngineAway(Unavailable):
    """Temporal does not answer; the relay tries again."""

    code = "engineAway"


class NoWorkflow(Unavailable):
    """The request has no open workflow: it has ended, or Temporal has lost it. The row says which."""

    code = "noWorkflow"


class EngineRefused(Unavailable):
    """Temporal answers and refuses this one call; others may go through."""

    code = "engineRefused"


_AWAY = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED, RPCStatusCode.UNKNOWN)


def _named(error: RPCError) -> Unavailable:
    """A namespace that is not there is an engine that is not there, whatever it calls itself."""
    no_namespace = error.status is RPCStatusCode.NOT_FOUND and "namespace" in error.message.lower()
    if error.status in _AWAY or no_namespace:
        return EngineAway(f"Temporal: {error.status.name}")
    if error.status is RPCStatusCode.NOT_FOUND:
        return NoWorkflow("the request has no open workflow")
    return EngineRefused(f"Temporal: {error.status.name}")


class Gateway:
    """Signals and starts. `client` gives the process's one client; it may connect at its first use."""

    def __init__(self, client: Callable[[], Awaitable[Client]]) -> None:
        self._client = client

    async def deliver(self, outgoing: Outgoing) -> None:
        """Signal a fact; with `opening`, start the workflow where there is none yet.

        A repeat is harmless: facts carry a sequence number. A workflow that has ended needs no signal, which is
        success for a fact that comes with its opening. Raises EngineAway, EngineRefused, NoWorkflow.
        """
        fact = outgoing.fact
        try:
            client = await self._client()
            if outgoing.opening is None:
                handle = client.get_workflow_handle(options.workflow_id(outgoing.request_id, outgoing.objection))
                await handle.signal(fact.kind.value, fact, rpc_timeout=RPC_TIMEOUT)
            else:
                await self._start(client, Story(outgoing.opening), fact)
        except RPCError as error:
            raise _named(error) from None
        except RuntimeError:
            raise EngineAway("Temporal does not answer") from None

    async def start(self, story: Story) -> None:
        """Start a run without a signal: a draft that nobody touched, or with a file a run that was lost.

        Raises EngineAway and EngineRefused.
        """
        try:
            await self._start(await self._client(), story)
        except RPCError as error:
            raise _named(error) from None
        except RuntimeError:
            raise EngineAway("Temporal does not answer") from None

    async def send_mail(self, story: Story) -> None:
        """Start a run for the one mail of a story that is over; harmless where it runs or has ended well.

        Raises EngineAway and EngineRefused.
        """
        (mail,) = story.mails
        try:
            await self._start(await self._client(), story, mail=mail)
        except RPCError as error:
            raise _named(error) from None
        except RuntimeError:
            raise EngineAway("Temporal does not answer") from None

    async def is_running(self, request_id: str, objection: int) -> bool:
        """Whether this run is open. Raises EngineAway and EngineRefused."""
        try:
            client = await self._client()
            # Asked plainly: the SDK's own describe stumbles over a search attribute that some servers keep as a null.
            run = WorkflowExecution(workflow_id=options.workflow_id(request_id, objection))
            asked = DescribeWorkflowExecutionRequest(namespace=client.namespace, execution=run)
            described = await client.workflow_service.describe_workflow_execution(asked, timeout=RPC_TIMEOUT)
        except RPCError as error:
            named = _named(error)
            if isinstance(named, NoWorkflow):
                return False
            raise named from None
        except RuntimeError:
            raise EngineAway("Temporal does not answer") from None
        return described.workflow_execution_info.status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING

    async def _start(
        self, client: Client, story: Story, signal: Fact | None = None, *, mail: str | None = None
    ) -> None:
        opening = story.opening
        try:
            await client.start_workflow(
                RequestWorkflow.run,
                story,
                id=options.workflow_id(opening.request_id, opening.objection, mail),
                task_queue=options.TASK_QUEUE,
                # Never twice, but for one that was terminated or failed: an open row is told again.
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                task_timeout=options.TASK_TIMEOUT,
                static_summary=options.STATIC_SUMMARY,
                search_attributes=display.at_start(opening, story.file),
                start_signal=signal.kind.value if signal else None,
                start_signal_args=[signal] if signal else [],
                rpc_timeout=RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            return
