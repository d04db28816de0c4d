"""Every type of problem that a call names beyond those all calls have: one case each, and no case is missing."""

import pytest

from api.documentation import OF_BODIES, TYPES
from api.problems import PROBLEMS, urn
from tests.api.desk import Desk
from tests.api.staff_cases import CASES

#: Tested for every call at once, in test_refusals.py.
ELSEWHERE = {
    "badRequest",
    "noAccessToken",
    "invalidAccessToken",
    "missingPermission",
    "internalServerError",
    "serviceUnavailable",
    "tooManyRequests",
    *OF_BODIES,
}


@pytest.mark.parametrize("named", CASES, ids=lambda named: f"{named[0]} {named[1]} {named[2]}")
async def test_problem(desk: Desk, named: tuple[str, str, str]) -> None:
    code = named[2]
    answer = await CASES[named](desk)
    assert answer.status_code == PROBLEMS[code].status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["type"], told["status"]) == (urn(code), PROBLEMS[code].status)


async def test_every_problem_of_every_call_has_a_case(desk: Desk) -> None:
    described = (await desk.as_(None).get("/openapi.json")).json()["paths"]
    promised = {
        (method.upper(), path, of_urn.rpartition(":")[2])
        for path, operations in described.items()
        if path.startswith("/v1")
        for method, operation in operations.items()
        for of_urn in operation[TYPES]
    }
    assert {named for named in promised if named[2] not in ELSEWHERE} == set(CASES)
