"""A request from its opening to its answer, as a requester and an agent see it."""

import asyncio
import re
from typing import Any

import httpx
import pytest

from domain.request import FactKind

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


async def test_a_draft_is_opened_with_or_without_a_body(desk: Any) -> None:
    bob = desk.as_("bob")
    answer = await bob.post("/v1/requests")
    assert answer.status_code == 201
    shown = answer.json()
    assert answer.headers["location"] == f"/v1/requests/{shown['id']}" == shown["links"]["self"]
    assert (await bob.get(answer.headers["location"])).json() == shown
    assert shown["phase"] == "collecting"
    assert shown["steps"] == dict.fromkeys(("document", "personalData", "address", "submission"), "missing")
    assert shown["employee"] == {}
    assert shown["requester"] == {"id": await desk.id_of("bob"), "name": "Bob Peeters"}
    assert shown["company"] == {"enterpriseNumber": "0999000129", "name": "Acme NV"}
    assert INSTANT.fullmatch(shown["createdAt"])
    assert INSTANT.fullmatch(shown["deadline"])
    absent = {"outcome", "completed", "address", "documents", "ssin", "mandatary", "reference", "email", "rejection"}
    assert not absent & set(shown)

    body = {"reference": "HR 7", "language": "nl", "onBehalfOf": None}
    named = (await bob.post("/v1/requests", json=body)).json()
    assert (named["reference"], named["language"]) == ("HR 7", "nl")


@pytest.mark.parametrize(
    ("header", "language"), [("nl-BE,fr;q=0.3", "nl"), ("de", "de"), ("zh", "fr"), ("", "fr"), ("en-GB", "en")]
)
async def test_the_language_of_a_request_is_the_best_of_accept_language(desk: Any, header: str, language: str) -> None:
    answer = await desk.as_("bob").post("/v1/requests", headers={"Accept-Language": header})
    assert answer.json()["language"] == language


async def test_a_known_person_is_identified_while_the_call_waits(desk: Any) -> None:
    request_id = await desk.filled()
    desk.conclude_while_waiting = True
    answer = await desk.as_("bob").post(
        f"/v1/requests/{request_id}/submission", json={"email": "hr@acme.example"}, headers={"Prefer": "wait=10"}
    )
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert desk.waited == [10]
    assert (shown["phase"], shown["outcome"]) == ("closed", "identified")
    assert (shown["ssin"], shown["ssinFormatted"]) == ("83452416311", "83.45.24-163.11")
    assert shown["registeredName"] == {"surname": "Reuter", "givenNames": "Coenige"}
    assert shown["completed"] == ["birthCountry"]
    assert shown["employee"]["givenNames"] == "Coenig"
    assert shown["email"] == "hr@acme.example"
    assert shown["summary"] == "Coenig Reuter was identified as Coenige Reuter with the NISS 83.45.24-163.11"
    french = await desk.as_("bob").get(f"/v1/requests/{request_id}", headers={"Accept-Language": "fr-BE"})
    assert french.json()["summary"] == "Coenig Reuter a été identifié comme Coenige Reuter avec le NISS 83.45.24-163.11"
    assert french.headers["content-language"] == "fr"


@pytest.mark.parametrize(("prefer", "waits"), [(None, []), ("wait=0", []), ("wait=99", [30]), ("wait=soon", [])])
async def test_without_a_wait_the_answer_comes_at_once(desk: Any, prefer: str | None, waits: list[int]) -> None:
    request_id = await desk.filled()
    headers = {"Prefer": prefer} if prefer else {}
    answer = await desk.as_("bob").post(f"/v1/requests/{request_id}/submission", headers=headers)
    assert answer.status_code == 202
    assert answer.json()["phase"] == "identifying"
    assert answer.json()["summary"] == "The identification request for Coenig Reuter is in progress"
    assert desk.waited == waits


async def test_every_accepted_fact_is_delivered_and_nothing_else(desk: Any) -> None:
    request_id = await desk.filled()
    bob = desk.as_("bob")
    await bob.put(f"/v1/requests/{request_id}/personalData", json={"surname": ""})
    await bob.delete(f"/v1/requests/{request_id}/documents/passport")
    await bob.post(f"/v1/requests/{request_id}/submission")
    await bob.delete(f"/v1/requests/{request_id}")
    assert [sent.fact.kind for sent in desk.sent] == [
        FactKind.DOCUMENT_UPLOADED,
        FactKind.PERSONAL_DATA_STATED,
        FactKind.ADDRESS_STATED,
        FactKind.DOCUMENT_REMOVED,
        FactKind.WITHDRAWN,
    ]


async def test_what_is_missing_is_named(desk: Any) -> None:
    request_id = await desk.opened()
    answer = await desk.as_("bob").post(f"/v1/requests/{request_id}/submission")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:problem-type:niss-desk:stepsMissing"
    assert [issue["name"] for issue in answer.json()["issues"]] == ["document", "personalData", "address"]


async def test_pages_are_shown_as_images_of_our_own(desk: Any) -> None:
    request_id = await desk.filled()
    for who in ("bob", "bea"):
        shown = (await desk.as_(who).get(f"/v1/requests/{request_id}")).json()
        (document,) = shown["documents"]
        assert document["kind"] == "passport"
        (first,) = document["pages"]
        assert (first["number"], first["side"], first["width"], first["height"]) == (1, "front", 900, 600)
        assert first["quality"]["verdict"] in {"good", "poor"}
        answer = await desk.as_(who).get(f"/v1/requests/{request_id}/documents/passport/pages/1")
        assert answer.headers["content-type"] == first["mediaType"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    for path in ("passport/pages/2", "passport/pages/0", "passport/pages/x", "identityCard/pages/1"):
        answer = await desk.as_("bob").get(f"/v1/requests/{request_id}/documents/{path}")
        assert answer.status_code == 404, path


async def test_lists_page_through_everything_once(desk: Any) -> None:
    made = {await desk.opened("bob") for _ in range(5)} | {await desk.opened("bea")}
    for who, count in (("bob", 5), ("bea", 1), ("carol", 0)):
        assert (await desk.as_(who).get("/v1/requests")).json()["total"] == count
    found: list[str] = []
    path = "/v1/requests?scope=company&pageSize=4&sort=requester"
    while path:
        answer = (await desk.as_("alice").get(path)).json()
        assert answer["total"] == 6
        found += [item["id"] for item in answer["items"]]
        path = answer.get("next", "")
    assert len(found) == 6
    assert set(found) == made
    bea = (await desk.as_("bea").get("/v1/requests")).json()["items"][0]["requester"]["id"]
    of_bea = (await desk.as_("alice").get(f"/v1/requests?requester={bea}")).json()
    assert of_bea["total"] == 1
    assert not {"address", "documents"} & set(of_bea["items"][0])


@pytest.mark.parametrize(
    ("who", "path", "total"),
    [
        ("dave", "/v1/desk/requests?pageSize=1&assignee=none", 3),
        ("dave", "/v1/desk/requests?pageSize=2&phase=inReview", 3),
        ("bob", "/v1/notifications?pageSize=2&unread=true", 3),
        ("bob", "/v1/requests/{id}/history?pageSize=4", 6),
        ("bob", "/v1/requests?pageSize=1&sort=createdAt", 3),
    ],
)
async def test_every_collection_pages_through_everything_once(desk: Any, who: str, path: str, total: int) -> None:
    made = [await desk.in_review() for _ in range(3)]
    following, found = path.format(id=made[0]), []
    while following:
        answer = await desk.as_(who).get(following)
        assert answer.status_code == 200, answer.text
        assert answer.json()["total"] == total
        found += [item["id"] for item in answer.json()["items"]]
        following = answer.json().get("next", "")
    assert len(found) == len(set(found)) == total
    if "desk" in path or "sort" in path:
        assert found == made


async def test_history_is_told_in_order_and_hides_the_agents(desk: Any) -> None:
    request_id = await desk.in_review()
    await desk.as_("dave").post(
        f"/v1/desk/requests/{request_id}/ruling", json={"kind": "reject", "reason": "suspectedFraud"}
    )
    desk.conclude(request_id)
    answer = (await desk.as_("bob").get(f"/v1/requests/{request_id}/history")).json()
    kinds = ["opened", "documentUploaded", "personalDataStated", "addressStated", "submitted", "inReview", "rejected"]
    assert [line["kind"] for line in answer["items"]] == kinds
    assert answer["items"][0]["by"] == {"id": await desk.id_of("bob"), "name": "Bob Peeters"}
    assert "by" not in answer["items"][-1]
    seen = (await desk.as_("dave").get(f"/v1/requests/{request_id}/history?pageSize=100")).json()
    assert seen["items"][-1]["by"]["name"] == "Dave Mertens"
    shown = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    assert shown["rejection"] == {"reason": "notIdentifiable"}
    assert shown["summary"] == "The identification request for Maria Tienpont was rejected"


async def test_a_question_is_asked_answered_and_told(desk: Any) -> None:
    request_id = await desk.in_review()
    asked = {"kind": "requestInformation", "document": True, "reason": "unreadable", "message": "Too dark.\nAgain?"}
    answer = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/ruling", json=asked)
    assert answer.status_code == 202, answer.text
    desk.conclude(request_id)
    bob = desk.as_("bob")
    shown = (await bob.get(f"/v1/requests/{request_id}")).json()
    assert shown["phase"] == "awaitingInformation"
    assert shown["actionExpected"]["kind"] == "newDocument"
    assert shown["actionExpected"]["message"] == "Too dark.\nAgain?"
    assert "fields" not in shown["actionExpected"]
    assert shown["summary"] == "New document needed for Maria Tienpont"
    told = (await bob.get("/v1/notifications")).json()
    assert [item["kind"] for item in told["items"]] == ["informationRequested", "inReview"]
    assert told["unreadCount"] == 2
    assert told["items"][0]["summary"] == "New document needed for Maria Tienpont"
    assert told["items"][0]["requestId"] == request_id
    assert (await bob.post(f"/v1/notifications/{told['items'][0]['id']}/read")).status_code == 204
    unread = (await bob.get("/v1/notifications?unread=true")).json()
    assert (unread["total"], unread["unreadCount"]) == (1, 1)
    refused = await bob.put(f"/v1/requests/{request_id}/address", json={"official": {}})
    assert refused.status_code == 400


async def test_the_file_shows_candidates_claim_and_ruling(desk: Any) -> None:
    person = {"surname": "Reuter", "givenNames": "Otto", "birthDate": "1983-05-24", "birthPlace": "Bonn"}
    request_id = await desk.in_review(person=person)
    dave, erin = desk.as_("dave"), desk.as_("erin")
    queue = (await dave.get("/v1/desk/requests?assignee=none")).json()
    assert [item["id"] for item in queue["items"]] == [request_id]
    assert "candidates" not in queue["items"][0]
    claimed = await dave.post(f"/v1/desk/requests/{request_id}/claim")
    assert claimed.status_code == 200
    shown = claimed.json()
    assert shown["assignee"]["name"] == "Dave Mertens"
    held = (await erin.get(f"/v1/desk/requests?assignee={shown['assignee']['id']}")).json()
    assert [item["id"] for item in held["items"]] == [request_id]
    assert shown["reviewReason"] in {"ambiguous", "unknown"}
    assert claimed.headers["etag"]
    best = shown["candidates"][0]
    assert best["ssin"] == "83452416311"
    assert {"ssinFormatted", "score", "lookAlike", "evidence"} <= set(best)
    assert (await erin.post(f"/v1/desk/requests/{request_id}/claim")).json()["type"].endswith("claimedByAnother")
    assert (await dave.get("/v1/desk/requests?assignee=me")).json()["total"] == 1
    assert (await dave.delete(f"/v1/desk/requests/{request_id}/claim")).status_code == 204
    ruled = await erin.post(
        f"/v1/desk/requests/{request_id}/ruling", json={"kind": "identify", "ssin": "83.45.24-163.11"}
    )
    assert ruled.status_code == 202, ruled.text
    assert ruled.json()["ruling"]["state"] == "delivered"
    assert ruled.json()["ruling"]["ssin"] == "83452416311"
    undone = await erin.delete(f"/v1/desk/requests/{request_id}/ruling")
    assert (undone.status_code, undone.json()["type"]) == (409, "urn:problem-type:niss-desk:noRuling")
    desk.conclude(request_id)
    closed = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    assert closed["ssin"] == "83452416311"


async def test_a_mandatary_sees_what_it_asked_for_and_no_more(desk: Any) -> None:
    of_acme = await desk.opened("bob")
    asked = await desk.opened("sam", onBehalfOf="0999.000.129")
    for who in ("sam", "bob"):
        shown = (await desk.as_(who).get(f"/v1/requests/{asked}")).json()
        assert shown["company"]["name"] == "Acme NV"
        assert shown["mandatary"]["name"] == "Payroll BV"
    assert (await desk.as_("sam").get(f"/v1/requests/{of_acme}")).status_code == 404
    refused = await desk.as_("sam").post("/v1/requests", json={"onBehalfOf": "0999001218"})
    assert refused.status_code == 403
    wrong = await desk.as_("sam").post("/v1/requests", json={"onBehalfOf": "0999001219"})
    assert (wrong.status_code, wrong.json()["issues"][0]["name"]) == (400, "onBehalfOf")


async def test_calls_of_several_people_at_once_do_not_disturb_each_other(desk: Any) -> None:
    async def go(who: str) -> httpx.Response:
        answer: httpx.Response = await desk.as_(who).post("/v1/requests", json={"reference": who})
        return answer

    answers = await asyncio.gather(*(go(who) for who in ("alice", "bob", "bea", "carol") * 5))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 20
