"""What the log says of why: at the desk's search of the register, at an opening, at the log itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from service.reasons import UNSTATED
from store.logbook import ConsultationRow
from tests.api.desk import Desk

SEARCH = "/v1/desk/register/query"
LOG = "/v1/audit/consultations/query"


def _newest(desk: Desk, what: str) -> ConsultationRow | None:
    with desk.tools.store.reading() as session:
        found = select(ConsultationRow).where(ConsultationRow.what == what).order_by(col(ConsultationRow.id).desc())
        return session.exec(found).first()


@pytest.mark.parametrize(
    ("why", "reason", "of_case"),
    [
        ({}, UNSTATED, False),
        ({"reason": None, "requestId": None}, UNSTATED, False),
        ({"reason": " The embassy calls. "}, "The embassy calls.", False),
        ({"requestId": "CASE"}, None, True),
        ({"requestId": "CASE", "reason": "Another spelling."}, "Another spelling.", True),
    ],
)
async def test_a_search_says_why(desk: Desk, why: dict[str, Any], reason: str | None, of_case: bool) -> None:  # noqa: FBT001 - a column
    request_id = await desk.in_review()
    brought = {**why, **({"requestId": request_id} if of_case else {})}
    answer = await desk.as_("dave").post(SEARCH, json={"surname": "Reuter", **brought})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == 1
    row = _newest(desk, "registerSearch")
    assert row is not None
    assert (row.reason, row.request_ids) == (reason, [request_id] if of_case else [])


async def test_what_is_wrong_with_it_is_named(desk: Desk) -> None:
    draft, case, dave = await desk.filled(), await desk.in_review(), desk.as_("dave")
    for why, name in (
        ({"reason": " "}, "reason"),
        ({"reason": 7}, "reason"),
        ({"reason": "Is it Reuter?"}, "reason"),
        ({"reason": "Tienpont, again", "requestId": case}, "reason"),
        ({"requestId": draft}, "requestId"),
        ({"requestId": 7}, "requestId"),
        ({"requestId": "nowhere"}, "requestId"),
    ):
        answer = await dave.post(SEARCH, json={"surname": "Reuter", **why})
        assert answer.status_code == 400, why
        assert [issue["name"] for issue in answer.json()["issues"]] == [name]
    assert _newest(desk, "registerSearch") is None


@pytest.mark.parametrize(
    "reason", ["Reuter phones", "Is COENIG here?", "coenigé, as registered", "For 83.45.24-163.11", "83452416311"]
)
async def test_no_reason_holds_what_an_erasure_has_to_take_away(desk: Desk, reason: str) -> None:
    request_id = await desk.identified()
    answer = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/opening", json={"reason": reason})
    assert answer.status_code == 400
    assert [issue["name"] for issue in answer.json()["issues"]] == ["reason"]
    assert reason not in answer.text
    asked = {"requestId": request_id, "ssin": "83452416311", "reason": reason}
    assert (await desk.as_("ada").post(LOG, json=asked)).status_code == 400
    with desk.tools.store.reading() as session:
        assert not [row.reason for row in session.exec(select(ConsultationRow)) if row.reason]


async def test_nor_does_it_name_whom_a_number_alone_is_of(desk: Desk) -> None:
    asked = {"ssin": "83452416311", "reason": "Reuter phones"}
    answer = await desk.as_("dave").post(SEARCH, json=asked)
    assert answer.status_code == 400
    assert [issue["name"] for issue in answer.json()["issues"]] == ["reason"]
    assert (await desk.as_("dave").post(SEARCH, json={**asked, "reason": "The employer phones"})).status_code == 200


async def test_the_log_is_read_with_a_reason(desk: Desk) -> None:
    answer = await desk.as_("ada").post(LOG, json={"what": "file"})
    assert answer.status_code == 400
    assert [issue["name"] for issue in answer.json()["issues"]] == ["reason"]
    assert _newest(desk, "consultations") is None
    assert (await desk.as_("ada").post(LOG, json={"what": "file", "reason": "A sample."})).status_code == 200
    row = _newest(desk, "consultations")
    assert row is not None
    assert row.reason == "A sample."
