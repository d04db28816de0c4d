"""Where the log takes no row, nothing is shown: every route of the table is refused, nobody in its answer."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.api.desk import COENIG, UNKNOWN, Desk
from tests.api.test_contract_consulted import SHOWN, what_is_asked

NAMES = (
    *(COENIG["surname"], "Coenig", UNKNOWN["surname"], UNKNOWN["givenNames"]),
    *("83452416311", "83.45.24-163.11", "acme.example", "Am Markt"),
)

_FULL = "CREATE TRIGGER full BEFORE INSERT ON consultations BEGIN SELECT RAISE(ABORT, 'full'); END"


@pytest.mark.parametrize("route", SHOWN, ids=" ".join)
async def test_what_cannot_be_noted_is_not_shown(desk: Desk, route: tuple[str, str]) -> None:
    _, url, brought = await what_is_asked(desk, route)
    with desk.tools.store.engine.begin() as connection:
        connection.execute(text(_FULL))
    answer = await desk.as_(SHOWN[route][0]).request(route[0], url, **brought)
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert [name for name in NAMES if name in answer.text] == []
