"""People who are not registered but near somebody who is."""

from __future__ import annotations

import random
from collections.abc import Mapping

from bench.matching.draft import Draft
from bench.matching.families import sibling, twin
from bench.matching.homes import dwell, origin
from bench.matching.people import given_names
from bench.matching.rates import Population
from bench.matching.slips import slip


def near_person(
    luck: random.Random, draft: Draft, kinds: Mapping[str, float], population: Population
) -> tuple[str, Draft]:
    """Which kind, and the person. Where a kind does not fit, a sibling."""
    kind = luck.choices(list(kinds), list(kinds.values()))[0]
    if kind == "near-twin" and draft.given:
        return kind, twin(luck, draft)
    if kind == "near-junior":
        return kind, _junior(luck, draft)
    if kind == "near-namesake":
        made = _elsewhere(luck, draft, population)
        made.year = min(2009, max(1932, draft.year + luck.choice((-1, 1)) * luck.randint(1, 18)))
        made.month, made.day = luck.randint(1, 12), luck.randint(1, 28)
        return kind, made
    if kind == "near-slip":
        made = _elsewhere(luck, draft, population)
        if slip(luck, made):
            return kind, made
    if kind == "near-spouse" and draft.sex:
        return kind, _spouse(luck, draft)
    return "near-sibling", sibling(luck, draft, population)


def namesake(luck: random.Random, draft: Draft, population: Population) -> Draft:
    """Somebody else of the same name and sex, with a birth place and a home that do not depend on this one's."""
    made = draft.copy()
    origin(luck, made, population)
    made.no_address()
    dwell(luck, made, elsewhere=luck.random() < population.lives_elsewhere)
    made.former = made.other_surname = ""
    return made


def _elsewhere(luck: random.Random, draft: Draft, population: Population) -> Draft:
    """The same, born in another town for certain, as far as that is known."""
    made = namesake(luck, draft, population)
    if made.place == draft.place:
        made.place = draft.culture.places.other(luck, draft.place)
    return made


def _junior(luck: random.Random, draft: Draft) -> Draft:
    """A father, or a son or grandson, with the same name; perhaps under one roof, perhaps on the same birthday."""
    made = draft.copy()
    years = luck.randint(19, 40)
    made.year = draft.year + (years if draft.year + years <= 2009 else -years)
    if luck.random() < 0.92:
        made.month, made.day = luck.randint(1, 12), luck.randint(1, 28)
    elif (made.month, made.day) == (2, 29):
        made.day = 28
    if luck.random() < 0.5:
        dwell(luck, made)
    if luck.random() < 0.4:
        made.place = draft.culture.places.pick(luck)
    if luck.random() < 0.12:
        made.surname = f"{made.surname} {luck.choice(('Jr', 'Junior', 'II', 'fils', 'Jr.'))}"
    return made


def _spouse(luck: random.Random, draft: Draft) -> Draft:
    """Same surname and address, of about the same age."""
    made = draft.copy()
    made.sex = "F" if draft.sex == "M" else "M"
    if made.sex == "F":
        made.surname = draft.culture.womans(draft.surname)
    made.given = given_names(luck, made)
    made.year = min(2009, draft.year + luck.randint(-5, 5))
    made.month, made.day = luck.randint(1, 12), luck.randint(1, 28)
    made.place = draft.culture.places.pick(luck)
    made.former = made.other_surname = ""
    return made
