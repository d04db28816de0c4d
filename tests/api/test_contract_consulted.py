"""Whoever is shown personal data is noted, at every route of the table, also when a call is made again."""

from typing import Any

import pytest
from sqlmodel import col, select

from portal.access_words import AUDITED
from portal.access_words import SHOWN as SHOWN_IN_WORDS
from service import notifications, people
from store.tables import ConsultationRow
from tests.api.desk import ADDRESS, COENIG, LOGINS, Desk, page

REQUEST = "/v1/requests/{request_id}"
DESK = "/v1/desk/requests/{request_id}"
REPLACEMENT = {"ssin": "83452416311", "replacedBy": "95450603360"}
#: By route: who calls, which request there must be, what the call brings, and as what it is noted.
SHOWN: dict[tuple[str, str], tuple[str, str | None, dict[str, Any], str]] = {
    ("POST", "/v1/requests"): ("bob", None, {"json": {}}, "request"),
    ("GET", "/v1/requests"): ("bob", "opened", {}, "requests"),
    ("POST", "/v1/requests/query"): ("bob", "filled", {"json": {"q": "reut"}}, "requests"),
    ("GET", REQUEST): ("bob", "opened", {}, "request"),
    ("GET", f"{REQUEST}/history"): ("dave", "submitted", {}, "history"),
    ("PUT", f"{REQUEST}/documents/{{kind}}"): ("bob", "opened", {"files": [page()]}, "request"),
    ("GET", f"{REQUEST}/documents/{{kind}}/pages/{{number}}"): ("dave", "submitted", {}, "page"),
    ("PUT", f"{REQUEST}/personalData"): ("bob", "opened", {"json": COENIG}, "request"),
    ("PUT", f"{REQUEST}/address"): ("bob", "opened", {"json": ADDRESS}, "request"),
    ("POST", f"{REQUEST}/submission"): ("bob", "filled", {}, "request"),
    ("POST", f"{REQUEST}/objection"): ("bob", "identified", {"json": {"message": "Not ours."}}, "request"),
    ("GET", "/v1/notifications"): ("bob", "in_review", {}, "notifications"),
    ("GET", "/v1/company/members"): ("bob", None, {}, "members"),
    ("POST", "/v1/company/members"): ("alice", None, {"json": {"email": "new@acme.example"}}, "member"),
    ("GET", "/v1/company/members/{member_id}"): ("bob", None, {}, "member"),
    ("PUT", "/v1/company/members/{member_id}"): ("alice", None, {"json": {"role": "requester"}}, "member"),
    ("GET", "/v1/company/mandates"): ("bob", None, {}, "mandates"),
    ("GET", "/v1/company/mandates/{mandate_id}"): ("bob", None, {}, "mandate"),
    ("POST", "/v1/company/mandates"): ("alice", None, {"json": {"enterpriseNumber": "0999001218"}}, "mandate"),
    ("GET", "/v1/company/trail"): ("alice", None, {}, "trail"),
    ("GET", "/v1/audit/trail"): ("ada", None, {"params": {"company": "0999000129"}}, "trail"),
    ("GET", "/v1/company/clients"): ("alice", None, {}, "clients"),
    ("POST", "/v1/company/clients"): (
        "alice",
        None,
        {"json": {"name": "A", "email": "a@acme.example", "scopes": ["requests:read"]}},
        "client",
    ),
    ("GET", "/v1/company/clients/{client_id}"): ("alice", None, {}, "client"),
    ("POST", "/v1/company/clients/{client_id}/rotation"): ("alice", None, {}, "client"),
    ("GET", "/v1/desk/requests"): ("dave", "in_review", {}, "queue"),
    ("GET", DESK): ("dave", "in_review", {}, "file"),
    ("GET", f"{DESK}/documents/{{kind}}/pages/{{number}}"): ("dave", "submitted", {}, "page"),
    ("POST", "/v1/desk/register/query"): ("dave", None, {"json": {"surname": "Reuter"}}, "registerSearch"),
    ("POST", f"{DESK}/opening"): ("dave", "submitted", {"json": {"reason": "A call."}}, "file"),
    ("PUT", f"{DESK}/assignment"): ("sven", "in_review", {"json": {"assignee": "DAVE"}}, "file"),
    ("POST", "/v1/audit/consultations/query"): (
        "ada",
        None,
        {"json": {"ssin": "83452416311", "reason": "A sample."}},
        "consultations",
    ),
    ("POST", "/v1/desk/register/replacement"): ("dave", "identified", {"json": REPLACEMENT}, "numberReplacement"),
    ("POST", f"{DESK}/claim"): ("dave", "in_review", {}, "file"),
    ("POST", f"{DESK}/ruling"): ("dave", "in_review", {"json": {"kind": "createNumber"}}, "file"),
    ("POST", f"{DESK}/ruling/confirmation"): ("erin", "proposed", {}, "file"),
}
NOTHING_SHOWN = {
    ("GET", "/v1/company"): "the company's own name and number",
    ("GET", "/v1/events"): "a stream: below",
    ("GET", "/v1/desk/statistics"): "counts and ages",
    **dict.fromkeys(
        [
            ("DELETE", REQUEST),
            ("DELETE", f"{REQUEST}/documents/{{kind}}"),
            ("POST", "/v1/notifications/{notification_id}/read"),
            ("DELETE", "/v1/company/members/{member_id}"),
            ("DELETE", "/v1/company/mandates/{mandate_id}"),
            ("DELETE", "/v1/company/clients/{client_id}"),
            ("DELETE", f"{DESK}/claim"),
            ("DELETE", f"{DESK}/ruling"),
        ],
        "204",
    ),
}
#: The calls that read an `Idempotency-Key`.
AGAIN = [route for route in SHOWN if route[0] == "POST" and not route[1].endswith(("/query", "/claim", "/opening"))]


async def _proposed(desk: Desk) -> str:
    desk.under(four_eyes="always")
    request_id = await desk.in_review()
    await desk.ruled(request_id, kind="createNumber")
    return request_id


def _noted(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id))))


async def what_is_asked(desk: Desk, route: tuple[str, str]) -> tuple[str, str, dict[str, Any]]:
    """The request that a route of the table is about, its URL, and what a call brings."""
    _, state, brought, _ = SHOWN[route]
    request_id = ""
    if state is not None:
        request_id = await (_proposed(desk) if state == "proposed" else getattr(desk, state)())
    mandates = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
    ids = {"request_id": request_id, "member_id": await desk.id_of("bea"), "client_id": await desk.client_of("alice")}
    ids["mandate_id"] = mandates[0]["id"]
    url = route[1].format(kind="passport", number=1, **ids)
    if brought.get("json", {}).get("assignee"):
        brought = {"json": {"assignee": people.caller_of(desk.tools, _login("dave")).person_id}}
    return request_id, url, brought


async def _called(desk: Desk, route: tuple[str, str], **more: Any) -> tuple[str, list[ConsultationRow]]:
    who = SHOWN[route][0]
    request_id, url, brought = await what_is_asked(desk, route)
    for _ in range(2 if more else 1):
        before = len(_noted(desk))
        answer = await desk.as_(who).request(route[0], url, **brought, **more)
        assert answer.status_code in (200, 201, 202), answer.text
    return request_id, _noted(desk)[before:]


@pytest.mark.parametrize("route", SHOWN, ids=" ".join)
async def test_who_is_shown_something_is_noted(desk: Desk, route: tuple[str, str]) -> None:
    who, state, _, what = SHOWN[route]
    request_id, noted = await _called(desk, route)
    shown = next(line for line in noted if line.what == what)
    assert shown.person_id == people.caller_of(desk.tools, _login(who)).person_id
    assert shown.trace_id
    # An auditor reads what is noted in words: a code without one would stand on the page as it is.
    assert {line.what for line in noted} - set(AUDITED) == set()
    assert {name for line in noted for name in line.fields} - set(SHOWN_IN_WORDS) == set()
    if state is not None:
        assert request_id in shown.request_ids
    if route[1].endswith("/opening"):
        assert shown.reason == "A call."
    if what in ("registerSearch", "consultations"):
        assert shown.people == [desk.tools.pseudonyms.of("83452416311")]


@pytest.mark.parametrize("route", AGAIN, ids=" ".join)
async def test_also_when_the_call_is_made_again(desk: Desk, route: tuple[str, str]) -> None:
    _, noted = await _called(desk, route, headers={"Idempotency-Key": "again"})
    assert SHOWN[route][3] in [line.what for line in noted]


async def test_no_route_is_forgotten(desk: Desk) -> None:
    described = desk.app.openapi()["paths"]
    routes = {(method.upper(), path) for path in described if path.startswith("/v1") for method in described[path]}
    assert routes == {*SHOWN, *NOTHING_SHOWN}


async def test_what_is_streamed_is_noted(desk: Desk) -> None:
    request_id = await desk.in_review()
    bob = people.caller_of(desk.tools, _login("bob"))
    lines, _ = notifications.told_since(desk.tools, bob, 0)
    assert [line.request.id for line in lines] == [request_id]
    assert (_noted(desk)[-1].what, _noted(desk)[-1].request_ids) == ("notifications", [request_id])


def _login(who: str) -> str:
    return LOGINS.get(who, f"{who}@acme.example")
