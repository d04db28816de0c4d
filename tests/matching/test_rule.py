"""The rule of docs/matching.md, class by class: who is answered, who goes to an agent, who is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.identification import DecisionKind, RegisteredPerson, StatedPerson
from domain.niss import Niss, NumberSeries, check_digits, next_niss
from domain.people import PartialDate, Sex
from domain.statement import Address
from matching.decide import Entry, Search, decide, entry, look_alikes

_TAKEN: list[Niss] = []


def registered(surname: str, given: str | None, born: str = "1987-06-17", **values: Any) -> RegisteredPerson:
    day = PartialDate.parse(born)
    _TAKEN.append(next_niss(day, None, NumberSeries.FICTITIOUS, _TAKEN))
    known: dict[str, Any] = {"sex": Sex.FEMALE, "birth_place": "Split", "birth_country": "HR", "nationality": "HR"}
    return RegisteredPerson(_TAKEN[-1], surname, day, given, **{**known, **values})


def stated(surname: str, given: str | None, born: str = "1987-06-17", **values: Any) -> StatedPerson:
    known: dict[str, Any] = {"sex": Sex.FEMALE, "birth_place": "Split"}
    return StatedPerson(surname, PartialDate.parse(born), given, **{**known, **values})


def among(*people: RegisteredPerson) -> Search:
    return Search([entry(person) for person in people])


def outcome(asked: StatedPerson, *people: RegisteredPerson) -> tuple[str, str]:
    decision = decide(asked, among(*people))
    return decision.kind.value, decision.reason


_Names = tuple[str, str | None]
SURE, UNKNOWN = ("identified", "sure"), ("unknown", "none")

#: (stated surname, given names), (registered surname, given names): the same person, written in another way.
WRITTEN_OTHERWISE: list[tuple[_Names, _Names]] = [
    (("HORVAT", "ana"), ("Horvat", "Ana")),
    (("Van den Broeck", "Ana"), ("VANDENBROECK", "Ana")),
    (("Broeck, Van den", "Ana"), ("Van Den Broeck", "Ana")),
    (("Mueller", "Ana"), ("Müller", "Ana")),
    (("Muller", "Ana"), ("Müller", "Ana")),
    (("Grossmann", "Ana"), ("Großmann", "Ana")),
    (("Soerensen", "Ana"), ("Sørensen", "Ana")),
    (("Lukaszewicz", "Ana"), ("Łukaszewicz", "Ana")),
    (("O Brien", "Ana"), ("O’Brien", "Ana")),  # noqa: RUF001 - as typeset
    (("El-Amrani", "Ana"), ("Elamrani", "Ana")),
    (("Garcia Lopez", "Ana"), ("López García", "Ana")),
    (("Horvat", "Ana-Marija"), ("Horvat", "Anamarija")),
    (("Horvat", "Marija Ana"), ("Horvat", "Ana Marija")),
    (("Ivanova", "Iuliia"), ("Иванова", "Юлия")),
    (("Suharto", None), ("Suharto", None)),
]
NEAR: list[tuple[_Names, _Names]] = [
    (("Horvat", "Coenig"), ("Horvat", "Coenige")),
    (("Horvat", "Hildegarda"), ("Horvat", "Hildegard")),
    (("Janssen", "Ana"), ("Janssens", "Ana")),
    (("García", "Ana"), ("García Márquez", "Ana")),
    (("De Smet", "Ana"), ("Smet", "Ana")),
    (("Horvat", "Ana"), ("Horvat", "Ana Marija")),
    (("Horvat", "Ana M."), ("Horvat", "Ana Marija")),
    (("Ana", "Horvat"), ("Horvat", "Ana")),
    (("Lopez", "Ana Garcia"), ("Garcia Lopez", "Ana")),
    (("Horvat Ana", None), ("Horvat", "Ana")),
]
TO_AN_AGENT = [
    (("Horvat", None), ("Horvat", "Ana")),
    (("Horvat", "A."), ("Horvat", "Ana")),
    (("Horvat", "Ana II"), ("Horvat", "Ana")),
    (("Horvat Jr.", "Ana"), ("Horvat", "Ana")),
    (("Horvat", "Anna"), ("Horvat", "Ana")),
    (("Horvat", "Natasha"), ("Horvat", "Natalia")),
    (("Horvat", "Ana Marija"), ("Horvat", "Ana Lucija")),
    (("Janssen", "Coenig"), ("Janssens", "Coenige")),
]
OTHER_PEOPLE = [
    (("Horvat", "Petra"), ("Horvat", "Ana")),
    (("Horvat", "Jeanne"), ("Horvat", "Jean")),
    (("Kovač", "Ana"), ("Horvat", "Ana")),
    (("Lee", "Ana"), ("Lie", "Ana")),
    (("Van Damme", "Ana"), ("Van Eyck", "Ana")),
]


@pytest.mark.parametrize(("said", "there"), WRITTEN_OTHERWISE + NEAR)
def test_the_same_person_is_answered_with_support_and_only_then(
    said: tuple[str, str | None], there: tuple[str, str | None]
) -> None:
    person = registered(*there)
    assert outcome(stated(*said), person) == SURE
    assert outcome(stated(*said, birth_place=None), person) == ("ambiguous", "noIndependentField")
    assert outcome(stated(*said, birth_place=None, nationality="HR"), person) == SURE
    assert outcome(stated(*said, birth_place="Zagreb"), person) == ("ambiguous", "noIndependentField")
    assert outcome(stated(*said, birth_place="Zagreb", nationality="HR"), person)[0] == "ambiguous"


@pytest.mark.parametrize(("said", "there"), TO_AN_AGENT)
def test_doubtful_names_go_to_an_agent(said: tuple[str, str | None], there: tuple[str, str | None]) -> None:
    assert outcome(stated(*said, nationality="HR"), registered(*there)) == ("ambiguous", "namesNotSure")


@pytest.mark.parametrize(("said", "there"), OTHER_PEOPLE)
def test_other_people_are_unknown(said: tuple[str, str | None], there: tuple[str, str | None]) -> None:
    assert outcome(stated(*said, nationality="HR"), registered(*there)) == UNKNOWN


def test_a_place_that_differs_takes_one_more_agreement() -> None:
    home = Address("Ulica 5", "Zadar", "HR")
    person = registered("Horvat", "Ana", official=replace(home, street="Ulica", house_number="5"))
    asked = stated("Horvat", "Ana", birth_place="Zagreb", nationality="HR", official=home)
    assert outcome(asked, person) == SURE
    assert outcome(replace(asked, nationality=None), person) == ("ambiguous", "noIndependentField")
    assert outcome(replace(asked, official=replace(home, municipality="Rijeka")), person)[0] == "ambiguous"


def test_the_same_town_name_in_another_country_is_another_place() -> None:
    person = registered("Horvat", "Ana", birth_place="Valencia", birth_country="ES")
    assert outcome(stated("Horvat", "Ana", birth_place="Valencia", birth_country="VE"), person)[0] == "ambiguous"


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("1987-06-17", "1987"),
        ("1987-06-17", "1987-06"),
        ("1987", "1987-06-17"),
        ("1987-06", "1987-06"),
        ("1987-06-17", "1987-01-01"),
        ("1987-01-01", "1987-06-17"),
        ("1987-06-07", "1987-07-06"),
        ("1987-06-17", "1987-06-18"),
        ("1987-06-17", "1986-06-17"),
        ("1987-06-17", "1987-08-17"),
    ],
)
def test_an_inexact_date_goes_to_an_agent(said: str, there: str) -> None:
    asked = stated("Horvat", "Ana", said, nationality="HR")
    assert outcome(asked, registered("Horvat", "Ana", there)) == ("ambiguous", "inexactDate")


def test_first_of_january_needs_one_more_agreement() -> None:
    person = registered("Horvat", "Ana", "1987-01-01")
    assert outcome(stated("Horvat", "Ana", "1987-01-01"), person) == ("ambiguous", "noIndependentField")
    assert outcome(stated("Horvat", "Ana", "1987-01-01", nationality="HR"), person) == SURE


def test_father_and_son() -> None:
    father = registered("Horvat", "Ivan", "1959-02-03", sex=Sex.MALE)
    son = registered("Horvat", "Ivan", "1988-11-20", sex=Sex.MALE)
    asked = stated("Horvat", "Ivan", "1988-11-20", sex=Sex.MALE)
    assert decide(asked, among(father, son)).person == son
    assert outcome(asked, father) == UNKNOWN


def test_another_sex_vetoes_and_so_does_a_number_that_tells_it() -> None:
    person = registered("Horvat", "Andrea")
    asked = stated("Horvat", "Andrea", sex=Sex.MALE, nationality="HR")
    assert outcome(asked, person) == ("ambiguous", "contradicted")
    woman = Niss("874617002" + check_digits("874617002", 1900))
    assert outcome(asked, replace(person, ssin=woman, sex=None)) == ("ambiguous", "contradicted")
    unknown = Niss("872617002" + check_digits("872617002", 1900))
    assert outcome(asked, replace(person, ssin=unknown, sex=None)) == SURE


def test_without_the_sex_a_letter_in_the_given_name_is_too_much() -> None:
    person = registered("Horvat", "Daniela")
    assert outcome(stated("Horvat", "Daniel", sex=None), person) == ("ambiguous", "namesNotSure")
    assert outcome(stated("Horvat", "Daniela", sex=None), person) == SURE


def test_twins() -> None:
    anna, anne = registered("Horvat", "Anna"), registered("Horvat", "Anne")
    assert decide(stated("Horvat", "Anna"), among(anna, anne)).person == anna
    assert decide(stated("Horvat", "Anne"), among(anna, anne)).person == anne
    assert outcome(stated("Horvat", "Annie"), anna, anne) == ("ambiguous", "namesakes")
    assert outcome(stated("Horvat", None), anna, anne)[0] == "ambiguous"
    luka = registered("Horvat", "Luka", sex=Sex.MALE)
    # Even a twin of quite another name: a near variant never decides.
    assert outcome(stated("Horvat", "Annie"), anne, luka) == ("ambiguous", "namesakes")


def test_a_twin_with_a_name_more_is_no_other_name() -> None:
    one, other = registered("Horvat", "Ana"), registered("Horvat", "Ana Marija")
    assert outcome(stated("Horvat", "Ana"), one, other) == ("ambiguous", "namesakes")


def test_namesakes_go_to_an_agent_whatever_else_agrees() -> None:
    one, other = registered("Horvat", "Ana"), registered("Horvat", "Ana", birth_place="Zagreb")
    assert outcome(stated("Horvat", "Ana", nationality="HR"), one, other) == ("ambiguous", "namesakes")


def test_a_record_without_given_name_may_be_the_same_person() -> None:
    assert outcome(stated("Horvat", "Ana"), registered("Horvat", "Ana"), registered("Horvat", None))[0] == "ambiguous"


def test_somebody_one_slip_away_does_not_stop_an_exact_answer() -> None:
    exact, slip = registered("Horvat", "Ana"), registered("Horvat", "Ana", "1987-06-18", birth_place="Zadar")
    assert outcome(stated("Horvat", "Ana"), exact, slip) == SURE
    near = registered("Horvatt", "Ana")
    assert outcome(stated("Horvat", "Ana"), exact, near) == ("ambiguous", "notSure")


def test_former_surname() -> None:
    married = registered("Babić", "Ana", former_surname="Horvat")
    assert outcome(stated("Horvat", "Ana"), married) == SURE
    assert outcome(stated("Babić", "Ana", former_surname="Horvat"), registered("Horvat", "Ana")) == SURE
    assert outcome(stated("Horvat", "Anja"), married)[0] == "ambiguous"


def test_the_deceased_go_to_an_agent() -> None:
    gone = registered("Horvat", "Ana", deceased_on=date(2020, 1, 2))
    assert outcome(stated("Horvat", "Ana"), gone) == ("ambiguous", "deceased")


def test_a_replaced_record_stands_for_its_latest() -> None:
    new = registered("Babić", "Ana", birth_place=None)
    old = registered("Horvat", "Ana", replaced_by=new.ssin)
    decision = decide(stated("Horvat", "Ana"), Search([Entry(old, new), entry(new)]))
    assert decision.kind is DecisionKind.IDENTIFIED
    assert decision.person == new
    assert [item.person.ssin for item in decision.candidates] == [new.ssin]
    dead = replace(new, deceased_on=date(2020, 1, 2))
    assert decide(stated("Horvat", "Ana"), Search([Entry(old, dead)])).reason == "deceased"
    other = replace(new, given_names="Petra")
    assert decide(stated("Horvat", "Ana"), Search([Entry(old, other)])).reason == "contradicted"
    assert decide(stated("Horvat", "Ana"), Search([Entry(old, None)])).reason == "replacementBroken"


def test_any_number_of_a_person_rules_it_out() -> None:
    new = registered("Horvat", "Ana")
    old = registered("Horvat", "Ana", replaced_by=new.ssin)
    for number in (old.ssin, new.ssin):
        assert look_alikes(stated("Horvat", "Ana"), Search([Entry(old, new), entry(new)]), [number]) == ()
    assert len(look_alikes(stated("Horvat", "Ana"), Search([Entry(old, new)]))) == 1
