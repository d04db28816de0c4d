"""One person of a culture."""

from __future__ import annotations

import calendar
import random

from bench.matching.culture import Culture, Middle, Passing
from bench.matching.draft import Draft
from bench.matching.homes import home, origin
from bench.matching.rates import Population


def person(luck: random.Random, culture: Culture, population: Population, *, sex: str = "") -> Draft:
    """Somebody alone."""
    sex = sex or ("M" if luck.random() < 0.62 else "F")
    father = first_name(luck, culture, "M")
    draft = Draft(culture, surname(luck, culture, sex, father), "", sex, *birth_date(luck, culture))
    draft.father = father
    draft.given = given_names(luck, draft)
    if luck.random() < culture.one_name:
        draft.surname, draft.given = (draft.given or draft.surname).split(" ")[0], ""
    origin(luck, draft, population)
    home(luck, draft, population)
    marry(luck, draft, population)
    return draft


def surname(luck: random.Random, culture: Culture, sex: str, father: str) -> str:
    """A surname by the culture's rules."""
    if culture.passing in (Passing.FATHERS_NAME, Passing.NORDIC):
        return passed_on(culture, sex, father, family_name(luck, culture), "")
    name = family_name(luck, culture)
    if culture.passing in (Passing.SPANISH, Passing.PORTUGUESE):
        return passed_on(culture, sex, father, name, family_name(luck, culture))
    if luck.random() < culture.double_surname:
        name = f"{name}-{family_name(luck, culture)}"
    return culture.womans(name) if sex == "F" else name


def family_name(luck: random.Random, culture: Culture) -> str:
    """A man's surname, with a particle now and then."""
    name = culture.family_names.pick(luck)
    if culture.particles and " " not in name and luck.random() < culture.particled:
        particle = luck.choice(culture.particles.split()).replace("_", " ")
        return f"{particle}{name}" if particle.endswith("'") else f"{particle} {name}"
    return name


def passed_on(culture: Culture, sex: str, father: str, fathers: str, mothers: str) -> str:
    """A child's surname: `father` is the given name, `fathers` and `mothers` their surnames."""
    if culture.passing is Passing.NORDIC:
        # A family name as well: one in eight has it instead.
        if not fathers.endswith("son"):
            return fathers
        stem = father[:-2] if father.endswith("ur") else father.rstrip("i")
        return f"{stem}{'sson' if sex == 'M' else 'sdóttir'}"
    if culture.passing is Passing.FATHERS_NAME:
        return father
    if culture.passing is Passing.SPANISH:
        return f"{_first_of(fathers)} {_first_of(mothers)}"
    if culture.passing is Passing.PORTUGUESE:
        return f"{mothers} {fathers}" if mothers and mothers != fathers else fathers
    return culture.womans(fathers) if sex == "F" else fathers


def _first_of(surnames: str) -> str:
    """The first of two Spanish surnames, with what belongs to it."""
    parts = surnames.split(" ")
    taken = []
    for part in parts:
        taken.append(part)
        if part[:1].isupper() and part not in ("De", "Del", "La"):
            break
    return " ".join(taken)


def first_name(luck: random.Random, culture: Culture, sex: str) -> str:
    """One given name."""
    return (culture.male_names if sex == "M" else culture.female_names).pick(luck)


def given_names(luck: random.Random, draft: Draft, first: str = "") -> str:
    """One to three given names, and what custom puts behind the first."""
    culture = draft.culture
    names = [first or first_name(luck, culture, draft.sex)]
    count = luck.choices((1, 2, 3), culture.given_counts)[0]
    while len(names) < count:
        another = first_name(luck, culture, draft.sex)
        if another not in names:
            names.append(another)
    if len(names) > 1 and "-" not in names[0] and luck.random() < culture.joined_given:
        names[:2] = ["-".join(names[:2])]
    if culture.middle is not Middle.NONE and luck.random() < culture.middle_stated:
        names.insert(1, middle_name(luck, draft))
    return " ".join(names)


def middle_name(luck: random.Random, draft: Draft) -> str:
    """The patronymic or post-name."""
    culture, father = draft.culture, draft.father
    if culture.middle is Middle.BULGARIAN:
        stem = father.rstrip("aoiy")
        return stem + ("ov" if draft.sex == "M" else "ova")
    if culture.middle is Middle.RUSSIAN:
        stem = father.rstrip("aoiy")
        return stem + ("ovych" if draft.sex == "M" else "ivna")
    if culture.middle is Middle.POST_NAME:
        return culture.family_names.pick(luck)
    return father


def birth_date(luck: random.Random, culture: Culture) -> tuple[int, int, int]:
    """Mostly people of working age."""
    year = min(2009, max(1932, int(luck.gauss(1984, 13))))
    chance = luck.random()
    if chance < culture.incomplete:
        month = luck.randint(1, 12) if luck.random() < 0.35 else 0
        return year, month, 0
    if chance < culture.incomplete + culture.january:
        return year, 1, 1
    month = luck.randint(1, 12)
    return year, month, luck.randint(1, calendar.monthrange(year, month)[1])


def marry(luck: random.Random, draft: Draft, population: Population, husbands: str = "") -> None:
    """A woman may have another surname by marriage; most are registered under that of their birth."""
    if draft.sex != "F" or not draft.given or (not husbands and luck.random() > 0.45):
        return
    if luck.random() > draft.culture.takes_husbands_name:
        return
    name = husbands or family_name(luck, draft.culture)
    married = draft.culture.womans(name)
    if draft.culture.passing is Passing.PORTUGUESE:
        married = f"{draft.surname} {name.split(' ')[-1]}"
    if luck.random() < population.married_name:
        draft.surname, draft.other_surname = married, draft.surname
        draft.former = draft.other_surname if luck.random() < 0.6 else ""
    else:
        draft.other_surname = married
