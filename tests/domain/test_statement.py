"""The rules of what is stated, and the minimum to create a number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.people import PartialDate, Sex
from domain.statement import (
    Address,
    Addresses,
    PersonalData,
    Statement,
    completed,
    filled,
    minimum_data_missing,
    read_addresses,
    read_personal_data,
    text,
)

TODAY = date(2026, 3, 1)
ANA = {"surname": " Horvat ", "birthDate": "1987-06-17"}
ABROAD = {"street": "Ulica", "municipality": "Zadar", "country": "HR"}


def _wrong(members: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInput) as told:
        read_personal_data(members, today=TODAY)
    assert "Horvat" not in str(told.value)
    return [issue.name for issue in told.value.issues]


def test_the_least() -> None:
    assert read_personal_data(ANA, today=TODAY) == PersonalData("Horvat", PartialDate(1987, 6, 17))


@pytest.mark.parametrize(
    "name", ["\u0645\u06cc\u200c\u0631\u0648\u062f", "\u0b95\u0bcd\u200d\u0bb7", "O'Brien-\u00d8", "M."]
)
def test_joiners_inside_a_word_are_letters_of_some_scripts(name: str) -> None:
    assert read_personal_data({**ANA, "surname": name}, today=TODAY).surname == name


def test_a_message_may_hold_joined_pictures_and_lines_and_still_nothing_invisible() -> None:
    message = "Merci \U0001f468\u200d\U0001f469\u200d\U0001f467\r\n\tBien \u00e0 vous"
    assert text(message, lines=True) == message
    for wrong in ("\u200b\r\n", "Merci\u202e"):
        with pytest.raises(ValueError, match=r"blank|control"):
            text(wrong, lines=True)


def test_null_counts_as_absent() -> None:
    assert read_personal_data({**ANA, "sex": None}, today=TODAY).sex is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surname", ""),
        ("surname", "   "),
        ("surname", "x" * 201),
        ("surname", "Hor\x00vat"),
        ("surname", "Hor\nvat"),
        ("surname", "\u200b"),
        ("surname", "\ufeff \u2060"),
        ("surname", "\u202e\u202d"),
        ("surname", "\u200d"),
        ("surname", "\u3164"),
        ("surname", "\u0301"),
        ("surname", "Hor\u200bvat"),
        ("surname", "\u202eHorvat"),
        ("surname", "Horvat\u200d"),
        ("surname", "\u200cHorvat"),
        ("surname", "Hor\u200c vat"),
        ("surname", 7),
        ("birthDate", "1879-12-31"),
        ("birthDate", "2026-03-02"),
        ("birthDate", "1987-06-00"),
        ("birthDate", "1987-02-30"),
        ("birthDate", 1987),
        ("sex", "X"),
        ("sex", "m"),
        ("birthCountry", "hr"),
        ("nationality", "YU"),
        ("documentExpiry", "2026-02-28"),
        ("documentExpiry", "2031"),
        ("givenNames", ""),
        ("formerSurname", "x\u2028y"),
    ],
)
def test_refused_by_name(name: str, value: object) -> None:
    assert _wrong({**ANA, name: value}) == [name]


def test_every_issue_at_once() -> None:
    assert _wrong({"sex": "X", "nationality": "??"}) == ["surname", "birthDate", "sex", "nationality"]


@pytest.mark.parametrize("born", ["1880", "2026-03", "2026", "2026-03-01"])
def test_birth_dates_at_the_edges(born: str) -> None:
    assert read_personal_data({**ANA, "birthDate": born}, today=TODAY)


def test_addresses() -> None:
    read = read_addresses(
        {"official": ABROAD, "contact": {"street": "Wetstraat", "municipality": "B", "postalCode": "1000"}}
    )
    assert read.official == Address("Ulica", "Zadar", "HR")
    assert read.contact is not None
    assert read.contact.country == "BE"


@pytest.mark.parametrize(
    ("members", "names"),
    [
        ({}, ["official"]),
        ({"official": "Zadar"}, ["official"]),
        ({"official": {}}, ["official.street", "official.municipality", "official.country"]),
        ({"official": {**ABROAD, "country": "BE"}}, ["official.postalCode"]),
        ({"official": {**ABROAD, "country": "BE", "postalCode": "10000"}}, ["official.postalCode"]),
        ({"official": ABROAD, "contact": {**ABROAD, "country": "NL"}}, ["contact.country"]),
    ],
)
def test_addresses_refused_by_name(members: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(InvalidInput) as told:
        read_addresses(members)
    assert [issue.name for issue in told.value.issues] == names


BELGIAN = Address("Wetstraat", "Brussel", "BE", postal_code="1000")
NAMED = PersonalData("Horvat", PartialDate(1987))
FULL = PersonalData("Horvat", PartialDate(1987, 6, 17), sex=Sex.FEMALE, birth_place="Split")


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        (Statement(), ("surname", "birthDate", "birthPlace", "sex", "contact")),
        (Statement(FULL), ()),
        (Statement(FULL, Addresses(BELGIAN)), ()),
        (Statement(NAMED), ("birthDate", "birthPlace", "sex", "contact")),
        (Statement(NAMED, Addresses(BELGIAN)), ("birthDate", "birthPlace", "sex", "contact")),
        (Statement(NAMED, Addresses(Address("Ulica", "Zadar", "HR"))), ()),
        (Statement(NAMED, Addresses(BELGIAN, contact=BELGIAN)), ()),
    ],
)
def test_minimum_to_create_a_number(statement: Statement, missing: tuple[str, ...]) -> None:
    assert minimum_data_missing(statement) == missing


def test_completion_fills_only_what_was_left_empty() -> None:
    taken, names = completed(FULL, {"given_names": "Ana", "birth_place": "Zadar", "nationality": None})
    assert (taken.given_names, taken.birth_place, names) == ("Ana", "Split", ("givenNames",))


def test_filled() -> None:
    statement = Statement(FULL, Addresses(BELGIAN))
    asked = {"birthPlace": True, "givenNames": False, "official": True, "contact": False}
    assert {name: filled(statement, name) for name in asked} == asked
