"""Every page there is to open is a stop of a tour, so that axe and the keyboard come to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi.routing import iter_route_contexts

from tests.api.desk import Desk
from tests.portal import desk_tour
from tests.portal.tour import DOORS, Stop, tour

#: Opened, and no page to look at.
NO_PAGES = {
    "/static/{name}": "a file of ours",
    "/history.csv": "a file to keep",
    "/requests/{request_id}/answer": "leads to the first part that is asked for",
    "/requests/{request_id}/sent/state": "a part of the page `sent`, fetched by its script",
    "/requests/{request_id}/documents/{kind}/{number}": "an image",
    "/desk/requests/{request_id}/documents/{kind}/pages/{number}": "an image",
    "/sign-in/start/{key}": "leads to the issuer",
    "/still-here": "a number, for a script",
    "/issuer/.well-known/openid-configuration": "for programs",
    "/issuer/jwks.json": "for programs",
    "/issuer/end-session": "leads back to the sign-in",
}


def opened(desk: Desk) -> list[str]:
    """Every path of the route table that is opened, those before which come first where two match."""
    found = [(one.path or "", one.methods or ()) for one in iter_route_contexts(desk.app.state.portal.routes)]
    return [path for path, methods in found if "GET" in methods]


def route_of(path: str, routes: list[str]) -> str:
    """The route that answers at a path; "" where none does."""
    for route in routes:
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route)), path):
            return route
    return ""


async def test_every_page_of_the_route_table_is_a_stop(desk: Desk) -> None:
    stops: list[Stop] = [*await tour(desk), *await desk_tour.tour(desk)]
    routes = opened(desk)
    walked = {route_of(stop.ends or urlsplit(stop.path).path, routes) for stop in stops}
    assert set(routes) - walked == set(NO_PAGES), "a page without a stop, or a reason too many"
    assert len({stop.name for stop in stops}) >= 75
    assert {stop.name for stop in DOORS} <= {stop.name for stop in stops}
