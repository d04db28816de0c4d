"""Collections: filters, order, cursors that hold while rows change; the query by name; similar requests."""

from typing import Any

import httpx
import pytest

from tests.api.desk import COENIG, UNKNOWN, Desk

SORTS = ["updatedAt", "-updatedAt", "createdAt", "-createdAt", "requester", "-requester"]


async def pages(client: httpx.AsyncClient, url: str, meanwhile: Any = None) -> list[str]:
    """Ids over all pages, two at a time; `meanwhile` is called between the pages."""
    found: list[str] = []
    changes = 3  # rows that go on changing go on coming: whoever reads them in that order reads on
    following: str | None = f"{url}{'&' if '?' in url else '?'}pageSize=2"
    while following:
        answer = (await client.get(following)).json()
        assert 0 < len(answer["items"]) <= 2
        found += [item["id"] for item in answer["items"]]
        following = answer.get("next")
        if meanwhile and following and changes:
            changes -= 1
            await meanwhile()
    return found


@pytest.mark.parametrize("sort", SORTS)
async def test_requests_are_paged_in_every_order(desk: Desk, sort: str) -> None:
    ids = [await desk.opened(who) for who in ("bob", "alice", "bea", "bob", "alice")]
    bob = desk.as_("bob")
    assert (await bob.put(f"/v1/requests/{ids[1]}/personalData", json=COENIG)).status_code == 200
    found = await pages(bob, f"/v1/requests?scope=company&sort={sort}")
    everything = {
        item["id"]: item for item in (await bob.get("/v1/requests?scope=company&pageSize=100")).json()["items"]
    }
    key = sort.lstrip("-")
    values = [
        everything[found_id]["requester"]["name"] if key == "requester" else everything[found_id][key]
        for found_id in found
    ]
    assert sorted(found) == sorted(ids)
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize("sort", SORTS)
async def test_what_stays_as_it_is_is_neither_skipped_nor_shown_twice(desk: Desk, sort: str) -> None:
    moving = [await desk.opened("bob") for _ in range(2)]
    stable = [await desk.opened("bob") for _ in range(4)]
    moving += [await desk.opened("bob") for _ in range(2)]
    bob = desk.as_("bob")

    async def others_change() -> None:
        for request_id in moving:
            assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=COENIG)).status_code == 200
        await desk.opened("alice")
        await desk.opened("bob")

    found = await pages(bob, f"/v1/requests?scope=mine&sort={sort}", others_change)
    assert sorted(one for one in found if one in stable) == sorted(stable)


async def test_the_filters(desk: Desk) -> None:
    by_bob, by_bea = await desk.identified("bob"), await desk.in_review("bea")
    drafted, foreign = await desk.opened("bob"), await desk.opened("carol")
    bob = desk.as_("bob")
    bea = (await bob.get(f"/v1/requests/{by_bea}")).json()["requester"]["id"]

    async def ids(query: str) -> set[str]:
        return {item["id"] for item in (await bob.get(f"/v1/requests{query}")).json()["items"]}

    assert await ids("") == {by_bob, drafted}
    assert await ids("?scope=company") == {by_bob, by_bea, drafted}
    assert await ids(f"?requester={bea}") == {by_bea}
    assert await ids(f"?requester={bea}&scope=mine") == {by_bea}
    assert await ids("?requester=nobody") == set()
    assert await ids("?scope=company&phase=inReview") == {by_bea}
    assert await ids("?scope=company&outcome=identified") == {by_bob}
    assert await ids("?scope=company&outcome=rejected") == set()
    assert foreign not in await ids("?scope=company&pageSize=100")
    for item in (await bob.get("/v1/requests?scope=company")).json()["items"]:
        assert not {"address", "documents"} & set(item)


async def test_the_query_by_name(desk: Desk) -> None:
    people = [
        {"surname": "Müller-Łoś", "givenNames": "Jörg", "birthDate": "1980"},
        {"surname": "Van den Broeck", "givenNames": "Hildegarda", "birthDate": "1981", "formerSurname": "Peeters"},
    ]
    jorg, hilde = [await desk.opened("bob") for _ in people]
    bob = desk.as_("bob")
    for request_id, person in zip((jorg, hilde), people, strict=True):
        assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=person)).status_code == 200
    coenig = await desk.identified("bea")
    for q, expected in (
        ("muller", {jorg}),
        ("MUEL lo", {jorg}),
        ("jö mül", {jorg}),
        ("ller", set()),
        ("van broeck", {hilde}),
        ("peet", {hilde}),
        ("coenige", {coenig}),  # as registered
        ("coenig reut", {coenig}),
        ("%", set()),
        ("_", set()),
        ("!", set()),
    ):
        found = (await bob.post("/v1/requests/query", json={"scope": "company", "q": q})).json()
        assert {item["id"] for item in found["items"]} == expected, q
        assert found["total"] == len(expected)
    assert (await desk.as_("carol").post("/v1/requests/query", json={"q": "muller"})).json()["total"] == 0


async def test_the_query_pages_by_a_cursor_in_the_body(desk: Desk) -> None:
    ids = [await desk.opened("bob") for _ in range(5)]
    bob, body, found = desk.as_("bob"), {"pageSize": 2, "sort": "createdAt", "requester": None}, []
    while True:
        answer = (await bob.post("/v1/requests/query", json=body)).json()
        assert set(answer) <= {"items", "total", "nextCursor"}
        found += [item["id"] for item in answer["items"]]
        if "nextCursor" not in answer:
            break
        body["cursor"] = answer["nextCursor"]
    assert found == ids
    assert (await bob.post("/v1/requests/query")).json()["total"] == 5


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"q": ""}, "q"),
        ({"q": " \t "}, "q"),
        ({"q": 7}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"scope": "world"}, "scope"),
        ({"phase": "done"}, "phase"),
        ({"outcome": "won"}, "outcome"),
        ({"sort": "surname"}, "sort"),
        ({"requester": "a b"}, "requester"),
        ({"pageSize": 101}, "pageSize"),
        ({"pageSize": "20"}, "pageSize"),
        ({"pageSize": True}, "pageSize"),
        ({"cursor": "Zyxwvut"}, "cursor"),
        ({"cursor": "WyJjcmVhdGVkQXQiLCAiMDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OSIsICJ4Il0"}, "cursor"),
        ({"cursor": "WyJ1cGRhdGVkQXQiLCAiMDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OSIsICJ4Il0"}, "cursor"),
        ({"cursor": "WyJ1cGRhdGVkQXQiLCAiMjAyNi0wMS0wMSIsICJ4Il0"}, "cursor"),
        ({"next": "x"}, "next"),
    ],
)
async def test_wrong_members_of_the_query_are_named(desk: Desk, body: dict[str, Any], name: str) -> None:
    answer = await desk.as_("bob").post("/v1/requests/query", json=body)
    assert answer.status_code == 400, answer.text
    assert [(issue["in"], issue["name"]) for issue in answer.json()["issues"]] == [("body", name)]
    assert "Zyxwvut" not in answer.text


async def test_notifications_page_on_though_they_are_read_meanwhile(desk: Desk) -> None:
    for _ in range(5):
        await desk.in_review("bob")
    bob = desk.as_("bob")
    everything = [item["id"] for item in (await bob.get("/v1/notifications?pageSize=100")).json()["items"]]

    async def read_the_first() -> None:
        assert (await bob.post(f"/v1/notifications/{everything[1]}/read")).status_code == 204
        await desk.in_review("bob")

    assert await pages(bob, "/v1/notifications?unread=true", read_the_first) == everything


async def test_members_page_on_though_one_leaves_meanwhile(desk: Desk) -> None:
    alice = desk.as_("alice")
    for number in range(4):
        answer = await alice.post(
            "/v1/company/members", json={"email": f"m{number}@acme.example", "name": f"M{number}"}
        )
        assert answer.status_code == 201
    everything = (await alice.get("/v1/company/members?pageSize=100")).json()["items"]
    leaving = [member["id"] for member in everything if member["name"].startswith("B")]

    async def one_leaves() -> None:
        if leaving:
            assert (await alice.delete(f"/v1/company/members/{leaving.pop()}")).status_code == 204

    found = await pages(alice, "/v1/company/members", one_leaves)
    staying = [member["id"] for member in everything if not member["name"].startswith("B")]
    assert [member for member in found if member in staying] == staying
    assert len(found) == len(set(found))


async def test_histories_and_mandates_are_paged(desk: Desk) -> None:
    alice = desk.as_("alice")
    for year in range(2031, 2036):
        body = {"enterpriseNumber": "0999001218", "from": f"{year}-01-01", "until": f"{year}-12-31"}
        assert (await alice.post("/v1/company/mandates", json=body)).status_code == 201
    everything = [item["id"] for item in (await alice.get("/v1/company/mandates?pageSize=100")).json()["items"]]
    assert len(everything) == 6
    assert await pages(alice, "/v1/company/mandates") == everything
    request_id = await desk.in_review("alice")
    url = f"/v1/requests/{request_id}/history"
    kinds = [item["kind"] for item in (await alice.get(f"{url}?pageSize=100")).json()["items"]]
    assert kinds == ["opened", "documentUploaded", "personalDataStated", "addressStated", "submitted", "inReview"]
    assert len(await pages(alice, url)) == 6


async def test_similar_requests_are_told_to_those_who_may_open_them(desk: Desk) -> None:
    first, second = await desk.identified("bob"), await desk.submitted("bea")
    other = await desk.submitted("bob", UNKNOWN)
    foreign = await desk.identified("carol")
    bob = desk.as_("bob")
    shown = (await bob.get(f"/v1/requests/{second}")).json()
    assert shown["similarTo"] == [{"id": first, "phase": "closed", "ssin": "83452416311"}]
    assert (await bob.get(f"/v1/requests/{first}")).json()["similarTo"] == [{"id": second, "phase": "identifying"}]
    assert "similarTo" not in (await bob.get(f"/v1/requests/{other}")).json()
    listed = {item["id"]: item for item in (await bob.get("/v1/requests?scope=company")).json()["items"]}
    assert listed[second]["similarTo"] == shown["similarTo"]
    assert "similarTo" not in listed[other]
    assert "similarTo" not in (await desk.as_("carol").get(f"/v1/requests/{foreign}")).json()
    assert (await bob.delete(f"/v1/requests/{second}")).status_code == 204
    assert "similarTo" not in (await bob.get(f"/v1/requests/{first}")).json()


async def test_a_mandatary_is_told_of_no_similar_request_that_it_may_not_open(desk: Desk) -> None:
    await desk.identified("bob")
    asked = await desk.submitted("sam", onBehalfOf="0999000129")
    assert "similarTo" not in (await desk.as_("sam").get(f"/v1/requests/{asked}")).json()
    assert len((await desk.as_("bob").get(f"/v1/requests/{asked}")).json()["similarTo"]) == 1
