"""Whether what the settings name can be used: asked once, before a process starts, and told in one line each.

A setting that can never work stops the start. A database or a Temporal that merely is away is waited for, and said so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from obstore.exceptions import BaseError
from sqlalchemy import Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from documents.blobs import ObjectBlobs
from domain.errors import BlobStoreUnavailable
from runtime.database import CACHE_KIB, make_engine
from runtime.ports import answers
from runtime.settings import Settings, WrongSetting

Say = Callable[[str], None]

ENGINE_PATIENCE = 30.0
"""Seconds in which a given Temporal must accept a connection when the whole service starts."""

SAY_EVERY = 10.0
"""Seconds between two lines that say what is waited for."""

_PAUSE = 0.5
#: What a PostgreSQL server says that will be there in a moment.
_SOON = ("starting up", "shutting down", "not yet accepting", "recovery", "too many", "remaining connection slots")


class DatabaseAway(WrongSetting):
    """Nobody answers there now."""


def check(settings: Settings) -> None:
    """Raise WrongSetting where data folder, database or store of pages cannot be used, or the database is away."""
    settings.make_home()
    check_blobs(settings)
    check_database(settings)


def wait(settings: Settings, say: Say) -> None:
    """The same for a part of the service that runs alone: a database that is away is waited for."""
    settings.make_home()
    check_blobs(settings)
    told = -SAY_EVERY
    while True:
        try:
            check_database(settings)
        except DatabaseAway as away:
            if time.monotonic() - told >= SAY_EVERY:
                told = time.monotonic()
                say(f"waiting for the database: {away}")
            time.sleep(_PAUSE)
        else:
            return


def await_engine(settings: Settings, say: Say, *, patience: float = ENGINE_PATIENCE) -> None:
    """Return when somebody listens where the given Temporal should be. Raises WrongSetting after `patience` seconds."""
    host, _, port = settings.temporal_target.rpartition(":")
    began = time.monotonic()
    told = began - SAY_EVERY
    while not answers(host.strip("[]"), int(port), patience=2.0):
        now = time.monotonic()
        if now - began > patience:
            raise WrongSetting(
                f"TEMPORAL_ADDRESS: nothing answers at {settings.temporal_target}; "
                "start Temporal there, or leave it out for the embedded one"
            )
        if now - told >= SAY_EVERY:
            told = now
            say(f"waiting for Temporal at {settings.temporal_target}, as TEMPORAL_ADDRESS or TEMPORAL_PROFILE says")
        time.sleep(_PAUSE)


def check_blobs(settings: Settings) -> None:
    """Raise WrongSetting where pages cannot be kept. A bucket is not asked: its host may merely be away."""
    folder = settings.blob_url.startswith("file:")
    try:
        blobs = ObjectBlobs(settings.blob_url)
        if folder:
            blobs.check()
    except (BaseError, BlobStoreUnavailable, OSError, ValueError):
        what = "this folder cannot be made or written to" if folder else "is not a bucket that can be used"
        raise WrongSetting(f"NISS_BLOB_URL: {what}") from None


def open_engine(
    settings: Settings,
    *,
    url: str | None = None,
    name: str = "NISS_DATABASE_URL",
    pool: int | None = None,
    cache_kib: int = CACHE_KIB,
) -> Engine:
    """The engine of the configured database, or of another, by the setting's name; the folder of a file is made.

    Raises WrongSetting.
    """
    text = url or settings.database_url
    try:
        parsed = make_url(text)
        if parsed.get_backend_name() == "sqlite":
            _make_folder(parsed, name)
        return make_engine(
            text, synchronous=settings.sqlite_synchronous, pool=pool or settings.database_pool, cache_kib=cache_kib
        )
    except (ArgumentError, ValueError):
        raise WrongSetting(f"{name}: not a URL of a database") from None


def check_database(settings: Settings) -> None:
    """Raise WrongSetting where the database can never be used, DatabaseAway where it does not answer now."""
    engine = open_engine(settings)
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise _named(engine.url, error) from None
    finally:
        engine.dispose()


def _make_folder(url: URL, name: str) -> None:
    if url.database in (None, "", ":memory:"):
        raise WrongSetting(f"{name}: must name a file, as in sqlite:////var/lib/niss/niss.db")
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongSetting(f"{name}: the folder {folder} cannot be made: {error.strerror}") from None


def _named(url: URL, error: DBAPIError) -> WrongSetting:
    """What a database says, without what a URL may hold of a password."""
    if url.get_backend_name() == "sqlite":
        return WrongSetting(f"NISS_DATABASE_URL: {url.database} cannot be opened as a database: {error.orig}")
    place = f"{url.host or 'this machine'}:{url.port or 5432}"
    said = str(error.orig)
    refusal = next((line.partition("FATAL:")[2].strip() for line in said.splitlines() if "FATAL:" in line), "")
    if not isinstance(error, OperationalError):
        return WrongSetting(f"NISS_DATABASE_URL: cannot be used: {said.splitlines()[0] if said else 'no reason'}")
    if refusal and not any(words in refusal for words in _SOON):
        return WrongSetting(f"NISS_DATABASE_URL: the server at {place} refuses: {refusal}")
    return DatabaseAway(f"NISS_DATABASE_URL: no database answers at {place}")
