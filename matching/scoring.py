"""A stated person beside a registered one: evidence per field, its weight, and what the rule needs to know of it.

Weights are natural-logarithm-like points chosen by hand (docs/matching.md); they order candidates. Whether a
candidate may be answered without an agent is decided by the rule in decide.py, not by the sum.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from domain.identification import Agreement, Evidence, RegisteredPerson, StatedPerson
from domain.people import Sex
from domain.statement import Address
from matching.dates import DateLikeness, compare_dates
from matching.names import (
    Likeness,
    NameComparison,
    compare_given_names,
    compare_surnames,
    same_whole_name,
)
from matching.places import compare_addresses, compare_places

_SURNAME = {
    Likeness.EQUAL: 6.0,
    Likeness.NEAR: 4.0,
    Likeness.LOOSE: 2.0,
    Likeness.MISSING: 0.0,
    Likeness.DIFFERENT: -5.0,
}
_GIVEN = {Likeness.EQUAL: 5.0, Likeness.NEAR: 3.0, Likeness.LOOSE: 1.0, Likeness.MISSING: 0.0, Likeness.DIFFERENT: -5.0}
_BORN = {
    DateLikeness.SAME: 8.0,
    DateLikeness.JANUARY: 5.0,
    DateLikeness.COMPATIBLE: 3.0,
    DateLikeness.SWAPPED: 3.5,
    DateLikeness.ONE_OFF: 2.0,
    DateLikeness.DIFFERENT: -6.0,
}
_SEX = {Agreement.SAME: 0.7, Agreement.DIFFERENT: -4.0}
_PLACE = {Agreement.SAME: 3.0, Agreement.SIMILAR: 1.0, Agreement.DIFFERENT: -1.5}
_COUNTRY = {Agreement.SAME: 0.5, Agreement.DIFFERENT: -1.0}
_NATIONALITY = {Agreement.SAME: 1.0, Agreement.DIFFERENT: -1.5}
_OFFICIAL = {Agreement.SAME: 4.0, Agreement.SIMILAR: 1.5, Agreement.DIFFERENT: -0.3}
#: Points at which somebody is as likely right as wrong, and how many points change the odds by e.
_EVEN, _SCALE = 15.0, 2.0
_SWAPPED = NameComparison(Likeness.NEAR, "the same names, divided in another way over surname and given names")
_SWAPPED_LOOSE = NameComparison(Likeness.LOOSE, "looks alike with surname and given names swapped")
_FORMER = NameComparison(Likeness.NEAR, "the surname is a former surname of the other")
_AGREEMENT = {
    Likeness.EQUAL: Agreement.SAME,
    Likeness.NEAR: Agreement.SIMILAR,
    Likeness.LOOSE: Agreement.SIMILAR,
    Likeness.MISSING: Agreement.MISSING,
    Likeness.DIFFERENT: Agreement.DIFFERENT,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found. `points` is the sum of all weights, `score` the same in 0..1.

    `support` counts the independent fields that agree (birth place; street and municipality; nationality and sex);
    `sex` is DIFFERENT also where a number that tells the sex contradicts.
    """

    surname: NameComparison
    given: NameComparison
    born: DateLikeness
    sex: Agreement
    birth_place: Agreement
    support: int
    evidence: tuple[Evidence, ...]
    points: float

    @property
    def score(self) -> float:
        """0..1, rising with the points."""
        return round(1 / (1 + math.exp((_EVEN - self.points) / _SCALE)), 4)

    @property
    def look_alike(self) -> bool:
        """Whether an agent must rule this person out before a number is created."""
        return (
            self.born is not DateLikeness.DIFFERENT
            and self.surname.likeness is not Likeness.DIFFERENT
            and self.given.likeness is not Likeness.DIFFERENT
        )

    @property
    def worth_showing(self) -> bool:
        """Whether two of surname, given name and birth date agree somehow."""
        agreeing = (
            self.born is not DateLikeness.DIFFERENT,
            self.surname.likeness >= Likeness.LOOSE,
            self.given.likeness >= Likeness.LOOSE,
        )
        return self.look_alike or sum(agreeing) >= 2


def compare(stated: StatedPerson, person: RegisteredPerson) -> Comparison:
    """Put a stated person beside a registered one. Pure; never raises, whatever the texts hold."""
    surname, given = _names(stated, person)
    born = compare_dates(stated.birth_date, person.birth_date)
    sex = _plain(stated.sex, person.sex)
    place = compare_places(stated.birth_place, person.birth_place)
    country = _plain(stated.birth_country, person.birth_country)
    if country is Agreement.DIFFERENT and place in (Agreement.SAME, Agreement.SIMILAR):
        place = Agreement.DIFFERENT  # Valencia in Spain is not Valencia in Venezuela
    nationality = _plain(stated.nationality, person.nationality)
    official = compare_addresses(stated.official, person.official)
    evidence = (
        _name("surname", stated.surname, person.surname, surname, _SURNAME),
        _name("givenNames", stated.given_names, person.given_names, given, _GIVEN),
        Evidence(
            "birthDate",
            str(stated.birth_date),
            str(person.birth_date),
            _born_agreement(stated, person, born),
            _BORN[born],
            born.why,
        ),
        _field("sex", stated.sex, person.sex, sex, _SEX),
        _field("birthPlace", stated.birth_place, person.birth_place, place, _PLACE),
        _field("birthCountry", stated.birth_country, person.birth_country, country, _COUNTRY),
        _field("nationality", stated.nationality, person.nationality, nationality, _NATIONALITY),
        _field("official", _line(stated.official), _line(person.official), official, _OFFICIAL),
    )
    support = (
        (place is Agreement.SAME)
        + (official is Agreement.SAME)
        + (nationality is Agreement.SAME and sex is Agreement.SAME)
    )
    if person.sex is None and stated.sex and person.ssin.sex_hint not in (None, stated.sex):
        sex = Agreement.DIFFERENT
    different_country = place is Agreement.MISSING and country is Agreement.DIFFERENT
    return Comparison(
        surname=surname,
        given=given,
        born=born,
        sex=sex,
        birth_place=Agreement.DIFFERENT if different_country else place,
        support=support,
        evidence=evidence,
        points=sum(item.weight for item in evidence),
    )


def compare_name(surname: str, given_names: str | None, person: RegisteredPerson) -> Comparison | None:
    """Put a name alone beside a registered person; None where it is another name.

    Evidence is as in `compare`; the birth date, which was not asked for, is missing and makes nobody a look-alike.
    """
    found = compare(StatedPerson(surname, person.birth_date, given_names), person)
    if not found.look_alike:
        return None
    evidence = tuple(
        replace(item, stated=None, agreement=Agreement.MISSING, weight=0.0, why=_WHY[Agreement.MISSING])
        if item.field == "birthDate"
        else item
        for item in found.evidence
    )
    points = sum(item.weight for item in evidence)
    return replace(found, born=DateLikeness.DIFFERENT, evidence=evidence, points=points)


def stated_alike(one: StatedPerson, other: StatedPerson) -> bool:
    """Whether two statements may be of one person: the same measure as a look-alike of the register."""
    names = _names(one, other)
    born = compare_dates(one.birth_date, other.birth_date)
    return born is not DateLikeness.DIFFERENT and all(name.likeness is not Likeness.DIFFERENT for name in names)


def _names(stated: StatedPerson, person: RegisteredPerson | StatedPerson) -> tuple[NameComparison, NameComparison]:
    """Surname and given names as they stand; else by a former surname; else swapped or divided in another way."""
    surname = compare_surnames(stated.surname, person.surname)
    given = compare_given_names(stated.given_names, person.given_names)
    if surname.likeness < Likeness.NEAR and _former(stated, person):
        surname = _FORMER
    if Likeness.EQUAL in (surname.likeness, given.likeness) and Likeness.DIFFERENT not in (
        surname.likeness,
        given.likeness,
    ):
        return surname, given
    here, there = (stated.surname, stated.given_names), (person.surname, person.given_names)
    if same_whole_name(here, there):
        return _SWAPPED, _SWAPPED
    if Likeness.DIFFERENT in (surname.likeness, given.likeness) and stated.given_names and person.given_names:
        crossed = (
            compare_given_names(stated.surname, person.given_names),
            compare_given_names(stated.given_names, person.surname),
        )
        if min(item.likeness for item in crossed) >= Likeness.LOOSE:
            return _SWAPPED_LOOSE, _SWAPPED_LOOSE
    return surname, given


def _former(stated: StatedPerson, person: RegisteredPerson | StatedPerson) -> bool:
    pairs = (
        (stated.surname, person.former_surname),
        (stated.former_surname, person.surname),
        (stated.former_surname, person.former_surname),
    )
    return any(a and b and compare_surnames(a, b).likeness is Likeness.EQUAL for a, b in pairs)


def _plain(stated: str | None, registered: str | None) -> Agreement:
    if not stated or not registered:
        return Agreement.MISSING
    return Agreement.SAME if stated == registered else Agreement.DIFFERENT


def _born_agreement(stated: StatedPerson, person: RegisteredPerson, born: DateLikeness) -> Agreement:
    if stated.birth_date == person.birth_date:
        return Agreement.SAME
    return Agreement.DIFFERENT if born is DateLikeness.DIFFERENT else Agreement.SIMILAR


def _name(
    field: str,
    stated: str | None,
    registered: str | None,
    found: NameComparison,
    weights: dict[Likeness, float],
) -> Evidence:
    agreement = _AGREEMENT[found.likeness]
    if not stated and not registered:
        return Evidence(field, stated, registered, Agreement.MISSING, weights[found.likeness], found.why)
    return Evidence(field, stated, registered, agreement, weights[found.likeness], found.why)


_WHY = {
    Agreement.SAME: "the same",
    Agreement.SIMILAR: "alike",
    Agreement.DIFFERENT: "different",
    Agreement.MISSING: "not known on one side",
}


def _field(
    field: str,
    stated: str | Sex | None,
    registered: str | Sex | None,
    found: Agreement,
    weights: dict[Agreement, float],
) -> Evidence:
    return Evidence(
        field,
        None if stated is None else str(stated),
        None if registered is None else str(registered),
        found,
        weights.get(found, 0.0),
        _WHY[found],
    )


def _line(address: Address | None) -> str | None:
    """An address on one line, as an agent reads it."""
    if address is None:
        return None
    number = " ".join(part for part in (address.house_number, address.box) if part)
    town = " ".join(part for part in (address.postal_code, address.municipality) if part)
    street = " ".join(part for part in (address.street, number) if part)
    return ", ".join(part for part in (street, town, address.country) if part) or None
