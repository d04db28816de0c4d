"""More look-alikes than the file can show: each round comes to those it had no place for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Conflict
from domain.identification import Created, ExistingPeople
from domain.niss import Niss, next_niss, series_for
from domain.people import PartialDate, Sex
from domain.records import RecordKind
from service import desk
from tests.service.conftest import REGISTERED, House

PEOPLE = 60


def _crowd(house: House) -> None:
    born = PartialDate(1991, 3, 2)
    taken: list[Niss] = []
    for _ in range(PEOPLE):
        taken.append(next_niss(born, Sex.FEMALE, series_for("fictitious", Sex.FEMALE), taken))
    person = replace(REGISTERED, surname="Tienpont", given_names="Maria", sex=Sex.FEMALE, birth_date=born)
    assert house.tools.register.add([replace(person, ssin=ssin) for ssin in taken]) == PEOPLE  # type: ignore[attr-defined]


def _shown(house: House, request_id: str) -> list[Any]:
    return list(desk.read_file(house.tools, house.caller("dave"), request_id).candidates)


def _create(house: House, request_id: str, ruled: Any) -> Created | ExistingPeople:
    different_from = house.recorder.different_from(ruled.outgoing[0].fact.ruling_id)
    stated = house.recorder.stated(request_id)
    return house.tools.register.create(stated, key=request_id, different_from=different_from, at=house.clock[0])


def test_sixty_namesakes_are_ruled_out_in_two_rounds(house: House) -> None:
    _crowd(house)
    request_id = house.reviewed()
    first = [candidate["ssin"] for candidate in _shown(house, request_id)]
    assert len(first) == desk.CANDIDATES_SHOWN
    house.passes(timedelta(minutes=1))
    ruled = house.rule(request_id, kind="createNumber", differentFrom=first)
    assert isinstance(_create(house, request_id, ruled), ExistingPeople)
    house.carry_out(request_id, RecordKind.IN_REVIEW, ruled, reason="lookAlikesFound")

    shown = _shown(house, request_id)
    second = [candidate["ssin"] for candidate in shown]
    assert [candidate["score"] for candidate in shown] == sorted((c["score"] for c in shown), reverse=True)
    assert (len(second), len(set(second) | set(first))) == (desk.CANDIDATES_SHOWN, PEOPLE)
    with pytest.raises(Conflict) as refusal:
        house.rule(request_id, kind="createNumber", differentFrom=second[1:])
    assert refusal.value.code == "lookAlikesNotRuledOut"
    ruled = house.rule(request_id, kind="createNumber", differentFrom=second)
    assert isinstance(_create(house, request_id, ruled), Created)


def test_whom_a_person_looked_for_anew_is_alike_must_be_ruled_out_anew(house: House) -> None:
    _crowd(house)
    request_id = house.reviewed()
    first = [candidate["ssin"] for candidate in _shown(house, request_id)]
    ruled = house.rule(request_id, kind="createNumber", differentFrom=first)
    house.carry_out(request_id, RecordKind.IN_REVIEW, ruled, reason="lookAlikesFound")
    house.passes(timedelta(minutes=1))
    house.recorder.remember(
        request_id, "identification-2", finding="ambiguous", reason="notSure", person=None, at=house.clock[0]
    )
    again = house.rule(request_id, kind="createNumber", differentFrom=[c["ssin"] for c in _shown(house, request_id)])
    assert set(house.recorder.different_from(again.outgoing[0].fact.ruling_id)) == {Niss(ssin) for ssin in first}
