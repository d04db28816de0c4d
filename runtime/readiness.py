"""Whether the parts of the service truly answer: asked from outside, as a user would."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.ports import answers

Check = Callable[[], Awaitable[bool]]

SAY_EVERY = 10.0
"""Seconds between two lines that say what a start waits for."""

_KINDS = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)


@dataclass
class Awaited:
    """What a start still waits for, by the name a person knows it by."""

    names: set[str]
    _told: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        return ", ".join(sorted(self.names))

    def to_be_said(self) -> bool:
        """Whether it is time to say it, and once only each time."""
        if not self.names or time.monotonic() - self._told < SAY_EVERY:
            return False
        self._told = time.monotonic()
        return True


async def all_answer(checks: Mapping[str, Check], awaited: Awaited) -> None:
    """Return when every check has held once; whoever answers is waited for no longer."""

    async def answers_once(name: str, check: Check) -> None:
        while True:
            if await check():
                awaited.names.discard(name)
                return
            await asyncio.sleep(0.05)

    await asyncio.gather(*(answers_once(name, check) for name, check in checks.items()))


async def get(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a local GET; (0, b"") where nobody answers in two seconds. Proxies are never asked."""

    def ask() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    return await asyncio.to_thread(ask)


async def api_is_up(host: str, port: int) -> bool:
    """Whether the API says that what it works with is UP; a mail server that is away stops nobody: mails wait."""
    status, body = await get(host, port, "/health/ready")
    if status != 200:
        return False
    try:
        details = json.loads(body)["details"]
        return all(part["status"] == "UP" for name, part in details.items() if name != "smtp")
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


async def page_is_there(host: str, port: int) -> bool:
    """Whether a web page is served there."""
    status, _ = await get(host, port, "/")
    return 200 <= status < 400


async def port_answers(host: str, port: int) -> bool:
    """Whether connections are accepted there."""
    return await asyncio.to_thread(answers, host, port)


async def worker_polls(client: Client, task_queue: str) -> bool:
    """Whether a worker asks this task queue for workflow tasks and for activities."""
    try:
        for kind in _KINDS:
            request = DescribeTaskQueueRequest(
                namespace=client.namespace, task_queue=TaskQueue(name=task_queue), task_queue_type=kind
            )
            described = await client.workflow_service.describe_task_queue(request, timeout=timedelta(seconds=2))
            if not described.pollers:
                return False
    except RPCError:
        return False
    return True
