"""All data of a request, withdrawing, objecting."""

from __future__ import annotations

import pytest
from sqlmodel import select

from domain.records import RecordKind, Transition
from store.recorder import Recorder
from store.tables import MailRow
from tests.api.desk import COENIG, Desk
from tests.api.zones import upload
from tests.portal.person import Person


@pytest.fixture
async def bob(desk: Desk) -> Person:
    return Person(await desk.browser("bob"))


async def test_everything_is_there_and_what_the_register_completed_is_marked(desk: Desk, bob: Person) -> None:
    person = {name: value for name, value in COENIG.items() if name != "nationality"}
    request_id = await desk.submitted(person=person)
    desk.conclude(request_id)
    await bob.goes(f"/requests/{request_id}", **{"Accept-Language": "en"})
    for said in (
        "Coenig Reuter was identified as Coenige Reuter",
        "83.45.24-163.11",
        "Nationality Germany",
        "from the register",
        "Name in the register Coenige Reuter",
        "Am Markt 1",
        "Requester Bob",
        "The mail about this has not been sent yet.",
        "Request sent",
    ):
        assert said in bob.words, said
    assert f'src="/requests/{request_id}/documents/passport/1"' in bob.text
    answer = await bob.browser.get(f"/requests/{request_id}/documents/passport/1")
    assert answer.headers["content-type"].startswith("image/")
    assert answer.headers["cache-control"] == "no-store"


def settle_mails(desk: Desk, request_id: str, state: str) -> None:
    with desk.tools.store.reading() as session:
        mails = list(session.exec(select(MailRow.id).where(MailRow.request_id == request_id)))
    assert mails
    for mail_id in mails:
        Recorder(desk.tools.store).settle_mail(mail_id, state=state, error=None, at=desk.now)


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("pending", "The mail about this has not been sent yet."),
        ("sent", "A mail said that the number is there."),
        ("undeliverable", "The mail about this could not be delivered."),
    ],
)
async def test_what_became_of_a_mail_is_told_as_it_is(desk: Desk, bob: Person, state: str, line: str) -> None:
    request_id = await desk.identified()
    if state != "pending":
        settle_mails(desk, request_id, state)
    await bob.goes(f"/requests/{request_id}")
    assert line in bob.words
    assert bob.words.count("The mail about this") + bob.words.count("A mail said") == 1
    dave = Person(await desk.browser("dave"))
    await dave.goes(f"/desk/requests/{request_id}")
    await dave.fills(f"/desk/requests/{request_id}/open", reason="A call.")
    assert ("could not be delivered" in dave.words) == (state == "undeliverable"), "agents see what did not arrive"


async def test_a_withdrawal_tells_of_its_mail_once_the_story_has_one(desk: Desk, bob: Person) -> None:
    request_id = await desk.in_review()
    settle_mails(desk, request_id, "sent")
    assert (await desk.as_("bob").delete(f"/v1/requests/{request_id}")).status_code == 204
    await bob.goes(f"/requests/{request_id}")
    assert "A mail said that it takes longer." in bob.words
    assert "The mail about this" not in bob.words
    told = Transition(request_id, "k9", desk.sent[-1].fact.seq, RecordKind.WITHDRAWN)
    assert Recorder(desk.tools.store).record(told, desk.now).newer == []
    await bob.goes(f"/requests/{request_id}")
    assert "The mail about this has not been sent yet." in bob.words
    settle_mails(desk, request_id, "sent")
    await bob.goes(f"/requests/{request_id}")
    assert "A mail said that it was withdrawn." in bob.words


async def test_two_requests_for_one_person_point_at_each_other(desk: Desk, bob: Person) -> None:
    first, second = await desk.identified(), await desk.filled()
    await bob.goes(f"/requests/{second}/check")
    assert "Your company may have asked for this person already" in bob.text
    await bob.follows("See that request")
    assert bob.path == f"/requests/{first}"
    await bob.goes(f"/requests/{first}")
    assert "Your company has asked for this person more than once" in bob.text


async def test_the_same_document_in_another_request_is_pointed_out_with_a_link(desk: Desk, bob: Person) -> None:
    first, second = await desk.opened(), await desk.filled()
    said = "This document is in another request of your company"
    await bob.goes(f"/requests/{second}/check")
    assert said not in bob.text
    for each in (first, second):
        await upload(desk, each)
    for page in ("/documents", "/check", ""):
        if not page:
            assert (await desk.as_("bob").post(f"/v1/requests/{second}/submission")).status_code == 202
        await bob.goes(f"/requests/{second}{page}")
        assert said in bob.text, page
        assert f'href="/requests/{first}"' in bob.text, page
    carol = Person(await desk.browser("carol"))
    theirs = await desk.filled("carol")
    await upload(desk, theirs, who="carol")
    await carol.goes(f"/requests/{theirs}/check")
    assert said not in carol.text, "what another company has is told to agents alone"


async def test_withdrawing_is_asked_about_first(desk: Desk, bob: Person) -> None:
    request_id = await desk.in_review()
    await bob.goes("/")
    await bob.follows("Delete the request")
    assert "Delete the request for Maria Tienpont?" in bob.text
    await bob.fills(f"/requests/{request_id}/withdraw")
    assert "was withdrawn" in bob.text
    await bob.goes(f"/requests/{request_id}/withdraw")
    assert bob.path == f"/requests/{request_id}"
    assert "Delete the request" not in bob.text


async def test_what_an_agent_decided_meanwhile_is_said(desk: Desk, bob: Person) -> None:
    request_id = await desk.in_review()
    await bob.goes(f"/requests/{request_id}/withdraw")
    await desk.ruled(request_id, kind="reject", reason="other")
    await bob.fills(f"/requests/{request_id}/withdraw")
    assert bob.status == 409
    assert "An agent has decided already." in bob.text
    desk.conclude(request_id)
    await bob.goes(f"/requests/{request_id}")
    assert "was rejected" in bob.text


async def test_this_is_not_my_employee(desk: Desk, bob: Person) -> None:
    request_id = await desk.identified()
    await bob.goes(f"/requests/{request_id}")
    await bob.follows("This is not my employee")
    await bob.fills(f"/requests/{request_id}/objection", message="  ")
    assert bob.status == 400
    assert "Tell why this is not your employee." in bob.text
    await bob.fills(f"/requests/{request_id}/objection", message="Another <birth> date.")
    assert bob.path == f"/requests/{request_id}"
    assert "An agent is looking at your objection." in bob.text
    assert "« Another &lt;birth&gt; date. »" in bob.text
    await bob.goes(f"/requests/{request_id}/objection")
    assert bob.path == f"/requests/{request_id}"
