"""What of a request itself asks for an agent before a number is created."""

from datetime import date

import pytest

from domain.creation import may_be_automatic
from domain.people import PartialDate, Sex
from domain.statement import Address, Addresses, PersonalData, Statement

TODAY = date(2026, 3, 2)
ABROAD = Addresses(Address("Domstraat", "Gouda", "NL"))
IN_BELGIUM = Addresses(Address("Markt", "Gent", "BE", postal_code="9000"))


@pytest.mark.parametrize(
    ("born", "addresses", "rounds", "objections", "expected"),
    [
        (PartialDate(1991, 3, 2), ABROAD, 0, 0, True),
        (PartialDate(1991), ABROAD, 0, 0, True),
        (PartialDate(1991, 3, 2), IN_BELGIUM, 0, 0, True),
        (PartialDate(1991), IN_BELGIUM, 0, 0, False),
        (PartialDate(1991, 3, 2), ABROAD, 1, 0, False),
        (PartialDate(1991, 3, 2), ABROAD, 0, 1, False),
        (PartialDate(2010, 3, 3), ABROAD, 0, 0, False),
        (PartialDate(2010, 3, 2), ABROAD, 0, 0, True),
        (PartialDate(2010), ABROAD, 0, 0, False),
    ],
)
def test_who_decides(born: PartialDate, addresses: Addresses, rounds: int, objections: int, *, expected: bool) -> None:
    person = PersonalData("Tienpont", born, given_names="Maria", sex=Sex.FEMALE, birth_place="Gouda")
    statement = Statement(person, addresses)
    assert may_be_automatic(statement, rounds=rounds, objections=objections, today=TODAY) is expected


def test_nothing_stated_is_nobody() -> None:
    assert not may_be_automatic(Statement(None, ABROAD), rounds=0, objections=0, today=TODAY)
