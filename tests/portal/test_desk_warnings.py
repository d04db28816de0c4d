"""What an agent must not overlook on a case: the dead, replaced numbers, twins, documents seen elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.niss import Niss
from domain.people import PartialDate
from domain.terms import Delays
from register.demo import FIVE
from tests.api.desk import COENIG, Desk
from tests.api.zones import upload
from tests.portal.desk_tour import DEAD, MARIA, OTHER_TWIN, TWIN
from tests.portal.person import Person

REUTER = FIVE[0]
OLD, OTHER = Niss.parse("85.07.30-033.28"), Niss.parse("98.47.28-997.65")


async def looks(desk: Desk, request_id: str, query: str = "") -> Person:
    return await Person(await desk.browser("dave")).goes(f"/desk/requests/{request_id}{query}")


async def test_the_dead_are_said_to_be_dead_and_nobody_is_identified_as_them(desk: Desk) -> None:
    desk.register.add([replace(REUTER, deceased_on=date(2020, 1, 2))])
    request_id = await desk.in_review(person=COENIG)
    dave = await looks(desk, request_id)
    assert "The person found is registered as deceased." in dave.words
    assert "has died" in dave.words
    assert "This person died on 02/01/2020: nobody can be identified as them." in dave.words
    assert f"/desk/requests/{request_id}/identify" not in dave.text
    late = await dave.browser.post(
        f"/desk/requests/{request_id}/identify",
        data={"form_token": dave.read().forms[0].fields["form_token"], "ssin": REUTER.ssin.digits},
    )
    assert late.status_code == 409
    assert "This person has died." in late.text


async def test_a_replaced_number_leads_to_the_one_that_holds(desk: Desk) -> None:
    desk.register.add([replace(REUTER, ssin=OLD, replaced_by=REUTER.ssin), replace(REUTER, ssin=OTHER)])
    request_id = await desk.in_review(person=COENIG)
    shown = [await looks(desk, request_id, f"?candidate={place}") for place in (1, 2)]
    (replaced,) = [one for one in shown if "An earlier number of this person was replaced by this one." in one.words]
    assert REUTER.ssin.formatted in replaced.words
    assert OLD.formatted not in replaced.words


async def test_twins_are_marked_and_each_is_a_candidate(desk: Desk) -> None:
    desk.register.add([TWIN, OTHER_TWIN, DEAD])
    dave = await looks(desk, await desk.in_review(person=MARIA))
    assert "Somebody else in the register has the same surname and birth date." in dave.words
    assert dave.words.count("twin or namesake") == 3
    for twin in (TWIN, OTHER_TWIN, DEAD):
        assert twin.ssin.formatted in dave.words
    alone = await looks(desk, await desk.in_review(person={**COENIG, "birthDate": "1983-05"}))
    assert "twin or namesake" not in alone.words


async def test_a_number_that_was_not_created_is_told_to_both_sides(desk: Desk) -> None:
    """Somebody alike turned up meanwhile: no ruling vanishes without a line, and nobody gets a second mail."""
    request_id = await desk.in_review(person=MARIA)
    await desk.ruled(request_id, kind="createNumber")
    before = await desk.as_("bob").get(f"/v1/requests/{request_id}")
    desk.register.add([TWIN])
    desk.conclude(request_id)
    dave = await looks(desk, request_id)
    assert "No number was created: when it should be, the register showed somebody who looks alike" in dave.words
    assert "No number was created: back to the agents Look-alikes found" in dave.words
    assert "An agent looks at it Nobody found" in dave.words
    await dave.goes("/desk/day")
    assert "New number ! came back: no number was created" in dave.words

    bob = await Person(await desk.browser("bob")).goes(f"/requests/{request_id}")
    assert "An agent looks at it again" in bob.words
    assert bob.words.count("The mail about this") == 1
    assert "Look-alikes" not in bob.words
    assert "No number" not in bob.words
    answer = await desk.as_("bob").get(f"/v1/requests/{request_id}/history")
    last = answer.json()["items"][-2:]
    assert [line["kind"] for line in last] == ["inReview", "inReview"]
    assert all(set(line) == {"id", "at", "kind"} for line in last)
    after = await desk.as_("bob").get(f"/v1/requests/{request_id}")
    assert after.json()["updatedAt"] == last[-1]["at"]
    assert after.headers["ETag"] != before.headers["ETag"]
    told = (await desk.as_("bob").get("/v1/notifications")).json()["items"]
    assert [one["kind"] for one in told if one["requestId"] == request_id] == ["inReview"]

    decided = await desk.as_("dave").post(
        f"/v1/desk/requests/{request_id}/ruling", json={"kind": "createNumber", "differentFrom": [TWIN.ssin.digits]}
    )
    assert decided.status_code == 202, decided.text
    await dave.goes(f"/desk/requests/{request_id}")
    assert "No number was created: when it should be" not in dave.words


async def test_a_document_seen_in_another_request_is_named_with_its_company(desk: Desk) -> None:
    elsewhere = await desk.in_review("carol")
    request_id = await desk.in_review()
    dave = await looks(desk, request_id)
    assert "The same document is in other requests." in dave.words
    assert f'href="/desk/requests/{elsewhere}"' in dave.text
    assert "Globex SA" in dave.words
    bob = await Person(await desk.browser("bob")).goes(f"/requests/{request_id}")
    assert elsewhere not in bob.text


EXPIRED = {"document_expiry": date(2001, 1, 1)}
OTHER_KIND = {"code": "ID"}
EXPIRES_SOON = {"document_expiry": "in three days"}


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (EXPIRED, "This document is no longer valid."),
        (OTHER_KIND, "The zone of the document says that it is of another kind."),
        (EXPIRES_SOON, "This document soon stops being valid."),
    ],
)
async def test_what_a_document_warns_of_is_told_at_step_1(desk: Desk, zone: dict[str, Any], said: str) -> None:
    request_id = await desk.filled()
    if zone == EXPIRES_SOON:
        zone = {"document_expiry": desk.tools.today() + timedelta(days=3)}
    await upload(desk, request_id, **zone)
    bob = await Person(await desk.browser("bob")).goes(f"/requests/{request_id}/documents")
    assert said in bob.words


async def test_what_a_document_warns_of_is_told_at_the_desk(desk: Desk) -> None:
    request_id = await desk.filled(person=MARIA)
    soon = desk.tools.today() + timedelta(days=3)
    names: dict[str, Any] = {"surname": "TIENPONT", "given_names": "MARIA", "sex": None, "nationality": ""}
    await upload(desk, request_id, birth_date=PartialDate.parse(MARIA["birthDate"]), document_expiry=soon, **names)
    sent = await desk.as_("bob").post(f"/v1/requests/{request_id}/submission")
    assert sent.status_code == 202, sent.text
    desk.conclude(request_id)
    assert "This document soon stops being valid." in (await looks(desk, request_id)).words


async def test_the_nationality_is_offered_as_the_zone_has_it(desk: Desk) -> None:
    request_id = await desk.opened()
    await upload(desk, request_id)
    bob = await Person(await desk.browser("bob")).goes(f"/requests/{request_id}/personal-data")
    assert 'data-use="nationality" data-value="DE"' in bob.text
    assert "On the document: Germany" in bob.words
    assert bob.form(f"/requests/{request_id}/personal-data").fields["nationality"] == ""
    await desk.as_("bob").put(f"/v1/requests/{request_id}/personalData", json=COENIG)
    await bob.goes(f"/requests/{request_id}/personal-data")
    assert "On the document: Germany" not in bob.words


async def test_the_mails_preview_has_the_deadline_of_the_request_itself(desk: Desk) -> None:
    request_id = await desk.in_review()
    desk.under(delays=Delays(answer_expiry=timedelta(days=2)))
    dave = await looks(desk, request_id, "/ask")
    form = next(one for one in dave.read().forms if "form_token" in one.fields)
    shown = await dave.browser.post(
        f"/desk/requests/{request_id}/preview",
        data={"form_token": form.fields["form_token"], "document": "yes", "reason": "unreadable"},
    )
    day = desk.tools.today() + timedelta(days=21)
    assert f"{day.day} {day:%B %Y}" in shown.text


async def test_a_supervisor_reads_a_case_and_is_offered_no_decision(desk: Desk) -> None:
    desk.register.add([TWIN])
    desk.under(four_eyes="lookalikes", ruling_undo=timedelta(hours=1))
    request_id = await desk.in_review(person=MARIA)
    sven = await Person(await desk.browser("sven")).goes(f"/desk/requests/{request_id}")
    assert TWIN.ssin.formatted in sven.words
    offered = [form.action for form in sven.read().forms] + [href for _, href in sven.read().links]
    for verb in ("identify", "create", "ask", "reject", "search", "claim", "release", "confirm", "undo"):
        assert f"/desk/requests/{request_id}/{verb}" not in offered
    assert "/desk/next" not in offered
    await desk.ruled(request_id, "erin", kind="createNumber", differentFrom=[TWIN.ssin.digits])
    await sven.goes(f"/desk/requests/{request_id}")
    offered = [form.action for form in sven.read().forms]
    assert f"/desk/requests/{request_id}/confirm" in offered, "confirming is a supervisor's to do"
    assert f"/desk/requests/{request_id}/undo" in offered, "and so is sending it back"
    await sven.fills(f"/desk/requests/{request_id}/confirm")
    assert "Decided by Erin" in sven.words
    assert f"/desk/requests/{request_id}/undo" in sven.text, "who confirmed may take it back until it is delivered"


async def test_mistakes_are_said_in_sentences_of_their_own(desk: Desk) -> None:
    desk.register.add([TWIN])
    request_id = await desk.in_review(person=MARIA)
    dave = Person(await desk.browser("dave"))
    for page, said in (
        ("create", "Look at each person who looks alike, and tick who is somebody else."),
        ("reject", "Choose the reason."),
        ("ask", "Choose at least one thing that is asked for."),
    ):
        await dave.goes(f"/desk/requests/{request_id}/{page}")
        form = next(one for one in dave.read().forms if "once" in one.fields)
        answer = await dave.browser.post(f"/desk/requests/{request_id}/{page}", data=form.fields)
        assert answer.status_code in (400, 409)
        assert said in answer.text
