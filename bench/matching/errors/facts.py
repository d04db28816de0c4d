"""Errors beside the name: sex, birth place, nationality, address. Each returns whether it could be made."""

from __future__ import annotations

import random

from bench.matching.draft import Draft
from bench.matching.errors.spelling import edited
from bench.matching.homes import dwell
from bench.matching.stock import words
from bench.matching.text import plain

_SHORTER = (
    ("rue ", "r. "), ("avenue ", "av. "), ("boulevard ", "bd "), ("straße", "str."), ("straat", "str."), ("Street", "St"),
    ("Road", "Rd"), ("Avenue", "Ave"), ("Strada ", "Str. "), ("Calle ", "C/ "), ("ul. ", "ulica "), ("bul. ", "bulevard "),
    ("utca", "u."), ("Caddesi", "Cad."), ("Sokak", "Sk."), ("via ", "v. "), ("Rua ", "R. "), ("Avenida ", "Av. "),
    ("chaussée", "ch."), ("Saint-", "St "), ("vul. ", ""), ("al. ", "aleja "), ("Bulevardul ", "Bd. "), ("laan", "ln"),
    ("Rruga ", "Rr. "), ("Jalan ", "Jl. "), ("place ", "pl. "),
)  # fmt: skip
_OTHER_TOWN_NAMES = {
    "Bruxelles": "Brussel", "Antwerpen": "Anvers", "Gent": "Gand", "Liège": "Luik", "Köln": "Cologne", "München": "Munich",
    "Warszawa": "Warsaw", "Kraków": "Cracovie", "Roma": "Rome", "Milano": "Milan", "Napoli": "Naples", "Lisboa": "Lisbon",
    "București": "Bucharest", "Sofia": "Sofiya", "Kyiv": "Kiev", "Athina": "Athens", "Thessaloniki": "Salonique",
    "Beograd": "Belgrade", "Praha": "Prague", "Wien": "Vienna", "İstanbul": "Constantinople", "Fès": "Fez",
    "Tanger": "Tangier", "Alger": "Algiers", "Damascus": "Dimashq", "Aleppo": "Halab", "Mumbai": "Bombay",
    "Kolkata": "Calcutta", "Chennai": "Madras", "Hồ Chí Minh": "Saigon", "Hà Nội": "Hanoi", "Beijing": "Peking",
    "Guangzhou": "Canton", "Kinshasa": "Léopoldville", "Lubumbashi": "Élisabethville", "Lviv": "Lwów", "Tirana": "Tiranë",
    "Prishtinë": "Priština", "Den Haag": "'s-Gravenhage", "London": "Londres", "Sevilla": "Seville", "Moskva": "Moscow",
    "Mumbay": "Bombay", "Vilnius": "Wilno", "Rīga": "Riga", "Zagreb": "Agram", "Kabul": "Kaboul", "Cairo": "Al-Qahira",
    "Kharkiv": "Kharkov", "Dnipro": "Dnepropetrovsk", "Lille": "Rijsel", "Mons": "Bergen", "Tournai": "Doornik",
}  # fmt: skip


def sex_missing(_luck: random.Random, draft: Draft) -> bool:
    """Not stated."""
    was, draft.sex = draft.sex, ""
    return bool(was)


def sex_wrong(_luck: random.Random, draft: Draft) -> bool:
    """The other box ticked."""
    if not draft.sex:
        return False
    draft.sex = "F" if draft.sex == "M" else "M"
    return True


def place_region(luck: random.Random, draft: Draft) -> bool:
    """The region or the country for the town."""
    if not draft.place:
        return False
    regions = words(draft.culture.regions)
    region = luck.choice(regions) if regions else draft.culture.country
    draft.place = f"{draft.place}, {region}" if luck.random() < 0.35 else region
    return True


def place_spelling(luck: random.Random, draft: Draft) -> bool:
    """Another name of the town, without marks, a letter wrong, with a district or country."""
    before = draft.place
    if not before:
        return False
    known = _OTHER_TOWN_NAMES.get(before)
    kind = luck.random()
    if known and kind < 0.6:
        draft.place = known
    elif kind < 0.75:
        draft.place = edited(luck, plain(before))
    elif kind < 0.9:
        draft.place = f"{before} ({draft.birth_country or draft.culture.country})"
    else:
        draft.place = plain(before).replace("-", " ").upper()
    return draft.place != before


def place_missing(_luck: random.Random, draft: Draft) -> bool:
    """Not stated."""
    was, draft.place = draft.place, ""
    return bool(was)


def place_different(luck: random.Random, draft: Draft) -> bool:
    """The hospital's town, the town one lives in, any other."""
    was = draft.place
    draft.place = (
        draft.municipality if draft.municipality and luck.random() < 0.4 else draft.culture.places.other(luck, was)
    )
    return bool(was) and draft.place != was


def moved(luck: random.Random, draft: Draft) -> bool:
    """Another address; of those who move a third stay in town."""
    was, town, postal = draft.street, draft.municipality, draft.postal
    country = draft.country
    dwell(luck, draft, elsewhere=luck.random() < 0.35)
    if town and luck.random() < 0.33:
        draft.municipality, draft.postal, draft.country = town, postal, country
    return draft.street != was


def address_missing(_luck: random.Random, draft: Draft) -> bool:
    """Not stated."""
    was = draft.address()
    draft.no_address()
    return was is not None


def address_partial(luck: random.Random, draft: Draft) -> bool:
    """Only the town, or no house number or postal code."""
    if not draft.street or not draft.municipality:
        return False
    if luck.random() < 0.5:
        draft.street = draft.number = draft.box = ""
    else:
        draft.number = draft.postal = draft.box = ""
    return True


def address_spelling(luck: random.Random, draft: Draft) -> bool:
    """Street types short or long, marks lost, a letter or a house number wrong, number in the street."""
    if not draft.street:
        return False
    before = (draft.street, draft.number, draft.municipality)
    kind = luck.random()
    if kind < 0.4:
        for one, other in _SHORTER:
            if one in draft.street:
                draft.street = draft.street.replace(one, other, 1)
                break
            if other and other in draft.street:
                draft.street = draft.street.replace(other, one, 1)
                break
    elif kind < 0.6:
        draft.street, draft.municipality = plain(draft.street), plain(draft.municipality)
    elif kind < 0.75:
        draft.street = edited(luck, draft.street)
    elif kind < 0.88:
        draft.street, draft.number = f"{draft.street} {draft.number}", ""
    else:
        draft.municipality = _OTHER_TOWN_NAMES.get(draft.municipality, edited(luck, draft.municipality))
    return before != (draft.street, draft.number, draft.municipality)


def nationality_missing(_luck: random.Random, draft: Draft) -> bool:
    """Not stated."""
    was, draft.nationality = draft.nationality, ""
    return bool(was)


def nationality_other(luck: random.Random, draft: Draft) -> bool:
    """A second or a new one."""
    was = draft.nationality
    draft.nationality = luck.choice((*draft.culture.abroad, "BE", "FR"))
    return bool(was) and was != draft.nationality


def birth_country_missing(_luck: random.Random, draft: Draft) -> bool:
    """Not stated."""
    was, draft.birth_country = draft.birth_country, ""
    return bool(was)
