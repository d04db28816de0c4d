"""A register by seed and size, with what only the generator knows about its people."""

from __future__ import annotations

import calendar
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from bench.matching.culture import Culture
from bench.matching.draft import TODAY, Draft, draft_of
from bench.matching.families import household
from bench.matching.homes import dwell, origin
from bench.matching.numbers import Numbers
from bench.matching.people import person
from bench.matching.rates import Population
from bench.matching.slips import slip
from bench.matching.text import plain
from domain.identification import RegisteredPerson
from domain.niss import Niss, NumberSeries


@dataclass
class Register:
    """`people` by position; the rest by the same position. `special` lists positions by what is special about them."""

    people: list[RegisteredPerson] = field(default_factory=list)
    cultures: list[Culture] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)
    """The household somebody belongs to."""
    unseen: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Another surname somebody has, and the father's given name where it matters."""
    special: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    latest: dict[Niss, Niss] = field(default_factory=dict)
    """The number that holds, of numbers that were replaced or given twice to one person."""

    def draft(self, place: int) -> Draft:
        """Somebody of the register, to be changed."""
        other, father = self.unseen.get(place, ("", ""))
        return draft_of(self.people[place], self.cultures[place], other_surname=other, father=father)


def build(seed: int, size: int, population: Population) -> Register:
    """The register of a seed; households stand together."""
    return _Builder(random.Random(f"register:{seed}"), size, population).built()


class _Builder:
    def __init__(self, luck: random.Random, size: int, population: Population) -> None:
        self.luck, self.size, self.population = luck, size, population
        self.register = Register()
        self.numbers = Numbers()
        self.home = 0

    def built(self) -> Register:
        luck, population, people = self.luck, self.population, self.register.people
        cultures, shares = population.cultures, [culture.share for culture in population.cultures]
        while len(people) < self.size:
            culture = luck.choices(cultures, shares)[0]
            self.home += 1
            if luck.random() < population.families:
                self._family(household(luck, culture, population))
            else:
                self._add(person(luck, culture, population))
            if len(people) > 50:
                self._doubles()
        return self.register

    def _family(self, members: list[Draft]) -> None:
        places = [self._add(member) for member in members[: self.size - len(self.register.people)]]
        people = self.register.people
        for place in places:
            mine = people[place]
            others = [people[other] for other in places if other != place]
            if any(other.birth_date == mine.birth_date for other in others):
                self.register.special["twin"].append(place)
            if mine.given_names and any(other.given_names == mine.given_names for other in others):
                self.register.special["father-and-son"].append(place)

    def _doubles(self) -> None:
        """Now and then a namesake, or the same person again."""
        luck, population, people = self.luck, self.population, self.register.people
        chance = luck.random()
        if len(people) >= self.size:
            return
        for kind, share in (
            ("namesake", population.namesakes),
            ("slip-namesake", population.slip_namesakes),
            ("twice", population.twice),
            ("replaced", population.replaced),
        ):
            if chance < share:
                self._double(kind, luck.randrange(len(people)))
                return
            chance -= share

    def _double(self, kind: str, place: int) -> None:
        register, luck = self.register, self.luck
        model = register.people[place]
        if model.replaced_by or model.ssin in register.latest or model.deceased_on:
            return
        draft = register.draft(place)
        if kind in ("namesake", "slip-namesake"):
            self._elsewhere(draft, near=kind == "slip-namesake")
        elif luck.random() < 0.5:
            draft.no_address()
            dwell(luck, draft)
        self.home += 1
        twin = self._add(draft, plainly=kind != "replaced", alive=True)
        if kind == "replaced":
            register.people[place] = _replaced(model, register.people[twin].ssin)
            register.latest[model.ssin] = register.people[twin].ssin
        elif kind == "twice":
            register.latest[model.ssin] = register.people[twin].ssin
        register.special[kind] += [place, twin]

    def _elsewhere(self, draft: Draft, *, near: bool) -> None:
        """Somebody else of the same name."""
        luck = self.luck
        origin(luck, draft, self.population)
        draft.no_address()
        dwell(luck, draft)
        draft.former = draft.other_surname = ""
        if near:
            slip(luck, draft)
        else:
            draft.year = min(2009, max(1932, draft.year + luck.choice((-1, 1)) * luck.randint(2, 20)))
            draft.month, draft.day = luck.randint(1, 12), luck.randint(1, 28)

    def _add(self, draft: Draft, *, plainly: bool = False, alive: bool = False) -> int:
        luck, population, register = self.luck, self.population, self.register
        culture = draft.culture
        if not plainly:
            _as_registered(luck, draft, population)
        chance = luck.random()
        series = NumberSeries.FICTITIOUS
        if not draft.sex or chance < population.sex_unknown_number:
            series = NumberSeries.BIS_SEX_UNKNOWN if chance < 0.5 else series
        elif chance > 1 - population.bis_number:
            series = NumberSeries.BIS_SEX_KNOWN
        ssin = self.numbers.give(draft.born, draft.sex, series)
        dead = None
        place = len(register.people)
        if not alive and luck.random() < population.deceased:
            dead = _death(luck, draft)
            register.special["deceased"].append(place)
        register.people.append(draft.registered(ssin, deceased_on=dead))
        register.cultures.append(culture)
        register.homes.append(self.home)
        if draft.other_surname or draft.father:
            register.unseen[place] = (draft.other_surname, draft.father)
        return place


def _death(luck: random.Random, draft: Draft) -> date:
    year = luck.randint(min(max(draft.year + 18, 2001), 2025), 2025)
    month = luck.randint(1, 12)
    return min(TODAY, date(year, month, luck.randint(1, calendar.monthrange(year, month)[1])))


def _as_registered(luck: random.Random, draft: Draft, population: Population) -> None:
    """What a register's clerks leave out or write otherwise."""
    if luck.random() < population.sex_missing:
        draft.sex = ""
    chance = luck.random()
    if chance < population.plain_letters:
        draft.surname, draft.given = plain(draft.surname), plain(draft.given)
        draft.place, draft.street = plain(draft.place), plain(draft.street)
        draft.municipality, draft.former = plain(draft.municipality), plain(draft.former)
    elif chance < population.plain_letters + population.upper_case:
        draft.surname, draft.given = draft.surname.upper(), draft.given.upper()
    if " " in draft.given and luck.random() < population.small_names:
        draft.given = draft.given.split(" ")[0]


def _replaced(model: RegisteredPerson, by: Niss) -> RegisteredPerson:
    return RegisteredPerson(
        ssin=model.ssin,
        surname=model.surname,
        birth_date=model.birth_date,
        given_names=model.given_names,
        sex=model.sex,
        birth_place=model.birth_place,
        birth_country=model.birth_country,
        nationality=model.nationality,
        former_surname=model.former_surname,
        official=model.official,
        replaced_by=by,
    )
