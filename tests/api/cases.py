"""One case for every type of problem that a call names beyond those all calls have: requests and companies."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import httpx

from domain.people import PartialDate
from tests.api.desk import ADDRESS, COENIG, Desk, page
from tests.api.zones import upload

Case = Callable[[Desk], Awaitable[httpx.Response]]
CASES: dict[tuple[str, str, str], Case] = {}
STALE = {"If-Match": '"0"'}
REQUEST = "/v1/requests/{request_id}"
DESK = "/v1/desk/requests/{request_id}"
NOWHERE = "0b8a0c6e-0000-4000-8000-000000000000"
REJECT = {"kind": "reject", "reason": "other"}


def case(method: str, path: str, code: str) -> Callable[[Case], Case]:
    def take(function: Case) -> Case:
        CASES[method, path, code] = function
        return function

    return take


def call(method: str, path: str, who: str, request_id: str, **rest: Any) -> Callable[[Desk], Awaitable[httpx.Response]]:
    async def go(desk: Desk) -> httpx.Response:
        answer: httpx.Response = await desk.as_(who).request(method, path.format(request_id=request_id), **rest)
        return answer

    return go


#: How each call on a request is made rightly: method, path, who, what it brings.
CALLS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("DELETE", REQUEST, "bob", {}),
    ("PUT", f"{REQUEST}/documents/{{kind}}", "bob", {"files": [page()]}),
    ("DELETE", f"{REQUEST}/documents/{{kind}}", "bob", {}),
    ("PUT", f"{REQUEST}/personalData", "bob", {"json": COENIG}),
    ("PUT", f"{REQUEST}/address", "bob", {"json": ADDRESS}),
    ("POST", f"{REQUEST}/submission", "bob", {}),
    ("POST", f"{REQUEST}/objection", "bob", {"json": {"message": "Not ours."}}),
    ("POST", f"{DESK}/claim", "dave", {}),
    ("DELETE", f"{DESK}/claim", "dave", {}),
    ("POST", f"{DESK}/ruling", "dave", {"json": REJECT}),
    ("POST", f"{DESK}/ruling/confirmation", "dave", {}),
    ("DELETE", f"{DESK}/ruling", "dave", {}),
]


async def made(desk: Desk, method: str, path: str, request_id: str, **changes: Any) -> httpx.Response:
    who, rest = next((who, rest) for verb, where, who, rest in CALLS if (verb, where) == (method, path))
    url = path.replace("{kind}", "passport").format(request_id=request_id)
    answer: httpx.Response = await desk.as_(changes.pop("who", who)).request(method, url, **{**rest, **changes})
    return answer


def stale(method: str, path: str) -> Case:
    async def go(desk: Desk) -> httpx.Response:
        request_id = await (desk.filled() if path.startswith(REQUEST) else desk.in_review())
        return await made(desk, method, path, request_id, headers=STALE)

    return go


def absent(method: str, path: str) -> Case:
    async def go(desk: Desk) -> httpx.Response:
        return await made(desk, method, path, NOWHERE)

    return go


def closed(method: str, path: str) -> Case:
    async def go(desk: Desk) -> httpx.Response:
        return await made(desk, method, path, await desk.identified())

    return go


def sent(method: str, path: str) -> Case:
    async def go(desk: Desk) -> httpx.Response:
        return await made(desk, method, path, await desk.submitted())

    return go


def not_asked(method: str, path: str, **question: Any) -> Case:
    async def go(desk: Desk) -> httpx.Response:
        return await made(desk, method, path, await desk.asked(**question))

    return go


for verb, where, *_ in CALLS:
    CASES[verb, where, "preconditionFailed"] = stale(verb, where)
    CASES[verb, where, "resourceNotFound"] = absent(verb, where)
    if not where.endswith("/objection") and (verb, where) != ("DELETE", f"{DESK}/claim"):
        CASES[verb, where, "requestClosed"] = closed(verb, where)
    if where.startswith(REQUEST) and where not in (REQUEST, f"{REQUEST}/objection"):
        CASES[verb, where, "alreadySubmitted"] = sent(verb, where)
    if where.startswith(DESK) and (verb, where) != ("DELETE", f"{DESK}/claim"):
        CASES[verb, where, "notInReview"] = sent(verb, where)
CASES["PUT", f"{REQUEST}/documents/{{kind}}", "notAskedFor"] = not_asked(
    "PUT", f"{REQUEST}/documents/{{kind}}", fields=["sex"]
)
CASES["PUT", f"{REQUEST}/personalData", "notAskedFor"] = not_asked("PUT", f"{REQUEST}/personalData", fields=["contact"])
CASES["PUT", f"{REQUEST}/address", "notAskedFor"] = not_asked("PUT", f"{REQUEST}/address", document=True)


for verb, where, who in (
    ("GET", REQUEST, "bob"),
    ("GET", f"{REQUEST}/history", "dave"),
    ("GET", f"{REQUEST}/documents/passport/pages/1", "bob"),
    ("GET", f"{DESK}/documents/passport/pages/1", "dave"),
    ("GET", DESK, "dave"),
):
    path = where.replace("passport", "{kind}").replace("pages/1", "pages/{number}")
    CASES[verb, path, "resourceNotFound"] = call(verb, where, who, NOWHERE)
for verb, where, url, brought in (
    ("POST", "/v1/notifications/{notification_id}/read", f"/v1/notifications/{NOWHERE}/read", {}),
    ("GET", "/v1/company/members/{member_id}", f"/v1/company/members/{NOWHERE}", {}),
    ("GET", "/v1/company/mandates/{mandate_id}", f"/v1/company/mandates/{NOWHERE}", {}),
    ("PUT", "/v1/company/members/{member_id}", f"/v1/company/members/{NOWHERE}", {"json": {"role": "requester"}}),
    ("DELETE", "/v1/company/members/{member_id}", f"/v1/company/members/{NOWHERE}", {}),
    ("DELETE", "/v1/company/mandates/{mandate_id}", f"/v1/company/mandates/{NOWHERE}", {}),
):
    CASES[verb, where, "resourceNotFound"] = call(verb, url, "alice", "", **brought)


async def reused(desk: Desk, who: str, url: str, body: Any, other: Any) -> httpx.Response:
    headers = {"Idempotency-Key": "k-1"}
    first = await desk.as_(who).post(url, json=body, headers=headers)
    assert first.status_code in (200, 201, 202), first.text
    again: httpx.Response = await desk.as_(who).post(url, json=other, headers=headers)
    return again


@case("POST", "/v1/requests", "idempotencyKeyReused")
async def _open_with_a_used_key(desk: Desk) -> httpx.Response:
    return await reused(desk, "bob", "/v1/requests", {}, {"reference": "another"})


@case("POST", "/v1/requests", "resourceNotFound")
async def _open_again_without_the_mandate(desk: Desk) -> httpx.Response:
    headers = {"Idempotency-Key": "k-1"}
    body = {"onBehalfOf": "0999000129"}
    assert (await desk.as_("sam").post("/v1/requests", json=body, headers=headers)).status_code == 201
    (mandate,) = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
    assert (await desk.as_("alice").delete(f"/v1/company/mandates/{mandate['id']}")).status_code == 204
    again: httpx.Response = await desk.as_("sam").post("/v1/requests", json=body, headers=headers)
    return again


@case("POST", f"{REQUEST}/submission", "idempotencyKeyReused")
async def _send_with_a_used_key(desk: Desk) -> httpx.Response:
    url = f"/v1/requests/{await desk.filled()}/submission"
    return await reused(desk, "bob", url, {}, {"email": "other@acme.example"})


@case("POST", f"{REQUEST}/submission", "stepsMissing")
async def _send_a_draft(desk: Desk) -> httpx.Response:
    answer = await made(desk, "POST", f"{REQUEST}/submission", await desk.opened())
    assert [issue["name"] for issue in answer.json()["issues"]] == ["document", "personalData", "address"]
    return answer


@case("POST", f"{REQUEST}/submission", "minimumDataMissing")
async def _send_too_little(desk: Desk) -> httpx.Response:
    request_id = await desk.filled(person={"surname": "Peeters", "birthDate": "1980"})
    belgian = {"street": "Markt", "postalCode": "9000", "municipality": "Gent", "country": "BE"}
    await desk.as_("bob").put(f"/v1/requests/{request_id}/address", json={"official": belgian})
    answer = await made(desk, "POST", f"{REQUEST}/submission", request_id)
    assert [issue["name"] for issue in answer.json()["issues"]] == ["birthDate", "birthPlace", "sex", "contact"]
    return answer


@case("POST", f"{REQUEST}/submission", "documentExpired")
async def _send_an_old_passport(desk: Desk) -> httpx.Response:
    request_id = await desk.filled()
    await upload(desk, request_id, document_expiry=date(2012, 4, 15))
    return await made(desk, "POST", f"{REQUEST}/submission", request_id)


@case("POST", f"{REQUEST}/submission", "documentMismatch")
async def _send_another_birth_date_than_printed(desk: Desk) -> httpx.Response:
    request_id = await desk.filled()
    await upload(desk, request_id, birth_date=PartialDate(1983, 4, 25))
    answer = await made(desk, "POST", f"{REQUEST}/submission", request_id)
    assert [issue["name"] for issue in answer.json()["issues"]] == ["birthDate"]
    return answer


@case("DELETE", REQUEST, "rulingAccepted")
async def _withdraw_after_the_ruling(desk: Desk) -> httpx.Response:
    request_id = await desk.in_review()
    await desk.ruled(request_id, **REJECT)
    return await made(desk, "DELETE", REQUEST, request_id)


@case("POST", f"{REQUEST}/objection", "alreadySubmitted")
async def _object_twice(desk: Desk) -> httpx.Response:
    return await made(desk, "POST", f"{REQUEST}/objection", await desk.objected())


@case("POST", f"{REQUEST}/objection", "notIdentified")
async def _object_to_no_number(desk: Desk) -> httpx.Response:
    return await made(desk, "POST", f"{REQUEST}/objection", await desk.in_review())


@case("POST", f"{REQUEST}/objection", "idempotencyKeyReused")
async def _object_with_a_used_key(desk: Desk) -> httpx.Response:
    url = f"/v1/requests/{await desk.identified()}/objection"
    return await reused(desk, "bob", url, {"message": "Not ours."}, {"message": "Not ours!"})


@case("POST", "/v1/company/members", "idempotencyKeyReused")
async def _invite_with_a_used_key(desk: Desk) -> httpx.Response:
    return await reused(
        desk, "alice", "/v1/company/members", {"email": "new@acme.example"}, {"email": "x@acme.example"}
    )


@case("POST", "/v1/company/members", "resourceNotFound")
async def _invite_again_whoever_has_left(desk: Desk) -> httpx.Response:
    headers, body = {"Idempotency-Key": "k-1"}, {"email": "new@acme.example"}
    alice = desk.as_("alice")
    invited = (await alice.post("/v1/company/members", json=body, headers=headers)).json()
    assert (await alice.delete(f"/v1/company/members/{invited['id']}")).status_code == 204
    again: httpx.Response = await alice.post("/v1/company/members", json=body, headers=headers)
    return again


async def only_administrator(desk: Desk) -> str:
    members = (await desk.as_("alice").get("/v1/company/members")).json()["items"]
    return str(next(member["id"] for member in members if member["role"] == "administrator"))


@case("PUT", "/v1/company/members/{member_id}", "lastAdministrator")
async def _step_back(desk: Desk) -> httpx.Response:
    url = f"/v1/company/members/{await only_administrator(desk)}"
    answer: httpx.Response = await desk.as_("alice").put(url, json={"role": "requester"})
    return answer


@case("DELETE", "/v1/company/members/{member_id}", "lastAdministrator")
async def _leave(desk: Desk) -> httpx.Response:
    answer: httpx.Response = await desk.as_("alice").delete(f"/v1/company/members/{await only_administrator(desk)}")
    return answer


@case("POST", "/v1/company/mandates", "idempotencyKeyReused")
async def _grant_with_a_used_key(desk: Desk) -> httpx.Response:
    body = {"enterpriseNumber": "0999001218"}
    return await reused(desk, "alice", "/v1/company/mandates", body, {**body, "until": "2040-01-01"})


@case("POST", "/v1/company/mandates", "resourceNotFound")
async def _grant_again_what_was_ended(desk: Desk) -> httpx.Response:
    headers, body = {"Idempotency-Key": "k-1"}, {"enterpriseNumber": "0999001218"}
    alice = desk.as_("alice")
    granted = (await alice.post("/v1/company/mandates", json=body, headers=headers)).json()
    assert (await alice.delete(f"/v1/company/mandates/{granted['id']}")).status_code == 204
    again: httpx.Response = await alice.post("/v1/company/mandates", json=body, headers=headers)
    return again
