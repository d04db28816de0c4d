"""Every error class by its label, and how errors are drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache

from bench.matching import slips
from bench.matching.draft import Draft
from bench.matching.errors import facts, names, spelling, surnames
from bench.matching.stock import Stock

Make = Callable[[random.Random, Draft], bool]

CLASSES: Mapping[str, Make] = {
    "diacritics": spelling.diacritics,
    "transliteration": spelling.transliteration,
    "script": spelling.script,
    "particles": surnames.particles,
    "hyphen-apostrophe": surnames.hyphen_apostrophe,
    "two-surnames": surnames.two_surnames,
    "names-swapped": names.names_swapped,
    "patronymic": names.patronymic,
    "maiden-married": names.maiden_married,
    "one-name": names.one_name,
    "nickname": names.nickname,
    "first-name-only": names.first_name_only,
    "more-names": names.more_names,
    "names-order": names.names_order,
    "initial": names.initial,
    "given-missing": names.given_missing,
    "mrz-truncated": spelling.mrz_truncated,
    "typing-1": spelling.typing_1,
    "typing-2": spelling.typing_2,
    "ocr": spelling.ocr,
    "day-month": slips.day_month,
    "first-of-january": slips.first_of_january,
    "day-unknown": slips.day_unknown,
    "month-unknown": slips.month_unknown,
    "neighbouring-year": slips.neighbouring_year,
    "digit": slips.digit,
    "sex-missing": facts.sex_missing,
    "sex-wrong": facts.sex_wrong,
    "place-region": facts.place_region,
    "place-spelling": facts.place_spelling,
    "place-missing": facts.place_missing,
    "place-different": facts.place_different,
    "moved": facts.moved,
    "address-missing": facts.address_missing,
    "address-partial": facts.address_partial,
    "address-spelling": facts.address_spelling,
    "nationality-missing": facts.nationality_missing,
    "nationality-other": facts.nationality_other,
    "birth-country-missing": facts.birth_country_missing,
    "case": spelling.case,
}
#: What they change: of each group at most one is made, so that a person stays a person.
_GROUPS = (
    frozenset({"day-month", "first-of-january", "day-unknown", "month-unknown", "neighbouring-year", "digit"}),
    frozenset({"place-region", "place-spelling", "place-missing", "place-different"}),
    frozenset({"moved", "address-missing", "address-partial", "address-spelling"}),
    frozenset({"sex-missing", "sex-wrong"}),
    frozenset({"nationality-missing", "nationality-other"}),
    frozenset({"given-missing", "one-name", "initial", "names-swapped", "nickname"}),
    frozenset({"typing-1", "typing-2", "ocr"}),
    frozenset({"case", "script", "ocr", "mrz-truncated"}),
)


@cache
def _stock(weights: tuple[tuple[str, float], ...]) -> Stock:
    return Stock([label for label, _ in weights], [weight for _, weight in weights])


def disturb(luck: random.Random, draft: Draft, weights: Mapping[str, float], count: int) -> list[str]:
    """Make so many errors, of classes that fit and do not undo each other; the labels made."""
    stock = _stock(tuple(weights.items()))
    made: list[str] = []
    barred: set[str] = set()
    for _ in range(60):
        if len(made) == count:
            break
        label = stock.pick(luck)
        if label not in barred and CLASSES[label](luck, draft):
            made.append(label)
            barred.add(label)
            for group in _GROUPS:
                if label in group:
                    barred |= group
    return made
