"""What was stated beside what the documents' zones say. Absent is not different; what cannot be compared is not either.

Of several documents each is asked about the person; the number, the expiry and the nationality that were stated need
only be those of one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from domain.document import DocumentKind
from domain.document_check import ZONE_FIELDS, DocumentCheck, FieldCheck, kind_name
from domain.identification import Agreement
from domain.statement import PersonalData
from domain.zone import ZoneReading
from matching.nations import country_of
from matching.zone_names import full, same_given_names, same_surname

_OF_ONE = frozenset(("documentNumber", "documentExpiry", "nationality"))
#: Zones that are laid out like a passport's begin with P; V is a visa, which says nothing about the document.
_PASSPORT, _VISA, _LICENCE = "P", "V", "D"
#: Below this many letters and digits a number is none that tells documents apart.
_SHORTEST_NUMBER = 5


def check_documents(stated: PersonalData | None, readings: Mapping[DocumentKind, ZoneReading]) -> DocumentCheck:
    """Every field of every document read, and the names of what differs (fields, then kinds).

    Args:
        stated: what was typed, None where nothing was yet.
        readings: the zones that were read, by the kind of document they were uploaded as.
    """
    checks: list[FieldCheck] = []
    for kind, reading in of_documents(readings).items():
        checks.extend(compare(stated, kind, reading) if stated else ())
        checks.append(_kind_check(kind, reading))
    differing = [name for name in ZONE_FIELDS if _differs(name, [check for check in checks if check.field == name])]
    kinds = [check.field for check in checks if check.field.startswith("documents.") and _different(check)]
    return DocumentCheck(tuple(checks), (*differing, *kinds))


def of_documents(readings: Mapping[DocumentKind, ZoneReading]) -> dict[DocumentKind, ZoneReading]:
    """The readings without those of visas: the page beside a visa's is the document's, and a visa ends before it."""
    return {kind: readings[kind] for kind in DocumentKind if kind in readings and readings[kind].code[:1] != _VISA}


def compare(stated: PersonalData, kind: DocumentKind, reading: ZoneReading) -> Iterable[FieldCheck]:
    """One document, field by field. A former surname may be the one that is printed."""
    cut = full(reading.surname, reading.given_names, reading.format)
    surname = same_surname(stated.surname, reading.surname, cut=cut)
    if surname is Agreement.DIFFERENT and stated.former_surname:
        surname = same_surname(stated.former_surname, reading.surname, cut=cut)
    given = Agreement.MISSING
    if stated.given_names:
        given = same_given_names(stated.given_names, reading.given_names, cut=cut)
    country = country_of(reading.nationality)
    yield FieldCheck(kind, "surname", stated.surname, reading.surname or None, surname)
    yield FieldCheck(kind, "givenNames", stated.given_names, reading.given_names or None, given)
    yield FieldCheck(kind, "sex", stated.sex, reading.sex, _same(stated.sex, reading.sex))
    born = Agreement.SAME if stated.birth_date.covers(reading.birth_date) else Agreement.DIFFERENT
    yield FieldCheck(kind, "birthDate", str(stated.birth_date), str(reading.birth_date), born)
    nationality = _same(stated.nationality, country)
    yield FieldCheck(kind, "nationality", stated.nationality, reading.nationality or None, nationality)
    ours, theirs = (plain_number(number or "") for number in (stated.document_number, reading.document_number))
    number = _same(ours or None, theirs or None)
    yield FieldCheck(kind, "documentNumber", stated.document_number, reading.document_number or None, number)
    until = stated.document_expiry.isoformat() if stated.document_expiry else None
    printed = reading.document_expiry.isoformat()
    yield FieldCheck(kind, "documentExpiry", until, printed, _same(until, printed))


def plain_number(number: str) -> str:
    """A document's number without punctuation, in upper case.

    >>> plain_number("c01x 0006-h")
    'C01X0006H'
    """
    return re.sub(r"[\W_]", "", number).upper()


def telling_number(number: str | None) -> str | None:
    """The plain number where it is long enough to tell documents apart, else None.

    >>> telling_number("C01X0006H"), telling_number("n/a"), telling_number("unknown")
    ('C01X0006H', None, None)
    """
    plain = plain_number(number or "")
    return plain if len(plain) >= _SHORTEST_NUMBER and any(char.isdigit() for char in plain) else None


def kind_of(reading: ZoneReading) -> DocumentKind | None:
    """Which kind of document bears such a zone (Doc 9303 parts 4 and 5; ISO/IEC 18013 for licences); None: no matter.

    What begins with A, C or I is a card: of identity or, from the same offices, of residence.
    """
    letter = reading.code[:1]
    if letter == _PASSPORT:
        return DocumentKind.PASSPORT
    if letter == _LICENCE:
        return DocumentKind.DRIVING_LICENCE
    return DocumentKind.IDENTITY_CARD if letter in ("A", "C", "I") else None


def _kind_check(kind: DocumentKind, reading: ZoneReading) -> FieldCheck:
    seen = kind_of(reading)
    agreement = Agreement.MISSING if seen is None else Agreement.SAME if seen is kind else Agreement.DIFFERENT
    return FieldCheck(kind, kind_name(kind), kind, seen, agreement)


def _same(one: str | None, other: str | None) -> Agreement:
    if one is None or other is None:
        return Agreement.MISSING
    return Agreement.SAME if one == other else Agreement.DIFFERENT


def _different(check: FieldCheck) -> bool:
    return check.agreement is Agreement.DIFFERENT


def _differs(name: str, checks: list[FieldCheck]) -> bool:
    if name in _OF_ONE and any(check.agreement is Agreement.SAME for check in checks):
        return False
    return any(map(_different, checks))
