# ruff: noqa: RUF001 - names as they are written
"""Zones against ICAO's own specimens."""

from dataclasses import replace
from datetime import date

import pytest

from demo.specimens.mrz import Holder, check_digit, day, letters, names, td1, td3
from domain.people import PartialDate, Sex

ANNA = Holder(
    issuer="UTO",
    surname="Eriksson",
    given_names="Anna Maria",
    document_number="L898902C3",
    nationality="UTO",
    birth_date=PartialDate(1974, 8, 12),
    sex=Sex.FEMALE,
    expiry=date(2012, 4, 15),
)


def test_the_passport_of_icao() -> None:
    assert td3(replace(ANNA, optional="ZE184226B")) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


def test_the_card_of_icao() -> None:
    assert td1(replace(ANNA, document_number="D23145890")) == (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )


def test_a_card_with_a_long_number() -> None:
    """Doc 9303, part 5, note j: after nine characters a filler; the rest and the check digit are optional data."""
    first, second, third = td1(replace(ANNA, document_number="D23145890734"))
    assert first == "I<UTOD23145890<7349<<<<<<<<<<<"
    assert (len(second), len(third)) == (30, 30)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Van den Broeck", "VAN<DEN<BROECK"),
        ("Müller-Größ", "MUELLER<GROESS"),
        ("O’Neil", "ONEIL"),
        ("Ærøskøbing", "AEROESKOEBING"),
        ("Ñúñez", "NUNEZ"),
        ("Şahin", "SAHIN"),
        ("Іваненко", "IVANENKO"),
        ("  A   B ", "A<B"),
        ("", ""),
    ],
)
def test_names_in_letters(name: str, written: str) -> None:
    assert letters(name) == written


@pytest.mark.parametrize("width", [30, 39])
@pytest.mark.parametrize(
    ("surname", "given"),
    [
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang"),
        ("Bennelong Wooloomooloo Warrandyte Warnambool", "Dingo Potoroo"),
        ("A" * 60, "B"),
        ("Arkfreith", None),
        ("A" * 60, None),
    ],
)
def test_long_names_keep_a_letter_of_each_part(surname: str, given: str | None, width: int) -> None:
    written = names(surname, given, width)
    assert len(written) == width
    first, _, second = written.partition("<<")
    assert first[0] == surname[0].upper()
    assert not given or second[0] == given[0].upper()


def test_the_truncated_name_of_icao() -> None:
    assert names("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", 39) == "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"


def test_unknown_parts_of_a_date() -> None:
    assert [day(PartialDate(1953)), day(PartialDate(1953, 11))] == ["53<<<<", "5311<<"]
    assert check_digit("<<<<<<") == "0"


def test_every_check_digit_of_a_passport_holds() -> None:
    nameless = replace(ANNA, issuer="D", surname="Straßer", given_names=None, sex=None, birth_date=PartialDate(1980, 2))
    first, second = td3(nameless)
    assert (len(first), len(second)) == (44, 44)
    assert first.startswith("P<D<<STRASSER<<<")
    for start, end in ((0, 9), (13, 19), (21, 27), (28, 42)):
        assert second[end] == check_digit(second[start:end])
    assert second[43] == check_digit(second[0:10] + second[13:20] + second[21:43])
