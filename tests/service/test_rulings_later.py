"""Time passes between a ruling and what comes of it: the register has moved on, or was late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from activities.identification import AssignOrder, IdentificationActivities
from domain.errors import Conflict, InvalidInput, RegisterUnavailable
from domain.findings import Finding
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.records import RecordKind
from service import rulings
from store.tables import RulingRow
from tests.service.conftest import DEAD, REGISTERED, House, MakeHouse

LATER = replace(REGISTERED, ssin=Niss("93451204619"))
IDENTIFY = {"kind": "identify", "ssin": REGISTERED.ssin.digits}


def _register(house: House, *people: RegisteredPerson) -> None:
    house.tools.register.add(people)  # type: ignore[attr-defined]


def _body(house: House) -> dict[str, Any]:
    with house.tools.store.reading() as session:
        return session.exec(select(RulingRow)).one().body


def test_a_number_replaced_meanwhile_is_followed_at_delivery(make_house: MakeHouse) -> None:
    house = make_house(ruling_undo=timedelta(seconds=10))
    request_id = house.reviewed()
    house.rule(request_id, **IDENTIFY)
    _register(house, replace(REGISTERED, replaced_by=LATER.ssin), LATER)
    house.passes(timedelta(seconds=11))
    (outgoing,) = rulings.deliver_due(house.tools)
    assert _body(house)["ssin"] == LATER.ssin.digits
    house.conclude(request_id, RecordKind.IDENTIFIED, ruling_id=outgoing.fact.ruling_id)
    assert house.row(request_id).ssin == LATER.ssin.digits


def test_what_was_accepted_is_delivered_though_the_person_died_or_the_register_is_away(
    make_house: MakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make_house(ruling_undo=timedelta(seconds=10))
    first, second = house.reviewed(), house.reviewed()
    house.rule(first, **IDENTIFY)
    house.passes(timedelta(seconds=11))
    _register(house, replace(REGISTERED, deceased_on=house.tools.today()))
    (outgoing,) = rulings.deliver_due(house.tools)
    assert outgoing.request_id == first
    _register(house, REGISTERED)
    house.rule(second, **IDENTIFY)
    house.passes(timedelta(seconds=11))

    def away(*_: object) -> None:
        raise RegisterUnavailable("away")

    monkeypatch.setattr(type(house.tools.register), "latest", away)
    (outgoing,) = rulings.deliver_due(house.tools)
    assert outgoing.request_id == second


def test_who_died_since_the_proposal_is_not_confirmed(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    request_id = house.reviewed()
    house.rule(request_id, **IDENTIFY)
    _register(house, replace(REGISTERED, deceased_on=house.tools.today()))
    with pytest.raises(Conflict) as refusal:
        rulings.confirm(house.tools, house.caller("erin"), request_id)
    assert refusal.value.code == "personDeceased"
    rulings.undo(house.tools, house.caller("erin"), request_id)
    assert house.rule(request_id, kind="reject", reason="other").outgoing


def test_a_number_replaced_since_the_proposal_is_followed_at_confirmation(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    request_id = house.reviewed()
    house.rule(request_id, **IDENTIFY)
    _register(house, replace(REGISTERED, replaced_by=LATER.ssin), LATER)
    shown = rulings.confirm(house.tools, house.caller("erin"), request_id).view.ruling
    assert shown is not None
    assert _body(house)["ssin"] == LATER.ssin.digits


def _assign(house: House, request_id: str, ruled: Any) -> Finding:
    creating = IdentificationActivities(house.tools.register, house.recorder, lambda: house.clock[0])
    return creating.assign_number(AssignOrder(request_id, ruled.outgoing[0].fact.ruling_id))


def _numbers(house: House) -> list[str]:
    return [found.person.ssin.digits for found in house.tools.register.search_by_name("Tienpont").candidates]


def test_a_number_that_came_too_late_is_the_one_that_the_next_ruling_gives(house: House) -> None:
    request_id = house.reviewed()
    ruled = house.rule(request_id, kind="createNumber")
    assert _assign(house, request_id, ruled) is Finding.CREATED
    house.carry_out(request_id, RecordKind.IN_REVIEW, ruled, reason="registerUnavailable")
    (late,) = _numbers(house)
    ruled = house.rule(request_id, kind="createNumber", differentFrom=[late])
    assert _assign(house, request_id, ruled) is Finding.CREATED
    ruling_id = ruled.outgoing[0].fact.ruling_id
    house.carry_out(request_id, RecordKind.NUMBER_CREATED, ruled, answer=ruling_id)
    assert (house.row(request_id).ssin, _numbers(house)) == (late, [late])


def test_after_an_objection_another_number_can_be_created(house: House) -> None:
    request_id = house.reviewed()
    first = house.rule(request_id, kind="createNumber")
    _assign(house, request_id, first)
    house.carry_out(request_id, RecordKind.NUMBER_CREATED, first, answer=first.outgoing[0].fact.ruling_id)
    given = house.row(request_id).ssin
    house.object_to(request_id)
    second = house.rule(request_id, kind="createNumber", differentFrom=[given])
    assert _assign(house, request_id, second) is Finding.CREATED
    assert len(_numbers(house)) == 2


def test_a_number_whose_replacement_leads_nowhere_is_told_from_an_unknown_one(house: House) -> None:
    _register(house, replace(DEAD, deceased_on=None, replaced_by=DEAD.ssin))
    request_id = house.reviewed()
    for ssin, said in ((DEAD.ssin.digits, "leads nowhere"), ("93451204619", "is not the number of a person")):
        with pytest.raises(InvalidInput) as refused:
            house.rule(request_id, kind="identify", ssin=ssin)
        assert said in refused.value.issues[0].detail
