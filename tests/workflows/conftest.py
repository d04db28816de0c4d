"""A whole house around the real workflow: rows and register on SQLite, pages in a folder, mails in memory."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image, ImageDraw
from sqlmodel import select
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from access.caller import Caller
from activities.identification import IdentificationActivities
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from domain.document import DocumentKind, UploadedFile
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.ports import Register
from domain.records import Outgoing
from mail.outbox import Outbox
from register.sql import SqlRegister
from runtime import wiring
from runtime.mails import RequestMails
from runtime.relay import Relay
from runtime.settings import Settings
from service import people, requests, rulings, steps
from service.context import Tools
from service.views import Accepted, DeskView, RequestView
from store.recorder import Recorder
from store.tables import HistoryRow, MailRow, Request
from workflows import options
from workflows.gateway import Gateway
from workflows.request import RequestWorkflow

BIRTH_PLACE = "Aachen"
REGISTERED = RegisteredPerson(
    ssin=Niss.parse("83.45.24-163.11"),
    surname="Reuter",
    given_names="Coenige",
    sex=Sex.MALE,
    birth_date=PartialDate(1983, 5, 24),
    birth_place=BIRTH_PLACE,
    birth_country="DE",
    nationality="DE",
)
KNOWN = {"surname": "Reuter", "givenNames": "Coenig", "sex": "M", "birthDate": "1983-05-24", "birthPlace": BIRTH_PLACE}
UNKNOWN = {"surname": "Tienpont", "givenNames": "Maria", "sex": "F", "birthDate": "1991-03-02", "birthPlace": "Gouda"}
ADDRESS = {"official": {"street": "Domstraat", "houseNumber": "1", "municipality": "Gouda", "country": "NL"}}


def a_scan(text: str = "SPECIMEN") -> bytes:
    """A page that decodes."""
    image = Image.new("RGB", (900, 600), "white")
    ImageDraw.Draw(image).text((40, 40), text, fill="black")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


SCAN = a_scan()


@dataclass
class World:
    """People who act on requests, and what came of it. `deliver` sends facts at once; set it aside to hold them."""

    settings: Settings
    tools: Tools
    client: Client
    postman: Outbox
    gateway: Gateway
    register: Register
    delivering: bool = True
    held: list[Outgoing] = field(default_factory=list)

    def caller(self, login: str) -> Caller:
        return people.caller_of(self.tools, login)

    @property
    def bob(self) -> Caller:
        return self.caller("bob@acme.example")

    @property
    def dave(self) -> Caller:
        return self.caller("dave@desk.example")

    async def send(self, accepted: Accepted[Any]) -> None:
        for outgoing in accepted.outgoing:
            if self.delivering:
                await self.gateway.deliver(outgoing)
            else:
                self.held.append(outgoing)

    def open(self, language: str = "fr") -> str:
        opened = requests.open_request(self.tools, self.bob, on_behalf_of=None, reference=None, language=language)
        return opened.view.id

    async def upload(self, request_id: str, kind: DocumentKind = DocumentKind.PASSPORT) -> None:
        files = [UploadedFile("pages[0]", SCAN)]
        await self.send(steps.upload_document(self.tools, self.bob, request_id, kind, pages=files))

    async def state(self, request_id: str, person: dict[str, str]) -> None:
        await self.send(steps.state_personal_data(self.tools, self.bob, request_id, person))

    async def address(self, request_id: str) -> None:
        await self.send(steps.state_address(self.tools, self.bob, request_id, ADDRESS))

    async def submit(self, request_id: str) -> None:
        await self.send(steps.submit(self.tools, self.bob, request_id, email=None))

    async def sent(self, person: dict[str, str]) -> str:
        """A request with all four steps done."""
        request_id = self.open()
        await self.upload(request_id)
        await self.state(request_id, person)
        await self.address(request_id)
        await self.submit(request_id)
        return request_id

    async def withdraw(self, request_id: str) -> None:
        await self.send(requests.withdraw(self.tools, self.bob, request_id))

    async def rule(self, request_id: str, **members: object) -> DeskView:
        ruled = rulings.rule(self.tools, self.dave, request_id, members)
        await self.send(ruled)
        return ruled.view

    def view(self, request_id: str) -> RequestView:
        return requests.read_request(self.tools, self.bob, request_id)

    def row(self, request_id: str) -> Request:
        with self.tools.store.reading() as session:
            return session.get_one(Request, request_id)

    def history(self, request_id: str) -> list[str]:
        with self.tools.store.reading() as session:
            query = select(HistoryRow).where(HistoryRow.request_id == request_id).order_by(HistoryRow.position)  # type: ignore[arg-type]
            return [line.kind for line in session.exec(query)]

    def mails(self, request_id: str) -> list[tuple[str, str]]:
        """(notice, state) of each mail."""
        with self.tools.store.reading() as session:
            query = select(MailRow).where(MailRow.request_id == request_id).order_by(MailRow.at)  # type: ignore[arg-type]
            return [(mail.notice, mail.state) for mail in session.exec(query)]

    def story(self, request_id: str) -> WorkflowHandle[RequestWorkflow, str]:
        return self.client.get_workflow_handle_for(RequestWorkflow.run, options.workflow_id(request_id))  # type: ignore[arg-type, return-value]

    async def outcome(self, request_id: str) -> str:
        """Wait for the end of the story (on the time-skipping server: through all its timers)."""
        return await self.story(request_id).result()

    def relay(self) -> Relay:
        return Relay(self.tools, self.gateway)


MakeWorld = Callable[..., Any]


@pytest.fixture
def make_world(make_settings: Callable[..., Settings]) -> MakeWorld:
    """`async with make_world(client, register=…, **settings) as world`."""

    @asynccontextmanager
    async def make(
        client: Client, *, wrap: Callable[[Register], Register] | None = None, working: bool = True, **environ: str
    ) -> AsyncIterator[World]:
        settings = make_settings(NISS_RULING_UNDO="PT0S", **environ)
        wiring.schema.upgrade(wiring.open_database(settings))
        wiring.seed_demo_people(wiring.open_members(settings))
        tools = wiring.make_tools(settings)
        assert isinstance(tools.register, SqlRegister)
        tools.register.add([REGISTERED])
        register = wrap(tools.register) if wrap else tools.register
        postman = Outbox()

        async def given() -> Client:
            return client

        world = World(settings, tools, client, postman, Gateway(given), register)
        with ThreadPoolExecutor(8) as threads:
            worker = make_worker(world, threads)
            if not working:
                yield world
            else:
                async with worker:
                    yield world
        tools.store.engine.dispose()

    return make


def make_worker(world: World, threads: ThreadPoolExecutor) -> Worker:
    records = Recorder(world.tools.store)
    identification = IdentificationActivities(world.register, records, wiring.utc_now)
    notifications = NotificationActivities(records, RequestMails(world.settings), world.postman, wiring.utc_now)
    return Worker(
        world.client,
        task_queue=options.TASK_QUEUE,
        workflows=[RequestWorkflow],
        activities=[
            identification.identify,
            identification.assign_number,
            RecordActivities(records, wiring.utc_now).record,
            notifications.send_mail,
            notifications.give_up_mail,
        ],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
        graceful_shutdown_timeout=timedelta(seconds=2),
    )


async def until(condition: Callable[[], Awaitable[bool] | bool], seconds: float = 20.0) -> None:
    """Wait for a condition; fail loudly when it does not come."""
    import asyncio

    async with asyncio.timeout(seconds):
        while True:
            holds = condition()
            if isinstance(holds, Awaitable):
                holds = await holds
            if holds:
                return
            await asyncio.sleep(0.02)
