"""A whole house around the real workflow: rows and register on SQLite, pages in a folder, mails in memory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import col, select
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from access.caller import Caller
from activities.identification import IdentificationActivities
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from domain.document import DocumentKind, UploadedFile
from domain.identification import RegisteredPerson
from domain.ports import Register
from domain.records import Outgoing
from domain.request import Phase
from mail.outbox import Outbox
from register.sql import SqlRegister
from runtime import relay as relaying
from runtime import wiring
from runtime.mails import RequestMails
from runtime.relay import Relay
from runtime.settings import Settings
from service import objections, people, requests, rulings, steps, submission
from service.context import Tools
from service.views import Accepted, DeskView, RequestView
from store import facts
from store.tables import HistoryRow, MailRow, NotificationRow, Request
from tests.workflows.cast import ADDRESS, SCAN
from tests.workflows.losing import LosesReceipts
from workflows import options
from workflows.gateway import Gateway
from workflows.request import RequestWorkflow, Story


@dataclass
class World:
    """People who act on requests, and what came of it.

    While `delivering` facts are signalled at once, else `held`; while `waiting` the story has taken each in before
    the next is told.
    """

    settings: Settings
    tools: Tools
    client: Client
    postman: Outbox
    gateway: Gateway
    register: Register
    recorder: LosesReceipts
    control: Path
    delivering: bool = True
    waiting: bool = True
    held: list[Outgoing] = field(default_factory=list)
    environment: Any = None  # the time-skipping one, where time can be skipped

    def caller(self, login: str) -> Caller:
        return people.caller_of(self.tools, login)

    @property
    def bob(self) -> Caller:
        return self.caller("bob@acme.example")

    @property
    def dave(self) -> Caller:
        return self.caller("dave@desk.example")

    def switch_register(self, *, failing: bool = False, delay: float = 0.0) -> None:
        """Needs `slow=True`. For the workflow's calls only: agents search undisturbed."""
        self.control.write_text(json.dumps({"failing": failing, "delay": delay}), "utf-8")

    async def passes(self, time: timedelta) -> None:
        await self.environment.sleep(time)

    # What people do.

    async def send(self, accepted: Accepted[Any]) -> None:
        for outgoing in accepted.outgoing:
            if self.delivering:
                await self.gateway.deliver(outgoing)
                if self.waiting:
                    await self.taken(outgoing)
            else:
                self.held.append(outgoing)

    async def send_held(self) -> None:
        """What was set aside, in the order of its acceptance."""
        held, self.held = self.held, []
        for outgoing in held:
            await self.gateway.deliver(outgoing)
            await self.taken(outgoing)

    async def start_silent(self, request_id: str) -> None:
        """As the relay does for a draft that nobody touched."""
        opening = facts.opening(self.row(request_id))
        assert opening is not None
        await self.gateway.start(Story(opening))

    def open(self, language: str = "fr") -> str:
        opened = requests.open_request(self.tools, self.bob, on_behalf_of=None, reference=None, language=language)
        return opened.view.id

    async def upload(self, request_id: str, kind: DocumentKind = DocumentKind.PASSPORT) -> None:
        files = [UploadedFile("pages[0]", SCAN)]
        await self.send(steps.upload_document(self.tools, self.bob, request_id, kind, pages=files))

    async def remove(self, request_id: str, kind: DocumentKind = DocumentKind.PASSPORT) -> None:
        await self.send(steps.remove_document(self.tools, self.bob, request_id, kind))

    async def state(self, request_id: str, person: dict[str, str]) -> None:
        await self.send(steps.state_personal_data(self.tools, self.bob, request_id, person))

    async def address(self, request_id: str, **changed: object) -> None:
        await self.send(steps.state_address(self.tools, self.bob, request_id, {**ADDRESS, **changed}))

    async def submit(self, request_id: str) -> None:
        await self.send(submission.submit(self.tools, self.bob, request_id, email=None))

    async def drafted(self, person: dict[str, str]) -> str:
        """A request with all steps done but the last."""
        request_id = self.open()
        await self.upload(request_id)
        await self.state(request_id, person)
        await self.address(request_id)
        return request_id

    async def sent(self, person: dict[str, str]) -> str:
        """A request with all four steps done."""
        request_id = await self.drafted(person)
        await self.submit(request_id)
        return request_id

    async def reviewed(self, person: dict[str, str]) -> str:
        """A request before the agents."""
        request_id = await self.sent(person)
        await self.until_phase(request_id, Phase.IN_REVIEW)
        return request_id

    async def asked(self, person: dict[str, str], **question: object) -> str:
        """A request whose requester has been asked for something."""
        request_id = await self.reviewed(person)
        await self.ask(request_id, **question)
        return request_id

    async def ask(self, request_id: str, **question: object) -> None:
        await self.rule(request_id, kind="requestInformation", reason="other", **question)
        await self.until_phase(request_id, Phase.AWAITING_INFORMATION)

    async def withdraw(self, request_id: str) -> None:
        await self.send(requests.withdraw(self.tools, self.bob, request_id))

    async def object_to(self, request_id: str) -> None:
        """After the first run has ended: this is not my employee."""
        assert await self.outcome(request_id) == self.row(request_id).outcome
        await self.send(objections.object_to(self.tools, self.bob, request_id, message="Ce n'est pas elle."))
        await self.until_phase(request_id, Phase.IN_REVIEW)

    async def rule(self, request_id: str, **members: object) -> DeskView:
        ruled = rulings.rule(self.tools, self.dave, request_id, members)
        await self.send(ruled)
        return ruled.view

    # What came of it.

    def view(self, request_id: str) -> RequestView:
        return requests.read_request(self.tools, self.bob, request_id)

    def row(self, request_id: str) -> Request:
        with self.tools.store.reading() as session:
            return session.get_one(Request, request_id)

    def history(self, request_id: str) -> list[str]:
        with self.tools.store.reading() as session:
            query = select(HistoryRow).where(HistoryRow.request_id == request_id).order_by(col(HistoryRow.position))
            return [line.kind for line in session.exec(query)]

    def mails(self, request_id: str) -> list[tuple[str, str]]:
        """(notice, state) of each mail."""
        with self.tools.store.reading() as session:
            query = select(MailRow).where(MailRow.request_id == request_id).order_by(col(MailRow.at))
            return [(mail.notice, mail.state) for mail in session.exec(query)]

    def notifications(self, request_id: str) -> list[str]:
        with self.tools.store.reading() as session:
            query = select(NotificationRow).where(NotificationRow.request_id == request_id)
            return [line.kind for line in session.exec(query.order_by(col(NotificationRow.at)))]

    def story(self, request_id: str) -> WorkflowHandle[RequestWorkflow, str]:
        run = options.workflow_id(request_id, self.row(request_id).objections)
        return self.client.get_workflow_handle_for(RequestWorkflow.run, run)

    async def outcome(self, request_id: str) -> str:
        """Wait for the end of the story (on the time-skipping server: through all its timers)."""
        async with self.environment.time_skipping_unlocked() if self.environment else nullcontext():
            return await self.story(request_id).result()

    async def events(self, request_id: str) -> list[Any]:
        """The history as Temporal keeps it."""
        return [event async for event in self.story(request_id).fetch_history_events()]

    async def taken(self, outgoing: Outgoing) -> None:
        """Wait until the workflow has taken this fact in, so that every run of a test has the same history."""

        async def last_is_answered() -> bool:
            events = await self.events(outgoing.request_id)
            kinds = [event.WhichOneof("attributes") for event in events]
            started = "workflow_execution_signaled_event_attributes"
            task = "workflow_task_completed_event_attributes"
            if started not in kinds:  # a new run that goes on after a long one
                return task in kinds
            return task in kinds[len(kinds) - kinds[::-1].index(started) :]

        await until(last_is_answered)

    async def idle(self, request_id: str) -> None:
        """Wait until the story has nothing more to do now: its next step is for somebody else, or for a timer."""
        busy = ("workflow_task_scheduled", "workflow_task_started", "workflow_execution_signaled")

        async def waits() -> bool:
            kind = (await self.events(request_id))[-1].WhichOneof("attributes")
            return kind.removesuffix("_event_attributes") not in busy

        await until(waits)

    async def until_phase(self, request_id: str, phase: Phase) -> None:
        """Wait until row and story stand there."""

        async def there() -> bool:
            if self.row(request_id).phase != phase:
                return False
            return await self.story(request_id).query(RequestWorkflow.phase) == phase.value

        await until(there)
        await self.idle(request_id)

    def relay(self) -> Relay:
        return Relay(self.tools, self.gateway)

    async def lose(self, request_id: str) -> None:
        """Temporal loses the run; the relay finds that out, and begins a new one."""
        with patch.multiple(relaying, SILENT_AFTER=timedelta(), UNDELIVERED_AFTER=timedelta()):
            await self.relay().once()  # notes what has been delivered
            await self.idle(request_id)
            await self.story(request_id).terminate("a lost Temporal database")
            await self.relay().find_lost()


def make_worker(world: World, threads: ThreadPoolExecutor) -> Worker:
    """The worker as runtime/working.py makes it, but for the postman and the register."""
    automatic = world.settings.number_creation == "automatic"
    identification = IdentificationActivities(world.register, world.recorder, wiring.utc_now, creates=automatic)
    notifications = NotificationActivities(world.recorder, RequestMails(world.settings), world.postman, wiring.utc_now)
    return Worker(
        world.client,
        task_queue=options.TASK_QUEUE,
        workflows=[RequestWorkflow],
        activities=[
            identification.identify,
            identification.assign_number,
            RecordActivities(world.recorder, wiring.utc_now).record,
            notifications.send_mail,
            notifications.give_up_mail,
        ],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
        graceful_shutdown_timeout=timedelta(seconds=2),
    )


def add_to_register(world: World, people_of_it: Sequence[RegisteredPerson]) -> None:
    """Somebody turns up in the register."""
    register = world.tools.register
    assert isinstance(register, SqlRegister)
    register.add(people_of_it)


async def until(condition: Callable[[], Awaitable[bool] | bool], seconds: float = 20.0) -> None:
    """Wait for a condition; fail loudly when it does not come."""
    async with asyncio.timeout(seconds):
        while True:
            holds = condition()
            if isinstance(holds, Awaitable):
                holds = await holds
            if holds:
                return
            await asyncio.sleep(0.01)
