"""What an answer does to its question: a part has arrived when, and as long as, every asked field of it is filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Conflict
from domain.records import RecordKind
from domain.request import FactKind, Part, Phase
from service import requests
from service.snapshots import snapshot
from service.views import ActionExpected
from tests.service.conftest import House, MakeHouse
from tests.service.test_refusals import remove

CONTACT = {"street": "Nieuwstraat", "houseNumber": "2", "postalCode": "1000", "municipality": "Brussel"}


def expected(house: House, request_id: str) -> ActionExpected:
    action = requests.read_request(house.tools, house.caller("bob"), request_id).action_expected
    assert action is not None
    return action


def awaited(house: House, request_id: str) -> list[Part]:
    """What a new run would wait for."""
    with house.tools.store.reading() as session:
        return snapshot(session, house.row(request_id)).awaited


def test_what_was_given_and_taken_back_is_asked_for_again(house: House) -> None:
    request_id = house.asked(fields=("documentNumber", "contact", "birthPlace"))
    arrived = house.state(request_id, documentNumber="AB 12").outgoing[0].fact
    assert (arrived.kind, arrived.part) == (FactKind.INFORMATION_ADDED, Part.PERSONAL_DATA)
    assert (expected(house, request_id).fields, awaited(house, request_id)) == (("contact",), [Part.ADDRESS])
    emptied = house.state(request_id).outgoing[0].fact
    assert (emptied.kind, emptied.part) == (FactKind.PERSONAL_DATA_STATED, Part.PERSONAL_DATA)
    assert expected(house, request_id).fields == ("documentNumber", "contact")
    assert awaited(house, request_id) == [Part.PERSONAL_DATA, Part.ADDRESS]
    again = house.state(request_id, birthPlace="Breda").outgoing[0].fact
    assert (again.kind, again.part) == (FactKind.PERSONAL_DATA_STATED, None)
    house.address(request_id, contact=CONTACT)
    assert house.row(request_id).phase == Phase.AWAITING_INFORMATION
    assert (expected(house, request_id).fields, awaited(house, request_id)) == (
        ("documentNumber",),
        [Part.PERSONAL_DATA],
    )
    house.state(request_id, documentNumber="AB 12")
    row = house.row(request_id)
    assert (row.phase, row.asked, row.deadline) == (Phase.IDENTIFYING, None, None)


def test_what_is_outstanding_is_shown_and_reminded_of(house: House) -> None:
    request_id = house.asked(document=True, fields=("birthDate", "nationality"))
    first = expected(house, request_id)
    # The birth date is there, and yet asked for: it counts once it has been stated again, changed or not.
    assert (first.kind, first.fields) == ("newDocument", ("birthDate", "nationality"))
    house.upload(request_id)
    second = expected(house, request_id)
    assert (second.kind, second.first, second.fields) == ("correction", "newDocument", ("birthDate", "nationality"))
    assert (second.reason, second.message, second.deadline) == (first.reason, first.message, first.deadline)
    house.state(request_id)
    assert expected(house, request_id).fields == ("nationality",)
    (mail,) = house.conclude(request_id, RecordKind.REMINDED).mails
    order = house.recorder.mail_order(mail, house.clock[0])
    assert order is not None
    assert order.asks == ("nationality",)


def test_a_document_uploaded_twice_is_one_answer(house: House) -> None:
    request_id = house.asked(document=True, fields=("nationality",))
    facts = [house.upload(request_id).outgoing[0].fact for _ in range(2)]
    assert [(fact.kind, fact.part) for fact in facts] == [
        (FactKind.INFORMATION_ADDED, Part.DOCUMENT),
        (FactKind.DOCUMENT_UPLOADED, None),
    ]
    assert expected(house, request_id).kind == "correction"


ACTS: dict[str, Callable[..., Any]] = {
    "upload": House.upload,
    "state": House.state,
    "address": House.address,
    "submit": House.submit,
    "remove": remove,
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_accepted_of_a_draft_after_its_deadline(house: House, act: str) -> None:
    request_id = house.drafted()
    last_seq = house.row(request_id).last_seq
    house.passes(timedelta(days=30))
    with pytest.raises(Conflict, match="deadline") as refused:
        ACTS[act](house, request_id)
    assert refused.value.code == "requestClosed"
    assert house.row(request_id).last_seq == last_seq
    house.conclude(request_id, RecordKind.EXPIRED)
    assert house.row(request_id).outcome == "expired"


def test_a_draft_may_be_withdrawn_until_it_is_closed(house: House) -> None:
    request_id = house.drafted()
    house.passes(timedelta(days=30))
    requests.withdraw(house.tools, house.caller("bob"), request_id)
    assert house.row(request_id).outcome == "withdrawn"


def test_an_expiry_loses_against_what_was_accepted_before_it(house: House) -> None:
    request_id = house.drafted()
    seen = house.row(request_id).last_seq
    house.passes(timedelta(days=30) - timedelta(milliseconds=1))
    house.submit(request_id)
    house.passes(timedelta(seconds=1))
    written = house.conclude(request_id, RecordKind.EXPIRED, last_seq=seen)
    assert [fact.kind for fact in written.newer] == [FactKind.SUBMITTED]
    assert house.row(request_id).phase == Phase.IDENTIFYING


@pytest.mark.parametrize("late", [timedelta(days=21), timedelta(days=400)])
def test_no_answer_is_accepted_after_its_deadline(house: House, late: timedelta) -> None:
    request_id = house.asked(document=True, fields=("nationality",))
    house.passes(late)
    for act in (House.upload, House.state):
        with pytest.raises(Conflict, match="deadline") as refused:
            act(house, request_id)
        assert refused.value.code == "requestClosed"
    assert house.row(request_id).phase == Phase.AWAITING_INFORMATION


def test_an_answer_after_an_objection_that_comes_too_late_is_an_agents_affair(make_house: MakeHouse) -> None:
    house = make_house()
    request_id = house.reviewed()
    ruled = house.rule(request_id, kind="identify", ssin="83452416311")
    house.carry_out(request_id, RecordKind.IDENTIFIED, ruled)
    house.object_to(request_id)
    asked = house.rule(request_id, kind="requestInformation", document=True, reason="other")
    deadline = house.clock[0] + timedelta(days=21)
    house.carry_out(request_id, RecordKind.INFORMATION_REQUESTED, asked, deadline=deadline)
    house.passes(timedelta(days=22))
    with pytest.raises(Conflict, match="deadline") as refused:
        house.upload(request_id)
    assert refused.value.code == "alreadySubmitted"


@pytest.mark.parametrize("message", [None, "Il manque une page."])
def test_a_mail_refers_to_the_request_only_where_something_is_explained_there(
    house: House, message: str | None
) -> None:
    request_id = house.reviewed()
    said = {"message": message} if message else {}
    ruled = house.rule(request_id, kind="requestInformation", document=True, reason="other", **said)
    deadline = house.clock[0] + timedelta(days=21)
    asked = house.carry_out(request_id, RecordKind.INFORMATION_REQUESTED, ruled, deadline=deadline)
    house.upload(request_id)
    house.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown")
    refused = house.carry_out(
        request_id, RecordKind.REJECTED, house.rule(request_id, kind="reject", reason="other", **said)
    )
    for mail in (*asked.mails, *refused.mails):
        order = house.recorder.mail_order(mail, house.clock[0])
        assert order is not None
        assert order.explained is (message is not None)
