"""What a reader is shown after something unusual: an erasure, a correction, somebody who left, a made-up cursor."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from domain.errors import Conflict, InvalidInput
from domain.records import RecordKind
from service import desk, erasure, objections, requests, staff, steps
from tests.service.conftest import REGISTERED, MakeHouse

STATED = {"surname": "Reuter", "givenNames": "Coenig", "birthDate": "1983-05-24"}


def test_an_erased_request_is_still_readable_at_the_desk(make_house: MakeHouse) -> None:
    house = make_house()
    request_id = house.closed()
    erasure.erase(house.tools, house.caller("oscar"), request_id)
    shown = desk.read_file(house.tools, house.caller("dave"), request_id)
    assert shown.candidates == ()
    assert shown.request.employee == {}
    with pytest.raises(Conflict) as refused:
        desk.claim(house.tools, house.caller("dave"), request_id)
    assert refused.value.code == "requestClosed"


def test_an_agent_who_has_left_is_not_named_to_requesters(make_house: MakeHouse) -> None:
    house = make_house()
    request_id = house.closed()
    staff.remove(house.tools, house.caller("oscar"), house.caller("dave").person_id)
    told = requests.read_history(house.tools, house.caller("bob"), request_id).items
    assert told[-1].kind == "rejected"
    assert told[-1].by is None
    assert told[0].by is not None
    at_the_desk = requests.read_history(house.tools, house.caller("erin"), request_id).items
    assert at_the_desk[-1].by is not None
    assert at_the_desk[-1].by.name == "Dave Mertens"


def test_a_ruling_that_comes_back_is_a_line_whose_reason_agents_alone_read(make_house: MakeHouse) -> None:
    house = make_house()
    request_id = house.reviewed()
    for _ in range(2):
        house.passes(timedelta(minutes=1))
        ruled = house.rule(request_id, kind="createNumber")
        recorded = house.carry_out(request_id, RecordKind.IN_REVIEW, ruled, reason="registerUnavailable")
        assert recorded.mails == []
    at_the_desk = requests.read_history(house.tools, house.caller("dave"), request_id).items[-3:]
    assert [(line.kind, line.returned, line.reason) for line in at_the_desk] == [
        ("inReview", False, "unknown"),
        ("inReview", True, "registerUnavailable"),
        ("inReview", True, "registerUnavailable"),
    ]
    told = requests.read_history(house.tools, house.caller("bob"), request_id).items[-3:]
    assert [(line.returned, line.reason) for line in told] == [(False, None), (True, None), (True, None)]
    page = requests.read_history(house.tools, house.caller("bob"), request_id, page_size=1, cursor="6").items
    assert [line.returned for line in page] == [True]


def test_what_was_stated_since_counts_before_what_was_completed(make_house: MakeHouse) -> None:
    house = make_house()
    bob = house.caller("bob")
    request_id = house.opened()
    house.upload(request_id)
    steps.state_personal_data(house.tools, bob, request_id, STATED)
    house.address(request_id)
    house.submit(request_id)
    house.conclude(request_id, RecordKind.IN_REVIEW, reason="ambiguous")
    house.carry_out(
        request_id, RecordKind.IDENTIFIED, house.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    )
    assert set(requests.read_request(house.tools, bob, request_id).completed) == {"sex", "birthPlace"}
    objections.object_to(house.tools, bob, request_id, message="Ce n'est pas lui.")
    asked = house.rule(request_id, kind="requestInformation", fields=["birthPlace"], reason="other")
    deadline = house.clock[0] + timedelta(days=21)
    house.carry_out(request_id, RecordKind.INFORMATION_REQUESTED, asked, deadline=deadline)
    shown = steps.state_personal_data(house.tools, bob, request_id, {**STATED, "birthPlace": "Breda"}).view
    assert shown.employee["birthPlace"] == "Breda"
    assert shown.completed == ("sex",)


def test_a_cursor_without_time_zone_is_none_of_ours(make_house: MakeHouse) -> None:
    house = make_house()
    made_up = base64.urlsafe_b64encode(json.dumps(["updatedAt", "2030-01-01T00:00:00", "x"]).encode()).decode()
    with pytest.raises(InvalidInput) as refused:
        requests.list_requests(house.tools, house.caller("bob"), cursor=made_up)
    assert [issue.name for issue in refused.value.issues] == ["cursor"]
