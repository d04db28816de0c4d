"""Sessions of the portal that only listen: whether they still hold is asked for all of them together."""

from __future__ import annotations

import threading
import time

from access import sessions as secrets
from access.sessions import SessionTerms
from service import sessions
from service.context import Tools

#: Who has not been asked about for so long listens no more.
_GONE_SECONDS = 120.0


class ListeningSessions:
    """One per API process, for all its threads: so many listeners, one query."""

    def __init__(self, tools: Tools, terms: SessionTerms) -> None:
        self._tools = tools
        self._terms = terms
        self._lock = threading.Lock()
        self._listening: dict[str, float] = {}
        self._held: set[str] = set()
        self._known: set[str] = set()
        self._asked_at = float("-inf")

    def begins(self, secret: str) -> None:
        """The session with this secret listens from now on: it is asked about with the others."""
        with self._lock:
            self._listening[secrets.digest(secret)] = time.monotonic()

    def holds_now(self, secret: str) -> bool:
        """The same of this session alone, as the database has it now: before it is told something."""
        return bool(sessions.still_ask(self._tools, self._terms, (secrets.digest(secret),)))

    def hold(self, secret: str, *, within: float) -> bool:
        """Whether the session with this secret held, and was of somebody who asks, within so many seconds.

        Raises Unavailable where the database is away.
        """
        digest = secrets.digest(secret)
        with self._lock:
            now = time.monotonic()
            self._listening[digest] = now
            if digest not in self._known or now - self._asked_at >= within:
                self._ask(now)
            return digest in self._held

    def _ask(self, now: float) -> None:
        self._listening = {digest: at for digest, at in self._listening.items() if now - at < _GONE_SECONDS}
        asked = set(self._listening)
        self._held = sessions.still_ask(self._tools, self._terms, asked)
        self._known, self._asked_at = asked, now
