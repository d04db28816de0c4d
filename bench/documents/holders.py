"""Fictitious holders of documents, of many nations and with every kind of number, name and date that zones have."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from bench.matching.cultures import DEFAULT, HELD_OUT
from demo.specimens.people import NATIONS, SpecimenPerson
from domain.people import PartialDate, Sex

_ABROAD: Final = ("UTO", *NATIONS)
#: Where printed numbers are drawn from: digits alone, a letter or two first, or anything. 0 and O are both in the last.
_PATTERNS: Final = ("9########", "A########", "AA#######", "AAA######", "A#AA####A", "XXXXXXXXX", "AA######", "#######")
_LONG: Final = ("############", "AA##########", "##########A")
_ANY: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TODAY: Final = date(2026, 6, 1)


def holder(luck: Random, *, long_number: bool = False) -> SpecimenPerson:
    """Somebody with a document. `long_number`: one of more than nine characters, as cards alone can have."""
    culture = luck.choice(DEFAULT + HELD_OUT)
    sex = (
        luck.choice((Sex.MALE, Sex.FEMALE, Sex.MALE, Sex.FEMALE, None))
        if luck.random() < 0.1
        else luck.choice(list(Sex))
    )
    given = (culture.female if sex is Sex.FEMALE else culture.male).split()
    names = luck.sample(given, min(len(given), luck.choice((1, 1, 2, 2, 3))))
    surnames = luck.sample(culture.surnames.split(), 2 if luck.random() < 0.2 else 1)
    one_name = luck.random() < 0.03
    ends = _TODAY + timedelta(days=luck.randrange(-400, 3650))
    return SpecimenPerson(
        surname=" ".join(surnames).replace("_", " "),
        given_names=None if one_name else " ".join(names).replace("_", " "),
        sex=sex,
        birth_date=_born(luck),
        birth_place=luck.choice(culture.towns.split()).replace("_", " "),
        nationality=luck.choice(_ABROAD),
        document_number=_number(luck, luck.choice(_LONG if long_number else _PATTERNS)),
        issued=ends - timedelta(days=3650),
        expiry=ends,
        residence=luck.choice(culture.towns.split()).replace("_", " "),
    )


def _born(luck: Random) -> PartialDate:
    day = PartialDate.of(date(1935, 1, 1) + timedelta(days=luck.randrange(74 * 365)))
    fate = luck.random()
    if fate < 0.03:
        return PartialDate(day.year)
    return PartialDate(day.year, day.month) if fate < 0.05 else day


def _number(luck: Random, pattern: str) -> str:
    signs = {"#": "0123456789", "A": _ANY[10:], "X": _ANY}
    return "".join(luck.choice(signs.get(sign, sign)) for sign in pattern)
