"""A comparison in words: one line of evidence a field, as an agent reads it."""

from __future__ import annotations

from domain.address_line import on_one_line
from domain.identification import Agreement, Evidence
from domain.people import Sex
from domain.statement import Address
from matching.dates import DateLikeness
from matching.names import Likeness
from matching.scoring import Comparison

_NAMES = {
    Likeness.EQUAL: Agreement.SAME,
    Likeness.NEAR: Agreement.SIMILAR,
    Likeness.LOOSE: Agreement.SIMILAR,
    Likeness.MISSING: Agreement.MISSING,
    Likeness.DIFFERENT: Agreement.DIFFERENT,
}
_WHY = {
    Agreement.SAME: "the same",
    Agreement.SIMILAR: "alike",
    Agreement.DIFFERENT: "different",
    Agreement.MISSING: "not known on one side",
}


def explain(found: Comparison) -> tuple[Evidence, ...]:
    """Field (API name or `official`), stated, registered, agreement, weight (natural log-likelihood ratio), why."""
    stated, person = found.stated, found.person
    born = None if found.born is DateLikeness.MISSING else str(stated.birth_date)
    sex = found.sex if stated.sex and person.sex else Agreement.MISSING
    lines: tuple[tuple[str, str | Sex | None, str | Sex | None, Agreement, str], ...] = (
        ("surname", stated.surname, person.surname, _NAMES[found.surname.likeness], found.surname.why),
        ("givenNames", stated.given_names, person.given_names, _given_agreement(found), found.given.why),
        ("birthDate", born, str(person.birth_date), _born_agreement(found), found.born.why),
        ("sex", stated.sex, person.sex, sex, _WHY[found.sex]),
        ("birthPlace", stated.birth_place, person.birth_place, found.birth_place, _WHY[found.birth_place]),
        ("birthCountry", stated.birth_country, person.birth_country, found.birth_country, _WHY[found.birth_country]),
        ("nationality", stated.nationality, person.nationality, found.nationality, _WHY[found.nationality]),
        ("official", _line(stated.official), _line(person.official), found.official, _WHY[found.official]),
    )
    return tuple(
        Evidence(
            field,
            None if here is None else str(here),
            None if there is None else str(there),
            agreement,
            round(found.weights[field], 3),
            why,
        )
        for field, here, there, agreement, why in lines
    )


def _given_agreement(found: Comparison) -> Agreement:
    if not found.stated.given_names and not found.person.given_names:
        return Agreement.MISSING
    return _NAMES[found.given.likeness]


def _born_agreement(found: Comparison) -> Agreement:
    if found.born is DateLikeness.MISSING:
        return Agreement.MISSING
    if found.stated.birth_date == found.person.birth_date:
        return Agreement.SAME
    return Agreement.DIFFERENT if found.born is DateLikeness.DIFFERENT else Agreement.SIMILAR


def _line(address: Address | None) -> str | None:
    return on_one_line(address) or None if address else None
