"""The matching benchmark's generator: the same people for a seed, valid numbers, labels that are true."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.matching import files
from bench.matching.cultures import DEFAULT, HELD_OUT
from bench.matching.draft import TODAY, Draft
from bench.matching.errors import CLASSES, disturb
from bench.matching.people import person
from bench.matching.queries import Query, ask
from bench.matching.rates import ERRORS, Population, profile
from bench.matching.register import Register, build
from bench.matching.text import in_script, plain, read_aloud
from bench.matching.truth import Truth
from domain.identification import RegisteredPerson
from domain.niss import Niss
from register.files import load
from register.records import registered_person, stated_person

PEOPLE, QUERIES = 3_000, 1_200


@pytest.fixture(scope="module")
def register() -> Register:
    return build(7, PEOPLE, profile().population)


@pytest.fixture(scope="module")
def queries(register: Register) -> list[Query]:
    return ask(7, QUERIES, register, profile())


def test_a_seed_gives_the_same_people_and_queries(register: Register, queries: list[Query]) -> None:
    again = build(7, PEOPLE, profile().population)
    assert again.people == register.people
    assert ask(7, QUERIES, again, profile()) == queries
    assert build(8, 50, profile().population).people != register.people[:50]


def test_every_number_is_one_person_s_and_nearly_all_are_fictitious(register: Register) -> None:
    numbers = [one.ssin for one in register.people]
    assert len(set(numbers)) == PEOPLE
    series = Counter(number.series.value for number in numbers)
    assert series["fictitious"] > 0.9 * PEOPLE
    assert series["bisSexUnknown"] > 0


def test_a_register_has_everything_that_makes_matching_hard(register: Register) -> None:
    people = register.people
    assert {"twin", "father-and-son", "namesake", "replaced", "deceased"} <= set(register.special)
    assert any(not one.birth_date.complete for one in people)
    assert any(one.given_names is None for one in people)
    assert any(one.sex is None for one in people)
    assert any(one.former_surname for one in people)
    assert len({one.surname for one in people}) > PEOPLE / 4


def test_the_mix_is_as_the_profile_says(queries: list[Query]) -> None:
    registered = sum(query.truth is not None for query in queries)
    assert 0.54 < registered / QUERIES < 0.66
    undecidable = sum(not query.decidable for query in queries)
    assert 0.005 < undecidable / QUERIES < 0.04
    labels = Counter(label for query in queries for label in query.classes)
    assert {"stranger", "clean", "near-twin", "near-sibling", "near-junior", "near-namesake"} <= set(labels)


def test_the_truth_is_the_number_that_holds(register: Register, queries: list[Query]) -> None:
    by_number = {one.ssin: one for one in register.people}
    for query in queries:
        if query.truth is not None:
            assert query.truth in query.meant
            assert by_number[query.truth].replaced_by is None
        else:
            assert not query.meant


def test_a_clean_query_says_what_the_register_says(register: Register, queries: list[Query]) -> None:
    by_number = {one.ssin: one for one in register.people}
    clean = [query for query in queries if query.classes == ("clean",)]
    assert clean
    for query in clean:
        truth = by_number[query.truth] if query.truth else None
        assert truth is not None
        assert query.stated.surname == truth.surname
        assert query.stated.birth_date == truth.birth_date


def test_an_unregistered_namesake_of_the_same_date_is_undecidable(register: Register, queries: list[Query]) -> None:
    known = {(plain(one.surname), one.given_names, one.birth_date) for one in register.people}
    for query in queries:
        stated = query.stated
        if query.truth is None and (plain(stated.surname), stated.given_names, stated.birth_date) in known:
            assert not query.decidable


def test_a_number_replaced_twice_is_the_last_one(register: Register) -> None:
    truth = Truth(register)
    for place in range(PEOPLE):
        holding = truth.holding(place)
        assert holding not in register.latest
        assert {holding, register.people[place].ssin} <= truth.numbers(place)


def test_an_undecidable_namesake_one_slip_away_is_somebody_else_whom_nothing_stated_tells(register: Register) -> None:
    asked = ask(9, 6_000, register, profile())
    slips = [query for query in asked if "same-name-slip-of-a-date" in query.classes]
    assert len(slips) > 10
    by_name = {(plain(one.surname), one.given_names): one for one in register.people}
    for query in slips:
        assert not query.decidable
        assert query.truth is None
        model = by_name[plain(query.stated.surname), query.stated.given_names]
        assert model.birth_date != query.stated.birth_date
        known = [model.official, query.stated.official]
        assert None in known or query.stated.birth_place in (None, model.birth_place) or not model.birth_place


@pytest.mark.parametrize("culture", [*DEFAULT, *HELD_OUT], ids=lambda culture: str(culture.key))
def test_every_culture_makes_people_that_the_register_files_accept(culture: object) -> None:
    luck = random.Random(1)
    (made,) = [one for one in (*DEFAULT, *HELD_OUT) if one is culture]
    for sex in "MF" * 30:
        draft = person(luck, made, Population(), sex=sex)
        assert draft.surname
        assert draft.surname == draft.surname.strip()
        assert draft.born.earliest() < TODAY


def _someone(luck: random.Random) -> Draft:
    return person(luck, luck.choice(DEFAULT), Population())


@pytest.mark.parametrize("label", sorted(CLASSES))
def test_every_error_class_can_be_made_and_changes_something(label: str) -> None:
    luck = random.Random(label)
    made = 0
    for _ in range(3_000):
        before = _someone(luck)
        draft = before.copy()
        if CLASSES[label](luck, draft):
            made += 1
            assert draft != before
            assert draft.surname.strip()
        if made == 20:
            return
    pytest.fail(f"{label} was made {made} times in 3000")


def test_errors_of_one_query_do_not_undo_each_other() -> None:
    luck = random.Random(3)
    for _ in range(300):
        labels = disturb(luck, _someone(luck), ERRORS, 3)
        assert len(labels) == len(set(labels)) == 3


def test_a_register_that_leaves_out_a_culture_has_nobody_of_it() -> None:
    chosen = profile(leave_out=("polish",))
    assert not any(one.key == "polish" for one in build(1, 500, chosen.population).cultures)
    with pytest.raises(ValueError, match="no such culture"):
        profile(leave_out=("klingon",))
    assert not {one.key for one in profile("heldout").population.cultures} & {one.key for one in DEFAULT}


def test_names_are_written_in_the_letters_of_the_country() -> None:
    assert in_script("Shevchenko", "cyrillic") == "\u0428\u0435\u0432\u0447\u0435\u043d\u043a\u043e"
    assert plain("Łukasz Żółć Øster Groß") == "Lukasz Zolc Oster Gross"


class _Kept:
    def __init__(self) -> None:
        self.people: list[RegisteredPerson] = []

    def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
        del mark
        self.people += people
        return 0

    def loaded_to(self, file: str) -> int:
        del file
        return 0

    def finish_load(self, file: str) -> None:
        pass


def test_files_are_read_back_as_they_were(tmp_path: Path, register: Register, queries: list[Query]) -> None:
    files.write_register(tmp_path / "register.csv", register.people)
    files.write_queries(tmp_path / "queries.csv", queries)
    files.write_truth(tmp_path / "truth.csv", queries)
    kept = _Kept()
    bad: list[str] = []
    load(tmp_path / "register.csv", kept, today=TODAY, on_bad=lambda row, why: bad.append(f"{row}: {why}"))
    assert not bad
    assert kept.people == register.people
    read = files.read_queries(tmp_path / "queries.csv", tmp_path / "truth.csv")
    assert [one.truth for one in read] == [one.truth for one in queries]
    assert [one.decidable for one in read] == [one.decidable for one in queries]
    assert [one.stated.birth_date for one in read] == [one.stated.birth_date for one in queries]
    with (tmp_path / "register.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert registered_person(first, today=TODAY)[0] == register.people[0]
    assert Niss.parse(first["ssin"])
    assert stated_person({"surname": "X", "birth_date": "1953-00-00"}, today=TODAY).surname == "X"


def test_a_twin_is_not_called_by_another_romanisation_of_the_same_name() -> None:
    assert read_aloud("Serhiy") == read_aloud("Sergey")
    assert read_aloud("Alexei") == read_aloud("Aleksey")
    assert read_aloud("Maria") != read_aloud("Mario")
