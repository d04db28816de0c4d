"""Every route against every kind of wrong call: the right refusal wins, as a problem that names what is wrong."""

import json
from typing import Any

import httpx
import pytest

from api.errors import MEDIA_TYPE
from tests.api.conftest import on_both

# method, path, what a good body is (None: no body), who may call it
ROUTES: list[tuple[str, str, Any, str]] = [
    ("POST", "/v1/requests", {}, "bob"),
    ("GET", "/v1/requests", None, "bob"),
    ("POST", "/v1/requests/query", {}, "bob"),
    ("GET", "/v1/requests/{id}", None, "bob"),
    ("DELETE", "/v1/requests/{id}", None, "bob"),
    ("GET", "/v1/requests/{id}/history", None, "bob"),
    ("PUT", "/v1/requests/{id}/documents/passport", "multipart", "bob"),
    ("DELETE", "/v1/requests/{id}/documents/passport", None, "bob"),
    ("GET", "/v1/requests/{id}/documents/passport/pages/1", None, "bob"),
    ("PUT", "/v1/requests/{id}/personalData", {"surname": "A", "birthDate": "1990"}, "bob"),
    ("PUT", "/v1/requests/{id}/address", {"official": {}}, "bob"),
    ("POST", "/v1/requests/{id}/submission", {}, "bob"),
    ("POST", "/v1/requests/{id}/objection", {"message": "Not ours."}, "bob"),
    ("GET", "/v1/events", None, "bob"),
    ("GET", "/v1/company", None, "bob"),
    ("GET", "/v1/company/members", None, "bob"),
    ("POST", "/v1/company/members", {"email": "new@acme.example"}, "alice"),
    ("GET", "/v1/company/members/{member}", None, "bob"),
    ("PUT", "/v1/company/members/{member}", {"role": "requester"}, "alice"),
    ("DELETE", "/v1/company/members/{member}", None, "alice"),
    ("GET", "/v1/company/mandates", None, "bob"),
    ("POST", "/v1/company/mandates", {"enterpriseNumber": "0999001218"}, "alice"),
    ("GET", "/v1/company/mandates/{mandate}", None, "bob"),
    ("DELETE", "/v1/company/mandates/{mandate}", None, "alice"),
    ("GET", "/v1/company/trail", None, "alice"),
    ("GET", "/v1/audit/trail", None, "ada"),
    ("GET", "/v1/company/clients", None, "alice"),
    ("POST", "/v1/company/clients", {"name": "A", "email": "a@acme.example", "scopes": ["requests:read"]}, "alice"),
    ("GET", "/v1/company/clients/{client}", None, "alice"),
    ("POST", "/v1/company/clients/{client}/rotation", None, "alice"),
    ("DELETE", "/v1/company/clients/{client}", None, "alice"),
    ("GET", "/v1/notifications", None, "bob"),
    ("POST", "/v1/notifications/{notification}/read", None, "bob"),
    ("GET", "/v1/desk/requests", None, "dave"),
    ("POST", "/v1/desk/register/query", {"surname": "Reuter"}, "dave"),
    ("POST", "/v1/desk/register/replacement", {"ssin": "83452416311", "replacedBy": "95450603360"}, "dave"),
    ("GET", "/v1/desk/requests/{id}", None, "dave"),
    ("GET", "/v1/desk/requests/{id}/documents/passport/pages/1", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/claim", None, "dave"),
    ("DELETE", "/v1/desk/requests/{id}/claim", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/ruling", {"kind": "reject", "reason": "other"}, "dave"),
    ("POST", "/v1/desk/requests/{id}/ruling/confirmation", None, "dave"),
    ("DELETE", "/v1/desk/requests/{id}/ruling", None, "dave"),
    ("POST", "/v1/desk/requests/{id}/opening", {"reason": "A call."}, "dave"),
    ("PUT", "/v1/desk/requests/{id}/assignment", {"assignee": "somebody"}, "sven"),
    ("GET", "/v1/desk/statistics", None, "sven"),
    ("POST", "/v1/audit/consultations/query", {}, "ada"),
]
READ_BY_BOTH = {
    (method, path) for method, path, _, _ in ROUTES if method == "GET" and "{id}" in path and "desk" not in path
}
NOWHERE = "0b8a0c6e-0000-4000-8000-000000000000"


def unknown(path: str) -> str:
    return path.format(id=NOWHERE, member=NOWHERE, mandate=NOWHERE, notification=NOWHERE, client=NOWHERE)


async def address(desk: Any, path: str, request_id: str) -> str:
    """The path of something that is there, and the caller's."""
    found = {"id": request_id}
    if "{member}" in path:
        found["member"] = (await desk.as_("bob").get(f"/v1/requests/{await desk.opened()}")).json()["requester"]["id"]
    if "{client}" in path:
        found["client"] = await desk.client_of("alice")
    if "{mandate}" in path:
        found["mandate"] = (await desk.as_("bob").get("/v1/company/mandates")).json()["items"][0]["id"]
    if "{notification}" in path:
        await desk.in_review()
        found["notification"] = (await desk.as_("bob").get("/v1/notifications")).json()["items"][0]["id"]
    return path.format(**found)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["belgov-trace-id"]
    assert answer.headers["cache-control"] == "no-store"
    told: dict[str, Any] = answer.json()
    assert told["type"].rpartition(":")[2] == code
    assert told["type"].startswith("urn:problem-type:")
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["instance"]
    return told


def names(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(issue["in"], issue["name"]) for issue in told["issues"]]


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


#: Unknown members first, then whatever else is wrong, in one answer.
ALL_OF_IT = ["official.nested", "official.street", "official.municipality", "official.country"]


@on_both
@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/v1/requests", {"language": "it"}, ["language"]),
        ("POST", "/v1/requests", {"language": 7, "reference": ["Zyxwvut"]}, ["reference", "language"]),
        ("POST", "/v1/requests", {"reference": " \t "}, ["reference"]),
        ("POST", "/v1/requests", {"reference": "x" * 201}, ["reference"]),
        ("PUT", "/v1/requests/{id}/personalData", {}, ["surname", "birthDate"]),
        ("PUT", "/v1/requests/{id}/personalData", {"surname": None, "birthDate": "1990"}, ["surname"]),
        (
            "PUT",
            "/v1/requests/{id}/personalData",
            {"surname": 7, "birthDate": "1990-02-30", "sex": "Zyxwvut", "birthCountry": "be", "documentExpiry": "1999"},
            ["surname", "birthDate", "sex", "birthCountry", "documentExpiry"],
        ),
        ("PUT", "/v1/requests/{id}/address", {}, ["official"]),
        ("PUT", "/v1/requests/{id}/address", {"official": "Zyxwvut"}, ["official"]),
        (
            "PUT",
            "/v1/requests/{id}/address",
            {"official": {"street": "A", "municipality": "B", "country": "BE", "postalCode": "Zyxwvut"}},
            ["official.postalCode"],
        ),
        ("PUT", "/v1/requests/{id}/address", {"official": {"nested": 1}}, ALL_OF_IT),
        ("POST", "/v1/requests/{id}/submission", {"email": 7}, ["email"]),
        ("POST", "/v1/requests/{id}/submission", {"confirmed": ["Zyxwvut"]}, ["confirmed[0]"]),
        ("POST", "/v1/requests/{id}/submission", {"email": "a@b.example\r\nBcc: Zyxwvut@x.example"}, ["email"]),
    ],
)
async def test_wrong_values_are_named_by_their_dotted_path(
    desk: Any, method: str, path: str, body: Any, expected: list[str]
) -> None:
    request_id = await desk.filled()
    told = problem(
        await desk.as_("bob").request(method, await address(desk, path, request_id), json=body), 400, "badRequest"
    )
    assert [issue["name"] for issue in told["issues"]] == expected
    assert "Zyxwvut" not in json.dumps(told)


@on_both
@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "kind"),
        ({"kind": "forgive"}, "kind"),
        ({"kind": 7}, "kind"),
        ({"kind": "identify"}, "ssin"),
        ({"kind": "identify", "ssin": "12345678901"}, "ssin"),
        ({"kind": "identify", "ssin": 83452416311}, "ssin"),
        ({"kind": "identify", "ssin": "83452416311", "message": "x"}, "message"),
        ({"kind": "identify", "ssin": "85073003328"}, "ssin"),
        ({"kind": "createNumber", "differentFrom": "x"}, "differentFrom"),
        ({"kind": "createNumber", "differentFrom": ["x"]}, "differentFrom[0]"),
        ({"kind": "requestInformation", "reason": "other"}, "fields"),
        ({"kind": "requestInformation", "reason": "other", "fields": ["ssin"]}, "fields[0]"),
        ({"kind": "requestInformation", "reason": "bored", "document": True}, "reason"),
        ({"kind": "reject"}, "reason"),
        ({"kind": "reject", "reason": "other", "message": "a\x07b"}, "message"),
        ({"kind": "reject", "reason": "other", "message": "x" * 2001}, "message"),
    ],
)
async def test_wrong_rulings_name_the_member(desk: Any, body: Any, name: str) -> None:
    request_id = await desk.in_review()
    answer = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/ruling", json=body)
    assert name in [issue["name"] for issue in problem(answer, 400, "badRequest")["issues"]]


@on_both
@pytest.mark.parametrize(
    ("who", "url", "name"),
    [
        ("bob", "/v1/requests?pageSize=101", "pageSize"),
        ("bob", "/v1/requests?pageSize=0", "pageSize"),
        ("bob", "/v1/requests?pageSize=many", "pageSize"),
        ("bob", "/v1/requests?scope=world", "scope"),
        ("bob", "/v1/requests?phase=done", "phase"),
        ("bob", "/v1/requests?outcome=won", "outcome"),
        ("bob", "/v1/requests?sort=surname", "sort"),
        ("bob", "/v1/requests?cursor=Zyxwvut", "cursor"),
        ("bob", "/v1/requests?cursor=%00", "cursor"),
        ("bob", "/v1/requests?cursor=%ff%fe", "cursor"),
        ("bob", "/v1/requests?requester=a%00b", "requester"),
        ("dave", "/v1/desk/requests?assignee=a%00b", "assignee"),
        ("dave", "/v1/desk/requests?cursor=2026-01-01T00:00:00%2B00:00/%00", "cursor"),
        ("dave", "/v1/desk/requests?cursor=2026-01-01T00:00:00%2B00:00/a", "cursor"),
        ("dave", "/v1/desk/requests?phase=inReview&phase=closed", "phase"),
        ("bob", "/v1/requests?phase=closed&scope=mine&phase=closed", "phase"),
        ("bob", "/v1/notifications?unread=true&unread=false", "unread"),
        ("bob", "/v1/company/members?pageSize=1&pageSize=2", "pageSize"),
        ("bob", "/v1/company/mandates?pageSize=1&pageSize=2", "pageSize"),
        ("bob", "/v1/notifications?unread=perhaps", "unread"),
        ("bob", "/v1/notifications?cursor=Zyxwvut", "cursor"),
        ("dave", "/v1/desk/requests?cursor=Zyxwvut", "cursor"),
        ("dave", "/v1/desk/requests?phase=done", "phase"),
        ("dave", "/v1/desk/requests?pageSize=101", "pageSize"),
    ],
)
async def test_wrong_query_parameters_are_named(desk: Any, who: str, url: str, name: str) -> None:
    told = problem(await desk.as_(who).get(url), 400, "badRequest")
    assert names(told) == [("query", name)]
    assert "Zyxwvut" not in json.dumps(told)
