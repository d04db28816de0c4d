"""Supervisors give a case to somebody else, confirm like an agent, and count; auditors read the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from service import people
from tests.api.desk import LOGINS, Desk


def of_desk(desk: Desk, who: str) -> str:
    """The id of somebody of the desk."""
    return people.caller_of(desk.tools, LOGINS[who]).person_id


async def test_a_case_is_given_to_somebody_else_whoever_holds_it(desk: Desk) -> None:
    request_id = await desk.in_review()
    file, erin = f"/v1/desk/requests/{request_id}", of_desk(desk, "erin")
    assert (await desk.as_("dave").post(f"{file}/claim")).status_code == 200
    answer = await desk.as_("sven").put(f"{file}/assignment", json={"assignee": erin})
    assert answer.status_code == 200, answer.text
    assert answer.json()["assignee"]["id"] == erin
    refused = await desk.as_("dave").post(f"{file}/claim")
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "claimedByAnother")
    assert (await desk.as_("erin").post(f"{file}/claim")).status_code == 200
    for nobody in (await desk.id_of("bob"), of_desk(desk, "sven"), "nobody"):
        wrong = await desk.as_("sven").put(f"{file}/assignment", json={"assignee": nobody})
        assert (wrong.status_code, wrong.json()["issues"][0]["name"]) == (400, "assignee")


async def test_only_what_is_in_review_is_given_away(desk: Desk) -> None:
    dave = of_desk(desk, "dave")
    for request_id, code in (
        (await desk.identified(), "requestClosed"),
        (await desk.submitted("carol"), "notInReview"),
    ):
        answer = await desk.as_("sven").put(f"/v1/desk/requests/{request_id}/assignment", json={"assignee": dave})
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (409, code)


async def test_a_supervisor_confirms_as_a_second_agent_does_and_decides_nothing(desk: Desk) -> None:
    desk.under(four_eyes="always")
    request_id = await desk.in_review()
    ruling = f"/v1/desk/requests/{request_id}/ruling"
    own = await desk.as_("sven").post(ruling, json={"kind": "createNumber"})
    assert own.status_code == 403
    await desk.ruled(request_id, kind="createNumber")
    confirmed = await desk.as_("sven").post(f"{ruling}/confirmation")
    assert confirmed.status_code == 202, confirmed.text
    assert confirmed.json()["ruling"]["confirmedBy"]["name"] == "Sven Aerts"


async def test_counts_are_of_everybody_and_name_nobody(desk: Desk) -> None:
    before = (await desk.as_("sven").get("/v1/desk/statistics")).json()
    await desk.in_review()
    held = await desk.in_review("carol")
    await desk.as_("dave").post(f"/v1/desk/requests/{held}/claim")
    await desk.identified()
    await desk.opened()
    found = (await desk.as_("sven").get("/v1/desk/statistics")).json()
    assert before["phases"] == {"identifying": 0, "inReview": 0, "awaitingInformation": 0, "closed": 0}
    assert found["phases"] == {"identifying": 0, "inReview": 2, "awaitingInformation": 0, "closed": 1}
    assert (found["unclaimed"], found["reasons"], found["outcomes"]) == (1, {"unknown": 2}, {"identified": 1})
    assert found["oldestReviewSeconds"] > 0


async def test_the_log_is_read_page_by_page_and_says_why(desk: Desk) -> None:
    request_id = await desk.identified()
    file = f"/v1/desk/requests/{request_id}"
    opened = await desk.as_("dave").post(f"{file}/opening", json={"reason": " The embassy calls. "})
    assert opened.status_code == 200, opened.text
    assert opened.json()["id"] == request_id
    log = "/v1/audit/consultations/query"
    ada, why = desk.as_("ada"), {"reason": "The person asks."}
    first = (await ada.post(log, json={**why, "ssin": "83.45.24-163.11", "pageSize": 1})).json()
    assert len(first["items"]) == 1
    newest = first["items"][0]
    assert (newest["what"], newest["role"], newest["reason"]) == ("file", "agent", "The embassy calls.")
    assert newest["by"]["name"] == "Dave Mertens"
    assert newest["traceId"] == opened.headers["belgov-trace-id"]
    assert request_id in newest["requests"]
    rest = {**why, "ssin": "83452416311", "cursor": first["nextCursor"], "pageSize": 100}
    second = (await ada.post(log, json=rest)).json()
    assert all(int(one["id"]) < int(newest["id"]) for one in second["items"])
    assert "nextCursor" not in second
    assert "83452416311" not in str((first, second))


async def test_the_log_is_filtered(desk: Desk) -> None:
    request_id = await desk.in_review()
    await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")
    ada, now = desk.as_("ada"), datetime.now(UTC)

    async def total(**sought: str) -> int:
        answer = await ada.post("/v1/audit/consultations/query", json={"reason": "A sample.", **sought})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["total"])

    assert await total(what="file") == 1
    assert await total(what="file", personId=of_desk(desk, "erin")) == 0
    assert await total(what="file", company="0999.000.129") == 0
    assert await total(what="request", company="0999.000.129", requestId=request_id) > 0
    assert await total(what="file", since=(now - timedelta(hours=1)).isoformat()) == 1
    assert await total(what="file", until=(now - timedelta(hours=1)).isoformat()) == 0
    for wrong in ({"ssin": "12345678901"}, {"since": "yesterday"}, {"cursor": "Zyxwvut"}, {"company": "1"}):
        answer = await ada.post("/v1/audit/consultations/query", json={"reason": "A sample.", **wrong})
        assert answer.status_code == 400
        assert [issue["name"] for issue in answer.json()["issues"]] == list(wrong)
