"""The house that API and portal stand in: all that they need from the process they run in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter

from access.bearer import Claims
from access.issuer import DevelopmentIssuer
from access.issuers import IssuerTerms
from access.limits import Limits
from access.sessions import SessionTerms
from documents.sealed import SealedBlobs
from documents.uploads import emptied
from documents.workshop import Workshop
from domain.errors import IntakeBusy, Unavailable
from domain.records import Outgoing
from runtime import wiring
from runtime.keys import kept_key
from runtime.settings import Settings
from runtime.watcher import News
from service.context import Tools
from service.listening import ListeningSessions

#: More than are looked at together (documents/workshop.py): those that wait in line.
UPLOAD_THREADS = 16
#: From one address, behind which a whole organisation may be.
STARTS_A_MINUTE = 600
_LOG = logging.getLogger(__name__)


async def nothing() -> None:
    """The hook of a house that has nothing to start or to stop."""


@dataclass(frozen=True)
class House:
    """All that API and portal need from the process they run in.

    Attributes:
        tools: what use cases are made of.
        deliver: schedules the signal of an accepted fact and returns at once.
        wait_until_answered: returns when a request has left `identifying`, or after so many seconds.
        wait_until_carried_out: whether a delivered ruling has had its effect, now or within so many seconds.
        verify_token: what a bearer token says; raises NotAuthenticated.
        temporal_up: whether Temporal answers now.
        smtp_up: whether the mail server answers now.
        changed: news of a person's notifications, for as long as its block lasts.
        stopping: called when the server begins to stop: whoever only listens is let go.
        secret: the key under which bodies are hashed for `Idempotency-Key`.
        public_url: address under which people reach the service, without a slash at its end.
        development: whether the embedded issuer and the mailbox may be shown.
        now: an aware instant in UTC.
        mailbox: folder of the local catcher's mails.
        issuer: the embedded issuer, in development.
        issuers: the others, in the order in which the sign-in page has them.
        session_terms: how long somebody stays signed in to the portal.
        uploads: folder of files while they are uploaded; the machine's own place for such files where there is none.
        upload_threads: those that wait for uploads to be looked at; the others' threads are not taken up by it.
        limits: counts the calls of each caller.
        token_limits: counts how often software asks for a token, before anybody knows whether it is who it says.
        start_limits: counts the sign-ins begun from each address: each is a row for some minutes.
        startup: called before the first call is answered.
        shutdown: called after the last one.
    """

    tools: Tools
    deliver: Callable[[Outgoing], None]
    wait_until_answered: Callable[[str, float], Awaitable[None]]
    wait_until_carried_out: Callable[[str, float], Awaitable[bool]]
    verify_token: Callable[[str], Awaitable[Claims]]
    temporal_up: Callable[[], Awaitable[bool]]
    smtp_up: Callable[[], Awaitable[bool]]
    changed: Callable[[str], AbstractContextManager[News]]
    stopping: Callable[[], None]
    secret: bytes
    public_url: str
    development: bool
    now: Callable[[], datetime]
    mailbox: Path | None = None
    issuer: DevelopmentIssuer | None = None
    issuers: tuple[IssuerTerms, ...] = ()
    session_terms: SessionTerms = field(default_factory=SessionTerms)
    uploads: Path | None = None
    upload_threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(UPLOAD_THREADS))
    limits: Limits = field(default_factory=lambda: Limits(12_000))
    token_limits: Limits = field(default_factory=lambda: Limits(12_000))
    start_limits: Limits = field(default_factory=lambda: Limits(STARTS_A_MINUTE))
    startup: Callable[[], Awaitable[None]] = nothing
    shutdown: Callable[[], Awaitable[None]] = nothing

    @cached_property
    def listening(self) -> ListeningSessions:
        """The sessions that listen to this process."""
        return ListeningSessions(self.tools, self.session_terms)

    def send(self, outgoing: Iterable[Outgoing]) -> None:
        """Deliver what was accepted; nobody waits for it."""
        for one in outgoing:
            self.deliver(one)


def trace_of(scope: MutableMapping[str, Any]) -> str | None:
    """The call's BelGov-Trace-Id, put there by the envelope of every answer."""
    found = scope.get("niss.trace_id")
    return found if isinstance(found, str) else None


def make_house(settings: Settings) -> House:
    """The house of these settings. Raises WrongSetting where tokens could not be trusted."""
    parts = wiring.make_api_parts(settings)
    workshop = parts.pages.workshop

    async def startup() -> None:
        # Nobody waits for it: the first upload finds it running, or waits then.
        asyncio.get_running_loop().run_in_executor(None, _prepare, workshop, parts.blobs)

    async def shutdown() -> None:
        await asyncio.to_thread(workshop.close)
        await parts.delivery.close()

    return House(
        tools=parts.tools,
        deliver=parts.delivery,
        wait_until_answered=parts.watcher.wait_until_answered,
        wait_until_carried_out=parts.watcher.wait_until_carried_out,
        verify_token=parts.verifier,
        temporal_up=parts.temporal_up,
        smtp_up=parts.smtp_up,
        changed=parts.watcher.changed,
        stopping=parts.watcher.stop,
        secret=kept_key(settings.home, "idempotency.key"),
        public_url=settings.public_url,
        development=settings.development,
        now=wiring.utc_now,
        mailbox=None if settings.smtp_given or not settings.development else settings.mailbox,
        issuer=parts.issuer,
        issuers=parts.issuers,
        limits=Limits(settings.calls_a_minute),
        token_limits=Limits(settings.calls_a_minute),
        session_terms=SessionTerms(idle=settings.session_idle, lifetime=settings.session_lifetime),
        uploads=emptied(settings.home / "uploads"),
        startup=startup,
        shutdown=shutdown,
    )


def _prepare(workshop: Workshop, blobs: SealedBlobs) -> None:
    """What may be done while calls are answered already. Whatever is away now is tried again at the next start."""
    try:
        workshop.start()
    except IntakeBusy:
        _LOG.warning("uploads cannot be looked at: the process apart does not start")
    try:
        sealed = blobs.seal_all()
    except Unavailable as away:
        _LOG.warning("pages from before there was encryption wait for the next start: %s", away.code)
    else:
        if sealed:
            _LOG.warning("%s pages from before there was encryption are encrypted now", sealed)
