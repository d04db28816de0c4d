"""The desk: the file's shape, search by hand, four eyes, undo; and what an objection comes to."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from domain.niss import Niss
from register.demo import FIVE
from store.tables import ConsultationRow
from tests.api.desk import COENIG, Desk

SEARCH = "/v1/desk/register/query"
CANDIDATE = {"ssin", "ssinFormatted", "surname", "givenNames", "sex", "birthDate", "birthPlace", "birthCountry"}
CANDIDATE |= {"nationality", "score", "lookAlike", "evidence"}
REUTER = "83452416311"


async def test_the_file_is_the_request_flat_and_what_the_desk_adds(desk: Desk) -> None:
    request_id = await desk.in_review(person={**COENIG, "givenNames": "Koen", "birthPlace": "Bonn"})
    as_asked = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    file = (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()
    assert set(as_asked) <= set(file)
    assert {name: file[name] for name in as_asked if name != "links"} == {
        name: value for name, value in as_asked.items() if name != "links"
    }
    assert set(file) - set(as_asked) == {"reviewReason", "doubt", "decision", "candidates"}
    best = file["candidates"][0]
    assert set(best) >= CANDIDATE - {"sex"}
    assert best["ssin"] == REUTER
    assert best["ssinFormatted"] == "83.45.24-163.11"
    assert 0 <= best["score"] <= 1
    names = {evidence["field"] for evidence in best["evidence"]}
    assert {"surname", "givenNames", "birthDate"} <= names
    for evidence in best["evidence"]:
        assert (
            {"field", "agreement", "weight", "why"}
            <= set(evidence)
            <= {*("field", "stated", "registered", "agreement", "weight", "why")}
        )
        assert evidence["agreement"] in {"same", "similar", "different", "missing"}
    empty = await desk.in_review("bea")
    assert (await desk.as_("dave").get(f"/v1/desk/requests/{empty}")).json()["candidates"] == []


async def consulted(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(ConsultationRow).where(ConsultationRow.what == "registerSearch")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"surname": "Reuter"}, [REUTER]),
        ({"surname": "reuter", "givenNames": "Coenig"}, [REUTER]),
        ({"surname": "Reuter", "birthDate": "1983"}, [REUTER]),
        (
            {"surname": "Reuter", "birthDate": "1983-05", "documentNumber": "X1", "documentExpiry": "2001-01-01"},
            [REUTER],
        ),
        ({**COENIG, "givenNames": "Coenige"}, [REUTER]),
        ({"ssin": "83.45.24-163.11"}, [REUTER]),
        ({"ssin": REUTER, "surname": "Reuter", "birthDate": "1983-05-24"}, [REUTER]),
        ({"surname": "Zyxwvutsrq"}, []),
        ({"ssin": "85073003328"}, []),
    ],
)
async def test_the_register_is_searched_by_hand(desk: Desk, body: dict[str, Any], expected: list[str]) -> None:
    answer = await desk.as_("dave").post(SEARCH, json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [item["ssin"] for item in found["items"]][: len(expected)] == expected
    assert found["total"] == len(found["items"])
    assert bool(expected) == bool(found["items"])
    for item in found["items"]:
        assert set(item) >= CANDIDATE
    (row,) = await consulted(desk)
    assert row.people == sorted(desk.tools.pseudonyms.of(item["ssin"]) for item in found["items"])
    assert row.role == "agent"


async def test_by_number_alone_there_is_score_1_and_no_evidence_and_beside_a_name_there_is(desk: Desk) -> None:
    dave = desk.as_("dave")
    (alone,) = (await dave.post(SEARCH, json={"ssin": REUTER})).json()["items"]
    assert (alone["score"], alone["evidence"], alone["lookAlike"]) == (1.0, [], False)
    (beside,) = (await dave.post(SEARCH, json={"ssin": REUTER, "surname": "Dupont", "birthDate": "1990"})).json()[
        "items"
    ]
    assert beside["score"] < 0.5
    assert beside["evidence"]


async def test_a_number_that_was_replaced_leads_to_the_one_that_holds(desk: Desk) -> None:
    old = FIVE[0].__class__(
        **{
            **{name: getattr(FIVE[0], name) for name in ("surname", "birth_date", "given_names")},
            "ssin": Niss.parse("85.07.30-033.28"),
            "replaced_by": Niss(REUTER),
        }
    )
    desk.register.add([old])
    (found,) = (await desk.as_("dave").post(SEARCH, json={"ssin": "85073003328"})).json()["items"]
    assert found["ssin"] == REUTER


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["surname"]),
        ({"givenNames": "Coenig", "birthDate": "1983"}, ["surname"]),
        ({"ssin": "83452416312"}, ["ssin"]),
        ({"ssin": 83452416311}, ["ssin"]),
        ({"surname": " "}, ["surname"]),
        ({"surname": "x", "birthDate": "1983-00"}, ["birthDate"]),
        (
            {"surname": "x", "sex": "Zyxwvut", "official": {"street": "a", "zip": 1}, "q": 1},
            ["official.zip", "q", "sex", "official.municipality", "official.country"],
        ),
    ],
)
async def test_wrong_searches_name_all_that_is_wrong(desk: Desk, body: dict[str, Any], expected: list[str]) -> None:
    answer = await desk.as_("dave").post(SEARCH, json=body)
    assert answer.status_code == 400, answer.text
    assert [issue["name"] for issue in answer.json()["issues"]] == expected
    assert "Zyxwvut" not in answer.text
    assert await consulted(desk) == []


async def test_four_eyes_and_undo(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(minutes=1))
    request_id = await desk.in_review()
    url = f"/v1/desk/requests/{request_id}/ruling"
    dave, erin, bob = desk.as_("dave"), desk.as_("erin"), desk.as_("bob")
    body = {"kind": "identify", "ssin": "83.45.24-163.11"}
    proposed = (await desk.ruled(request_id, **body)).json()["ruling"]
    assert (proposed["state"], proposed["needsConfirmation"], proposed["ssin"]) == ("proposed", True, REUTER)
    assert set(proposed) == {"kind", "ssin", "by", "at", "state", "needsConfirmation"}
    # The same agent may not confirm; any agent may undo what is only proposed.
    assert (await dave.post(f"{url}/confirmation")).status_code == 403
    assert (await erin.delete(url)).status_code == 204
    assert "ruling" not in (await dave.get(f"/v1/desk/requests/{request_id}")).json()
    await desk.ruled(request_id, **body)
    # Withdrawal is refused from the confirmation on, not before.
    confirmed = await erin.post(f"{url}/confirmation")
    assert confirmed.status_code == 202
    told = confirmed.json()["ruling"]
    assert (told["state"], told["confirmedBy"]["name"]) == ("confirmed", "Erin Lemaire")
    assert told["deliverAt"]
    assert (await bob.delete(f"/v1/requests/{request_id}")).json()["type"].endswith(":rulingAccepted")
    assert (await erin.post(f"{url}/confirmation")).json()["type"].endswith(":noRuling")
    assert (await dave.delete(url)).status_code == 204
    assert (await dave.delete(url)).json()["type"].endswith(":noRuling")
    assert desk.sent[-1].fact.kind.value == "submitted"
    assert (await bob.delete(f"/v1/requests/{request_id}")).status_code == 204


async def test_only_who_proposed_or_confirmed_undoes_a_confirmed_ruling(desk: Desk) -> None:
    desk.under(ruling_undo=timedelta(minutes=1))
    request_id = await desk.in_review()
    await desk.ruled(request_id, kind="reject", reason="other")
    assert (await desk.as_("erin").delete(f"/v1/desk/requests/{request_id}/ruling")).status_code == 403
    assert (await desk.as_("dave").delete(f"/v1/desk/requests/{request_id}/ruling")).status_code == 204
    # The claim outlives the undo.
    assert (await desk.as_("erin").post(f"/v1/desk/requests/{request_id}/claim")).status_code == 409


async def test_a_supervisor_who_confirms_takes_back_and_nobody_elses(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(minutes=1))
    request_id = await desk.in_review()
    url = f"/v1/desk/requests/{request_id}/ruling"
    dave, erin, sven = desk.as_("dave"), desk.as_("erin"), desk.as_("sven")
    body = {"kind": "identify", "ssin": REUTER}
    await desk.ruled(request_id, **body)
    assert (await sven.post(f"{url}/confirmation")).json()["ruling"]["confirmedBy"]["name"] == "Sven Aerts"
    assert (await erin.delete(url)).status_code == 403
    assert (await sven.delete(url)).status_code == 204
    await desk.ruled(request_id, **body)
    assert (await sven.delete(url)).status_code == 204, "who may confirm may also say no"
    await desk.ruled(request_id, **body)
    assert (await erin.post(f"{url}/confirmation")).status_code == 202
    assert (await sven.delete(url)).status_code == 403, "proposed and confirmed by others"
    assert (await dave.delete(url)).status_code == 204


async def objected(desk: Desk) -> tuple[str, dict[str, Any]]:
    request_id = await desk.identified("bob")
    url = f"/v1/requests/{request_id}/objection"
    answer = await desk.as_("bea").post(url, json={"message": " Not our\nemployee. "})
    assert answer.status_code == 202, answer.text
    return request_id, answer.json()


async def test_an_objection_brings_the_request_before_the_agents_and_keeps_its_number(desk: Desk) -> None:
    request_id, shown = await objected(desk)
    assert (shown["phase"], shown["outcome"], shown["ssin"]) == ("inReview", "identified", REUTER)
    assert "closedAt" not in shown
    assert {**shown["objection"], "at": ""} == {"state": "open", "at": "", "message": "Not our\nemployee."}
    file = (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()
    assert file["reviewReason"] == "objection"
    refused = await desk.as_("bob").delete(f"/v1/requests/{request_id}")
    assert refused.json()["type"] == "urn:problem-type:niss-desk:rulingAccepted"
    history = (await desk.as_("bob").get(f"/v1/requests/{request_id}/history")).json()["items"]
    assert (history[-1]["kind"], history[-1]["by"]["name"]) == ("objected", "Bea Maes")


@pytest.mark.parametrize(
    ("ruling", "state", "outcome", "ssin", "told"),
    [
        ({"kind": "identify", "ssin": REUTER}, "numberUpheld", "identified", REUTER, "identified"),
        ({"kind": "identify", "ssin": "95450603360"}, "numberReplaced", "identified", "95450603360", "numberReplaced"),
        (
            {"kind": "createNumber", "differentFrom": [REUTER]},
            "numberReplaced",
            "numberCreated",
            None,
            "numberReplaced",
        ),
        ({"kind": "reject", "reason": "notIdentifiable"}, "numberWithdrawn", "rejected", None, "rejected"),
    ],
)
async def test_what_an_objection_comes_to(
    desk: Desk, ruling: dict[str, Any], state: str, outcome: str, ssin: str | None, told: str
) -> None:
    desk.under(four_eyes="never")
    request_id, _ = await objected(desk)
    await desk.ruled(request_id, **ruling)
    desk.conclude(request_id)
    shown = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    assert (shown["phase"], shown["outcome"], shown["objection"]["state"]) == ("closed", outcome, state)
    if state == "numberWithdrawn":
        assert "ssin" not in shown
    elif ssin:
        assert shown["ssin"] == ssin
    else:
        assert shown["ssin"] != REUTER
    history = (await desk.as_("bob").get(f"/v1/requests/{request_id}/history?pageSize=100")).json()["items"]
    assert history[-1]["kind"] == told
    for who in ("bob", "bea"):
        items = (await desk.as_(who).get("/v1/notifications")).json()["items"]
        assert (items[0]["requestId"], items[0]["kind"]) == (request_id, told)
    bobs = (await desk.as_("bob").get("/v1/notifications")).json()["items"]
    earliest = [one["summary"] for one in bobs if one["kind"] == "identified"][-1]
    then = "A number was given for" if told in ("numberReplaced", "rejected") else "with the NISS 83.45.24-163.11"
    assert then in earliest
    again = await desk.as_("bob").post(f"/v1/requests/{request_id}/objection", json={"message": "Again."})
    assert again.status_code == (409 if state == "numberWithdrawn" else 202)


@pytest.mark.parametrize(
    "body", [{}, {"message": " \n "}, {"message": "a\x07"}, {"message": "x" * 2001}, {"message": 7}]
)
async def test_an_objection_needs_a_message(desk: Desk, body: dict[str, Any]) -> None:
    answer = await desk.as_("bob").post(f"/v1/requests/{await desk.identified()}/objection", json=body)
    assert (answer.status_code, answer.json()["issues"][0]["name"]) == (400, "message")


async def test_a_ruling_that_is_delivered_at_once_is_answered_with_its_effect(desk: Desk) -> None:
    slow, quick = await desk.in_review(), await desk.in_review("bea")
    later = (await desk.ruled(slow, kind="reject", reason="other")).json()
    assert (later["phase"], later["ruling"]["state"]) == ("inReview", "delivered")
    desk.conclude_while_waiting = True
    answer = await desk.ruled(quick, kind="reject", reason="other")
    assert (answer.json()["phase"], answer.json()["outcome"]) == ("closed", "rejected")
    file = await desk.as_("dave").get(f"/v1/desk/requests/{quick}")
    assert answer.headers["etag"] == file.headers["etag"]
