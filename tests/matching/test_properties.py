"""What must hold for any input."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identification import Agreement, DecisionKind, RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from matching.dates import compare_dates
from matching.decide import Search, candidates, decide, entry
from matching.evidence import explain
from matching.keys import filing_keys, looking_keys
from matching.names import compare_given_names, compare_surnames
from matching.normalise import equal
from matching.scoring import compare

_TEXT = st.text(min_size=1, max_size=60)
_MAYBE = st.none() | _TEXT
_BORN = st.builds(PartialDate, st.integers(1900, 2020), st.integers(1, 12), st.integers(0, 28))
_SEX = st.sampled_from([None, Sex.MALE, Sex.FEMALE])
_STATED = st.builds(StatedPerson, _TEXT, _BORN, _MAYBE, _SEX, _MAYBE)
_FIVE = [Niss(digits) for digits in ("83452416311", "93451204619", "99450902760", "95450603360", "94450506933")]
_SIXTH = Niss("85073003328")
_REGISTERED = st.builds(RegisteredPerson, st.sampled_from(_FIVE), _TEXT, _BORN, _MAYBE, _SEX, _MAYBE)


@given(_STATED, st.lists(_REGISTERED, max_size=5))
def test_any_unicode_gives_an_answer(stated: StatedPerson, people: list[RegisteredPerson]) -> None:
    decision = decide(stated, Search(list(map(entry, people))))
    assert all(0 <= item.score <= 1 for item in decision.candidates)
    assert (decision.person is not None) == (decision.kind is DecisionKind.IDENTIFIED)
    scores = [item.score for item in decision.candidates]
    assert scores == sorted(scores, reverse=True)
    assert (decision.kind is DecisionKind.UNKNOWN) != any(item.look_alike for item in decision.candidates)


@given(_TEXT, _TEXT)
def test_comparing_is_symmetric(one: str, other: str) -> None:
    assert equal(one, one)
    assert equal(one, other) == equal(other, one)
    assert compare_surnames(one, other).likeness == compare_surnames(other, one).likeness
    assert compare_given_names(one, other).likeness == compare_given_names(other, one).likeness


@given(_STATED, _REGISTERED)
def test_score_is_explained_by_its_evidence(stated: StatedPerson, person: RegisteredPerson) -> None:
    found = compare(stated, person)
    evidence = explain(found)
    assert [item.field for item in evidence] == list(found.weights)
    assert sum(item.weight for item in evidence) == pytest.approx(sum(found.weights.values()), abs=0.01)
    assert all(item.why for item in evidence)
    assert all(item.weight == 0 for item in evidence if item.agreement is Agreement.MISSING and item.field != "sex")


@given(_REGISTERED)
def test_everybody_is_found_under_the_own_data(person: RegisteredPerson) -> None:
    stated = StatedPerson(person.surname, person.birth_date, person.given_names, person.sex)
    assert candidates(stated, Search([entry(person)]))
    if person.birth_date.complete:
        assert looking_keys(stated) & filing_keys(person)


def _calls(length: int, parts: int) -> int:
    """How many functions, ours and the libraries', it takes to decide on one person with names of such a length."""
    letters = "ÄÖÜ" + "".join(map(chr, range(ord("a"), ord("z") + 1)))
    long = " ".join(f"{letters[place % 29]}{letters[place * 7 % 29]}r{place}" for place in range(parts))[:length]
    person = RegisteredPerson(_FIVE[0], long, PartialDate(1983, 5, 24), long[1:], former_surname=long[::-1])
    stated = StatedPerson(long[::-1], PartialDate(1983, 5, 24), long, former_surname=long[2:])
    counted = 0

    def count(_frame: object, happened: str, _argument: object) -> None:
        nonlocal counted
        counted += happened in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = candidates(stated, Search([entry(person)]))
    finally:
        sys.setprofile(None)
    assert found
    return counted


@pytest.mark.parametrize("parts", [5, 10, 40, 66])
def test_the_longest_names_take_bounded_work(parts: int) -> None:
    """Counted, not timed: a busy machine changes nothing. Trying out every order of the parts would count billions."""
    assert _calls(200, parts) < 50_000


@given(_STATED, st.lists(_REGISTERED, max_size=4, unique_by=lambda person: person.ssin), _TEXT, _BORN)
def test_one_more_person_never_makes_the_answer_somebody_elses(
    stated: StatedPerson, people: list[RegisteredPerson], surname: str, born: PartialDate
) -> None:
    more = RegisteredPerson(_SIXTH, surname, born)
    before = decide(stated, Search(list(map(entry, people))))
    after = decide(stated, Search(list(map(entry, [*people, more]))))
    assert after.person in (None, before.person, more)


@given(_BORN, _BORN)
def test_dates_compare_the_same_in_both_directions(one: PartialDate, other: PartialDate) -> None:
    assert compare_dates(one, other) is compare_dates(other, one)
