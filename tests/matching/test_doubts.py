"""Where evidence carries an answer that is not as registered, and where it never does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss, NumberSeries, next_niss
from domain.people import PartialDate, Sex
from domain.statement import Address
from matching.decide import Search, decide, entry
from matching.doubts import caution
from matching.names import Level
from matching.population import LEAST_PEOPLE, Population, key_of
from matching.scoring import compare

_TAKEN: list[Niss] = []
HOME = Address("Ulica", "Zadar", "HR", "5")
#: A register that can tell what is rare.
LARGE = Population(1_000_000, {key_of("count given ANASTASIA"): 4_000})
MANY = LARGE.strangers
SURE = ("identified", "sure")


def registered(surname: str, given: str | None, born: str = "1987-06-17", **values: Any) -> RegisteredPerson:
    day = PartialDate.parse(born)
    _TAKEN.append(next_niss(day, None, NumberSeries.FICTITIOUS, _TAKEN))
    known: dict[str, Any] = {"sex": Sex.FEMALE, "birth_place": "Split", "nationality": "HR", "official": HOME}
    return RegisteredPerson(_TAKEN[-1], surname, day, given, **{**known, **values})


def stated(surname: str, given: str | None, born: str = "1987-06-17", **values: Any) -> StatedPerson:
    known: dict[str, Any] = {"sex": Sex.FEMALE, "birth_place": "Split", "nationality": "HR", "official": HOME}
    return StatedPerson(surname, PartialDate.parse(born), given, **{**known, **values})


def outcome(asked: StatedPerson, *people: RegisteredPerson, population: Population = LARGE) -> tuple[str, str]:
    decision = decide(asked, Search(list(map(entry, people)), population))
    return decision.kind.value, decision.reason


@pytest.mark.parametrize(
    ("said", "there"),
    [
        *(("Marco", "Mario"), ("Lisa", "Lina"), ("Emine", "Amine"), ("Maria", "Mariana"), ("Dario", "Mario")),
        *(("Darek", "Marek"), ("Sten", "Sven"), ("Lena", "Lina"), ("Ilona", "Ilana"), ("Dilan", "Milan")),
        *(("Karim", "Kasim"), ("Ahmed", "Hamed"), ("Kristina", "Kristiana"), ("Xoeni", "Zoeni")),
    ],
)
def test_a_letter_or_two_make_another_name_where_no_register_tells(said: str, there: str) -> None:
    person, asked = registered("Horvat", there), stated("Horvat", said)
    assert outcome(asked, person, population=Population()) == ("ambiguous", "namesNotSure")


@pytest.mark.parametrize(("said", "there"), [("Piotra", "Piotr"), ("Rauf", "Raufa"), ("Qwyla", "Qwyl")])
def test_an_a_at_the_end_is_another_sex_where_none_is_told(said: str, there: str) -> None:
    person, asked = registered("Horvat", there), stated("Horvat", said)
    for silent in (replace(asked, sex=None), asked):
        told = replace(person, sex=None) if silent is asked else person
        assert outcome(silent, told, population=Population()) == ("ambiguous", "namesNotSure")
    assert outcome(stated("Horvat", "Qwyla"), registered("Horvat", "Qwyl"), population=Population()) == SURE


def test_given_names_in_another_order_are_another_sex_where_none_is_told() -> None:
    person, asked = registered("Horvat", "José María", sex=Sex.MALE), stated("Horvat", "María José", sex=Sex.MALE)
    assert outcome(asked, person, population=Population()) == SURE
    assert outcome(replace(asked, sex=None), person, population=Population()) == ("ambiguous", "namesNotSure")
    same = replace(asked, given_names="José María", sex=None)
    assert outcome(same, person, population=Population()) == SURE


def test_a_letter_is_a_slip_where_it_makes_no_name() -> None:
    for said, there in (("Coenig", "Coenige"), ("Marko", "Markoo"), ("Zldea", "Zelda"), ("Michael", "Micheal")):
        assert outcome(stated("Horvat", said), registered("Horvat", there), population=Population())[0] != "unknown"
    assert outcome(stated("Horvat", "Coenig"), registered("Horvat", "Coenige"), population=Population()) == SURE


@pytest.mark.parametrize("said", ["1987-06-18", "1977-06-17", "1987"])
def test_in_a_small_register_a_home_that_differs_speaks_against_a_slip_of_a_date(said: str) -> None:
    person, asked = registered("Horvat", "Zelda"), stated("Horvat", "Zelda", said)
    assert outcome(asked, person, population=Population()) == SURE
    moved = replace(asked, official=replace(HOME, street="Riva", municipality="Pula"))
    assert outcome(moved, person, population=Population()) == ("ambiguous", "inexactDate")
    # Of a frequent name many are born in a town in a year: a place alone is not enough where rarity is not known.
    for silent in (replace(asked, official=None), replace(asked, birth_place=None)):
        assert outcome(silent, person, population=Population()) == ("ambiguous", "inexactDate")


@pytest.mark.parametrize("surname", ["---", "Vandenplas"])
def test_no_surname_and_another_one_are_never_answered_in_a_small_register(surname: str) -> None:
    person = registered("Horvat", "Zelda")
    assert outcome(stated(surname, "Zelda"), person, population=Population())[0] != "identified"
    assert outcome(stated("---", "Zelda"), person)[0] != "identified"


def test_a_small_register_takes_names_as_registered_beside_a_slip_of_a_date() -> None:
    person, asked = registered("Quarteroni", "Zelda"), stated("Quarteromi", "Zelda", "1987-06-18")
    assert outcome(asked, person) == SURE
    assert outcome(asked, person, population=Population()) == ("ambiguous", "inexactDate")


@pytest.mark.parametrize("said", ["1987-06-18", "1986-06-17", "1987-08-17", "1987-06-16"])
def test_a_slip_of_a_date_needs_what_a_namesake_does_not_share(said: str) -> None:
    person, asked = registered("Quarteroni", "Zelda"), stated("Quarteroni", "Zelda", said)
    assert outcome(asked, person) == SURE
    assert outcome(replace(asked, birth_place=None), person) == SURE
    # Nationality and sex alone are a namesake's too.
    assert outcome(replace(asked, birth_place=None, official=None), person) == ("ambiguous", "inexactDate")


@pytest.mark.parametrize("said", ["1987", "1987-06", "1987-01-01"])
def test_an_unknown_day_contradicts_nothing_where_the_name_is_rare_and_as_registered(said: str) -> None:
    person = registered("Quarteroni", "Zelda")
    asked = stated("Quarteroni", "Zelda", said, birth_place=None, official=None)
    assert outcome(asked, person) == SURE
    assert outcome(replace(asked, nationality=None), person) == ("ambiguous", "inexactDate")
    assert outcome(replace(asked, surname="Quarteromi"), person) == ("ambiguous", "inexactDate")
    common = Population(1_000_000, {key_of("count surname QUARTERONI"): 9_000, key_of("count given ZELDA"): 9_000})
    assert outcome(asked, person, population=common) == ("ambiguous", "inexactDate")
    assert outcome(asked, person, population=Population()) == ("ambiguous", "inexactDate")


@pytest.mark.parametrize("years", [15, 20, 30, 40])
def test_a_generation_is_no_slip_of_a_date_whatever_agrees(years: int) -> None:
    father = registered("Quarteroni", "Zelda", "1959-02-03")
    assert outcome(stated("Quarteroni", "Zelda", f"{1959 + years}-02-03"), father)[0] != "identified"


def test_a_namesake_one_slip_away_stops_the_answer_unless_place_or_address_tells() -> None:
    person = registered("Quarteroni", "Zelda")
    for other in (
        registered("Quarteroni", "Zelda", "1987-06-18"),
        registered("Quarteroni", "Zelda", "1987-06-18", birth_place="Split", official=None),
    ):
        bare = stated("Quarteroni", "Zelda", official=None)
        assert outcome(bare, person, other) == ("ambiguous", "namesakes")
        assert outcome(replace(bare, birth_place=None), person, other)[0] == "ambiguous"
    elsewhere = registered("Quarteroni", "Zelda", "1987-06-18", birth_place="Osijek")
    assert outcome(stated("Quarteroni", "Zelda"), person, elsewhere) == SURE


def test_a_familiar_form_is_answered_where_hardly_anybody_is_called_so() -> None:
    person, asked = registered("Horvat", "Katarzyna"), stated("Horvat", "Kasia")
    assert outcome(asked, person) == SURE
    for share in (4_000, 40_000):
        called_so = Population(1_000_000, {key_of("count given KASIA"): share})
        assert outcome(asked, person, population=called_so) == ("ambiguous", "notSure")
    assert outcome(asked, person, population=Population()) == ("ambiguous", "namesNotSure")
    assert outcome(replace(asked, birth_place=None, official=None), person) == ("ambiguous", "namesNotSure")


def test_two_letters_make_another_name_where_somebody_is_called_so() -> None:
    assert outcome(stated("Horvat", "Anastasia"), registered("Horvat", "Anatasja")) != SURE


def test_a_look_alike_given_name_is_a_slip_of_the_pen_where_nobody_is_called_so() -> None:
    person, asked = registered("Horvat", "Ana"), stated("Horvat", "Ane")
    assert outcome(asked, person) == SURE
    called_so = Population(1_000_000, {key_of("count given ANE"): 4_000})
    assert outcome(asked, person, population=called_so) == ("ambiguous", "notSure")
    assert outcome(replace(asked, birth_place=None, official=None), person) == ("ambiguous", "namesNotSure")


def test_a_second_name_vaguely_alike_is_weighed_by_the_whole_name() -> None:
    person, asked = registered("Horvat", "Ziad George"), stated("Horvat", "Ziad Geothe")
    assert outcome(asked, person) == SURE
    shared = {key_of("count given ZIAD"): 200_000, key_of("count given GEOTHE"): 200_000}
    assert outcome(asked, person, population=Population(1_000_000, shared)) == ("ambiguous", "notSure")
    # Twins may share a first name: another second one is another name.
    assert outcome(stated("Horvat", "Ziad Marko"), person) == ("ambiguous", "namesNotSure")


def test_the_first_name_left_out_is_looked_at_by_an_agent() -> None:
    """Twins are called Anne Isabelle and Isabelle; brothers share the father's name."""
    person = registered("Horvat", "Anne Isabelle")
    for given in ("Isabelle", "Isabelle Zelda"):
        assert outcome(stated("Horvat", given), person) == ("ambiguous", "namesNotSure")
    assert outcome(stated("Horvat", "Zelda Isabelle"), person)[0] != "identified"


def test_quite_another_surname_takes_all_the_rest() -> None:
    person = registered("Horvat", "Zelda Ana")
    assert outcome(stated("Quarteroni", "Zelda Ana"), person) == SURE
    asked = stated("Quarteroni", "Zelda Ana")
    assert outcome(replace(asked, birth_place=None), person) != SURE
    assert outcome(replace(asked, official=None), person) != SURE
    assert outcome(replace(asked, nationality=None), person) != SURE
    assert outcome(replace(asked, sex=None), person) != SURE
    assert outcome(stated("Quarteroni", "Zelda Ana", "1987-06-18"), person) != SURE
    assert outcome(stated("Quarteroni", "Zelda"), person) != SURE


def test_a_field_that_differs_takes_back_what_another_makes_up() -> None:
    alike = compare(stated("Quarteromi", "Zelda", "1987-06-18", official=None), registered("Quarteroni", "Zelda"))
    moved = replace(HOME, municipality="Pula", street="Riva")
    away = compare(stated("Quarteromi", "Zelda", "1987-06-18", official=moved), registered("Quarteroni", "Zelda"))
    assert (caution(alike, MANY), caution(away, MANY)) == (0, 1)


def test_nothing_makes_up_for_a_familiar_form_nor_for_a_small_register() -> None:
    for given, level in (("Lisa", Level.NICKNAME), ("E", Level.INITIAL)):
        familiar = compare(stated("Horvat", given), registered("Horvat", "Elisabeth"))
        assert (familiar.given.level, familiar.support) == (level, 3)
        assert caution(familiar, MANY) == 1
    same = compare(stated("Horvat", "Lisa"), registered("Horvat", "Lisa"))
    assert (caution(same, MANY), caution(same, LEAST_PEOPLE)) == (0, 1)


def test_a_surname_that_looks_alike_takes_the_given_name_as_registered() -> None:
    person = registered("Bradhuk", "Zelda Ana")
    assert outcome(stated("Braduch", "Zelda Ana"), person) == SURE
    assert outcome(stated("Braduch", "Zelda", nationality=None), person)[0] == "ambiguous"
    # With nationality and sex alone it is another surname, as Marić is beside Jurić and Perić.
    assert outcome(stated("Braduch", "Zelda Ana", birth_place=None, official=None), person)[0] == "unknown"


def test_a_surname_vaguely_alike_is_another_family_unless_two_independent_fields_agree() -> None:
    person = registered("Marić", "Ana", official=None)
    asked = stated("Jurić", "Ana", nationality=None, official=None)
    assert outcome(asked, person, population=Population()) == ("unknown", "none")
    assert outcome(replace(asked, nationality="HR"), person, population=Population())[0] == "ambiguous"


def test_twins_are_told_apart_by_the_whole_name_swapped_or_by_some_of_the_names() -> None:
    ana, luka = registered("Quarteroni", "Ana Zelda"), registered("Quarteroni", "Luka", sex=Sex.MALE)
    assert outcome(stated("Ana Zelda", "Quarteroni"), ana, luka) == SURE
    assert outcome(stated("Quarteroni", "Ana"), ana, luka) == SURE
    # A near variant never decides between twins, nor does a name that both have.
    assert outcome(stated("Quarteroni", "Anna Zelda"), ana, luka) == ("ambiguous", "namesakes")
    assert outcome(stated("Quarteroni", "Ana"), ana, registered("Quarteroni", "Ana Lucija"))[0] == "ambiguous"


def test_what_stands_in_one_field_is_one_name_in_another_division() -> None:
    assert outcome(stated("Quarteroni Zelda Ana", None), registered("Quarteroni", "Zelda")) == SURE
