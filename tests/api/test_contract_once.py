"""`Idempotency-Key` and `If-Match`."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from runtime.keys import kept_key
from store.tables import IdempotencyRow
from tests.api.desk import ADDRESS, COENIG, Desk, page

KEY = {"Idempotency-Key": "a-key-of-ours"}
REJECT = {"kind": "reject", "reason": "other"}


async def test_the_same_call_counts_once_and_is_answered_as_if_asked_now(desk: Desk) -> None:
    bob = desk.as_("bob")
    first = await bob.post("/v1/requests", json={"reference": "HR 7"}, headers=KEY)
    request_id = first.json()["id"]
    assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=COENIG)).status_code == 200
    again = await bob.post("/v1/requests", json={"reference": "HR 7"}, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["location"] == first.headers["location"] == f"/v1/requests/{request_id}"
    assert again.json()["employee"]["surname"] == "Reuter"
    assert (await bob.get("/v1/requests")).json()["total"] == 1


async def test_a_key_is_the_callers_own(desk: Desk) -> None:
    ids = {(await desk.as_(who).post("/v1/requests", headers=KEY)).json()["id"] for who in ("bob", "bea", "carol")}
    assert len(ids) == 3


async def test_a_refused_call_leaves_the_key_free(desk: Desk) -> None:
    bob, request_id = desk.as_("bob"), await desk.opened()
    url = f"/v1/requests/{request_id}/submission"
    assert (await bob.post(url, headers=KEY)).status_code == 409
    for rest, body in (("personalData", COENIG), ("address", ADDRESS)):
        assert (await bob.put(f"/v1/requests/{request_id}/{rest}", json=body)).status_code == 200
    assert (await bob.put(f"/v1/requests/{request_id}/documents/passport", files=[page()])).status_code == 200
    assert (await bob.post(url, headers=KEY)).status_code == 202
    desk.conclude(request_id)
    # Closed meanwhile: the same call now has the answer that it waited for.
    again = await bob.post(url, headers=KEY)
    assert (again.status_code, again.json()["phase"]) == (200, "closed")
    assert (await bob.post(url, headers={"Idempotency-Key": "another"})).status_code == 409


async def test_a_key_holds_for_24_hours(desk: Desk) -> None:
    bob = desk.as_("bob")
    first = (await bob.post("/v1/requests", headers=KEY)).json()["id"]
    with desk.tools.store.writing() as session:
        row = session.exec(select(IdempotencyRow)).one()
        row.at -= timedelta(hours=24, seconds=1)
    assert (await bob.post("/v1/requests", headers=KEY)).json()["id"] != first


async def test_of_the_body_only_a_keyed_hash_is_kept(desk: Desk) -> None:
    await desk.as_("bob").post("/v1/requests", json={"reference": "Zyxwvut"}, headers=KEY)
    with desk.tools.store.reading() as session:
        row = session.exec(select(IdempotencyRow)).one()
    assert "Zyxwvut" not in str(row)
    assert len(row.digest) == 64
    assert row.path == "/v1/requests"


async def test_two_at_once_open_one_request(desk: Desk) -> None:
    bob = desk.as_("bob")
    answers = await asyncio.gather(*(bob.post("/v1/requests", json={"reference": "x"}, headers=KEY) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_rulings_confirmations_and_objections_count_once_too(desk: Desk) -> None:
    desk.under(four_eyes="always")
    request_id = await desk.in_review()
    url = f"/v1/desk/requests/{request_id}/ruling"
    body = {"kind": "identify", "ssin": "83452416311"}
    for _ in range(2):
        assert (await desk.as_("dave").post(url, json=body, headers=KEY)).status_code == 202
    for _ in range(2):
        assert (await desk.as_("erin").post(f"{url}/confirmation", headers=KEY)).status_code == 202
    assert [one.fact.kind.value for one in desk.sent].count("ruled") == 1
    desk.conclude(request_id)
    assert (await desk.as_("dave").post(url, json=body, headers=KEY)).status_code == 202
    for _ in range(2):
        answer = await desk.as_("bob").post(
            f"/v1/requests/{request_id}/objection", json={"message": "No."}, headers=KEY
        )
        assert answer.status_code == 202
    assert [one.fact.kind.value for one in desk.sent].count("objected") == 1


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a b", "a\tb"])
async def test_a_key_that_is_none_is_400(desk: Desk, key: str) -> None:
    answer = await desk.as_("bob").post("/v1/requests", headers={"Idempotency-Key": key})
    assert answer.status_code == 400, answer.text
    (issue,) = answer.json()["issues"]
    assert (issue["in"], issue["name"]) == ("header", "Idempotency-Key")


async def test_a_request_that_is_not_there_is_told_before_a_wrong_key(desk: Desk) -> None:
    answer = await desk.as_("bob").post("/v1/requests/x/submission", headers={"Idempotency-Key": "a b"})
    assert answer.status_code == 404


async def test_queries_reads_and_claims_take_no_notice_of_a_key(desk: Desk) -> None:
    request_id = await desk.in_review()
    for who, url, body in (
        ("bob", "/v1/requests/query", {"scope": "mine"}),
        ("dave", f"/v1/desk/requests/{request_id}/claim", {}),
        ("dave", "/v1/desk/register/query", {"surname": "Reuter"}),
    ):
        for sent in (body, {}):
            answer = await desk.as_(who).post(url, json=sent or body, headers=KEY)
            assert answer.status_code == 200, answer.text
    with desk.tools.store.reading() as session:
        assert session.exec(select(IdempotencyRow)).all() == []


def test_the_key_of_the_data_folder_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = kept_key(tmp_path, "idempotency.key")
    assert len(made) == 32
    assert kept_key(tmp_path, "idempotency.key") == made
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["idempotency.key"]
    assert (tmp_path / "keys" / "idempotency.key").stat().st_mode & 0o777 == 0o600


async def tag(desk: Desk, who: str, url: str) -> str:
    return str((await desk.as_(who).get(url)).headers["etag"])


async def test_a_change_is_made_only_to_what_is_still_there(desk: Desk) -> None:
    bob, url = desk.as_("bob"), f"/v1/requests/{await desk.opened()}"
    before = await tag(desk, "bob", url)
    stated = await bob.put(f"{url}/personalData", json=COENIG, headers={"If-Match": before})
    assert stated.status_code == 200
    assert stated.headers["etag"] == await tag(desk, "bob", url) != before
    for given in (before, f"W/{stated.headers['etag']}", f'"x", {before}', '"'):
        answer = await bob.put(f"{url}/address", json=ADDRESS, headers={"If-Match": given})
        assert answer.status_code == (400 if given == '"' else 412), given
    any_tag = await bob.put(f"{url}/personalData", json=COENIG, headers={"If-Match": "*"})
    assert any_tag.status_code == 200
    several = {"If-Match": f'"x", W/"y" ,{any_tag.headers["etag"]}'}
    assert (await bob.put(f"{url}/personalData", json=COENIG, headers=several)).status_code == 200


@pytest.mark.parametrize("given", ["", "abc", '"a" "b"', '"a",', "**", "*, *", '"' + "x" * 5000 + '"'])
async def test_what_is_no_list_of_tags_is_400(desk: Desk, given: str) -> None:
    answer = await desk.as_("bob").delete(f"/v1/requests/{await desk.opened()}", headers={"If-Match": given})
    assert answer.status_code == 400, answer.text
    (issue,) = answer.json()["issues"]
    assert (issue["in"], issue["name"]) == ("header", "If-Match")


async def test_the_desk_has_a_tag_of_its_own(desk: Desk) -> None:
    request_id = await desk.in_review()
    url = f"/v1/desk/requests/{request_id}"
    theirs, ours = await tag(desk, "bob", f"/v1/requests/{request_id}"), await tag(desk, "dave", url)
    assert theirs != ours
    dave = desk.as_("dave")
    assert (await dave.post(f"{url}/claim", headers={"If-Match": theirs})).status_code == 412
    claimed = await dave.post(f"{url}/claim", headers={"If-Match": ours})
    assert claimed.status_code == 200
    # A claim is the desk's affair: the requester sees nothing of it.
    assert await tag(desk, "bob", f"/v1/requests/{request_id}") == theirs
    assert (await dave.post(f"{url}/ruling", json=REJECT, headers={"If-Match": ours})).status_code == 412
    answer = await dave.post(f"{url}/ruling", json=REJECT, headers={"If-Match": claimed.headers["etag"]})
    assert answer.status_code == 202


async def test_a_repeated_call_is_known_though_the_tag_has_changed_by_it(desk: Desk) -> None:
    bob, request_id = desk.as_("bob"), await desk.filled()
    headers = {**KEY, "If-Match": await tag(desk, "bob", f"/v1/requests/{request_id}")}
    for _ in range(2):
        assert (await bob.post(f"/v1/requests/{request_id}/submission", headers=headers)).status_code == 202


async def test_400_comes_before_412_and_412_before_409(desk: Desk) -> None:
    request_id = await desk.submitted()
    stale: dict[str, Any] = {"headers": {"If-Match": '"0"'}}
    bob, url = desk.as_("bob"), f"/v1/requests/{request_id}/personalData"
    assert (await bob.put(url, json={"surname": 7}, **stale)).status_code == 400
    assert (await bob.put(url, json=COENIG, **stale)).status_code == 412
    assert (await bob.put(url, json=COENIG)).status_code == 409
