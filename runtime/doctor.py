"""What `niss doctor` looks at: every part from outside, as the service would use it, and what to do where it fails.

Nothing is changed, except that the blob store keeps one byte for a moment. Nothing personal is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from access.tokens import LEEWAY_SECONDS
from documents.blobs import ObjectBlobs
from documents.zone.reader import ChildZoneReader, blank_page
from domain.errors import NissDeskError, Unavailable, ZonePending, ZoneReaderUnavailable
from runtime import schema
from runtime.clocks import issuer_clock, postgresql_clock
from runtime.doctor_heads import log_examined, url_examined
from runtime.doctor_issuers import issuers_examined
from runtime.doctor_keys import State, keys_examined
from runtime.engine import RETENTION, SEARCH_ATTRIBUTES, connect_now, missing_attributes, retention
from runtime.heads import HeadsFile
from runtime.prudence import imprudences
from runtime.readiness import worker_polls
from runtime.settings import Settings, WrongSetting
from runtime.wiring import make_postman, open_database
from store.unit_of_work import Store
from workflows.options import TASK_QUEUE

PATIENCE_SECONDS = 10.0
#: Facts are signalled at once, or by the relay after two seconds; older ones mean that nobody signals.
WAITING_TOO_LONG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part. `do` says what to do about it, "" where it is well."""

    name: str
    state: State
    says: str
    do: str = ""


Check = Callable[[], Awaitable[list[Finding]]]


def checks(settings: Settings) -> Iterator[tuple[str, Check]]:
    """Every check by name, in the order in which one would look."""
    doctor = _Doctor(settings)
    yield "settings", doctor.settings_are_safe
    yield "database", doctor.database_answers
    yield "blobStore", doctor.blob_store_works
    yield "keyStore", doctor.keys_are_there
    yield "zones", doctor.zones_are_read
    yield "smtp", doctor.mail_server_answers
    yield "engine", doctor.engine_is_ready
    yield "issuer", doctor.issuer_answers
    yield "clock", doctor.clock_is_right


async def examined(name: str, check: Check) -> list[Finding]:
    """What a check found; one that takes too long, or fails in a way of its own, is a finding too."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await check()
    except TimeoutError:
        return [
            Finding(name, "wrong", f"no answer within {PATIENCE_SECONDS:.0f} s", "look at its host and the network")
        ]
    except Exception as error:  # noqa: BLE001 - a doctor reports what it did not expect, by kind alone
        return [Finding(name, "wrong", f"the check failed: {type(error).__name__}", "report this as a bug")]


class _Doctor:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def settings_are_safe(self) -> list[Finding]:
        """What would stop the start, and what one would regret later."""
        settings = self._settings
        try:
            settings.check_issuer()
        except WrongSetting as wrong:
            name, _, says = str(wrong).partition(": ")
            return [Finding("settings", "wrong", f"{name}: {says}", f"set {name}: docs/configuration.md")]
        found = [Finding("settings", "warning", says, do) for says, do in imprudences(settings)]
        found += [Finding("settings", "warning", line, "docs/configuration.md") for line in settings.warnings]
        return found or [Finding("settings", "ok", f"mode {settings.mode}, data folder {settings.home}")]

    async def database_answers(self) -> list[Finding]:
        """The database, the level of its schema, and whether accepted facts reach Temporal."""
        url, file = make_url(self._settings.database_url), self._file()
        if file is not None and not file.exists():
            return [Finding("database", "wrong", f"{file} is not there", "niss migrate makes it")]
        engine = open_database(self._settings)
        try:
            return [
                *await asyncio.to_thread(_database, engine, HeadsFile(self._settings.heads_file)),
                *await self._heads_posted(engine),
            ]
        except (Unavailable, SQLAlchemyError):
            where = file or f"{url.host}:{url.port or 5432}"
            return [Finding("database", "wrong", f"{where} does not answer", "start it; check NISS_DATABASE_URL")]
        finally:
            engine.dispose()

    async def _heads_posted(self, engine: Engine) -> list[Finding]:
        url = self._settings.heads_url
        if url is None or not await asyncio.to_thread(schema.is_current, engine):
            return []
        return [Finding("heads", *await url_examined(Store(engine), url))]

    def _file(self) -> Path | None:
        """The database's file, where it is one: who opens it makes it."""
        url = make_url(self._settings.database_url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    async def blob_store_works(self) -> list[Finding]:
        """Whether a page can be written and forgotten."""
        try:
            await asyncio.to_thread(ObjectBlobs(self._settings.blob_url).check)
        except (Unavailable, ValueError):
            do = "check NISS_BLOB_URL, the bucket's keys or the folder's rights, and free space"
            return [Finding("blobStore", "wrong", "pages cannot be stored", do)]
        return [Finding("blobStore", "ok", "a page was written and forgotten")]

    async def keys_are_there(self) -> list[Finding]:
        """The keys that pages are encrypted by, and the key that encrypts these."""
        file = self._file()
        if file is not None and not file.exists():
            return [Finding("keyStore", "warning", "there is no database yet, so no page has a key", "niss migrate")]
        engine = open_database(self._settings)
        try:
            state, says, do = await asyncio.to_thread(keys_examined, self._settings, engine)
        finally:
            engine.dispose()
        return [Finding("keyStore", state, says, do)]

    async def zones_are_read(self) -> list[Finding]:
        """Whether the reader of machine-readable zones is installed and starts; nothing else depends on it."""
        reader = ChildZoneReader()
        try:
            await asyncio.to_thread(reader.read, [blank_page()], patience=PATIENCE_SECONDS - 1)
        except ZonePending:
            return [Finding("zones", "warning", "the reader takes long to start", "is the machine busy?")]
        except ZoneReaderUnavailable as gone:
            do = "make setup; until then documents are accepted and their zones not read"
            return [Finding("zones", "warning", gone.detail, do)]
        finally:
            await asyncio.to_thread(reader.close)
        return [Finding("zones", "ok", "machine-readable zones are read")]

    async def mail_server_answers(self) -> list[Finding]:
        """Whether it says hello, and takes our login."""
        try:
            await make_postman(self._settings).check()
        except Unavailable:
            do = "check NISS_SMTP_URL and the mail server; mails wait meanwhile, for NISS_MAIL_DEADLINE"
            return [Finding("smtp", "wrong", "the mail server does not answer", do)]
        return [Finding("smtp", "ok", "the mail server says hello")]

    async def engine_is_ready(self) -> list[Finding]:
        """Temporal, its namespace, and whether a worker asks for work."""
        target = self._settings.temporal_target
        do = "start the service (make run)" if self._settings.embedded_engine else "start it; check TEMPORAL_ADDRESS"
        try:
            client = await connect_now(self._settings)
            await client.service_client.check_health()
        except (NissDeskError, RPCError):
            return [Finding("engine", "wrong", f"Temporal at {target} does not answer", do)]
        found = [Finding("engine", "ok", f"Temporal at {target} answers")]
        try:
            return [*found, await _retention(client), await _attributes(client), await _worker(client)]
        except RPCError as refused:
            says = f"namespace {client.namespace}: {refused.status.name}"
            return [*found, Finding("namespace", "wrong", says, "start a worker: it makes the namespace (niss worker)")]

    async def issuer_answers(self) -> list[Finding]:
        """Whether tokens can be verified, and people can sign in."""
        return [Finding("issuer", *said) for said in await issuers_examined(self._settings)]

    async def clock_is_right(self) -> list[Finding]:
        """Our clock beside those of whom we work with: tokens expire and deadlines pass by it."""
        others: list[tuple[str, datetime]] = []
        if self._settings.database_url.startswith("postgresql"):
            others += await asyncio.to_thread(postgresql_clock, self._settings)
        if self._settings.oidc_issuer is not None:
            others += await issuer_clock(self._settings.oidc_issuer)
        now = datetime.now(UTC)
        if not others:
            return [Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC; there is no other clock to compare with")]
        name, farthest = max(others, key=lambda other: abs(other[1] - now))
        apart = (now - farthest).total_seconds()
        if abs(apart) <= 2:
            return [Finding("clock", "ok", f"with {name} to {abs(apart):.1f} s")]
        says = f"{abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} {name}"
        state: State = "wrong" if abs(apart) >= LEEWAY_SECONDS else "warning"
        return [Finding("clock", state, says, "synchronise both by NTP")]


def _database(engine: Engine, heads: HeadsFile) -> list[Finding]:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    found = [Finding("database", "ok", f"{engine.dialect.name} answers")]
    if not schema.is_current(engine):
        return [*found, Finding("migrations", "wrong", "the schema is not this code's", "niss migrate")]
    found.append(Finding("migrations", "ok", "the schema is this code's"))
    late = text("SELECT count(*) FROM facts WHERE delivered_at IS NULL AND at < :before")
    before = (datetime.now(UTC) - WAITING_TOO_LONG).replace(tzinfo=None)
    with engine.connect() as connection:
        waiting = connection.execute(late, {"before": before}).scalar_one()
    if waiting:
        do = "see the worker's log; niss requests list --waiting"
        found.append(Finding("facts", "wrong", f"{waiting} accepted facts have not reached Temporal", do))
    else:
        found.append(Finding("facts", "ok", "all accepted facts have reached Temporal"))
    return [*found, Finding("consultations", *log_examined(Store(engine), heads))]


async def _retention(client: Client) -> Finding:
    kept = await retention(client)
    says = f"closed requests are kept for {kept.days} days"
    if kept >= RETENTION:
        return Finding("retention", "ok", says)
    do = f"temporal operator namespace update --namespace {client.namespace} --retention {RETENTION.days}d"
    return Finding("retention", "warning", says, do)


async def _attributes(client: Client) -> Finding:
    missing = await missing_attributes(client)
    if not missing:
        return Finding("searchAttributes", "ok", "all there")
    flags = " ".join(f"--name {name} --type {SEARCH_ATTRIBUTES[name]}" for name in missing)
    do = f"temporal operator search-attribute create --namespace {client.namespace} {flags}"
    return Finding("searchAttributes", "wrong", f"missing: {', '.join(missing)}", do)


async def _worker(client: Client) -> Finding:
    if await worker_polls(client, TASK_QUEUE):
        return Finding("worker", "ok", f"a worker asks task queue {TASK_QUEUE}")
    do = "start one: niss worker (make run starts its own)"
    return Finding("worker", "wrong", f"no worker asks task queue {TASK_QUEUE}", do)
