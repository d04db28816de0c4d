"""The HTTP server: uvicorn, which lets go of whoever only listens before it waits for calls to end."""

from __future__ import annotations

import socket
from contextlib import suppress

import uvicorn

from runtime.settings import Settings

#: Calls that are being answered have so many seconds to end.
GRACE_SECONDS = 2
#: Under this name the application's lifespan gives what is to be called when the server begins to stop.
STOPPING = "stopping"


class Server(uvicorn.Server):
    """A stream of events never ends by itself: the application is told when it must."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: first the streams, then everything else."""
        stopping = self.lifespan.state.get(STOPPING)
        if stopping is not None:
            stopping()
        await super().shutdown(sockets)


def configured(application: object, *, host: str, port: int, factory: bool = False) -> Server:
    """A server of an ASGI application, or of a factory of one, that logs and says little."""
    return Server(
        uvicorn.Config(
            application,  # type: ignore[arg-type]
            factory=factory,
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


def serve(factory: str, settings: Settings) -> None:
    """Serve until the process is told to stop. `factory` is a name such as `web:application`."""
    server = configured(factory, host=settings.host, port=settings.port, factory=True)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(3)
