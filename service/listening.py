"""Sessions of the portal that only listen: whether they still hold is asked for all of them together."""

from __future__ import annotations

import threading
import time

from access import sessions as secrets
from access.sessions import SessionTerms
from domain.errors import Unavailable
from service import sessions
from service.context import Tools

#: Who has not been asked about for so long listens no more.
_GONE_SECONDS = 120.0
#: After the database was away nobody asks it for so long: each would wait as long for it as the one before.
_AWAY_SECONDS = 5.0


class ListeningSessions:
    """One per API process, for all its threads: so many listeners, one query."""

    def __init__(self, tools: Tools, terms: SessionTerms) -> None:
        self._tools = tools
        self._terms = terms
        #: Of what is remembered below; never held while the database is asked.
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._listening: dict[str, float] = {}
        self._held: set[str] = set()
        self._known: set[str] = set()
        self._asked_at = self._failed_at = float("-inf")

    def begins(self, secret: str) -> None:
        """The session with this secret listens from now on: it is asked about with the others."""
        with self._lock:
            self._listening[secrets.digest(secret)] = time.monotonic()

    def holds_now(self, secret: str) -> bool:
        """The same of this session alone, as the database has it now: before it is told something."""
        return bool(sessions.still_ask(self._tools, self._terms, (secrets.digest(secret),)))

    def hold(self, secret: str, *, within: float) -> bool:
        """Whether the session with this secret held, and was of somebody who asks, within so many seconds.

        Raises Unavailable where the database is away, or was for whoever asked a moment ago.
        """
        digest = secrets.digest(secret)
        with self._lock:
            self._listening[digest] = time.monotonic()
        if not self._fresh(digest, within):
            with self._asking:
                # Whoever waited here finds what the one before was told.
                if not self._fresh(digest, within):
                    self._ask()
        with self._lock:
            return digest in self._held

    def _fresh(self, digest: str, within: float) -> bool:
        with self._lock:
            return digest in self._known and time.monotonic() - self._asked_at < within

    def _ask(self) -> None:
        now = time.monotonic()
        if now - self._failed_at < _AWAY_SECONDS:
            raise Unavailable("The database was away a moment ago.")
        with self._lock:
            self._listening = {digest: at for digest, at in self._listening.items() if now - at < _GONE_SECONDS}
            asked = set(self._listening)
        try:
            held = sessions.still_ask(self._tools, self._terms, asked)
        except Unavailable:
            self._failed_at = time.monotonic()
            raise
        with self._lock:
            self._held, self._known, self._asked_at = held, asked, now
