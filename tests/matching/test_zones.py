# ruff: noqa: RUF001 - names as they are written
"""Stated data beside zones: what people ask about, and what they are never bothered with."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from demo.specimens.mrz import letters
from domain.document import DocumentKind
from domain.identification import Agreement
from domain.people import PartialDate, Sex
from domain.statement import PersonalData
from domain.zone import ZoneFormat, ZoneReading
from matching.zone_names import same_given_names, same_surname
from matching.zones import check_documents, of_documents

PASSPORT, CARD, LICENCE = DocumentKind.PASSPORT, DocumentKind.IDENTITY_CARD, DocumentKind.DRIVING_LICENCE
READ = ZoneReading(
    format=ZoneFormat.TD3,
    code="P",
    document_number="C01X0006H",
    birth_date=PartialDate(1953, 11, 24),
    document_expiry=date(2033, 4, 10),
    issuer="D",
    surname="MUELLER GROESS",
    given_names="ANNA MARIA",
    nationality="D",
    sex=Sex.FEMALE,
)
STATED = PersonalData(
    surname="Müller-Größ",
    birth_date=PartialDate(1953, 11, 24),
    given_names="Anna",
    sex=Sex.FEMALE,
    nationality="DE",
    document_number="c01x-0006 h",
    document_expiry=date(2033, 4, 10),
)


def differs(kind: DocumentKind = PASSPORT, read: ZoneReading = READ, **stated: Any) -> tuple[str, ...]:
    return check_documents(replace(STATED, **stated), {kind: read}).differences


def test_what_agrees() -> None:
    checked = check_documents(STATED, {PASSPORT: READ})
    assert checked.differences == ()
    assert {check.agreement for check in checked.fields} == {Agreement.SAME}
    assert [check.field for check in checked.fields if check.printed == "D"] == ["nationality"]


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ({"surname": "Müller-Gross"}, ()),
        ({"surname": "Mueller"}, ("surname",)),
        ({"surname": "Müler-Größ"}, ("surname",)),
        ({"surname": "Weber", "former_surname": "Müller-Größ"}, ()),
        ({"given_names": "Anne"}, ("givenNames",)),
        ({"given_names": "Anna Maria Luise"}, ()),
        ({"given_names": "Maria"}, ("givenNames",)),
        ({"given_names": None}, ()),
        ({"birth_date": PartialDate(1953, 11)}, ()),
        ({"birth_date": PartialDate(1953)}, ()),
        ({"birth_date": PartialDate(1953, 11, 25)}, ("birthDate",)),
        ({"sex": Sex.MALE}, ("sex",)),
        ({"sex": None}, ()),
        ({"nationality": "AT"}, ("nationality",)),
        ({"nationality": None}, ()),
        ({"document_number": "C01X0O06H"}, ("documentNumber",)),
        ({"document_number": None}, ()),
        ({"document_expiry": date(2033, 4, 11)}, ("documentExpiry",)),
        ({"sex": Sex.MALE, "surname": "Weber"}, ("surname", "sex")),
    ],
)
def test_what_is_asked_about(stated: dict[str, Any], asked: tuple[str, ...]) -> None:
    assert differs(**stated) == asked


@pytest.mark.parametrize("code", ["UTO", "XXA", "XXB", "UNO", "", "QQQ"])
def test_a_zone_without_a_country_is_never_another_nationality(code: str) -> None:
    assert differs(read=replace(READ, nationality=code)) == ()


def test_what_was_not_read_is_not_compared() -> None:
    bare = replace(READ, surname="", given_names="", nationality="", sex=None)
    assert differs(read=bare, surname="Weber", given_names="X", sex=Sex.MALE, nationality="AT") == ()


@pytest.mark.parametrize(
    ("kind", "code", "asked"),
    [
        (PASSPORT, "PM", ()),
        (PASSPORT, "I", ("documents.passport",)),
        (CARD, "ID", ()),
        (CARD, "AR", ()),
        (CARD, "P", ("documents.identityCard",)),
        (LICENCE, "D1", ()),
        (LICENCE, "P", ("documents.drivingLicence",)),
        (PASSPORT, "X", ()),
    ],
)
def test_another_kind_of_document_is_asked_about(kind: DocumentKind, code: str, asked: tuple[str, ...]) -> None:
    assert differs(kind, replace(READ, code=code)) == asked


def test_of_two_documents_one_has_the_number_and_both_have_the_person() -> None:
    card = replace(
        READ,
        format=ZoneFormat.TD1,
        code="ID",
        document_number="L01X00T47",
        nationality="POL",
        document_expiry=date(2030, 1, 1),
    )
    both = {PASSPORT: READ, CARD: card}
    assert check_documents(STATED, both).differences == ()
    assert check_documents(replace(STATED, document_number="L01X00T47"), both).differences == ()
    assert check_documents(replace(STATED, document_number="Z"), both).differences == ("documentNumber",)
    other = {PASSPORT: READ, CARD: replace(card, surname="WEBER")}
    assert check_documents(STATED, other).differences == ("surname",)


def test_a_visa_says_nothing_of_the_document() -> None:
    assert differs(read=replace(READ, code="V", document_number="1", surname="X")) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Van den Broeck",
        "O’Neil",
        "Ærøskøbing",
        "Ñúñez",
        "Şahin",
        "Łoś-Żółkiewski",
        "D'Hondt",
        "Ðorđević",
        "Müller Ångström",
    ],
)
def test_every_name_agrees_with_its_own_zone(name: str) -> None:
    printed = letters(name).replace("<", " ")
    assert same_surname(name, printed, cut=False) is Agreement.SAME
    assert same_given_names(name, printed, cut=False) is Agreement.SAME


@pytest.mark.parametrize(
    ("stated", "printed", "agreement"),
    [
        ("Muñoz", "MUNXXOZ", Agreement.SAME),
        ("Schröder", "SCHROEDER", Agreement.SAME),
        ("Schroeder", "SCHRODER", Agreement.DIFFERENT),
        ("Bauer", "BAUR", Agreement.DIFFERENT),
        ("Van Broeck", "VAN DEN BROECK", Agreement.SAME),
        ("Іваненко", "IVANENKO", Agreement.SAME),
        ("محمد", "MOHAMMED", Agreement.MISSING),
        ("王", "LI", Agreement.MISSING),
        ("Garcia", "GARCIA LOPEZ", Agreement.DIFFERENT),
        ("Broeck Van den", "VAN DEN BROECK", Agreement.SAME),
        ("Wayan", "XXX", Agreement.MISSING),
    ],
)
def test_surnames(stated: str, printed: str, agreement: Agreement) -> None:
    assert same_surname(stated, printed, cut=False) is agreement


def test_what_was_cut_off_agrees_and_only_that() -> None:
    whole, printed = "Nilavadhanananda Wooloomooloo", "NILAVADHANANANDA WOOLOO"
    assert same_surname(whole, printed, cut=True) is Agreement.SAME
    assert same_surname(whole, printed, cut=False) is Agreement.DIFFERENT
    assert same_surname("Nilavadhananonda", printed, cut=True) is Agreement.DIFFERENT
    assert same_given_names("Chayapa Dejthamrong Krasuang", "CHAYAPA DEJTHAMRONG K", cut=True) is Agreement.SAME
    assert same_given_names("Jürgen-Maria", "JUERGEN M", cut=True) is Agreement.SAME


def test_a_visa_says_nothing_of_its_document() -> None:
    visa = replace(READ, code="V")
    assert of_documents({LICENCE: READ, PASSPORT: visa, CARD: READ}) == {CARD: READ, LICENCE: READ}
    assert list(of_documents({LICENCE: READ, PASSPORT: READ})) == [PASSPORT, LICENCE]
