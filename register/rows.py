"""People to rows and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.statement import Address


def niss_of(number: int) -> Niss:
    """The number an integer column holds."""
    return Niss(f"{number:011d}")


def row_of(person: RegisteredPerson) -> dict[str, Any]:
    """Column values of a person."""
    address = person.official
    return {
        "ssin": int(person.ssin.digits),
        "surname": person.surname,
        "given_names": person.given_names,
        "former_surname": person.former_surname,
        "sex": person.sex.value if person.sex else None,
        "birth_year": person.birth_date.year,
        "birth_month": person.birth_date.month,
        "birth_day": person.birth_date.day,
        "birth_place": person.birth_place,
        "birth_country": person.birth_country,
        "nationality": person.nationality,
        "street": (address.street or None) if address else None,
        "house_number": address.house_number if address else None,
        "box": address.box if address else None,
        "postal_code": address.postal_code if address else None,
        "municipality": (address.municipality or None) if address else None,
        "country": (address.country or None) if address else None,
        "deceased_on": person.deceased_on,
        "replaced_by": int(person.replaced_by.digits) if person.replaced_by else None,
    }


def person_of(row: Mapping[str, Any]) -> RegisteredPerson:
    """The person of a row. An address of which the register knows only a part has empty texts for the rest."""
    deceased: date | None = row["deceased_on"]
    return RegisteredPerson(
        ssin=niss_of(row["ssin"]),
        surname=row["surname"],
        birth_date=PartialDate(row["birth_year"], row["birth_month"], row["birth_day"]),
        given_names=row["given_names"],
        sex=Sex(row["sex"]) if row["sex"] else None,
        birth_place=row["birth_place"],
        birth_country=row["birth_country"],
        nationality=row["nationality"],
        former_surname=row["former_surname"],
        official=_address(row),
        deceased_on=deceased,
        replaced_by=None if row["replaced_by"] is None else niss_of(row["replaced_by"]),
    )


def _address(row: Mapping[str, Any]) -> Address | None:
    if not (row["street"] or row["municipality"] or row["country"]):
        return None
    return Address(
        street=row["street"] or "",
        municipality=row["municipality"] or "",
        country=row["country"] or "",
        house_number=row["house_number"],
        box=row["box"],
        postal_code=row["postal_code"],
    )
