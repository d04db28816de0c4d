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
from matching.decide import Entry, Risk, Search, candidates, decide, entry, look_alikes
from matching.population import Population, key_of

_TAKEN: list[Niss] = []
HOME = Address("Ulica 5", "Zadar", "HR")


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

#: (stated surname, given names), (registered surname, given names): the same name, written in another way.
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
    (("Shevchenko", "Ana"), ("Szewczenko", "Ana")),
    (("De Smet", "Ana"), ("Smet", "Ana")),
]
NEAR: list[tuple[_Names, _Names]] = [
    (("Horvat", "Coenig"), ("Horvat", "Coenige")),
    (("Horvat", "Hildegarda"), ("Horvat", "Hildegard")),
    (("Janssen", "Ana"), ("Janssens", "Ana")),
    (("García", "Ana"), ("García Márquez", "Ana")),
    (("Horvat", "Ana"), ("Horvat", "Ana Marija")),
    (("Horvat", "Ana M."), ("Horvat", "Ana Marija")),
    (("Ana", "Horvat"), ("Horvat", "Ana")),
    (("Lopez", "Ana Garcia"), ("Garcia Lopez", "Ana")),
    (("Horvat Ana", None), ("Horvat", "Ana")),
    (("Janssen", "Coenig"), ("Janssens", "Coenige")),
]
TO_AN_AGENT = [
    (("Horvat", None), ("Horvat", "Ana")),
    (("Horvat", "A."), ("Horvat", "Ana")),
    (("Horvat", "Ana II"), ("Horvat", "Ana")),
    (("Horvat Jr.", "Ana"), ("Horvat", "Ana")),
    (("Horvat", "Natasha"), ("Horvat", "Natalia")),
    (("Horvat", "Ana Marija"), ("Horvat", "Ana Lucija")),
    (("Horvat", "Natali"), ("Horvat", "Natasa")),
]
OTHER_PEOPLE = [
    (("Horvat", "Petra"), ("Horvat", "Ana")),
    (("Horvat", "Dimitar Vasilov"), ("Horvat", "Stefan Vasilov")),
    (("Kovač", "Petra"), ("Horvat", "Ana")),
]


@pytest.mark.parametrize(("said", "there"), WRITTEN_OTHERWISE + NEAR)
def test_the_same_person_is_answered_with_support_and_only_then(said: _Names, there: _Names) -> None:
    person = registered(*there)
    assert outcome(stated(*said), person) == SURE
    assert outcome(stated(*said, birth_place=None), person) == ("ambiguous", "noIndependentField")
    assert outcome(stated(*said, birth_place="Zagreb"), person) == ("ambiguous", "noIndependentField")
    assert outcome(stated(*said, birth_place="Zagreb", nationality="HR"), person)[0] == "ambiguous"


@pytest.mark.parametrize(("said", "there"), WRITTEN_OTHERWISE)
def test_nationality_and_sex_together_are_an_independent_field(said: _Names, there: _Names) -> None:
    assert outcome(stated(*said, birth_place=None, nationality="HR"), registered(*there)) == SURE


@pytest.mark.parametrize(("said", "there"), TO_AN_AGENT)
def test_doubtful_names_go_to_an_agent(said: _Names, there: _Names) -> None:
    assert outcome(stated(*said, nationality="HR"), registered(*there))[0] == "ambiguous"


@pytest.mark.parametrize(("said", "there"), OTHER_PEOPLE)
def test_other_people_are_unknown(said: _Names, there: _Names) -> None:
    assert outcome(stated(*said, nationality="HR"), registered(*there)) == UNKNOWN


def test_a_rare_name_needs_no_independent_field_in_a_register_that_can_tell() -> None:
    person = registered("Quarteroni", "Zelda")
    asked = stated("Quarteroni", "Zelda", birth_place=None)
    counts = {key_of("count surname QUARTERONI"): 1, key_of("count given ZELDA"): 3}
    rare = Search([entry(person)], Population(1_000_000, counts))
    assert decide(asked, rare).kind is DecisionKind.IDENTIFIED
    common = {key_of("count surname QUARTERONI"): 9_000, key_of("count given ZELDA"): 9_000}
    search = Search([entry(person)], Population(1_000_000, common))
    assert decide(asked, search).reason == "noIndependentField"


def test_agreeing_on_a_common_name_is_worth_less() -> None:
    person, asked = registered("Nguyen", "Ana"), stated("Nguyen", "Ana")
    weights = []
    for people in (3, 30_000):
        known = Population(1_000_000, {key_of("count surname NGUYEN"): people})
        (found,) = candidates(asked, Search([entry(person)], known))
        weights.append(next(item.weight for item in found.evidence if item.field == "surname"))
    assert weights[0] > weights[1] + 5


def test_a_letter_that_makes_another_common_name_is_no_misspelling() -> None:
    """Annie for Anna is most often Annie."""
    person, asked = registered("Horvat", "Ivana"), stated("Horvat", "Ivanka")
    everybody = Population(1_000_000, {key_of("count given IVANKA"): 20_000})
    nobody = Population(1_000_000, {})
    assert decide(asked, Search([entry(person)], nobody)).kind is DecisionKind.IDENTIFIED
    assert decide(asked, Search([entry(person)], everybody)).kind is not DecisionKind.IDENTIFIED


def test_a_place_that_differs_takes_one_more_agreement() -> None:
    person = registered("Horvat", "Ana", official=replace(HOME, street="Ulica", house_number="5"))
    asked = stated("Horvat", "Ana", birth_place="Zagreb", nationality="HR", official=HOME)
    assert outcome(asked, person) == SURE
    assert outcome(replace(asked, official=None), person)[0] == "ambiguous"
    assert outcome(replace(asked, official=replace(HOME, municipality="Rijeka")), person)[0] == "ambiguous"


def test_the_same_town_name_in_another_country_is_another_place() -> None:
    person = registered("Horvat", "Ana", birth_place="Valencia", birth_country="ES")
    assert outcome(stated("Horvat", "Ana", birth_place="Valencia", birth_country="VE"), person)[0] == "ambiguous"


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("1987-06-17", "1987"),
        ("1987", "1987-06-17"),
        ("1987-06-17", "1987-01-01"),
        ("1987-06-07", "1987-07-06"),
        ("1987-06-17", "1987-06-18"),
        ("1987-06-17", "1986-06-17"),
        ("1987-06-17", "1987-08-17"),
    ],
)
def test_an_inexact_date_takes_strong_support(said: str, there: str) -> None:
    person = registered("Horvat", "Ana", there, official=HOME)
    asked = stated("Horvat", "Ana", said, nationality="HR", official=HOME)
    assert outcome(asked, person) == SURE
    assert outcome(replace(asked, birth_place=None, nationality=None, official=None), person)[0] == "ambiguous"
    slipped = replace(asked, surname="Horvaty", nationality=None, official=None)
    assert outcome(replace(slipped, given_names="Anna"), person)[0] == "ambiguous"
    assert outcome(replace(asked, birth_place="Zagreb", official=None), person)[0] == "ambiguous"


def test_another_surname_is_a_look_alike_only_where_two_fields_agree() -> None:
    """She may have married; whoever shares a town, a birth date and a common given name need not be her."""
    person, asked = registered("Horvat", "Ana"), stated("Kovač", "Ana")
    assert outcome(asked, person) == UNKNOWN
    assert outcome(replace(asked, nationality="HR"), person) == ("ambiguous", "namesNotSure")


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


def test_twins() -> None:
    anna, anne = registered("Horvat", "Anna"), registered("Horvat", "Anne")
    assert decide(stated("Horvat", "Anna"), among(anna, anne)).person == anna
    assert decide(stated("Horvat", "Anne"), among(anna, anne)).person == anne
    assert outcome(stated("Horvat", "Annie"), anna, anne)[0] == "ambiguous"
    assert outcome(stated("Horvat", None), anna, anne)[0] == "ambiguous"
    luka = registered("Horvat", "Luka", sex=Sex.MALE)
    # Even a twin of quite another name: a near variant never decides.
    assert outcome(stated("Horvat", "Annie"), anne, luka)[0] == "ambiguous"


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


def test_former_surname() -> None:
    married = registered("Babić", "Ana", former_surname="Horvat")
    assert outcome(stated("Horvat", "Ana"), married) == SURE
    assert outcome(stated("Babić", "Ana", former_surname="Horvat"), registered("Horvat", "Ana")) == SURE
    assert outcome(stated("Horvat", "Petra"), married) == UNKNOWN


def test_the_deceased_go_to_an_agent() -> None:
    gone = registered("Horvat", "Ana", deceased_on=date(2020, 1, 2))
    assert outcome(stated("Horvat", "Ana"), gone) == ("ambiguous", "deceased")


def test_who_is_under_sixteen_goes_to_an_agent() -> None:
    child = registered("Horvat", "Ana", "2011-06-17")
    asked = stated("Horvat", "Ana", "2011-06-17")
    assert decide(asked, among(child), today=date(2027, 6, 16)).reason == "underSixteen"
    assert decide(asked, among(child), today=date(2027, 6, 17)).person == child


def test_who_has_more_namesakes_than_were_looked_at_goes_to_an_agent() -> None:
    person = registered("Horvat", "Ana")
    assert decide(stated("Horvat", "Ana"), Search([entry(person)], cut=True)).reason == "tooMany"


def test_the_accepted_risk_decides() -> None:
    person, asked = registered("Horvat", "Ana"), stated("Horvat", "Ana")
    assert decide(asked, among(person), Risk(accepted=1e-6)).reason == "notSure"
    assert decide(asked, among(person), Risk(accepted=0.02)).person == person


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
    search = Search([Entry(old, new), entry(new)])
    for number in (old.ssin, new.ssin):
        assert look_alikes(stated("Horvat", "Ana"), search, [number]) == ()
    assert len(look_alikes(stated("Horvat", "Ana"), search)) == 1


def test_an_unrelated_person_changes_nobodys_answer() -> None:
    person, stranger = registered("Horvat", "Ana"), registered("Kovač", "Petra", "1990-01-05")
    asked = stated("Horvat", "Ana")
    assert decide(asked, among(person, stranger)).person == decide(asked, among(person)).person == person
