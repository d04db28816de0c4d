"""Composition root of the server: API and portal as one application. `niss api` serves it."""

from __future__ import annotations

import os

from fastapi import FastAPI

from api.app import create_app
from portal.app import create_portal
from runtime.house import House, make_house
from runtime.settings import PROJECT, Settings, load_settings


def furnish(house: House) -> FastAPI:
    """API and portal of one house."""
    portal = create_portal(house)
    app = create_app(house, pages=portal)
    app.state.portal = portal
    return app


def build(settings: Settings) -> FastAPI:
    """The application of these settings. Raises WrongSetting where tokens could not be trusted."""
    return furnish(make_house(settings))


def application() -> FastAPI:
    """The application of this process's environment: a factory for an ASGI server."""
    return build(load_settings(os.environ, project=PROJECT))
