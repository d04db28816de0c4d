"""A company's people and mandates."""

from typing import Any

import pytest

from domain.errors import Conflict
from service import console, members, people
from tests.api.desk import Desk

MEMBERS, MANDATES = "/v1/company/members", "/v1/company/mandates"
GLOBEX = "0999001218"


async def test_every_member_reads_and_the_administrator_writes(desk: Desk) -> None:
    for who in ("alice", "bob"):
        company = (await desk.as_(who).get("/v1/company")).json()
        assert company == {"enterpriseNumber": "0999000129", "name": "Acme NV"}
        found = (await desk.as_(who).get(MEMBERS)).json()
        assert [(one["name"], one["role"], one["state"]) for one in found["items"]] == [
            ("Alice Claes", "administrator", "active"),
            ("Bea Maes", "requester", "active"),
            ("Bob Peeters", "requester", "active"),
        ]
        assert set(found["items"][0]) == {"id", "name", "email", "role", "state"}
    for method, url, body in (
        ("POST", MEMBERS, {"email": "new@acme.example"}),
        ("PUT", f"{MEMBERS}/x", {"role": "requester"}),
        ("DELETE", f"{MEMBERS}/x", None),
        ("POST", MANDATES, {"enterpriseNumber": GLOBEX}),
        ("DELETE", f"{MANDATES}/x", None),
    ):
        assert (await desk.as_("bob").request(method, url, json=body)).status_code == 403
    for who in ("dave", "oscar"):
        for url in ("/v1/company", MEMBERS, MANDATES):
            assert (await desk.as_(who).get(url)).status_code == 403


async def test_an_invited_colleague_works_from_the_first_call_until_removed(desk: Desk) -> None:
    alice = desk.as_("alice")
    invited = await alice.post(MEMBERS, json={"email": " new@acme.example ", "name": "Nora"})
    assert invited.status_code == 201
    member = invited.json()
    assert member == {
        "id": member["id"],
        "name": "Nora",
        "email": "new@acme.example",
        "role": "requester",
        "state": "invited",
    }
    request_id = await desk.opened("new")
    states = {one["email"]: one["state"] for one in (await alice.get(MEMBERS)).json()["items"]}
    assert states["new@acme.example"] == "active"
    promoted = await alice.put(f"{MEMBERS}/{member['id']}", json={"role": "administrator"})
    assert (promoted.status_code, promoted.json()["role"]) == (200, "administrator")
    # With a second administrator the first may go.
    me = next(one["id"] for one in (await alice.get(MEMBERS)).json()["items"] if one["email"] == "alice@acme.example")
    assert (await desk.as_("new").put(f"{MEMBERS}/{me}", json={"role": "requester"})).status_code == 200
    assert (await alice.post(MEMBERS, json={"email": "x@acme.example"})).status_code == 403
    assert (await desk.as_("new").delete(f"{MEMBERS}/{me}")).status_code == 204
    assert (await alice.get("/v1/company")).status_code == 403
    assert (await desk.as_("new").get(f"/v1/requests/{request_id}")).status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["email"]),
        ({"email": "bob@acme.example"}, ["email"]),
        ({"email": "BOB@acme.example"}, ["email"]),
        ({"email": "carol@globex.example"}, ["email"]),
        ({"email": "dave@desk.example"}, ["email"]),
        ({"email": "no address", "name": " ", "role": "agent", "isAdmin": True}, ["email", "name", "role", "isAdmin"]),
        ({"email": "x@acme.example", "role": None, "name": "a\x00b"}, ["name"]),
    ],
)
async def test_wrong_invitations_name_all_that_is_wrong(desk: Desk, body: dict[str, Any], expected: list[str]) -> None:
    answer = await desk.as_("alice").post(MEMBERS, json=body)
    assert answer.status_code == 400, answer.text
    assert [issue["name"] for issue in answer.json()["issues"]] == expected


@pytest.mark.parametrize("body", [{}, {"role": "agent"}, {"role": "ops"}, {"role": 7}])
async def test_a_role_is_one_of_two(desk: Desk, body: dict[str, Any]) -> None:
    members = (await desk.as_("alice").get(MEMBERS)).json()["items"]
    answer = await desk.as_("alice").put(f"{MEMBERS}/{members[1]['id']}", json=body)
    assert (answer.status_code, answer.json()["issues"][0]["name"]) == (400, "role")


async def test_members_of_another_company_are_not_there(desk: Desk) -> None:
    bob = next(
        one["id"] for one in (await desk.as_("bob").get(MEMBERS)).json()["items"] if one["name"].startswith("Bob")
    )
    gina = desk.as_("gina")
    assert (await gina.put(f"{MEMBERS}/{bob}", json={"role": "nonsense"})).status_code == 404
    assert (await gina.delete(f"{MEMBERS}/{bob}")).status_code == 404


async def test_a_mandate_is_granted_by_the_employer_seen_by_both_and_ended_by_the_employer(desk: Desk) -> None:
    alice, gina, pia = desk.as_("alice"), desk.as_("gina"), desk.as_("pia")
    granted = await gina.post(MANDATES, json={"enterpriseNumber": "0999.002.307", "from": "2026-01-01"})
    assert granted.status_code == 201
    mandate = granted.json()
    assert mandate == {
        "id": mandate["id"],
        "enterpriseNumber": "0999002307",
        "name": "Payroll BV",
        "direction": "granted",
        "from": "2026-01-01",
    }
    seen = {one["id"]: one for one in (await pia.get(MANDATES)).json()["items"]}
    assert seen[mandate["id"]] == {
        **mandate,
        "enterpriseNumber": GLOBEX,
        "name": "Globex SA",
        "direction": "received",
    }
    assert mandate["id"] not in [one["id"] for one in (await alice.get(MANDATES)).json()["items"]]
    request_id = await desk.opened("sam", onBehalfOf=GLOBEX)
    assert (await alice.delete(f"{MANDATES}/{mandate['id']}")).status_code == 404
    assert (await pia.delete(f"{MANDATES}/{mandate['id']}")).status_code == 403
    assert (await gina.delete(f"{MANDATES}/{mandate['id']}")).status_code == 204
    assert (await desk.as_("sam").get(f"/v1/requests/{request_id}")).status_code == 404
    assert (await desk.as_("carol").get(f"/v1/requests/{request_id}")).status_code == 200
    assert (await desk.as_("sam").post("/v1/requests", json={"onBehalfOf": GLOBEX})).status_code == 403


async def test_a_mandate_holds_on_both_its_days(desk: Desk) -> None:
    today = desk.tools.today().isoformat()
    gina = desk.as_("gina")
    answer = await gina.post(MANDATES, json={"enterpriseNumber": "0999002307", "from": today, "until": today})
    assert answer.status_code == 201
    assert answer.json()["until"] == today
    assert (await desk.as_("sam").post("/v1/requests", json={"onBehalfOf": GLOBEX})).status_code == 201


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["enterpriseNumber"]),
        ({"enterpriseNumber": "0999001219"}, ["enterpriseNumber"]),
        ({"enterpriseNumber": "0403170701"}, ["enterpriseNumber"]),
        ({"enterpriseNumber": "0999000129"}, ["enterpriseNumber"]),
        ({"enterpriseNumber": "0999002307"}, ["enterpriseNumber"]),
        ({"enterpriseNumber": GLOBEX, "from": "2030-01-02", "until": "2030-01-01"}, ["until"]),
        ({"enterpriseNumber": GLOBEX, "until": "2020-01-01"}, ["until"]),
        (
            {"enterpriseNumber": 7, "from": "2031-W01-1", "until": "2030-02-30", "name": "x"},
            ["enterpriseNumber", "from", "until", "name"],
        ),
    ],
)
async def test_wrong_mandates_name_all_that_is_wrong(desk: Desk, body: dict[str, Any], expected: list[str]) -> None:
    answer = await desk.as_("alice").post(MANDATES, json=body)
    assert answer.status_code == 400, answer.text
    assert [issue["name"] for issue in answer.json()["issues"]] == expected


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (MEMBERS, {"email": "new@acme.example"}),
        (MANDATES, {"enterpriseNumber": GLOBEX}),
        ("/v1/company/clients", {"name": "Robot", "email": "it@acme.example", "scopes": ["requests:read"]}),
        ("/v1/requests", {}),
    ],
)
async def test_what_was_made_is_where_the_answer_says(desk: Desk, url: str, body: dict[str, Any]) -> None:
    alice = desk.as_("alice")
    made = await alice.post(url, json=body, headers={"Idempotency-Key": "k-1"})
    again = await alice.post(url, json=body, headers={"Idempotency-Key": "k-1"})
    assert (made.status_code, again.status_code) == (201, 201)
    assert made.headers["location"] == again.headers["location"] == f"{url}/{made.json()['id']}"
    found = await alice.get(made.headers["location"])
    assert found.status_code == 200
    told = {name: value for name, value in made.json().items() if name != "secret"}
    assert found.json() == told


async def test_colleagues_are_read_one_by_one_and_mandates_by_both_sides(desk: Desk) -> None:
    bea, mandate = await desk.id_of("bea"), (await desk.as_("bob").get(MANDATES)).json()["items"][0]["id"]
    assert (await desk.as_("bob").get(f"{MEMBERS}/{bea}")).json()["email"] == "bea@acme.example"
    assert (await desk.as_("bob").get(f"{MANDATES}/{mandate}")).json()["direction"] == "granted"
    assert (await desk.as_("sam").get(f"{MANDATES}/{mandate}")).json()["direction"] == "received"
    for who, url in (("carol", f"{MEMBERS}/{bea}"), ("carol", f"{MANDATES}/{mandate}")):
        assert (await desk.as_(who).get(url)).status_code == 404


async def ids(desk: Desk, who: str) -> dict[str, str]:
    """Colleagues by mail address."""
    return {one["email"]: one["id"] for one in (await desk.as_(who).get(MEMBERS)).json()["items"]}


async def test_whoever_never_came_administers_nothing(desk: Desk) -> None:
    alice = desk.as_("alice")
    await alice.post(MEMBERS, json={"email": "mistyped@nowhere.example", "role": "administrator"})
    there = await ids(desk, "alice")
    mine, theirs = (f"{MEMBERS}/{there[email]}" for email in ("alice@acme.example", "mistyped@nowhere.example"))
    for answer in (await alice.delete(mine), await alice.put(mine, json={"role": "requester"})):
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (409, "lastAdministrator")
    assert (await alice.put(theirs, json={"role": "requester"})).status_code == 200, "an invitation is no administrator"
    assert (await alice.put(theirs, json={"role": "administrator"})).status_code == 200
    assert (await alice.delete(theirs)).status_code == 204
    # Somebody who is here stands in.
    assert (
        await alice.put(f"{MEMBERS}/{there['bob@acme.example']}", json={"role": "administrator"})
    ).status_code == 200
    assert (await alice.delete(mine)).status_code == 204
    last = await desk.as_("bob").delete(f"{MEMBERS}/{there['bob@acme.example']}")
    assert last.status_code == 409


async def test_a_company_of_invitations_alone_keeps_one(desk: Desk) -> None:
    """Entered at the console: a mistyped first invitation goes once there is a second one."""
    console_administrator = console.administrator(desk.tools, "0403170701", found_as="New NV")
    first, second = (
        members.invite(desk.tools, console_administrator, email=f"{name}@new.example", role="administrator").view.id
        for name in ("ane", "ann")
    )
    members.remove(desk.tools, console_administrator, first)
    with pytest.raises(Conflict):
        members.remove(desk.tools, console_administrator, second)


async def test_a_list_of_colleagues_goes_on_after_a_colleague_only(desk: Desk) -> None:
    alice, gina = desk.as_("alice"), desk.as_("gina")
    page = (await alice.get(f"{MEMBERS}?pageSize=1")).json()
    strangers = [*(await ids(desk, "gina")).values(), people.caller_of(desk.tools, "dave@desk.example").person_id]
    for stranger in strangers:
        answer = await alice.get(MEMBERS, params={"cursor": stranger})
        assert (answer.status_code, answer.json()["issues"][0]["name"]) == (400, "cursor")
    # Who has left keeps the place; to others it never was one.
    await alice.post(MEMBERS, json={"email": "aaron@acme.example", "name": "Aaron"})
    gone = (await ids(desk, "alice"))["aaron@acme.example"]
    await alice.delete(f"{MEMBERS}/{gone}")
    after = (await alice.get(MEMBERS, params={"cursor": gone})).json()
    assert [one["id"] for one in after["items"]][:1] == [page["items"][0]["id"]]
    assert (await gina.get(MEMBERS, params={"cursor": gone})).status_code == 400
