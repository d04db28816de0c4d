"""What each agreement is worth: log-likelihood ratios (natural logarithm) of one person against two of one culture.

Fellegi and Sunter (1969), with the frequencies of this register: the chance that somebody else is called just so is
the share of people who are. A misspelling is worth what the right spelling is worth, as long as the wrong one is not
a name of its own: Annie for Anna is most often Annie.
"""

from __future__ import annotations

import math

from domain.identification import StatedPerson
from domain.people import PartialDate
from matching.dates import DateLikeness, stands_for_unknown
from matching.names import Level, NameComparison
from matching.parameters import Parameters
from matching.population import DAYS, Population

#: How many spellings a name may be turned into by one slip of a kind.
_SPELLINGS = {Level.ROMANISED: 15, Level.TYPO: 150, Level.TYPOS: 8_000}
#: How often two strangers of one culture stand at a level that no frequency tells. An initial is as rarely stated by
#: a stranger as by the person: it fits two twins of five, whose names often begin alike, and so do vague ones.
_BY_CHANCE = {
    "surname": {Level.CUT: 4e-4, Level.LOOKS: 0.005, Level.VAGUE: 0.02},
    "given": {Level.CUT: 4e-4, Level.INITIAL: 0.006, Level.VAGUE: 0.08},
}
#: How often a name nobody has looks like somebody's given name; how many spellings do; and how often at most.
_NOBODYS_NAME, _FAR_SPELLINGS, _ANOTHER_NAME = 5e-4, 400, 0.05
#: A name has some three familiar forms; who is registered under one is called so by others too. What is a name of its
#: own as well (Lisa beside Elisabeth, Ming beside Xiaoming) is a twin's ten times as often.
_ONE_FORM, _RAREST_FORM, _NAME_OF_ITS_OWN = 0.3, 3e-4, 10
_WAYS = {DateLikeness.SWAPPED: 1, DateLikeness.DIGIT: 26, DateLikeness.ONE_OFF: 60, DateLikeness.TWO_OFF: 700}
#: Dates that are one slip away, of any kind: what a person of the same name may have been born on by chance.
_SLIPS = 90
_IMPOSSIBLE = 1e-9


def name_weight(kind: str, found: NameComparison, population: Population, parameters: Parameters) -> float:
    """Of a `surname` or `given` name; 0 where it is missing."""
    shares = parameters.surname if kind == "surname" else parameters.given_names
    level = found.level
    if level is Level.MISSING:
        return 0.0
    among_same = max(shares.get(level.value, _IMPOSSIBLE), _IMPOSSIBLE)
    if level is Level.DIFFERENT:
        return math.log(among_same)
    if not found.agreed:
        # Neither has one; or a name that looks alike as a whole only.
        return 0.0 if level is Level.EQUAL else math.log(among_same / _BY_CHANCE[kind].get(level, 0.01))
    exact = population.name_share(kind, found.agreed)
    sound = population.sound_share(kind, found.agreed)
    if level in _SPELLINGS:
        this_spelling = among_same / _SPELLINGS[level]
        return math.log(this_spelling / (exact + sound * this_spelling))
    by_chance = _BY_CHANCE[kind].get(level)
    if by_chance is not None:
        return math.log(among_same / max(by_chance, exact))
    if level is Level.LOOKS and kind == "given":
        # Two letters or more: most often another name, unless nobody is called so.
        return math.log(among_same / (_NOBODYS_NAME + min(exact * _FAR_SPELLINGS, _ANOTHER_NAME)))
    if level is Level.NICKNAME:
        form = _RAREST_FORM if exact <= _RAREST_FORM else min(exact * _NAME_OF_ITS_OWN, _ANOTHER_NAME)
        return math.log(among_same * _ONE_FORM / form)
    if level is Level.SHARED:
        exact *= 3  # it may be any of the parts
    return math.log(among_same / (exact + 3e-4 * sound))


def rearranged_weight(stated: tuple[NameComparison, NameComparison], population: Population, share: float) -> float:
    """Of all names together, where they are divided in another way over the two fields."""
    surname, given = stated
    by_chance = 1.0
    for found in (surname, given):
        if found.agreed:
            by_chance *= max(
                population.name_share("surname", found.agreed), population.name_share("given", found.agreed)
            )
    return math.log(max(share, _IMPOSSIBLE) / by_chance)


def date_weight(
    stated: PartialDate, registered: PartialDate, found: DateLikeness, population: Population, parameters: Parameters
) -> float:
    """Of the birth date; 0 where it is missing."""
    if found is DateLikeness.MISSING:
        return 0.0
    among_same = max(parameters.birth_date.get(found.name.lower(), _IMPOSSIBLE), _IMPOSSIBLE)
    if found in (DateLikeness.SAME, DateLikeness.JANUARY):
        return math.log(among_same / population.date_share(stated))
    if found is DateLikeness.COMPATIBLE:
        return math.log(among_same * DAYS / _days_covered(stated, registered) / parameters.birth_date["incomplete"])
    if found is DateLikeness.DIFFERENT:
        return math.log(among_same)
    return math.log(among_same * DAYS / _WAYS[found])


def _days_covered(stated: PartialDate, registered: PartialDate) -> int:
    """How many days the less exact of the two may mean."""
    months = [stands_for_unknown(born).month for born in (stated, registered)]
    return 30 if all(months) else 365


def slip_ratio(found: DateLikeness) -> float:
    """How much more often than by chance the dates of a namesake one slip away stand like this."""
    return DAYS / _SLIPS if found in _WAYS and found is not DateLikeness.TWO_OFF else 1.0


def plain_weight(field: str, level: str, parameters: Parameters) -> float:
    """Of a field with two shares a level; 0 where it is missing."""
    shares = parameters.fields[field].get(level)
    return math.log(shares[0] / shares[1]) if shares else 0.0


def place_weight(stated: StatedPerson, level: str, population: Population, parameters: Parameters) -> float:
    """Of the birth place: the same small town says more than the same capital."""
    if level != "same" or not stated.birth_place:
        return plain_weight("birthPlace", level, parameters)
    among_same, otherwise = parameters.fields["birthPlace"]["same"]
    return math.log(among_same / population.place_share(stated.birth_place, stated.birth_country, otherwise))
