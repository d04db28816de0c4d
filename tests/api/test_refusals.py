"""Every route against every kind of wrong call: the right refusal wins, as a problem that names what is wrong."""

import json
from typing import Any

import pytest

from tests.api.conftest import on_both
from tests.api.routes import NOWHERE, READ_BY_BOTH, ROUTES, address, names, problem, unknown


@on_both
@pytest.mark.parametrize(("method", "path", "_body", "_who"), ROUTES)
async def test_without_a_token_nothing_else_matters(desk: Any, method: str, path: str, _body: Any, _who: str) -> None:
    url = unknown(path) + "?unknown=1"
    told = await desk.as_(None).request(method, url, content=b"{not json")
    problem(told, 401, "noAccessToken")
    assert told.headers["www-authenticate"].startswith("Bearer")
    headers = {"Authorization": "Basic YWxpY2U6YQ=="}
    problem(await desk.as_(None).request(method, url, headers=headers), 401, "noAccessToken")
    headers = {"Authorization": "Bearer a.b.c"}
    problem(await desk.as_(None).request(method, url, headers=headers), 401, "invalidAccessToken")


@on_both
@pytest.mark.parametrize(("method", "path", "_body", "who"), ROUTES)
async def test_the_wrong_role_is_told_before_anything_else(
    desk: Any, method: str, path: str, _body: Any, who: str
) -> None:
    url = unknown(path) + "?unknown=1"
    others = ["oscar", "stranger"]
    if (method, path) not in READ_BY_BOTH:
        others += {
            "bob": ["dave"],
            "alice": ["bob", "dave"],
            "dave": ["alice", "ada"],
            "sven": ["dave"],
            "ada": ["sven"],
        }[who]
    for other in others:
        told = problem(await desk.as_(other).request(method, url, content=b"{not json"), 403, "missingPermission")
        if other == "stranger":
            assert "main access administrator" in told["detail"]


@on_both
@pytest.mark.parametrize(("method", "path", "_body", "who"), [route for route in ROUTES if "{" in route[1]])
async def test_what_is_not_the_callers_is_not_there(desk: Any, method: str, path: str, _body: Any, who: str) -> None:
    if who not in ("dave", "sven"):
        foreign = await desk.opened("carol")
        callers = ["bob", "dave"] if (method, path) in READ_BY_BOTH else [who]
    else:
        foreign = await desk.opened("bob")  # a draft is no agent's
        callers = [who]
    for caller in callers:
        for request_id in (foreign, NOWHERE, "%00", "x" * 200, "Jean%20Dupont"):
            anything = dict.fromkeys(("id", "member", "mandate", "notification", "client"), request_id)
            url = path.format(**anything) + "?unknown=1"
            problem(await desk.as_(caller).request(method, url, content=b"{not json"), 404, "resourceNotFound")


@on_both
@pytest.mark.parametrize(("method", "path", "_body", "who"), ROUTES)
async def test_unknown_query_parameters_are_refused(desk: Any, method: str, path: str, _body: Any, who: str) -> None:
    request_id = await desk.in_review()
    url = await address(desk, path, request_id) + "?unknown=Jean&pagesize=3"
    told = problem(await desk.as_(who).request(method, url), 400, "badRequest")
    assert ("query", "unknown") in names(told)
    assert ("query", "pagesize") in names(told)
    assert "Jean" not in json.dumps(told)


JSON_ROUTES = [route for route in ROUTES if isinstance(route[2], dict)]


@pytest.mark.parametrize("route", JSON_ROUTES)
@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{not json", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b'{"a": 1, "a": 2}', "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b'{"a": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"surname": "\xff\xfe"}', "application/json", 400),
        (b'{"surname": "a\\u0000b"}', "application/json", 400),
        (b'{"surname": "\\ud800"}', "application/json", 400),
        (b'{"\\ud800": 1}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/xml", 415),
        (b" " * 1_000_001, "application/json", 400),
        (b" " * 40_000_001, "application/json", 413),
    ],
)
async def test_bodies_that_are_not_understood(
    desk: Any, route: tuple[str, str, Any, str], content: bytes, media_type: str, status: int
) -> None:
    method, path, _, who = route
    request_id = await desk.in_review() if who in ("dave", "sven") else await desk.opened()
    answer = await desk.as_(who).request(
        method, await address(desk, path, request_id), content=content, headers={"Content-Type": media_type}
    )
    codes = {400: "badRequest", 413: "payloadTooLarge", 415: "unsupportedMediaType"}
    problem(answer, status, codes[status])


@pytest.mark.parametrize(("method", "path", "body", "who"), JSON_ROUTES)
async def test_unknown_members_are_named_and_nothing_is_repeated(
    desk: Any, method: str, path: str, body: Any, who: str
) -> None:
    request_id = await desk.in_review() if who in ("dave", "sven") else await desk.opened()
    sent = {**body, "isAdmin": "Zyxwvut"}
    told = problem(
        await desk.as_(who).request(method, await address(desk, path, request_id), json=sent), 400, "badRequest"
    )
    assert ("body", "isAdmin") in names(told)
    assert "Zyxwvut" not in json.dumps(told)
