"""The API's composition: settings in, the application out."""

from __future__ import annotations

import os

from fastapi import FastAPI

from api.app import create_app
from api.dependencies import House
from runtime import wiring
from runtime.keys import kept_key
from runtime.settings import PROJECT, Settings, load_settings


def build(settings: Settings) -> FastAPI:
    """The application of these settings. Raises WrongSetting where tokens could not be trusted."""
    parts = wiring.make_api_parts(settings)
    return create_app(
        House(
            tools=parts.tools,
            deliver=parts.delivery,
            wait_until_answered=parts.watcher.wait_until_answered,
            wait_until_carried_out=parts.watcher.wait_until_carried_out,
            verify_token=parts.verifier,
            temporal_up=parts.temporal_up,
            smtp_up=parts.smtp_up,
            changed=parts.watcher.changed,
            stopping=parts.watcher.stop,
            secret=kept_key(settings.home, "idempotency.key"),
            public_url=settings.public_url,
            development=settings.development,
            now=wiring.utc_now,
            mailbox=None if settings.smtp_given or not settings.development else settings.mailbox,
            issuer=parts.issuer,
            shutdown=parts.delivery.close,
        )
    )


def application() -> FastAPI:
    """The application of this process's environment: a factory for an ASGI server."""
    return build(load_settings(os.environ, project=PROJECT))
