"""The worker's parts: activities on adapters, the Temporal worker, and relay, sealer and invitations beside it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.identification import IdentificationActivities
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from matching.nicknames import given_names
from runtime import schema
from runtime.engine import connect_when_ready, metered, prepare_namespace
from runtime.heads import HeadsFile
from runtime.invitations import InvitationPost
from runtime.keeping import check_keys
from runtime.late_zones import LateZones
from runtime.mails import RequestMails
from runtime.relay import Relay
from runtime.sealer import Sealer
from runtime.settings import Settings
from runtime.wiring import make_postman, make_tools, utc_now
from service.context import Tools
from store.recorder import Recorder
from workflows import options
from workflows.gateway import Gateway
from workflows.request import RequestWorkflow

log = logging.getLogger(__name__)
ACTIVITY_THREADS = 20
CACHED_WORKFLOWS = 20_000
#: How long activities may end well when the worker is stopped; `make run` ends within ten seconds.
GRACE = timedelta(seconds=3)


def make_worker(client: Client, settings: Settings, tools: Tools, threads: ThreadPoolExecutor) -> Worker:
    """A worker for requests. Workflows run outside the sandbox: see docs/decisions."""
    records = Recorder(tools.store)
    automatic = settings.number_creation == "automatic"
    identification = IdentificationActivities(tools.register, records, utc_now, creates=automatic)
    notifications = NotificationActivities(records, RequestMails(settings), make_postman(settings), utc_now)
    return Worker(
        client,
        task_queue=options.TASK_QUEUE,
        workflows=[RequestWorkflow],
        activities=[
            identification.identify,
            identification.assign_number,
            RecordActivities(records, utc_now).record,
            notifications.send_mail,
            notifications.give_up_mail,
        ],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_cached_workflows=CACHED_WORKFLOWS,
        sticky_queue_schedule_to_start_timeout=options.STICKY_TIMEOUT,
        graceful_shutdown_timeout=GRACE,
    )


async def work(settings: Settings) -> None:
    """Run the worker, the relay and the sealer until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    check_keys(settings)
    meters = metered(settings)
    tools = make_tools(settings)
    await asyncio.to_thread(schema.upgrade, tools.store.engine)
    # People are shown data while Temporal is away, so what they were shown is sealed meanwhile too.
    sealing = asyncio.create_task(Sealer(tools, HeadsFile(settings.heads_file), settings.heads_url).run())
    # Nor does a mail to who is invited need Temporal.
    inviting = asyncio.create_task(InvitationPost(tools, settings, make_postman(settings)).run())
    client = await connect_when_ready(settings, patience=float("inf"), runtime=meters)
    await prepare_namespace(client)
    with ThreadPoolExecutor(ACTIVITY_THREADS, thread_name_prefix="activity") as threads:
        threads.submit(given_names)  # a second's work, which no first request need wait for
        beside = [
            sealing,
            inviting,
            asyncio.create_task(Relay(tools, Gateway(_given(client))).run()),
            asyncio.create_task(LateZones(tools).run()),
        ]
        async with make_worker(client, settings, tools, threads):
            log.info("worker polls task queue %s", options.TASK_QUEUE)
            await stop.wait()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def _given(client: Client) -> Callable[[], Awaitable[Client]]:
    async def this_one() -> Client:
        return client

    return this_one
