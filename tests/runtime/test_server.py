"""Whose calls the server says they are: a proxy's word is believed where the proxy is one that we know."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI, Request

from access.limits import network_of
from runtime.server import configured


@pytest.mark.parametrize(("believed", "found"), [(None, "192.0.2.7"), ("10.0.0.1", "127.0.0.1")])
async def test_a_known_proxy_names_the_caller(
    monkeypatch: pytest.MonkeyPatch, believed: str | None, found: str
) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    if believed is not None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", believed)
    app = FastAPI()

    @app.get("/")
    async def whose(request: Request) -> str:
        return network_of(request.client.host if request.client else None)

    server = configured(app, host="127.0.0.1", port=0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done()
        await asyncio.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        async with httpx.AsyncClient() as proxy:
            answer = await proxy.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": "192.0.2.7"})
        assert answer.json() == found
    finally:
        server.should_exit = True
        await serving
