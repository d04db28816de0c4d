"""Whoever leaves is followed by a colleague, and everything that is done to a company's access is noted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service import console, people, staff
from tests.api.desk import Desk

MEMBERS = "/v1/company/members"


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


async def told(desk: Desk, who: str) -> list[tuple[str, str]]:
    found = (await desk.as_(who).get("/v1/notifications?pageSize=100")).json()["items"]
    return [(line["requestId"], line["kind"]) for line in found]


async def test_a_colleague_takes_over_drafts_requests_and_what_was_not_read(desk: Desk) -> None:
    draft, waiting, closed = await desk.opened(), await desk.in_review(), await desk.identified()
    read = (await desk.as_("bob").get("/v1/notifications")).json()["items"][-1]["id"]
    assert (await desk.as_("bob").post(f"/v1/notifications/{read}/read")).status_code == 204
    unread = (await told(desk, "bob"))[:-1]
    assert unread
    bob, bea = await desk.id_of("bob"), await desk.id_of("bea")
    before = await told(desk, "bea")
    left = await desk.as_("alice").delete(f"{MEMBERS}/{bob}?takenOverBy={bea}")
    assert (left.status_code, left.content) == (204, b"")
    for request_id in (draft, waiting):
        found = (await desk.as_("bea").get(f"/v1/requests/{request_id}")).json()
        assert found["requester"]["name"] == "Bea Maes"
    assert found["email"] == "bea@acme.example", "mails go to whoever is there"
    kept = (await desk.as_("bea").get(f"/v1/requests/{closed}")).json()
    assert kept["requester"]["name"] == "Bob Peeters", "what is closed stays under the name of whoever asked"
    mine = [item["id"] for item in (await desk.as_("bea").get("/v1/requests")).json()["items"]]
    assert {draft, waiting} <= set(mine)
    assert closed not in mine
    assert await told(desk, "bea") == [*unread, *before]
    assert code(await desk.as_("bob").get("/v1/requests")) == (403, "missingPermission")
    history = (await desk.as_("bea").get(f"/v1/requests/{waiting}/history")).json()["items"]
    assert history[0]["by"]["name"] == "Bob Peeters"


async def test_without_a_name_it_is_whoever_removes(desk: Desk) -> None:
    draft, bob = await desk.opened(), await desk.id_of("bob")
    assert (await desk.as_("alice").delete(f"{MEMBERS}/{bob}")).status_code == 204
    found = (await desk.as_("alice").get(f"/v1/requests/{draft}")).json()
    assert found["requester"]["name"] == "Alice Claes"


async def test_only_a_colleague_who_stays_takes_over(desk: Desk) -> None:
    bob, carol = await desk.id_of("bob"), await desk.id_of("carol")
    client = await desk.client_of("alice")
    for nobody in (bob, carol, client, "nobody"):
        answer = await desk.as_("alice").delete(f"{MEMBERS}/{bob}?takenOverBy={nobody}")
        assert code(answer) == (400, "badRequest")
        assert answer.json()["issues"][0]["name"] == "takenOverBy"
    assert (await desk.as_("bob").get("/v1/requests")).status_code == 200


async def test_everything_done_to_the_access_is_noted(desk: Desk) -> None:
    alice = desk.as_("alice")
    new = (await alice.post(MEMBERS, json={"email": "new@acme.example"})).json()["id"]
    await alice.put(f"{MEMBERS}/{new}", json={"role": "administrator"})
    await alice.delete(f"{MEMBERS}/{new}")
    granted = (await alice.post("/v1/company/mandates", json={"enterpriseNumber": "0999001218"})).json()["id"]
    await alice.delete(f"/v1/company/mandates/{granted}")
    client = await desk.client_of("alice")
    await alice.post(f"/v1/company/clients/{client}/rotation")
    await alice.delete(f"/v1/company/clients/{client}")
    found = (await alice.get("/v1/company/trail?pageSize=100")).json()
    assert [(line["kind"], line["subject"]) for line in found["items"]] == [
        ("clientRevoked", client),
        ("clientRotated", client),
        ("clientCreated", client),
        ("mandateEnded", granted),
        ("mandateGranted", granted),
        ("memberRemoved", new),
        ("memberRoleChanged", new),
        ("memberInvited", new),
    ]
    assert {line["by"]["name"] for line in found["items"]} == {"Alice Claes"}
    assert found["items"][-1]["subjectName"] == "new@acme.example"
    assert {line["subjectName"] for line in found["items"][:3]} == {"Software"}
    assert found["items"][-2]["codes"] == {"role": "administrator", "before": "requester"}
    # The mandate is the other company's affair too; nothing else is.
    other = (await desk.as_("gina").get("/v1/company/trail")).json()["items"]
    assert [line["kind"] for line in other] == ["mandateEnded", "mandateGranted"]
    audited = await desk.as_("ada").get("/v1/audit/trail?company=0999.000.129&pageSize=3")
    assert [line["id"] for line in audited.json()["items"]] == [line["id"] for line in found["items"][:3]]
    following = await desk.as_("ada").get(audited.json()["next"])
    assert following.json()["items"][0]["id"] == found["items"][3]["id"]
    assert code(await desk.as_("ada").get("/v1/audit/trail?company=1")) == (400, "badRequest")
    assert (await desk.as_("ada").get("/v1/audit/trail?company=0403170701")).json()["total"] == 0


async def test_whoever_changes_staff_is_noted_and_auditors_read_it(desk: Desk) -> None:
    at_console = console.ops()
    fien = staff.enter(desk.tools, at_console, email="fien@desk.example", name="Fien Aerts", role="agent").id
    assert people.caller_of(desk.tools, "fien@desk.example").person_id == fien
    staff.change_role(desk.tools, at_console, fien, role="supervisor")
    staff.remove(desk.tools, at_console, fien)
    found = (await desk.as_("ada").get("/v1/audit/trail?pageSize=100")).json()["items"]
    noted = [(line["kind"], line["by"]["name"], line["codes"]) for line in found if line["subject"] == fien]
    assert noted == [
        ("memberRemoved", at_console.name, {}),
        ("memberRoleChanged", at_console.name, {"role": "supervisor", "before": "agent"}),
        ("memberJoined", "Fien Aerts", {"role": "agent"}),
        ("memberInvited", at_console.name, {"role": "agent"}),
    ]
    for who in ("alice", "dave", "sven", "oscar"):
        assert (await desk.as_(who).get("/v1/audit/trail")).status_code == 403


async def test_a_trail_only_grows(desk: Desk) -> None:
    await desk.as_("alice").post(MEMBERS, json={"email": "new@acme.example"})
    for statement in ("UPDATE company_trail SET kind = 'x'", "DELETE FROM company_trail"):
        with pytest.raises(DBAPIError, match="append-only"), desk.tools.store.engine.begin() as connection:
            connection.execute(text(statement))
