"""A real SMTP server that accepts every mail and keeps it as a file: where mails go in development."""

from __future__ import annotations

import asyncio
import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 10_000_000


class _Keeper:
    """Handler of aiosmtpd: everybody is accepted, every mail becomes one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content or b""
        content = content if isinstance(content, bytes) else content.encode()
        try:
            await asyncio.to_thread(keep, self._folder, content, datetime.now(UTC))
        except OSError:
            return "451 This mail cannot be kept now"
        return "250 Kept"


def keep(folder: Path, content: bytes, at: datetime) -> Path:
    """Store one mail, whole or not at all, as `<sortable UTC time>-<random>.eml`."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(content)
    return unfinished.rename(folder / f"{name}.eml")


async def run_catcher(host: str, port: int, folder: Path, *, ready: asyncio.Event | None = None) -> None:
    """Serve until cancelled. OSError where the port is taken; `ready` is set once mails are accepted."""
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(_Keeper(folder), data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, hostname="catcher", loop=loop)

    server = await loop.create_server(connection, host, port)
    if ready is not None:
        ready.set()
    try:
        await server.serve_forever()
    finally:
        server.close()


def serve_catcher(host: str, port: int, folder: Path) -> None:
    """`run_catcher` as a process of its own: ends quietly on SIGINT and SIGTERM. OSError where the port is taken."""

    async def serve() -> None:
        serving = asyncio.ensure_future(run_catcher(host, port, folder))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
        await asyncio.wait([serving])
        if not serving.cancelled():
            serving.result()

    asyncio.run(serve())
