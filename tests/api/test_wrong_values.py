"""Wrong values in bodies and queries: each is named by its dotted path, and none is repeated."""

import json
from typing import Any

import pytest

from tests.api.conftest import on_both
from tests.api.routes import address, names, problem

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
