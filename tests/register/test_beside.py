"""Who is asked for by number is shown as a search shows them; what to look at twice, and when to refine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.identification import Caution, DecisionKind, Extent, RegisteredPerson, StatedPerson
from domain.niss import Niss, NumberSeries, next_niss
from domain.people import PartialDate, Sex
from domain.ports import Register
from register.sql import SqlRegister

BORN = PartialDate(1987, 6, 17)
ANA = StatedPerson("Horvat", BORN, "Ana", Sex.FEMALE, "Split", "HR", "HR")


def _numbers(count: int, born: PartialDate = BORN) -> list[Niss]:
    made: list[Niss] = []
    for _ in range(count):
        made.append(next_niss(born, Sex.FEMALE, NumberSeries.FICTITIOUS, made))
    return made


ONE, OTHER, OLD = _numbers(3)


def _ana(ssin: Niss, **values: object) -> RegisteredPerson:
    return replace(RegisteredPerson(ssin, "Horvat", BORN, "Ana", Sex.FEMALE, "Split", "HR", "HR"), **values)  # type: ignore[arg-type]


def test_a_number_is_shown_as_in_the_search(port: Register, register: SqlRegister) -> None:
    register.add([_ana(ONE), _ana(OTHER, given_names="Anna"), _ana(OLD, replaced_by=ONE)])
    listed = {candidate.person.ssin: candidate for candidate in port.search(ANA).candidates}
    assert len(listed) == 2
    for ssin, candidate in listed.items():
        assert port.beside(ssin, ANA) == candidate
    assert port.beside(OLD, ANA) == listed[ONE]
    assert port.beside(_numbers(9)[-1], ANA) is None


def test_who_no_search_finds_is_weighed_by_the_same_register(port: Register, register: SqlRegister) -> None:
    register.add([_ana(ONE, surname="Babić", given_names="Zdravko", birth_date=PartialDate(1950))])
    assert not port.search(ANA).candidates
    shown = port.beside(ONE, ANA)
    assert shown is not None
    assert (shown.look_alike, len(shown.evidence)) == (False, 8)
    assert shown.score < 0.001


def test_a_number_beside_a_name_alone(port: Register, register: SqlRegister) -> None:
    register.add([_ana(ONE), _ana(OLD, replaced_by=ONE)])
    (listed,) = port.search_by_name("Horvat", "Ana").candidates
    for ssin in (ONE, OLD):
        beside = port.beside_name(ssin, "Horvat", "Ana")
        assert beside is not None
        assert (beside.person, beside.score, beside.evidence) == (listed.person, listed.score, listed.evidence)
    another = port.beside_name(ONE, "Janssens", "Jan")
    assert another is not None
    assert (another.score, another.evidence) == (0.0, ())
    assert port.beside_name(_numbers(9)[-1], "Horvat") is None


def test_how_common_a_name_is_counts_for_a_number_too(port: Register, register: SqlRegister) -> None:
    register.add([_ana(ONE)])
    rare = port.beside(ONE, ANA)
    register.add([_ana(ssin, given_names="Petra", birth_date=PartialDate(1960)) for ssin in _numbers(400)[3:]])
    common = port.beside(ONE, ANA)
    assert rare is not None
    assert common is not None
    (before, after) = (each.evidence[0].weight for each in (rare, common))
    assert before > after


@pytest.mark.parametrize(
    ("changed", "caution"),
    [
        ({"deceased_on": date(2020, 1, 2)}, Caution.DECEASED),
        ({"birth_date": PartialDate(date.today().year - 15, 6, 17)}, Caution.UNDER_SIXTEEN),  # noqa: DTZ011 - the register's own clock counts
        ({}, None),
    ],
)
def test_what_to_look_at_twice(
    port: Register, register: SqlRegister, changed: dict[str, object], caution: Caution | None
) -> None:
    person = _ana(ONE, **changed)
    register.add([person])
    stated = replace(ANA, birth_date=person.birth_date)
    (candidate,) = port.search(stated).candidates
    assert candidate.cautions == ((caution,) if caution else ())
    assert (port.identify(stated).kind is DecisionKind.IDENTIFIED) == (caution is None)


def test_a_namesake_and_a_replaced_number_are_pointed_out(port: Register, register: SqlRegister) -> None:
    register.add([_ana(ONE), _ana(OTHER, given_names="Petra"), _ana(OLD, replaced_by=ONE)])
    cautions = {item.person.ssin: item.cautions for item in port.search(ANA).candidates}
    assert cautions[ONE] == (Caution.REPLACED, Caution.NAMESAKE)
    assert cautions[OTHER] == (Caution.NAMESAKE,)


def test_more_than_can_be_shown_asks_for_a_finer_question(port: Register, register: SqlRegister) -> None:
    register.add(_ana(ssin, birth_place="Zadar") for ssin in _numbers(60))
    answer = port.search(ANA, limit=50)
    assert (len(answer.candidates), answer.extent) == (50, Extent.TOO_MANY)
    assert port.search(ANA, limit=60).extent is Extent.WHOLE
