"""How a request ends when nothing breaks."""

from typing import Any

import pytest

from demo.caller import Refused
from tests.journeys.service import LOUIS, LOUIS_NISS, Walk, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]


def test_a_registered_person_gets_the_number_at_once_and_a_mail(walk: Walk) -> None:
    answer = walk.sent(LOUIS)
    assert (answer["phase"], answer["outcome"]) == ("closed", "identified")
    assert (answer["ssin"], answer["ssinFormatted"]) == (LOUIS_NISS, "95.45.06-033.60")
    assert answer["completed"] == ["birthCountry", "nationality"]
    assert answer["summary"] == "The NISS of Louis Dupont is 95.45.06-033.60"
    walk.mailed(answer["id"], "The number you asked for is available")
    told = walk.bob.notifications()["items"][0]
    assert (told["kind"], told["requestId"]) == ("identified", answer["id"])


def test_an_unknown_person_goes_to_an_agent_who_creates_a_number(walk: Walk) -> None:
    person = stranger()
    answer = walk.sent(person)
    assert answer["phase"] == "inReview"
    request_id = answer["id"]
    walk.mailed(request_id, "Your request is being examined")
    file = walk.dave.claims(request_id)
    assert file["reviewReason"] == "unknown"
    assert walk.dave.rules(request_id, "createNumber", differentFrom=[])["phase"] == "closed"
    closed = walk.bob.reads(request_id)
    assert closed["outcome"] == "numberCreated"
    year, month, day = person["birthDate"].split("-")
    assert closed["ssin"].startswith(f"{year[2:]}{int(month) + 60}{day}")
    walk.mailed(request_id, "The number you asked for is available")
    # From now on the register knows them.
    assert walk.sent(person)["ssin"] == closed["ssin"]


def test_a_new_document_brings_the_request_back_to_the_desk(walk: Walk) -> None:
    request_id = walk.in_review()
    walk.asked(request_id, document=True, reason="unreadable", message="The edges are cut off.")
    asked = walk.bob.reads(request_id)["actionExpected"]
    assert (asked["kind"], asked["reason"], asked["message"]) == ("newDocument", "unreadable", "The edges are cut off.")
    walk.mailed(request_id, "Action needed: complete your request")
    walk.uploaded(request_id)
    walk.comes_to(request_id, "inReview")
    walk.creates(request_id)
    assert walk.comes_to(request_id, "closed")["outcome"] == "numberCreated"
    expected = ["submitted", "inReview", "informationRequested", "informationAdded", "inReview", "numberCreated"]
    assert walk.kinds(request_id)[-6:] == expected


def test_a_corrected_typing_error_closes_the_request_without_an_agent(walk: Walk) -> None:
    mistyped = {**LOUIS, "birthDate": "1996-05-07"}
    answer = walk.sent(mistyped)
    assert answer["phase"] == "inReview"
    file = walk.dave.file(answer["id"])
    assert file["candidates"][0]["ssin"] == LOUIS_NISS
    assert file["candidates"][0]["lookAlike"]
    walk.asked(answer["id"], fields=["birthDate"], reason="dataMismatch")
    walk.bob.states(answer["id"], LOUIS)
    closed = walk.comes_to(answer["id"], "closed")
    assert (closed["outcome"], closed["ssin"]) == ("identified", LOUIS_NISS)


@pytest.mark.parametrize("where", ["collecting", "inReview", "awaitingInformation"])
def test_a_request_is_withdrawn(walk: Walk, where: str) -> None:
    request_id = walk.filled(stranger()) if where == "collecting" else walk.in_review()
    if where == "awaitingInformation":
        walk.asked(request_id, fields=["birthPlace"], reason="incomplete")
    walk.bob.withdraws(request_id)
    assert walk.comes_to(request_id, "closed")["outcome"] == "withdrawn"
    walk.mailed(request_id, "Your request was withdrawn")
    with pytest.raises(Refused) as again:
        walk.bob.withdraws(request_id)
    assert (again.value.status, again.value.kind) == (409, "requestClosed")


def test_a_request_is_rejected_and_suspicion_is_not_told(walk: Walk) -> None:
    request_id = walk.in_review()
    ruled = walk.dave.rules(request_id, "reject", reason="suspectedFraud")
    # Nothing is to be undone (PT0S): it has had its effect when the call is answered.
    assert (ruled["phase"], ruled["ruling"]["state"]) == ("closed", "delivered")
    closed: dict[str, Any] = walk.bob.reads(request_id)
    assert (closed["outcome"], closed["rejection"]) == ("rejected", {"reason": "notIdentifiable"})
    walk.mailed(request_id, "Your request was refused")
