"""The API on real tools, as its tests work with it. The story's conclusions are recorded by hand."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from PIL import Image, ImageDraw

from access.issuer import DevelopmentIssuer
from access.issuers import IssuerTerms
from access.limits import Limits
from activities.identification import AssignOrder, IdentificationActivities, IdentifyOrder
from documents.uploads import emptied
from domain.records import Outgoing, RecordKind, Transition
from domain.request import FactKind
from register.sql import SqlRegister
from runtime.house import House
from runtime.watcher import Watcher
from runtime.wiring import make_verifier
from service.context import Tools
from store.recorder import Recorder
from web import furnish

COENIG = {
    "surname": "Reuter",
    "givenNames": "Coenig",
    "sex": "M",
    "birthDate": "1983-05-24",
    "birthPlace": "Aachen",
    "nationality": "DE",
}
UNKNOWN = {"surname": "Tienpont", "givenNames": "Maria", "sex": "F", "birthDate": "1991-02-03", "birthPlace": "Gent"}
ADDRESS = {
    "official": {
        "street": "Am Markt",
        "houseNumber": "1",
        "postalCode": "52062",
        "municipality": "Aachen",
        "country": "DE",
    }
}

LOGINS = {
    "carol": "carol@globex.example",
    "gina": "gina@globex.example",
    "pia": "pia@payroll.example",
    "sam": "sam@payroll.example",
    "dave": "dave@desk.example",
    "erin": "erin@desk.example",
    "sven": "sven@desk.example",
    "ada": "ada@audit.example",
    "oscar": "oscar@ops.example",
    "stranger": "nobody@nowhere.example",
}
#: Where browsers find the portal: by https, as Secure cookies need it.
ORIGIN = "https://desk"


async def sign_in(browser: httpx.AsyncClient, login: str, *, target: str = "/") -> httpx.Response:
    """By the link of the sign-in page that bears the login, through the code flow; the answer leads into the portal."""
    page = (await browser.get("/sign-in", params={"next": target})).text
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>[^<]*{re.escape(login)}', page)
    assert found, login
    return await through_the_issuer(browser, unescape(found[1]))


async def through_the_issuer(browser: httpx.AsyncClient, address: str) -> httpx.Response:
    """From the start of a sign-in to what the portal answers when one is back from the issuer."""
    answer = await browser.get(address)
    for _ in range(5):
        assert answer.is_redirect, answer.text
        address = answer.headers["location"]
        answer = await browser.get(address)
        if "/sign-in/callback/" in address:
            return answer
    raise AssertionError(address)


@dataclass
class Desk:
    """One application with its tools, and a client per login."""

    tools: Tools
    issuer: DevelopmentIssuer
    home: Path
    register: SqlRegister
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent: list[Outgoing] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    conclude_while_waiting: bool = False
    temporal: Callable[[], bool] = lambda: True
    smtp: Callable[[], bool] = lambda: True
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    transport: httpx.ASGITransport | None = None
    issuers: tuple[IssuerTerms, ...] = ()
    secrets: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=lambda: Limits(1_000_000))
    token_limits: Limits = field(default_factory=lambda: Limits(1_000_000))
    start_limits: Limits = field(default_factory=lambda: Limits(1_000_000))

    def open(self) -> None:
        self.watcher = Watcher(self.tools.store)

        async def temporal_up() -> bool:
            return self.temporal()

        async def smtp_up() -> bool:
            return self.smtp()

        self.app = furnish(
            House(
                tools=self.tools,
                deliver=self.sent.append,
                wait_until_answered=self._wait,
                wait_until_carried_out=self._effect,
                verify_token=make_verifier(self.issuers, self.issuer),
                temporal_up=temporal_up,
                smtp_up=smtp_up,
                changed=self.watcher.changed,
                stopping=self.watcher.stop,
                secret=b"kept for a day",
                public_url="http://desk.example",
                development=True,
                now=lambda: datetime.now(UTC),
                mailbox=self.home / "mailbox",
                issuer=self.issuer,
                uploads=emptied(self.home / "uploads"),
                issuers=self.issuers,
                limits=self.limits,
                token_limits=self.token_limits,
                start_limits=self.start_limits,
            )
        )
        self.transport = httpx.ASGITransport(self.app)

    async def _wait(self, request_id: str, seconds: float) -> None:
        self.waited.append(seconds)
        if self.conclude_while_waiting:
            self.conclude(request_id)

    async def _effect(self, request_id: str, _seconds: float) -> bool:
        if self.conclude_while_waiting:
            self.conclude(request_id)
        return self.conclude_while_waiting

    def under(self, **terms: Any) -> None:
        """The same service under other terms; clients of before belong to the former one."""
        self.tools = replace(self.tools, terms=replace(self.tools.terms, **terms))
        self.clients.clear()
        self.open()

    def token(self, login: str) -> str:
        return self.issuer.issue_token(login, now=datetime.now(UTC))

    def as_(self, who: str | None) -> httpx.AsyncClient:
        """A client of a person named by the part before the @, or of nobody."""
        key = who or "nobody"
        if key not in self.clients:
            headers = {"Accept-Language": "en"}
            if who is not None:
                headers["Authorization"] = f"Bearer {self.token(LOGINS.get(who, f'{who}@acme.example'))}"
            self.clients[key] = httpx.AsyncClient(transport=self.transport, base_url="http://desk", headers=headers)
        return self.clients[key]

    async def browser(self, who: str | None) -> httpx.AsyncClient:
        """A browser of a person signed in to the portal, or of nobody. Every call makes a new one."""
        client = httpx.AsyncClient(transport=self.transport, base_url=ORIGIN, headers={"Accept-Language": "en"})
        client.headers.update({"Accept": "text/html", "Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"})
        self.clients[f"browser {len(self.clients)}"] = client
        if who is not None:
            await sign_in(client, LOGINS.get(who, f"{who}@acme.example"))
        return client

    async def id_of(self, who: str) -> str:
        """The id of a requester, as the API names it."""
        request_id = await self.opened(who)
        client = self.as_(who)
        found = (await client.get(f"/v1/requests/{request_id}")).json()["requester"]["id"]
        await client.delete(f"/v1/requests/{request_id}")
        return str(found)

    async def client_of(self, who: str, **body: Any) -> str:
        new = {"name": "Software", "email": "it@acme.example", "scopes": ["requests:read", "requests:write"], **body}
        answer = await self.as_(who).post("/v1/company/clients", json=new)
        self.secrets[answer.json()["id"]] = answer.json()["secret"]
        return str(answer.json()["id"])

    async def opened(self, who: str = "bob", **body: Any) -> str:
        answer = await self.as_(who).post("/v1/requests", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def filled(self, who: str = "bob", person: dict[str, Any] | None = None, **body: Any) -> str:
        """A draft with all steps done but the sending."""
        request_id = await self.opened(who, **body)
        client = self.as_(who)
        calls = [
            await client.put(f"/v1/requests/{request_id}/documents/passport", files=[page()]),
            await client.put(f"/v1/requests/{request_id}/personalData", json=person or COENIG),
            await client.put(f"/v1/requests/{request_id}/address", json=ADDRESS),
        ]
        assert [answer.status_code for answer in calls] == [200, 200, 200], [answer.text for answer in calls]
        return request_id

    async def submitted(self, who: str = "bob", person: dict[str, Any] | None = None, **body: Any) -> str:
        request_id = await self.filled(who, person, **body)
        answer = await self.as_(who).post(f"/v1/requests/{request_id}/submission")
        assert answer.status_code == 202, answer.text
        return request_id

    async def in_review(self, who: str = "bob", person: dict[str, Any] | None = None) -> str:
        request_id = await self.submitted(who, person or UNKNOWN)
        self.conclude(request_id)
        return request_id

    async def ruled(self, request_id: str, who: str = "dave", **body: Any) -> httpx.Response:
        answer = await self.as_(who).post(f"/v1/desk/requests/{request_id}/ruling", json=body)
        assert answer.status_code == 202, answer.text
        return answer

    async def asked(self, **body: Any) -> str:
        """A request whose requester is asked for something."""
        request_id = await self.in_review()
        await self.ruled(request_id, **{"kind": "requestInformation", "reason": "incomplete", **body})
        self.conclude(request_id)
        return request_id

    async def identified(self, who: str = "bob") -> str:
        """A request closed with a number."""
        request_id = await self.submitted(who)
        self.conclude(request_id)
        return request_id

    async def objected(self) -> str:
        request_id = await self.identified()
        answer = await self.as_("bob").post(f"/v1/requests/{request_id}/objection", json={"message": "Not ours."})
        assert answer.status_code == 202, answer.text
        return request_id

    def conclude(self, request_id: str) -> None:
        """What the story does after a fact: identify, and record the finding, or carry out the ruling."""
        recorder = Recorder(self.tools.store)
        fact = next(sent.fact for sent in reversed(self.sent) if sent.request_id == request_id)
        key = f"k{fact.seq}" if fact.kind is FactKind.RULED else f"identification-{fact.seq}"
        if fact.kind is not FactKind.RULED:
            identify = IdentificationActivities(self.tools.register, recorder, self.tools.now)
            finding = identify.identify(IdentifyOrder(request_id, key)).value
            sure = finding == "identified"
            kind = RecordKind.IDENTIFIED if sure else RecordKind.IN_REVIEW
            reason, answer = (None, key) if sure else (finding, None)
            transition = Transition(request_id, key, fact.seq, kind, reason=reason, answer=answer)
        else:
            kind = {
                "createNumber": RecordKind.NUMBER_CREATED,
                "identify": RecordKind.IDENTIFIED,
                "reject": RecordKind.REJECTED,
                "requestInformation": RecordKind.INFORMATION_REQUESTED,
            }[str(fact.ruling)]
            answer, reason, ruling_id = None, fact.reason, fact.ruling_id
            if kind is RecordKind.NUMBER_CREATED:
                create = IdentificationActivities(self.tools.register, recorder, self.tools.now)
                answer = str(ruling_id)
                reason = create.assign_number(AssignOrder(request_id, answer)).value
                if reason != "created":
                    kind, answer, ruling_id = RecordKind.IN_REVIEW, None, None
            transition = Transition(
                request_id,
                key,
                fact.seq,
                kind,
                reason=reason,
                ruling_id=ruling_id,
                answer=answer,
                deadline=self.tools.now() + timedelta(days=21),
            )
        assert recorder.record(transition, self.tools.now()).newer == []


def image(kind: str = "PNG", *, size: tuple[int, int] = (900, 600)) -> bytes:
    """A sharp, well-lit drawing that passes as a scan."""
    drawn = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(drawn)
    for row in range(20, size[1] - 20, 24):
        draw.text((30, row), "SPECIMEN 0123456789 SPECIMEN 0123456789 SPECIMEN", fill="black")
    out = io.BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


def page(name: str = "pages", content: bytes | None = None) -> tuple[str, tuple[str, bytes, str]]:
    """One file part of an upload."""
    return name, ("scan.png", image() if content is None else content, "image/png")
