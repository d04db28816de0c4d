"""The application: routers, problems, envelope."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from api import (
    audit,
    clients,
    company,
    desk,
    desk_pages,
    documents,
    errors,
    events,
    health,
    mailbox,
    metrics,
    notifications,
    requests,
    steps,
    wellknown,
)
from api.documentation import document
from api.middleware import Beside, Envelope, Pages
from runtime.house import House
from runtime.server import STOPPING

VERSION = "0.1.0"


class Application(FastAPI):
    """FastAPI with our OpenAPI document."""

    def openapi(self) -> dict[str, Any]:
        """The document served at /openapi.json."""
        return document(self)


def create_app(house: House, *, pages: Pages | None = None) -> FastAPI:
    """The HTTP API for one house, with the portal's pages beside it. Its start and stop run with the server's."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        await house.startup()
        try:
            yield {STOPPING: house.stopping}
        finally:
            await house.shutdown()

    app = Application(
        title="niss-desk",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.house = house
    app.state.meter = metrics.Meter()
    errors.install(app)
    routers = [requests.router, documents.router, steps.router, notifications.router, desk.router, health.router]
    routers += [desk.register, desk.counts, desk_pages.router, audit.router, company.router, events.router]
    routers += [metrics.router, clients.router, clients.tokens]
    if house.development:
        routers += [wellknown.router, mailbox.router]
    for router in routers:
        app.include_router(router)
    if pages is not None:
        app.add_middleware(Beside, pages=pages)
    app.add_middleware(Envelope, answered=app.state.meter.answered)
    return app
