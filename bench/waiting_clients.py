"""Clients of the API that wait: for the answer to a submission, and for notifications. Each has its own person."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from PIL import Image

from access.issuer import DevelopmentIssuer
from access.sessions import PLAIN_COOKIE, SessionTerms
from bench.counted_api import COUNTED_AT
from demo.people import COENIG
from domain.records import RecordKind, Transition
from domain.request import Phase
from register.demo import FIVE
from service import sessions
from service.context import Tools
from store.recorder import Recorder
from store.tables import Company, Person, Request
from store.unit_of_work import Store

LONGEST_WAIT = 30
_LONG = 120.0
#: So many drafts are made at a time.
_ABREAST = 4


@dataclass
class Client:
    """One person of one company: a request of theirs, and when (`time.perf_counter`) they heard of its answer."""

    person_id: str
    token: str
    request_id: str = ""
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    told_at: float = 0.0
    answered_at: float = 0.0
    #: How often the submission was sent, the same each time: a wait of 30 seconds ends before a long measurement.
    sent: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """Of every call."""
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "fr"}


def people(store: Store, issuer: DevelopmentIssuer, count: int) -> list[Client]:
    """So many people who may ask, each of a company of their own."""
    clients = []
    with store.writing() as session:
        for number in range(count):
            person_id, login = uuid4().hex, f"{number}@waits.example"
            company = Company(id=uuid4().hex, enterprise_number=f"{number:010}", name=f"Waits {number}")
            session.add(company)
            session.flush()
            session.add(
                Person(id=person_id, login=login, email=login, name=login, role="requester", company_id=company.id)
            )
            clients.append(Client(person_id, issuer.issue_token(login, now=datetime.now(UTC))))
    return clients


async def draft(http: httpx.AsyncClient, clients: Iterable[Client]) -> None:
    """A request of each, with all steps done but the last."""
    page, abreast = _page(), asyncio.Semaphore(_ABREAST)

    async def one(client: Client) -> None:
        async with abreast:
            opened = await http.post("/v1/requests", headers=client.headers)
            client.request_id = opened.raise_for_status().json()["id"]
            url, files = f"/v1/requests/{client.request_id}", [("pages", ("page.png", page, "image/png"))]
            # A licence need not have a zone.
            for path, body in (
                ("documents/drivingLicence", {"files": files}),
                ("personalData", {"json": COENIG.personal_data}),
                ("address", {"json": COENIG.addresses}),
            ):
                answer = await http.put(f"{url}/{path}", headers=client.headers, **body)
                answer.raise_for_status()

    await asyncio.gather(*(one(client) for client in clients))


@asynccontextmanager
async def pages(http: httpx.AsyncClient, tools: Tools, clients: Sequence[Client]) -> AsyncIterator[None]:
    """Each listens as a page of the portal does, by a session, for as long as the block lasts."""
    async with AsyncExitStack() as open_pages:
        for client in clients:
            secret = sessions.open_session(tools, SessionTerms(), client.person_id)
            headers = {"Cookie": f"{PLAIN_COOKIE}={secret}"}
            stream = await open_pages.enter_async_context(http.stream("GET", "/v1/events", headers=headers))
            stream.raise_for_status()
        yield


async def listen(http: httpx.AsyncClient, client: Client) -> None:
    """Hear of one notification by the stream of events."""
    async with http.stream("GET", "/v1/events", headers=client.headers) as stream:
        stream.raise_for_status()
        coming = False
        async for line in stream.aiter_lines():
            if line.startswith("retry:"):
                client.listening.set()
            coming = coming or line == "event: notification"
            # The empty line ends the event.
            if coming and not line:
                client.told_at = time.perf_counter()
                client.told.set()
                return


async def submit(http: httpx.AsyncClient, client: Client) -> None:
    """Send the request and wait for its answer; again under the same key where the wait was over before."""
    headers = {**client.headers, "Prefer": f"wait={LONGEST_WAIT}", "Idempotency-Key": uuid4().hex}
    while not client.answered.is_set():
        client.sent += 1
        try:
            answer = await http.post(f"/v1/requests/{client.request_id}/submission", headers=headers, json={})
        except httpx.TransportError:
            continue  # a kept connection that the server has just closed: the key is for that
        arrived = time.perf_counter()
        if answer.raise_for_status().json()["phase"] != Phase.IDENTIFYING:
            client.answered_at = arrived
            client.answered.set()


async def read(http: httpx.AsyncClient, client: Client) -> float:
    """Read the request, which nobody waits for: seconds from the call to its answer."""
    began = time.perf_counter()
    answer = await http.get(f"/v1/requests/{client.request_id}", headers=client.headers)
    took = time.perf_counter() - began
    answer.raise_for_status()
    return took


def prepare_answers(recorder: Recorder, clients: Sequence[Client]) -> None:
    """What the register says of each, as the worker keeps it before it concludes."""
    found = {"finding": "identified", "reason": "sure", "person": FIVE[0], "at": datetime.now(UTC)}
    for client in clients:
        recorder.remember(client.request_id, "identification-0", **found)  # type: ignore[arg-type]


def answer(recorder: Recorder, store: Store, client: Client) -> float:
    """Conclude a request as the worker's activity does; when (`time.perf_counter`) it was committed."""
    with store.reading() as session:
        seq = session.get_one(Request, client.request_id).last_seq
    story = {"kind": RecordKind.IDENTIFIED, "answer": "identification-0"}
    recorder.record(Transition(client.request_id, "identified-0", seq, **story), datetime.now(UTC))  # type: ignore[arg-type]
    return time.perf_counter()


def identifying(store: Store, clients: Iterable[Client]) -> int:
    """How many of them have sent their request."""
    with store.reading() as session:
        phases = [session.get_one(Request, client.request_id).phase for client in clients]
    return phases.count(Phase.IDENTIFYING)


async def statements(http: httpx.AsyncClient) -> int:
    """How many the API's process has sent to its databases."""
    return int((await http.get(COUNTED_AT)).raise_for_status().text)


def everybody(base: str) -> httpx.AsyncClient:
    """So many connections as there are calls; none is kept until the server closes it, after five seconds."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=1.0)
    return httpx.AsyncClient(base_url=base, limits=limits, timeout=_LONG, trust_env=False)


def _page() -> bytes:
    content = io.BytesIO()
    Image.linear_gradient("L").resize((800, 520)).save(content, "PNG")
    return content.getvalue()
