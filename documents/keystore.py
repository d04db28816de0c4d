"""The keys of requests, wrapped, in a database of their own: whoever loses a request's key loses its pages for good.

It stands beside the main database and is backed up apart, so that a backup of pages and rows does not bring back
what was erased. An erased request stays in it by its id, without a key.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.schema import CreateTable

from documents.keyring import KEY_BYTES, KeyRing
from domain.errors import KeyStoreUnavailable, NotFound

_METADATA: Final = MetaData()
_KEYS: Final = Table(
    "request_keys",
    _METADATA,
    Column("request_id", String(64), primary_key=True),
    Column("wrapped_by", String(16)),
    Column("wrapped", LargeBinary),
    Column("erased_at", DateTime(timezone=True)),
)
#: What has been done once in this store.
_DONE: Final = Table("key_store_done", _METADATA, Column("what", String(40), primary_key=True))


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds: how many keys by the fingerprint of what wraps them, and of which requests."""

    wrapped_by: Counter[str]
    kept: frozenset[str]
    erased: frozenset[str]


class KeyStore:
    """Keys of requests by id. Raises KeyStoreUnavailable where it does not answer, or a key cannot be opened."""

    def __init__(
        self, engine: Engine, ring: Callable[[], KeyRing], now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`ring` is called when a key is first wrapped or opened; what it raises of ours goes to the caller."""
        self._engine = engine
        self._ring = ring
        self._now = now
        self._lock = threading.Lock()
        self._there = False

    def key(self, request_id: str) -> bytes | None:
        """The key of a request, None where none was ever made. Raises NotFound where it was erased."""
        with self._connected() as connection:
            return self._key(connection, request_id)

    def made_key(self, request_id: str) -> bytes:
        """The key of a request, made where there is none. Raises NotFound where it was erased."""
        ring = self._ring()
        with self._connected() as connection:
            found = self._key(connection, request_id)
        if found is not None:
            return found
        wrapped = ring.wrap(secrets.token_bytes(KEY_BYTES), request_id)
        try:
            with self._connected(write=True) as connection:
                row = {"request_id": request_id, "wrapped_by": ring.current, "wrapped": wrapped}
                connection.execute(insert(_KEYS).values(row))
        except IntegrityError:
            pass  # another call was faster: its key counts
        with self._connected() as connection:
            found = self._key(connection, request_id)
        if found is None:
            raise KeyStoreUnavailable("a key was made and is not there")
        return found

    def erase(self, request_id: str) -> None:
        """Forget a request's key for good; a repeat changes nothing. Needs no key-encryption key."""
        gone = {"wrapped_by": None, "wrapped": None, "erased_at": self._now()}
        with self._connected(write=True) as connection:
            if connection.dialect.name == "sqlite":
                # Otherwise what was overwritten stays readable in the file.
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            there = connection.execute(select(_KEYS.c.erased_at).where(_KEYS.c.request_id == request_id)).first()
            if there is None:
                connection.execute(insert(_KEYS).values(request_id=request_id, **gone))
            elif there.erased_at is None:
                connection.execute(update(_KEYS).where(_KEYS.c.request_id == request_id).values(gone))
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as raw:
                raw.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    def rewrap(self, told: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Wrap by the ring's current key whatever another one wraps; the number of keys.

        May be broken off and repeated. `told` hears (done, all) after each.
        """
        ring = self._ring()
        older = (_KEYS.c.wrapped.is_not(None)) & (_KEYS.c.wrapped_by != ring.current)
        with self._connected() as connection:
            rows = connection.execute(select(_KEYS).where(older)).all()
        for done, row in enumerate(rows, 1):
            key = self._opened(row.wrapped_by, row.wrapped, row.request_id)
            renewed = {"wrapped_by": ring.current, "wrapped": ring.wrap(key, row.request_id)}
            same = (_KEYS.c.request_id == row.request_id) & (_KEYS.c.wrapped_by == row.wrapped_by)
            with self._connected(write=True) as connection:
                connection.execute(update(_KEYS).where(same).values(renewed))
            told(done, len(rows))
        return len(rows)

    def held(self) -> Held:
        """What is in it."""
        with self._connected() as connection:
            rows = connection.execute(select(_KEYS.c.request_id, _KEYS.c.wrapped_by)).all()
        kept = [row for row in rows if row.wrapped_by is not None]
        return Held(
            Counter(row.wrapped_by for row in kept),
            frozenset(row.request_id for row in kept),
            frozenset(row.request_id for row in rows if row.wrapped_by is None),
        )

    def check(self) -> None:
        """Raise KeyStoreUnavailable where no key could be made or opened now."""
        self._ring()
        with self._connected() as connection:
            connection.execute(select(func.count()).select_from(_DONE)).scalar_one()

    def close(self) -> None:
        """Let go of its connections."""
        self._engine.dispose()

    def done(self, what: str) -> bool:
        """Whether something that is done once was done."""
        with self._connected() as connection:
            return connection.execute(select(_DONE).where(_DONE.c.what == what)).first() is not None

    def note_done(self, what: str) -> None:
        """It was."""
        try:
            with self._connected(write=True) as connection:
                connection.execute(insert(_DONE).values(what=what))
        except IntegrityError:
            return

    def _key(self, connection: Connection, request_id: str) -> bytes | None:
        row = connection.execute(select(_KEYS).where(_KEYS.c.request_id == request_id)).first()
        if row is None:
            return None
        if row.wrapped is None:
            raise NotFound("This page is not there any more.")
        return self._opened(row.wrapped_by, row.wrapped, request_id)

    def _opened(self, wrapped_by: str, wrapped: bytes, request_id: str) -> bytes:
        try:
            return self._ring().unwrap(wrapped_by, wrapped, request_id)
        except (KeyError, ValueError):
            raise KeyStoreUnavailable("the key of a request cannot be opened") from None

    @contextmanager
    def _connected(self, *, write: bool = False) -> Iterator[Connection]:
        try:
            self._make_tables()
            with self._engine.connect().execution_options(write=write) as connection, connection.begin():
                yield connection
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeoutError):
            raise KeyStoreUnavailable("the store of request keys does not answer") from None

    def _make_tables(self) -> None:
        with self._lock:
            if self._there:
                return
            try:
                self._create()
            except DBAPIError:
                self._create()  # two processes at one moment: PostgreSQL refuses one of them
            self._there = True

    def _create(self) -> None:
        with self._engine.connect().execution_options(write=True) as connection, connection.begin():
            for table in _METADATA.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
