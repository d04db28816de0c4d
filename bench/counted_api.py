"""The API's process with its statements counted: what bench.waiters has as a child.

    .venv/bin/python -m bench.counted_api    serves as `niss api` does; GET /bench/statements answers their number

The application is the real one: the number is counted under it, and answered beside it.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from runtime.server import serve
from runtime.settings import PROJECT, load_settings
from web import application as real_application

COUNTED_AT = "/bench/statements"
Message = MutableMapping[str, Any]
Asgi = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


def application() -> Asgi:
    """The application of this process's environment, and beside it the number of statements of all its engines."""
    counting, sent = count(1), [0]

    def seen(*_: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own arguments
        sent[0] = next(counting)

    event.listen(Engine, "before_cursor_execute", seen)
    real: Asgi = real_application()

    async def counted(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http" or scope["path"] != COUNTED_AT:
            await real(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": str(sent[0]).encode()})

    return counted


if __name__ == "__main__":
    serve("bench.counted_api:application", load_settings(os.environ, project=PROJECT))
