"""What every answer has: a trace id, safe headers, one line in the access log; and nothing of an error's text."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import unexpected

TRACE_HEADER = "BelGov-Trace-Id"
_TRACE = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}", re.ASCII)
#: No script and nothing from elsewhere on the few pages that the API has itself.
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"  # noqa: E501 - one header
_access = logging.getLogger("niss.api.access")


class Pages(Protocol):
    """The portal, as the API sees it: an application that knows its own addresses."""

    def answers(self, scope: Scope) -> bool:
        """Whether the address of this call is one of its pages."""
        ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        ...


class Beside:
    """Two applications at one address: pages for people, calls for software. What neither has is told in kind."""

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the one answer that has the address."""
        await (self._pages if self._is_page(scope) else self._app)(scope, receive, send)

    def _is_page(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["path"].startswith("/v1/"):
            return False
        if self._pages.answers(scope):
            return True
        if "text/html" not in Headers(scope=scope).get("accept", ""):
            return False
        return all(route.matches(scope)[0] is Match.NONE for route in scope["app"].routes)


class Envelope:
    """The outermost layer of the application, as plain ASGI: nothing passes it without trace id."""

    def __init__(self, app: ASGIApp, answered: Callable[[str, str | None, int, float], None]) -> None:
        """`answered` is told of every call: method, route's pattern, status, seconds until the answer began."""
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request = Request(scope, receive)
        trace_id = _trace_id(request.headers.get(TRACE_HEADER))
        scope["niss.trace_id"] = trace_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._answered(scope["method"], _route(scope), status, time.perf_counter() - started)
                _add_headers(MutableHeaders(scope=message), trace_id)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last place where an error can be kept from the outside
            answer = unexpected(request, error)
            if status == 0:
                await answer(scope, receive, send_with_headers)
        finally:
            _log(scope, status, started, trace_id)


def _trace_id(given: str | None) -> str:
    return given if given and _TRACE.fullmatch(given) else str(uuid.uuid4())


def _add_headers(headers: MutableHeaders, trace_id: str) -> None:
    headers[TRACE_HEADER] = trace_id
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cache-Control", "no-store")
    if headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Content-Security-Policy", _PAGE_POLICY)


def _log(scope: Scope, status: int, started: float, trace_id: str) -> None:
    milliseconds = (time.perf_counter() - started) * 1000
    _access.info("%s %s %d %.1f ms %s", scope["method"], _route(scope) or "-", status, milliseconds, trace_id)


def _route(scope: Scope) -> str | None:
    """The route's pattern, never the path as sent: somebody may have typed a name into it."""
    path: str | None = getattr(scope.get("route"), "path", None)
    return path
