"""The same for supervisors, and for the software of a company; `CASES` then has them all."""

import httpx

from service import people
from tests.api.cases import NOWHERE, REJECT, STALE, call, case, reused
from tests.api.desk import Desk
from tests.api.desk_cases import CASES

__all__ = ["CASES"]

CLIENTS = "/v1/company/clients"
CLIENT = f"{CLIENTS}/{{client_id}}"
ASSIGNMENT = "/v1/desk/requests/{request_id}/assignment"
OPENING = "/v1/desk/requests/{request_id}/opening"
WANTED = {"name": "Payroll", "email": "it@acme.example", "scopes": ["requests:read"]}

CASES["DELETE", CLIENT, "resourceNotFound"] = call("DELETE", f"{CLIENTS}/{NOWHERE}", "alice", "")
CASES["GET", CLIENT, "resourceNotFound"] = call("GET", f"{CLIENTS}/{NOWHERE}", "alice", "")
CASES["POST", f"{CLIENT}/rotation", "resourceNotFound"] = call("POST", f"{CLIENTS}/{NOWHERE}/rotation", "alice", "")
CASES["POST", OPENING, "resourceNotFound"] = call(
    "POST", OPENING, "dave", NOWHERE, json={"reason": "asked by the supervisor"}
)


async def assigned(desk: Desk, request_id: str, **more: object) -> httpx.Response:
    body = {"assignee": people.caller_of(desk.tools, "erin@desk.example").person_id}
    answer: httpx.Response = await desk.as_("sven").put(
        ASSIGNMENT.format(request_id=request_id),
        json=body,
        **more,  # type: ignore[arg-type]
    )
    return answer


@case("POST", CLIENTS, "idempotencyKeyReused")
async def _make_with_a_used_key(desk: Desk) -> httpx.Response:
    return await reused(desk, "alice", CLIENTS, WANTED, {**WANTED, "name": "Another"})


@case("POST", CLIENTS, "resourceNotFound")
async def _make_for_nobody(desk: Desk) -> httpx.Response:
    used = await desk.as_("alice").post(CLIENTS, json=WANTED, headers={"Idempotency-Key": "k-1"})
    assert (await desk.as_("alice").delete(f"{CLIENTS}/{used.json()['id']}")).status_code == 204
    answer: httpx.Response = await desk.as_("alice").post(CLIENTS, json=WANTED, headers={"Idempotency-Key": "k-1"})
    return answer


@case("POST", f"{CLIENT}/rotation", "idempotencyKeyReused")
async def _rotate_with_a_used_key(desk: Desk) -> httpx.Response:
    made = [(await desk.as_("alice").post(CLIENTS, json=WANTED)).json()["id"] for _ in range(2)]
    headers = {"Idempotency-Key": "k-1"}
    assert (await desk.as_("alice").post(f"{CLIENTS}/{made[0]}/rotation", headers=headers)).status_code == 200
    answer: httpx.Response = await desk.as_("alice").post(f"{CLIENTS}/{made[1]}/rotation", headers=headers)
    return answer


@case("PUT", ASSIGNMENT, "resourceNotFound")
async def _assign_nothing(desk: Desk) -> httpx.Response:
    return await assigned(desk, NOWHERE)


@case("PUT", ASSIGNMENT, "preconditionFailed")
async def _assign_what_has_changed(desk: Desk) -> httpx.Response:
    return await assigned(desk, await desk.in_review(), headers=STALE)


@case("PUT", ASSIGNMENT, "notInReview")
async def _assign_too_early(desk: Desk) -> httpx.Response:
    return await assigned(desk, await desk.submitted())


@case("PUT", ASSIGNMENT, "requestClosed")
async def _assign_too_late(desk: Desk) -> httpx.Response:
    request_id = await desk.in_review()
    await desk.ruled(request_id, **REJECT)
    desk.conclude(request_id)
    return await assigned(desk, request_id)
