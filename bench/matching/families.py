"""Households: parents and children, twins, sons with their father's name; some of them are registered."""

from __future__ import annotations

import calendar
import random

from bench.matching.culture import Culture, Passing
from bench.matching.draft import Draft
from bench.matching.homes import dwell
from bench.matching.people import first_name, given_names, marry, passed_on, person
from bench.matching.rates import Population
from bench.matching.text import read_aloud


def household(luck: random.Random, culture: Culture, population: Population) -> list[Draft]:
    """Those of one family who are registered, at least one."""
    father = person(luck, culture, population, sex="M")
    mother = person(luck, culture, population, sex="F")
    father.year = mother.year = luck.randint(1945, 1985)
    mother.year += luck.randint(-3, 6)
    for parent in (father, mother):
        parent.day = min(parent.day, _last_day(parent)) if parent.day else 0
    maiden = mother.other_surname if mother.former else mother.surname
    if mother.given and father.given and not mother.other_surname:
        marry(luck, mother, population, _husbands(father))
    live_together(luck, mother, father)
    members = [father, mother]
    year = mother.year + luck.randint(19, 30)
    for _ in range(luck.choices((0, 1, 2, 3, 4), (1, 4, 5, 2, 1))[0]):
        if year > 2009:
            break
        members.append(child(luck, father, maiden, year, population))
        if luck.random() < population.twins:
            members.append(twin(luck, members[-1]))
        year += luck.randint(1, 5)
    kept = [member for member in members if luck.random() < population.registered_member]
    return kept or members[:1]


def _last_day(draft: Draft) -> int:
    return calendar.monthrange(draft.year, draft.month)[1] if draft.month else 0


def _husbands(father: Draft) -> str:
    passing = father.culture.passing
    return father.surname if passing not in (Passing.SPANISH, Passing.PORTUGUESE) else father.surname.split(" ")[-1]


def live_together(luck: random.Random, one: Draft, other: Draft, share: float = 0.75) -> None:
    """Give `one` the address of `other`, most of the time."""
    if luck.random() < share:
        one.street, one.number, one.box = other.street, other.number, other.box
        one.postal, one.municipality, one.country = other.postal, other.municipality, other.country


def child(luck: random.Random, father: Draft, mothers_surname: str, year: int, population: Population) -> Draft:
    """A child of the family."""
    culture = father.culture
    made = person(luck, culture, population, sex="M" if luck.random() < 0.55 else "F")
    made.year = year
    made.day = min(made.day, _last_day(made)) if made.day else 0
    made.father = (father.given or father.surname).split(" ")[0].split("-")[0]
    made.surname = passed_on(culture, made.sex, made.father, father.surname, mothers_surname)
    made.former = made.other_surname = ""
    made.given = given_names(luck, made)
    if made.sex == "M" and father.given and luck.random() < population.same_name_son:
        made.given = father.given
    if luck.random() < 0.7:
        made.place = father.municipality or made.place
    made.nationality = father.nationality
    live_together(luck, made, father, 0.6)
    return made


def sibling(luck: random.Random, draft: Draft, population: Population) -> Draft:
    """A brother or sister of somebody: same surname, often same place and address; another name and date."""
    made = draft.copy()
    made.sex = draft.sex if draft.sex and luck.random() < 0.6 else luck.choice("MF")
    if not draft.other_surname:
        made.surname = _other_sex_surname(draft, made.sex)
    made.given = other_given(luck, made, draft.given)
    years = luck.choice((-6, -5, -4, -3, -2, -2, -1, 1, 2, 2, 3, 4, 5, 6))
    made.year = min(2009, draft.year + years)
    if made.year == draft.year:
        made.year -= 2
    made.month = luck.randint(1, 12)
    made.day = luck.randint(1, 28)
    if luck.random() < 0.25:
        made.place = draft.culture.places.pick(luck)
    if luck.random() < 0.35:
        dwell(luck, made, elsewhere=luck.random() < population.lives_elsewhere)
    return made


def twin(luck: random.Random, draft: Draft) -> Draft:
    """A twin: all but the given name, and perhaps the sex."""
    made = draft.copy()
    if draft.sex and luck.random() < 0.25:
        made.sex = "F" if draft.sex == "M" else "M"
        made.surname = _other_sex_surname(draft, made.sex)
        made.former = made.other_surname = ""
    made.given = other_given(luck, made, draft.given)
    live_together(luck, made, draft, 1.0)
    if luck.random() < 0.3:
        dwell(luck, made)
    return made


def other_given(luck: random.Random, draft: Draft, than: str) -> str:
    """Given names of which the first is another one; twins' names often begin with the same letter."""
    first = than.split(" ", maxsplit=1)[0]
    for _ in range(60):
        name = first_name(luck, draft.culture, draft.sex or "M")
        alike = luck.random() > 0.35 or name[:1] == first[:1]
        if name not in than and first.split("-")[0] not in name and alike and read_aloud(name) != read_aloud(first):
            return given_names(luck, draft, name)
    return given_names(luck, draft)


def _other_sex_surname(draft: Draft, sex: str) -> str:
    """A brother's or sister's surname, as far as the culture tells them apart."""
    culture = draft.culture
    if sex == draft.sex or not draft.sex:
        return draft.surname
    if culture.passing is Passing.NORDIC:
        man, woman = "sson", "sdóttir"
        ours, theirs = (man, woman) if sex == "F" else (woman, man)
        return draft.surname.removesuffix(ours) + theirs if draft.surname.endswith(ours) else draft.surname
    if culture.passing is not Passing.GENDERED:
        return draft.surname
    if sex == "F":
        return culture.womans(draft.surname)
    for men, women in culture.feminine:
        if women and draft.surname.endswith(women):
            return draft.surname.removesuffix(women) + men
    return draft.surname
