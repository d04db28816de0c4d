"""The one place that knows every adapter: settings in, the parts of a process out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, event
from temporalio.client import Client

from access.bearer import SeveralIssuers, TokenVerifier
from access.discovery import DiscoveredKeys
from access.issuer import DevelopmentIssuer
from access.issuers import IssuerTerms
from access.keys import FixedKeys
from access.pseudonyms import Pseudonyms
from documents.intake import PageIntake
from documents.sealed import SealedBlobs
from documents.zone.reader import ChildZoneReader
from domain.errors import Unavailable
from domain.terms import Delays, Terms
from mail.smtp import SmtpPostman
from matching.decide import Risk
from register.demo import load_demo
from register.sql import SqlRegister
from runtime import schema
from runtime.apart import apart
from runtime.database import CACHE_KIB
from runtime.delivery import Delivery
from runtime.engine import connect
from runtime.issuers import read_issuers
from runtime.keeping import check_keys, make_blobs
from runtime.keys import kept_key
from runtime.seed import seed_demo_people
from runtime.settings import PROJECT, Settings, load_settings
from runtime.usable import open_engine
from runtime.watcher import Watcher
from service.context import Tools
from store.unit_of_work import Store
from workflows.gateway import Gateway


def utc_now() -> datetime:
    """The clock of the process."""
    return datetime.now(UTC)


def open_database(settings: Settings, *, cache_kib: int = CACHE_KIB) -> Engine:
    """The engine of the configured database; its folder is made where it is a file. Raises WrongSetting."""
    settings.make_home()
    return open_engine(settings, cache_kib=cache_kib)


def make_register(settings: Settings, engine: Engine) -> SqlRegister:
    """The embedded register on an engine, with the risks and the search budget of the settings."""
    risk = Risk(accepted=settings.accepted_risk, overlooked=settings.overlooked_risk)
    return SqlRegister(engine, settings.number_series, risk=risk, patience=settings.register_patience.total_seconds())


def open_register(settings: Settings | None = None) -> SqlRegister:
    """The embedded register, for a command; the schema is made where there is none.

    Keys of a million people are written all over the file: with its pages in memory that goes faster.
    """
    settings = settings or load_settings(os.environ, project=PROJECT)
    engine = open_database(settings, cache_kib=300_000)
    schema.upgrade(engine)
    return make_register(settings, engine)


def prepare(settings: Settings) -> None:
    """Before the first process starts: the schema and, in development, the demo people and the demo register."""
    engine = open_database(settings)
    schema.upgrade(engine)
    if settings.development:
        seed_demo_people(Store(engine))
        load_demo(make_register(settings, engine))
    engine.dispose()


def open_members(settings: Settings) -> Store:
    """The database with its people, for commands that need no running server."""
    engine = open_database(settings)
    schema.upgrade(engine)
    store = Store(engine)
    if settings.development:
        seed_demo_people(store)
    return store


def make_terms(settings: Settings) -> Terms:
    """What requests are opened under from now on."""
    delays = settings.delays
    return Terms(
        delays=Delays(
            draft_reminder=delays.draft_reminder,
            draft_expiry=delays.draft_expiry,
            answer_reminder=delays.answer_reminder,
            answer_expiry=delays.answer_expiry,
            review_escalation=delays.review_escalation,
            identify_deadline=delays.identify_deadline,
            mail_deadline=delays.mail_deadline,
        ),
        question_rounds=settings.question_rounds,
        claim_lease=settings.claim_lease,
        ruling_undo=settings.ruling_undo,
        four_eyes=settings.four_eyes,
    )


def make_tools(settings: Settings, pages: PageIntake | None = None, blobs: SealedBlobs | None = None) -> Tools:
    """What use cases are made of. `pages` starts its process apart with the first upload."""
    engine, beside, zones = open_database(settings), open_database(settings), ChildZoneReader()
    kept = blobs or make_blobs(settings)
    # The desk searches the register within a transaction of its own: out of one pool, all could wait for a second one.
    event.listen(engine, "engine_disposed", lambda _: beside.dispose())
    event.listen(engine, "engine_disposed", lambda _: zones.close())
    event.listen(engine, "engine_disposed", lambda _: kept.close())
    return Tools(
        store=Store(engine),
        blobs=kept,
        pages=pages or PageIntake(),
        register=make_register(settings, beside),
        terms=make_terms(settings),
        pseudonyms=Pseudonyms(settings.pseudonym_key or kept_key(settings.home, "pseudonym.key")),
        now=utc_now,
        zones=zones,
        later=apart,
        marks_key=kept_key(settings.home, "marks.key"),
    )


def make_postman(settings: Settings) -> SmtpPostman:
    """The mail server of the settings."""
    return SmtpPostman(settings.smtp_url)


def make_verifier(issuers: Iterable[IssuerTerms], embedded: DevelopmentIssuer | None) -> SeveralIssuers:
    """Who is believed: the organisation's issuers, and in development the embedded one."""
    verifiers = {
        terms.issuer: TokenVerifier(DiscoveredKeys(terms.issuer), terms=terms, now=utc_now) for terms in issuers
    }
    if embedded is not None:
        verifiers[embedded.issuer] = TokenVerifier(FixedKeys(embedded.jwks()), terms=embedded.terms, now=utc_now)
    return SeveralIssuers(verifiers)


def lazy_client(settings: Settings) -> Callable[[], Awaitable[Client]]:
    """One client a process, connected when it is first needed, so that the API starts while Temporal is away."""
    lock = asyncio.Lock()
    clients: list[Client] = []

    async def client() -> Client:
        async with lock:
            if not clients:
                clients.append(await connect(settings, lazy=True))
        return clients[0]

    return client


@dataclass(frozen=True)
class ApiParts:
    """What the API process is made of."""

    settings: Settings
    tools: Tools
    pages: PageIntake
    blobs: SealedBlobs
    delivery: Delivery
    watcher: Watcher
    verifier: SeveralIssuers
    issuers: tuple[IssuerTerms, ...]
    issuer: DevelopmentIssuer | None
    temporal_up: Callable[[], Awaitable[bool]]
    smtp_up: Callable[[], Awaitable[bool]]


def make_api_parts(settings: Settings) -> ApiParts:
    """Everything behind the routes. Raises WrongSetting where tokens could not be trusted."""
    settings.check_issuer()
    issuers = read_issuers(settings)
    check_keys(settings)
    pages, blobs = PageIntake(), make_blobs(settings)
    tools = make_tools(settings, pages, blobs)
    schema.upgrade(tools.store.engine)
    client = lazy_client(settings)
    # Never in production, where issuers may stand in the file alone: its key would be one more that is believed.
    embedded = settings.development and settings.oidc_issuer is None
    issuer = DevelopmentIssuer(settings.home) if embedded else None
    postman = make_postman(settings)

    async def temporal_up() -> bool:
        try:
            async with asyncio.timeout(2):
                return await (await client()).service_client.check_health()
        except (RuntimeError, TimeoutError):  # RPCError is a RuntimeError
            return False

    async def smtp_up() -> bool:
        try:
            await postman.check()
        except Unavailable:
            return False
        return True

    return ApiParts(
        settings=settings,
        tools=tools,
        pages=pages,
        blobs=blobs,
        delivery=Delivery(Gateway(client), tools.store, utc_now),
        watcher=Watcher(tools.store),
        verifier=make_verifier(issuers, issuer),
        issuers=issuers,
        issuer=issuer,
        temporal_up=temporal_up,
        smtp_up=smtp_up,
    )
