"""What every register must do, on every adapter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from domain.identification import (
    Created,
    DecisionKind,
    ExistingPeople,
    Extent,
    RegisteredPerson,
    SearchAnswer,
    StatedPerson,
)
from domain.niss import Niss, NumberSeries, check_digits
from domain.people import PartialDate, Sex
from domain.ports import Register
from domain.statement import Address
from register.sql import SqlRegister

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OLD, MIDDLE, NEW = (Niss.parse(text) for text in ("83.45.24-163.11", "93.45.12-046.19", "99.45.09-027.60"))
ANA = StatedPerson(
    "Horvat",
    PartialDate(1987, 6, 17),
    "Ana",
    Sex.FEMALE,
    "Split",
    "HR",
    "HR",
    "Kovač",
    Address("Ulica", "Zadar", "HR", "5", "b", "23000"),
)


def _person(ssin: Niss = OLD, **values: object) -> RegisteredPerson:
    return replace(RegisteredPerson(ssin, "Horvat", ANA.birth_date, "Ana", Sex.FEMALE, "Split"), **values)  # type: ignore[arg-type]


def test_what_is_added_comes_back_whole(port: Register, register: SqlRegister) -> None:
    person = _person(
        former_surname="Kovač",
        nationality="HR",
        birth_country="HR",
        official=ANA.official,
        deceased_on=date(2020, 1, 2),
        replaced_by=NEW,
    )
    register.add([person, _person(MIDDLE, given_names=None, sex=None, birth_date=PartialDate(1987))])
    assert port.person(OLD) == person
    assert port.person(NEW) is None
    assert port.person(MIDDLE) == RegisteredPerson(MIDDLE, "Horvat", PartialDate(1987), birth_place="Split")


def test_an_update_is_found_under_the_new_data_only(port: Register, register: SqlRegister) -> None:
    register.add([_person()])
    first = port.revision()
    register.add([_person(surname="Babić", birth_date=PartialDate(1990, 1, 5))])
    assert port.revision() > first > 0
    assert port.identify(ANA).kind is DecisionKind.UNKNOWN
    assert not port.search(ANA).candidates
    found = port.identify(StatedPerson("Babic", PartialDate(1990, 1, 5), "Ana", Sex.FEMALE, "Split"))
    assert found.person == port.person(OLD)


def test_of_two_rows_with_one_number_the_later_holds(port: Register, register: SqlRegister) -> None:
    assert register.add([_person(surname="Babić"), _person()]) == 1
    assert port.person(OLD) == _person()


def test_replacements_are_followed(port: Register, register: SqlRegister) -> None:
    register.add([_person(replaced_by=MIDDLE), _person(MIDDLE, replaced_by=NEW)])
    assert port.latest(OLD) is None
    assert port.identify(ANA).reason == "replacementBroken"
    register.add([_person(NEW, surname="Babić")])
    assert port.latest(OLD) == port.latest(NEW) == port.person(NEW)
    decision = port.identify(ANA)
    assert decision.person == port.person(NEW)
    assert len(decision.candidates) == 1


@pytest.mark.parametrize("then", [OLD, MIDDLE])
def test_a_circle_goes_to_an_agent(port: Register, register: SqlRegister, then: Niss) -> None:
    register.add([_person(replaced_by=MIDDLE), _person(MIDDLE, replaced_by=then)])
    assert port.latest(OLD) is None
    assert port.identify(ANA).reason == "replacementBroken"


def test_creating_gives_a_number_once_a_key(port: Register) -> None:
    created = port.create(ANA, key="a", at=NOW)
    assert isinstance(created, Created)
    assert created.person.ssin.series is NumberSeries.FICTITIOUS
    assert created.person.official == ANA.official
    assert port.create(ANA, key="a", at=NOW) == created
    assert port.person(created.person.ssin) == created.person
    assert port.identify(ANA).person == created.person


def test_look_alikes_must_be_ruled_out(port: Register) -> None:
    first = port.create(ANA, key="a", at=NOW)
    assert isinstance(first, Created)
    before = port.revision()
    refused = port.create(ANA, key="b", at=NOW)
    assert isinstance(refused, ExistingPeople)
    assert [item.person.ssin for item in refused.candidates] == [first.person.ssin]
    assert port.revision() == before
    second = port.create(ANA, key="b", at=NOW, different_from=[first.person.ssin])
    assert isinstance(second, Created)
    assert second.person.ssin > first.person.ssin
    assert port.identify(ANA).reason == "namesakes"


def test_a_twin_of_another_name_is_no_look_alike(port: Register) -> None:
    port.create(ANA, key="a", at=NOW)
    assert isinstance(port.create(replace(ANA, given_names="Petra"), key="b", at=NOW), Created)


def test_overflow_continues_with_the_next_day(port: Register, register: SqlRegister) -> None:
    first = port.create(ANA, key="a", at=NOW)
    assert isinstance(first, Created)
    full = Niss("876617998" + check_digits("876617998", 1900))
    register.add([_person(full, surname="Somebody", given_names="Else")])
    second = port.create(ANA, key="b", at=NOW, different_from=[first.person.ssin])
    assert isinstance(second, Created)
    assert second.person.ssin.formatted.startswith("87.66.18-002.")


@pytest.mark.parametrize(("sex", "month"), [(Sex.MALE, "46"), (None, "26")])
def test_bis_numbers(engine: Engine, sex: Sex | None, month: str) -> None:
    created = SqlRegister(engine, "bis").create(replace(ANA, sex=sex), key="a", at=NOW)
    assert isinstance(created, Created)
    assert created.person.ssin.digits[2:4] == month


@pytest.mark.parametrize(
    "typo",
    [
        {"surname": "Xorvta"},
        {"given_names": "Zzz"},
        {"birth_date": PartialDate(1987, 6, 18)},
        {"birth_date": PartialDate(1978, 6, 17)},
        {"birth_date": PartialDate(1987)},
        {"birth_date": PartialDate(1987, 1, 1)},
        {"surname": "Ana", "given_names": "Horvat"},
        {"surname": "Horvatt", "birth_date": PartialDate(1987, 7, 17)},
    ],
)
def test_no_single_error_hides_a_person(port: Register, register: SqlRegister, typo: dict[str, object]) -> None:
    register.add([_person()])
    found = port.search(replace(ANA, **typo)).candidates  # type: ignore[arg-type]
    assert [item.person.ssin for item in found] == [OLD]


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [
        ("Horvat", "Ana"),
        ("HORVATH", None),
        ("Ana", "Horvat"),
        ("Kovac", "Ana"),
        ("Horvat-Kovač", "A."),
    ],
)
def test_a_name_alone_finds_a_person(
    port: Register, register: SqlRegister, surname: str, given_names: str | None
) -> None:
    register.add([_person(former_surname="Kovač"), _person(MIDDLE, surname="Janssens", given_names="Jan")])
    (found,) = port.search_by_name(surname, given_names).candidates
    assert found.person.ssin == OLD
    assert not found.look_alike
    assert 0 < found.score < 1
    born = next(item for item in found.evidence if item.field == "birthDate")
    assert (born.stated, born.registered, born.agreement, born.weight) == (None, "1987-06-17", "missing", 0)


def test_a_name_alone_best_first_and_no_more_than_asked(port: Register, register: SqlRegister) -> None:
    register.add([_person(given_names="Ana Marija"), _person(MIDDLE), _person(NEW, given_names="Zdravko")])
    found = port.search_by_name("Horvat", "Ana").candidates
    assert [item.person.ssin for item in found] == [MIDDLE, OLD]
    assert port.search_by_name("Horvat", "Ana", limit=1) == SearchAnswer(found[:1], Extent.TOO_MANY)
    assert port.search_by_name("§§", "--") == SearchAnswer(())
    register.add([_person(MIDDLE, surname="Babić"), _person(replaced_by=NEW, surname="Ilić")])
    assert not port.search_by_name("Horvat", "Ana").candidates
    assert [item.person.ssin for item in port.search_by_name("Ilić").candidates] == [NEW]


def test_a_name_that_thousands_have_is_a_bounded_search(port: Register, register: SqlRegister) -> None:
    def ssin(number: int) -> Niss:
        first = f"876{6 + number // 998:01d}{number // 998 % 28 + 1:02d}{number % 998 + 1:03d}"
        return Niss(first + check_digits(first, 1900))

    register.add(_person(ssin(number), given_names="Luka" if number % 50 else "Ana") for number in range(2_500))
    answer = port.search_by_name("Horvat", "Ana")
    assert len(answer.candidates) == 50
    assert answer.extent is Extent.TOO_MANY
    assert {item.person.given_names for item in answer.candidates} == {"Ana"}
    assert not port.search_by_name("Horvat", "Zzz").candidates


def test_signs_without_letters_are_looked_for_too(port: Register) -> None:
    assert port.identify(StatedPerson("§§", PartialDate(1953))).kind is DecisionKind.UNKNOWN


def test_the_longest_names_are_a_bounded_search(port: Register) -> None:
    long = " ".join(chr(0xC0 + number % 22) + chr(97 + number % 26) + "d" for number in range(50))
    asked = replace(ANA, surname=long, given_names=long[::-1], former_surname=long)
    assert isinstance(port.create(asked, key="a", at=NOW), Created)
    assert port.identify(asked).person is not None
