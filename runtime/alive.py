"""Whether the process on this host does its work: what a container's health check asks. One line where it does not."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from domain.errors import Unavailable
from runtime.engine import EngineUnavailable, connect_now
from runtime.ports import answers
from runtime.readiness import get
from runtime.settings import Settings
from workflows.options import TASK_QUEUE

#: A worker asks again at least every minute; Temporal remembers it for five.
LATELY = timedelta(minutes=2)
PATIENCE_SECONDS = 5.0


async def check_api(settings: Settings) -> None:
    """Raise Unavailable unless the API of this host lives. What it works with is not its health: see /health/ready."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    status, _ = await get(host, settings.port, "/health")
    if status != 200:
        raise Unavailable(f"the API does not answer on port {settings.port}")


async def check_worker(settings: Settings) -> None:
    """Raise Unavailable unless a worker of this host has asked for work lately. Its identity ends with the host."""
    request = DescribeTaskQueueRequest(
        namespace=settings.temporal_namespace,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            client = await connect_now(settings)
            described = await client.workflow_service.describe_task_queue(request)
    except (RPCError, TimeoutError):
        raise EngineUnavailable(f"Temporal at {settings.temporal_target} does not say who works") from None
    since, here = datetime.now(UTC) - LATELY, f"@{socket.gethostname()}"
    for poller in described.pollers:
        if poller.identity.endswith(here) and poller.last_access_time.ToDatetime(UTC) > since:
            return
    raise Unavailable(f"no worker of this host asks task queue {TASK_QUEUE}")


async def check_catcher(settings: Settings) -> None:
    """Raise Unavailable unless mails are caught on this host."""
    if not await asyncio.to_thread(answers, "127.0.0.1", settings.smtp_port):
        raise Unavailable(f"nobody catches mails on port {settings.smtp_port}")
