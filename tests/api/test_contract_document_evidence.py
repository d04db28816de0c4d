"""What a document says of what was stated, in the evidence of each candidate and beside the register's decision."""

from dataclasses import replace
from typing import Any

from domain.errors import ZonePending
from register.demo import FIVE
from store.tables import IdentificationRow
from tests.api.desk import COENIG, Desk
from tests.api.zones import upload
from tests.portal.person import Person

TYPED = {**COENIG, "documentNumber": "C01X0006H"}
AGREES, DIFFERS = "the document says what was stated", "the document says otherwise than was stated"
#: Of the five of the demo register; deceased here, so that an agent looks.
REUTER = FIVE[0]
IN_A_ZONE = {"surname", "givenNames", "sex", "birthDate", "nationality", "documentNumber"}


async def in_review(desk: Desk, *, read: bool, confirmed: tuple[str, ...] = (), **changed: Any) -> str:
    """A request before the agents, sent with a document whose zone has these changes, or none."""
    request_id = await desk.filled(person=TYPED)
    if read:
        await upload(desk, request_id, **changed)
    sent = await desk.as_("bob").post(f"/v1/requests/{request_id}/submission", json={"confirmed": list(confirmed)})
    assert sent.status_code == 202, sent.text
    desk.conclude(request_id)
    return request_id


async def file(desk: Desk, request_id: str, language: str = "en") -> dict[str, Any]:
    answer = await desk.as_("dave").get(f"/v1/desk/requests/{request_id}", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["phase"] == "inReview"
    return found


def evidence(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["field"]: line for line in found["candidates"][0]["evidence"]}


async def test_a_document_that_agrees_is_said_of_each_field_and_weighs_nothing(desk: Desk) -> None:
    desk.register.add([replace(REUTER, deceased_on=REUTER.birth_date.earliest())])
    without = await file(desk, await in_review(desk, read=False))
    found = await file(desk, await in_review(desk, read=True))
    lines, before = evidence(found), evidence(without)
    assert {name for name, line in lines.items() if line["why"].endswith(f"; {AGREES}")} == IN_A_ZONE
    assert not any("document" in line["why"] for line in before.values())
    assert lines["documentNumber"] == {
        "field": "documentNumber",
        "stated": "C01X0006H",
        "agreement": "missing",
        "weight": 0.0,
        "why": f"not known on one side; {AGREES}",
    }
    assert set(lines) - set(before) == {"documentNumber"}
    for name, line in before.items():
        assert {**line, "why": ""} == {**lines[name], "why": ""}, "the document changes no agreement and no weight"
        assert lines[name]["why"].startswith(line["why"])
    assert [one["score"] for one in found["candidates"]] == [one["score"] for one in without["candidates"]]
    assert (found["reviewReason"], found["doubt"]) == (without["reviewReason"], without["doubt"])


async def test_in_the_language_of_the_agent(desk: Desk) -> None:
    desk.register.add([replace(REUTER, deceased_on=REUTER.birth_date.earliest())])
    request_id = await in_review(desk, read=True)
    said = {language: evidence(await file(desk, request_id, language))["sex"]["why"] for language in ("nl", "fr", "de")}
    assert said == {
        "nl": "hetzelfde; het document vermeldt wat opgegeven is",
        "fr": "identique; le document mentionne ce qui est déclaré",
        "de": "gleich; im Dokument steht, was angegeben ist",
    }


async def test_the_decision_keeps_what_the_documents_said_then(desk: Desk) -> None:
    changed = {"birth_date": replace(REUTER.birth_date, day=25), "nationality": ""}
    request_id = await in_review(desk, read=True, confirmed=("birthDate",), **changed)
    found = await file(desk, request_id)
    assert (found["reviewReason"], found["decision"]["finding"]) == ("documentDoubt", "documentDoubt")
    assert found["decision"]["documents"] == {
        **dict.fromkeys(("surname", "givenNames", "sex", "documentNumber"), "same"),
        "birthDate": "different",
    }
    lines = evidence(found)
    assert lines["birthDate"]["why"].endswith(f"; {DIFFERS}")
    assert lines["surname"]["why"].endswith(f"; {AGREES}")
    assert "document" not in lines["nationality"]["why"], "a zone that says nothing says nothing here"
    assert "decision" not in (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()


async def test_of_a_number_given_at_once_too(desk: Desk) -> None:
    request_id = await in_review(desk, read=True)
    opened = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/opening", json={"reason": "A call."})
    found = opened.json()
    assert found["outcome"] == "identified"
    assert found["decision"]["reason"] == "sure"
    assert found["decision"]["documents"] == dict.fromkeys(IN_A_ZONE, "same")
    with desk.tools.store.reading() as session:
        kept = session.get_one(IdentificationRow, (request_id, f"identification-{desk.sent[-1].fact.seq}"))
        assert set((kept.documents or {}).values()) == {"same"}, "codes by field, and no value of any"


async def test_what_was_not_read_is_evidence_of_nothing(desk: Desk) -> None:
    request_id = await desk.filled(person=TYPED)
    await upload(desk, request_id, ZonePending("x"))
    assert (await desk.as_("bob").post(f"/v1/requests/{request_id}/submission")).status_code == 202
    found = (await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/opening", json={"reason": "A call."})).json()
    assert not any("document" in line["why"] for one in found["candidates"] for line in one["evidence"])
    assert "decision" not in found


async def test_an_agent_sees_it_beside_the_fields(desk: Desk) -> None:
    changed = {"birth_date": replace(REUTER.birth_date, day=25)}
    request_id = await in_review(desk, read=True, confirmed=("birthDate",), **changed)
    dave = await Person(await desk.browser("dave")).goes(f"/desk/requests/{request_id}")
    assert f"REUTER : {AGREES}" in dave.words
    assert f"25/05/1983 : {DIFFERS}" in dave.words
    assert "When the register was asked, the document had what was stated Surname, Given names, Sex, " in dave.words
    assert "The document had something else Date of birth" in dave.words
