"""Where the log takes no row, nothing is shown: every route of the table is refused, nobody in its answer."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from service import people
from tests.api.desk import COENIG, LOGINS, UNKNOWN, Desk
from tests.api.test_contract_consulted import SHOWN, _proposed

NAMES = (
    *(COENIG["surname"], "Coenig", UNKNOWN["surname"], UNKNOWN["givenNames"]),
    *("83452416311", "83.45.24-163.11", "acme.example", "Am Markt"),
)

_FULL = "CREATE TRIGGER full BEFORE INSERT ON consultations BEGIN SELECT RAISE(ABORT, 'full'); END"


@pytest.mark.parametrize("route", SHOWN, ids=" ".join)
async def test_what_cannot_be_noted_is_not_shown(desk: Desk, route: tuple[str, str]) -> None:
    who, state, brought, _ = SHOWN[route]
    request_id = ""
    if state is not None:
        request_id = await (_proposed(desk) if state == "proposed" else getattr(desk, state)())
    mandates = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
    ids = {"request_id": request_id, "member_id": await desk.id_of("bea"), "client_id": await desk.client_of("alice")}
    url = route[1].format(kind="passport", number=1, mandate_id=mandates[0]["id"], **ids)
    if brought.get("json", {}).get("assignee"):
        brought = {"json": {"assignee": people.caller_of(desk.tools, LOGINS["dave"]).person_id}}
    with desk.tools.store.engine.begin() as connection:
        connection.execute(text(_FULL))
    answer = await desk.as_(who).request(route[0], url, **brought)
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert [name for name in NAMES if name in answer.text] == []
