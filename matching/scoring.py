"""A stated person beside a registered one: how each field agrees, what that weighs, and the odds that come of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from domain.identification import Agreement, RegisteredPerson, StatedPerson
from domain.niss import Niss
from matching.dates import DateLikeness, compare_dates
from matching.names import (
    Level,
    Likeness,
    NameComparison,
    compare_given_names,
    compare_surnames,
)
from matching.normalise import Parts, forms
from matching.parameters import Parameters, learned
from matching.places import compare_addresses, compare_places
from matching.population import Population
from matching.weights import (
    date_weight,
    name_weight,
    place_weight,
    plain_weight,
    rearranged_weight,
    slip_ratio,
)
from matching.whole import in_the_other_field, same_whole_name, shared_whole_name

_ANOTHER_ORDER = "the same names, divided in another way over surname and given names"
_SWAPPED = "looks alike with surname and given names swapped"
_IN_THE_OTHER = "a part of one's surname is a given name of the other"
_FORMER = "the surname is a former surname of the other"
NOBODY = Population()
#: From which probability on two statements are pointed out to those who made them.
_ALIKE = 0.1
#: A number that tells nothing, for who has none yet.
_ANY = Niss("83652400122")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found. `weights` has a log-likelihood ratio a field (matching/weights.py), by API name.

    `support` counts the independent fields that agree (birth place; street and municipality; nationality and sex);
    `sex` is DIFFERENT also where a number that tells the sex contradicts. `log_odds`: of this person against nobody,
    a relative or a namesake, from the weights and how many people there are.
    """

    stated: StatedPerson
    person: RegisteredPerson
    surname: NameComparison
    given: NameComparison
    born: DateLikeness
    sex: Agreement
    birth_place: Agreement
    birth_country: Agreement
    nationality: Agreement
    official: Agreement
    support: int
    weights: Mapping[str, float]
    log_odds: float

    @property
    def probability(self) -> float:
        """0..1, as if there were nobody else to choose from."""
        return probability(self.log_odds)

    @property
    def worth_showing(self) -> bool:
        """Whether two of surname, given name and birth date agree somehow."""
        agreeing = (
            self.born not in (DateLikeness.DIFFERENT, DateLikeness.MISSING),
            self.surname.likeness >= Likeness.LOOSE,
            self.given.likeness >= Likeness.LOOSE,
        )
        return sum(agreeing) >= 2


def probability(log_odds: float) -> float:
    """Of a log-odds, without overflow.

    >>> probability(0.0), probability(-1e9), probability(1e9)
    (0.5, 0.0, 1.0)
    """
    bounded = max(-700.0, min(700.0, log_odds))
    found = 1 / (1 + math.exp(-bounded))
    return 0.0 if log_odds < -700 else found


def compare(
    stated: StatedPerson,
    person: RegisteredPerson,
    population: Population = NOBODY,
    parameters: Parameters | None = None,
    *,
    with_date: bool = True,
    names: tuple[NameComparison, NameComparison] | None = None,
) -> Comparison:
    """Put a stated person beside a registered one. Pure; never raises, whatever the texts hold.

    Without `with_date` the birth date counts as missing: an agent may not know it. `names` is what `compare_names`
    has said of the two already.
    """
    parameters = parameters or learned()
    surname, given = names or compare_names(stated, person)
    born = compare_dates(stated.birth_date, person.birth_date) if with_date else DateLikeness.MISSING
    sex = _plain(stated.sex, person.sex)
    place = compare_places(stated.birth_place, person.birth_place)
    country = _plain(stated.birth_country, person.birth_country)
    if country is Agreement.DIFFERENT and place in (Agreement.SAME, Agreement.SIMILAR):
        place = Agreement.DIFFERENT  # Valencia in Spain is not Valencia in Venezuela
    nationality = _plain(stated.nationality, person.nationality)
    official = compare_addresses(stated.official, person.official)
    support = (
        (place is Agreement.SAME)
        + (official is Agreement.SAME)
        + (nationality is Agreement.SAME and sex is Agreement.SAME)
    )
    if person.sex is None and stated.sex and person.ssin.sex_hint not in (None, stated.sex):
        sex = Agreement.DIFFERENT
    surname_weight, given_weight = _name_weights(surname, given, population, parameters)
    weights = {
        "surname": surname_weight,
        "givenNames": given_weight,
        "birthDate": date_weight(stated.birth_date, person.birth_date, born, population, parameters),
        "sex": plain_weight("sex", sex.value, parameters),
        "birthPlace": place_weight(stated, place.value, population, parameters),
        "birthCountry": plain_weight("birthCountry", country.value, parameters),
        "nationality": plain_weight("nationality", nationality.value, parameters),
        "official": plain_weight("official", official.value, parameters),
    }
    return Comparison(
        stated=stated,
        person=person,
        surname=surname,
        given=given,
        born=born,
        sex=sex,
        birth_place=place,
        birth_country=country,
        nationality=nationality,
        official=official,
        support=support,
        weights=weights,
        log_odds=_log_odds(weights, born, population, parameters),
    )


def compare_name(
    surname: str, given_names: str | None, person: RegisteredPerson, population: Population = NOBODY
) -> Comparison | None:
    """Put a name alone beside a registered person; None where it is another name."""
    stated = StatedPerson(surname, person.birth_date, given_names)
    found = compare(stated, person, population, with_date=False)
    different = Likeness.DIFFERENT in (found.surname.likeness, found.given.likeness)
    return None if different else found


def stated_alike(one: StatedPerson, other: StatedPerson) -> bool:
    """Whether two statements of one company are as likely of one person as a look-alike of the register."""
    beside = RegisteredPerson(
        _ANY,
        other.surname,
        other.birth_date,
        other.given_names,
        other.sex,
        other.birth_place,
        other.birth_country,
        other.nationality,
        other.former_surname,
        other.official,
    )
    found = compare(one, beside)
    return found.worth_showing and found.probability >= _ALIKE and found.sex is not Agreement.DIFFERENT


def _log_odds(
    weights: Mapping[str, float], born: DateLikeness, population: Population, parameters: Parameters
) -> float:
    """One person, against strangers (as many as there are) and against each relation that may look like one."""
    same = sum(weights.values())
    ratios = {field: math.exp(min(50.0, weight)) for field, weight in weights.items()}
    others = float(population.strangers)
    for relation in parameters.relations:
        likely = relation.expected
        for field, ratio in ratios.items():
            share = relation.shares.get(field, 0.0)
            likely *= share * ratio + (1 - share)
        if relation.name == "slip":
            likely *= slip_ratio(born)
        others += likely
    prior = parameters.registered / (1 - parameters.registered)
    intercept, slope = parameters.calibration
    return intercept + slope * (math.log(prior) + same - math.log(others))


def _name_weights(
    surname: NameComparison, given: NameComparison, population: Population, parameters: Parameters
) -> tuple[float, float]:
    if surname.level is given.level is Level.REARRANGED:
        half = rearranged_weight((surname, given), population, parameters.surname["rearranged"]) / 2
        return half, half
    return (
        name_weight("surname", surname, population, parameters),
        name_weight("given", given, population, parameters),
    )


def compare_names(stated: StatedPerson, person: RegisteredPerson) -> tuple[NameComparison, NameComparison]:
    """Surname and given names as they stand; else by a former surname; else swapped or divided in another way."""
    surname = compare_surnames(stated.surname, person.surname)
    given = compare_given_names(stated.given_names, person.given_names)
    if surname.likeness < Likeness.NEAR and _former(stated, person):
        surname = NameComparison(Level.FORMER, _FORMER, _parts(stated.surname))
    if min(surname.likeness, given.likeness) >= Likeness.NEAR and Level.EQUAL in (surname.level, given.level):
        return surname, given
    here, there = (stated.surname, stated.given_names), (person.surname, person.given_names)
    if same_whole_name(here, there):
        return _rearranged(_parts(stated.surname), _parts(stated.given_names), _ANOTHER_ORDER)
    in_one_field = surname.level is Level.PART and given.level is Level.MISSING
    if surname.level in (Level.DIFFERENT, Level.VAGUE) or in_one_field:
        shared = shared_whole_name(here, there)
        if shared:
            return _rearranged(*shared, _SWAPPED)
        crossed = in_the_other_field(here, there)
        if crossed:
            surname = NameComparison(Level.SHARED, _IN_THE_OTHER, crossed)
            if given.likeness < Likeness.LOOSE and _crossed_alike(stated, person):
                given = NameComparison(Level.LOOKS, _SWAPPED)
    return surname, given


def _crossed_alike(stated: StatedPerson, person: RegisteredPerson) -> bool:
    """Whether each name looks like the other one of the other person."""
    return (
        compare_given_names(stated.surname, person.given_names).likeness >= Likeness.LOOSE
        and compare_surnames(stated.given_names, person.surname).likeness >= Likeness.LOOSE
    )


def _rearranged(surname: Parts, given: Parts, why: str) -> tuple[NameComparison, NameComparison]:
    return NameComparison(Level.REARRANGED, why, surname), NameComparison(Level.REARRANGED, why, given)


def _parts(name: str | None) -> Parts:
    return next(iter(forms(name or "")), ())


def _former(stated: StatedPerson, person: RegisteredPerson) -> bool:
    pairs = (
        (stated.surname, person.former_surname),
        (stated.former_surname, person.surname),
        (stated.former_surname, person.former_surname),
    )
    return any(a and b and compare_surnames(a, b).likeness >= Likeness.NEAR for a, b in pairs)


def _plain(stated: str | None, registered: str | None) -> Agreement:
    if not stated or not registered:
        return Agreement.MISSING
    return Agreement.SAME if stated == registered else Agreement.DIFFERENT
