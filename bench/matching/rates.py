"""How often what happens: in a register, among the queries, and by error class. Two profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bench.matching.culture import Culture
from bench.matching.cultures import DEFAULT, HELD_OUT


@dataclass(frozen=True)
class Population:
    """A register's people. Rates are shares of people unless said otherwise."""

    cultures: tuple[Culture, ...] = DEFAULT
    families: float = 0.25
    """Share of households with more than one person."""
    registered_member: float = 0.75
    twins: float = 0.06
    """Share of families with children that have twins."""
    same_name_son: float = 0.05
    """Share of sons who have their father's name."""
    namesakes: float = 0.006
    slip_namesakes: float = 0.0005
    """Somebody else of the same name born a slip of a date away."""
    twice: float = 0.0004
    """The same person registered twice without a link."""
    replaced: float = 0.015
    deceased: float = 0.025
    sex_missing: float = 0.02
    sex_unknown_number: float = 0.04
    """Numbers of the +20 series."""
    bis_number: float = 0.0
    """Numbers of the +40 series; all others are fictitious (+60)."""
    place_missing: float = 0.08
    birth_country_missing: float = 0.06
    nationality_missing: float = 0.03
    address_missing: float = 0.12
    address_partial: float = 0.03
    foreign_nationality: float = 0.06
    birth_abroad: float = 0.06
    lives_elsewhere: float = 0.12
    married_name: float = 0.25
    """Of women who take their husband's name: those registered under it."""
    plain_letters: float = 0.12
    """Registered without diacritics."""
    upper_case: float = 0.03
    small_names: float = 0.04
    """Registered with the first given name only."""


#: Weight of each error class when an error is drawn. A class that does not fit the person is drawn again.
ERRORS: Mapping[str, float] = {
    "diacritics": 6,
    "transliteration": 8,
    "script": 0.6,
    "particles": 4,
    "hyphen-apostrophe": 3,
    "two-surnames": 5,
    "names-swapped": 3,
    "patronymic": 3,
    "maiden-married": 5,
    "one-name": 1,
    "nickname": 4,
    "first-name-only": 7,
    "more-names": 3,
    "names-order": 1.5,
    "initial": 2,
    "given-missing": 0.7,
    "mrz-truncated": 2,
    "typing-1": 8,
    "typing-2": 3,
    "ocr": 3,
    "day-month": 4,
    "first-of-january": 2,
    "day-unknown": 1.5,
    "month-unknown": 1,
    "neighbouring-year": 2,
    "digit": 5,
    "sex-missing": 4,
    "sex-wrong": 0.4,
    "place-region": 3,
    "place-spelling": 4,
    "place-missing": 4,
    "place-different": 3,
    "moved": 7,
    "address-missing": 4,
    "address-partial": 2,
    "address-spelling": 5,
    "nationality-missing": 3,
    "nationality-other": 1.5,
    "birth-country-missing": 2,
    "case": 3,
}


@dataclass(frozen=True)
class Mix:
    """Who is asked for, and how well he is stated."""

    registered: float = 0.6
    clean: float = 0.33
    special: float = 0.08
    """Of the registered: chosen among twins, juniors, namesakes, replaced, deceased and registered twice."""
    special_kinds: Mapping[str, float] = field(
        default_factory=lambda: {
            "twin": 3,
            "father-and-son": 2,
            "namesake": 2,
            "slip-namesake": 1,
            "replaced": 2,
            "deceased": 1,
        }
    )
    errors: tuple[float, float, float] = (0.5, 0.33, 0.17)
    """One, two or three errors."""
    near: float = 0.5
    """Of the not registered: near somebody who is."""
    near_errors: float = 0.3
    stranger_errors: float = 0.4
    undecidable: float = 0.014
    """Of all: made so that nobody can decide (others become so by chance)."""
    bare: float = 0.12
    """Stated with little beside name and date."""
    weights: Mapping[str, float] = field(default_factory=lambda: ERRORS)
    near_kinds: Mapping[str, float] = field(
        default_factory=lambda: {
            "near-twin": 2,
            "near-sibling": 3,
            "near-junior": 2,
            "near-namesake": 3,
            "near-slip": 1.2,
            "near-spouse": 0.5,
        }
    )


@dataclass(frozen=True)
class Profile:
    """A population and a mix under a name."""

    name: str
    population: Population
    mix: Mix


def profile(name: str = "default", *, leave_out: tuple[str, ...] = ()) -> Profile:
    """`default` or `heldout`. `leave_out` names cultures that the register does not have."""
    if name == "default":
        found = Profile(name, Population(), Mix())
    elif name == "heldout":
        found = Profile(name, _held_out_population(), _held_out_mix())
    else:
        raise ValueError("a profile is default or heldout")
    cultures = found.population.cultures
    unknown = set(leave_out) - {culture.key for culture in cultures}
    if unknown:
        raise ValueError(f"no such culture: {', '.join(sorted(unknown))}")
    kept = tuple(culture for culture in cultures if culture.key not in leave_out)
    if not kept:
        raise ValueError("no culture is left")
    return replace(found, population=replace(found.population, cultures=kept))


def _held_out_population() -> Population:
    return Population(
        cultures=HELD_OUT,
        families=0.35,
        twins=0.09,
        namesakes=0.012,
        sex_missing=0.05,
        bis_number=0.3,
        place_missing=0.15,
        address_missing=0.2,
        lives_elsewhere=0.2,
        plain_letters=0.3,
        upper_case=0.15,
        small_names=0.1,
    )


def _held_out_mix() -> Mix:
    more = {"transliteration": 14, "typing-1": 5, "typing-2": 6, "moved": 10, "digit": 7, "nickname": 6, "ocr": 6}
    return Mix(
        clean=0.2,
        special=0.12,
        errors=(0.4, 0.38, 0.22),
        near_errors=0.5,
        bare=0.2,
        weights={**ERRORS, **more, "particles": 2, "place-different": 5, "script": 0},
    )
