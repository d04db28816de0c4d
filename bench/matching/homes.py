"""Where people come from and live."""

from __future__ import annotations

import random
import string

from bench.matching.draft import Draft
from bench.matching.rates import Population
from bench.matching.stock import words

#: Where people live who are not at home: Belgium first.
_ELSEWHERE = ("BE", "BE", "BE", "FR", "NL", "DE", "LU")
_BELGIAN = (
    ("Anderlecht", "1070", "rue Wayez"),
    ("Antwerpen", "2060", "Turnhoutsebaan"),
    ("Gent", "9000", "Wondelgemstraat"),
    ("Liège", "4000", "rue Saint-Gilles"),
    ("Molenbeek-Saint-Jean", "1080", "chaussée de Gand"),
    ("Charleroi", "6000", "rue de Montigny"),
    ("Genk", "3600", "Hasseltweg"),
    ("Verviers", "4800", "rue de Hodimont"),
    ("Sint-Truiden", "3800", "Tiensesteenweg"),
    ("Schaerbeek", "1030", "chaussée de Haecht"),
    ("Kortrijk", "8500", "Doorniksewijk"),
    ("Hasselt", "3500", "Kempische Steenweg"),
)
_BELGIAN_ROADS = ("rue", "avenue", "rue du", "chaussée de", "place")
_BELGIAN_NAMES = words(
    "Moulin Marché Pont Château Progrès Congrès Midi Nord Houblon Canal Lilas Tilleuls Acacias Bruxelles Namur Mons "
    "Louvain Wavre Ninove Albert Léopold Baudouin Marie-José Vandervelde Destrée Rubens Brueghel Van_Eyck Simenon"
)


def origin(luck: random.Random, draft: Draft, population: Population) -> None:
    """Birth place, birth country, nationality."""
    culture = draft.culture
    draft.place = culture.places.pick(luck)
    draft.birth_country = draft.nationality = culture.country
    if culture.abroad:
        if luck.random() < population.birth_abroad:
            draft.birth_country = luck.choice(culture.abroad)
        if luck.random() < population.foreign_nationality:
            draft.nationality = luck.choice(culture.abroad)
    if luck.random() < population.place_missing:
        draft.place = ""
    if luck.random() < population.birth_country_missing:
        draft.birth_country = ""
    if luck.random() < population.nationality_missing:
        draft.nationality = ""


def home(luck: random.Random, draft: Draft, population: Population) -> None:
    """An address, or none."""
    if luck.random() < population.address_missing:
        draft.no_address()
        return
    dwell(luck, draft, elsewhere=luck.random() < population.lives_elsewhere)
    if luck.random() < population.address_partial:
        draft.street = draft.number = draft.box = ""


def dwell(luck: random.Random, draft: Draft, *, elsewhere: bool = False) -> None:
    """A whole address: in the country of the culture, or elsewhere."""
    culture = draft.culture
    draft.number = str(min(int(luck.expovariate(0.03)) + 1, 480)) + (
        luck.choice("abcAB") if luck.random() < 0.06 else ""
    )
    draft.box = str(luck.randint(1, 30)) if luck.random() < 0.12 else ""
    draft.country = luck.choice(_ELSEWHERE) if elsewhere else culture.country
    if draft.country == "BE":
        draft.municipality, draft.postal, street = luck.choice(_BELGIAN)
        if luck.random() > 0.3:
            street = f"{luck.choice(_BELGIAN_ROADS)} {luck.choice(_BELGIAN_NAMES)}"
        draft.street = street
        return
    draft.municipality = draft.place if draft.place and luck.random() < 0.45 else culture.places.pick(luck)
    draft.street = luck.choice(culture.roads)
    draft.postal = "".join(
        luck.choice(string.digits) if sign == "#" else luck.choice("ABCDEGHKLNPRST") if sign == "A" else sign
        for sign in culture.postal
    )
