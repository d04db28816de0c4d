"""The demo register: always the same, loaded once, and in nobody's way."""

from __future__ import annotations

from dataclasses import replace

from domain.identification import StatedPerson
from domain.niss import NumberSeries
from domain.people import PartialDate, Sex
from matching.names import Level, Likeness, compare_given_names, compare_surnames
from matching.scoring import compare
from register.demo import FIVE, GENERATED, load_demo, people
from register.sql import SqlRegister

UNREGISTERED = (
    StatedPerson("Tienpont", PartialDate(1990), "Maria", Sex.FEMALE),
    StatedPerson("Legrelle", PartialDate(1990), "Jean", Sex.MALE),
)


def test_the_source_documents_people_and_the_others(register: SqlRegister) -> None:
    assert load_demo(register) == GENERATED + len(FIVE)
    assert load_demo(register) == 0
    for given, surname, born, sex, place, ssin in (
        ("Coenig", "Reuter", "1983-05-24", Sex.MALE, "Aachen", "83.45.24-163.11"),
        ("Hildegarda", "Van den Broeck", "1993-05-12", Sex.FEMALE, "Breda", "93.45.12-046.19"),
        ("Hans", "Van Mechelen", "1999-05-09", Sex.MALE, "Roosendaal", "99.45.09-027.60"),
        ("Louis", "Dupont", "1995-05-06", Sex.MALE, "Lille", "95.45.06-033.60"),
        ("Thomas", "Janssens", "1994-05-05", Sex.MALE, "Maastricht", "94.45.05-069.33"),
    ):
        decision = register.identify(StatedPerson(surname, PartialDate.parse(born), given, sex, place))
        assert decision.person is not None
        assert decision.person.ssin.formatted == ssin
        assert [item.person.ssin.formatted for item in decision.candidates if item.look_alike] == [ssin]


def test_the_source_documents_people_are_told_in_words(register: SqlRegister) -> None:
    load_demo(register)
    equal, letter = "the given names are equal", "the given names differ by a letter"
    for given, surname, born, sex, place, words in (
        ("Coenig", "Reuter", "1983-05-24", Sex.MALE, "Aachen", letter),
        ("Hildegarda", "Van den Broeck", "1993-05-12", Sex.FEMALE, "Breda", letter),
        ("Hans", "Van Mechelen", "1999-05-09", Sex.MALE, "Roosendaal", equal),
        ("Louis", "Dupont", "1995-05-06", Sex.MALE, "Lille", equal),
        ("Thomas", "Janssens", "1994-05-05", Sex.MALE, "Maastricht", equal),
    ):
        (found,) = register.search(StatedPerson(surname, PartialDate.parse(born), given, sex, place)).candidates[:1]
        why = {one.field: one.why for one in found.evidence}
        assert (why["surname"], why["givenNames"], why["birthDate"]) == (
            "the surnames are equal",
            words,
            "the birth dates are equal",
        )
        assert why["birthPlace"] == "the same"
        assert why["nationality"] == "not known on one side"


def test_nobody_generated_looks_like_them_whatever_the_birth_date() -> None:
    stated = [*UNREGISTERED, *(StatedPerson(p.surname, p.birth_date, p.given_names) for p in FIVE)]
    assert {person.ssin.series for person in people()} == {NumberSeries.FICTITIOUS}
    unlike = {(person.surname, person.given_names): person for person in people()}
    for person in unlike.values():
        for asked in stated:
            assert compare(replace(asked, birth_date=person.birth_date), person).probability < 0.9


def test_generated_people_are_the_same_every_time_and_unique() -> None:
    first, second = list(people()), list(people())
    assert first == second
    assert len({person.ssin for person in first}) == GENERATED


def test_there_are_look_alikes_and_nobody_gets_anothers_number(register: SqlRegister) -> None:
    load_demo(register)
    outcomes = set()
    for person in list(people())[::7]:
        decision = register.identify(
            StatedPerson(
                person.surname,
                person.birth_date,
                person.given_names,
                person.sex,
                person.birth_place,
                person.birth_country,
                person.nationality,
            )
        )
        outcomes.add(decision.kind.value)
        assert person.ssin in [item.person.ssin for item in decision.candidates]
        assert decision.person is None or decision.person.ssin == person.ssin
    assert outcomes == {"identified", "ambiguous"}


def test_pools_hold_no_near_pair_with_the_source_document() -> None:
    surnames = {person.surname for person in people()}
    for asked in (*UNREGISTERED, *FIVE):
        # Vaguely alike (Reuter, Krüger) is another surname wherever people are ruled out.
        assert all(compare_surnames(asked.surname, name).level in (Level.DIFFERENT, Level.VAGUE) for name in surnames)
    assert compare_given_names("Maria", "María del Carmen").likeness is not Likeness.DIFFERENT
