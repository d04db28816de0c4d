"""A person in the making: every field may still be changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bench.matching.culture import Culture
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.statement import Address

#: The generator's own day: the same seed gives the same people for ever.
TODAY = date(2026, 1, 1)


@dataclass(slots=True)
class Draft:
    """Texts are empty where nothing is known. `other_surname` and `father` are known to the generator only."""

    culture: Culture
    surname: str
    given: str
    sex: str
    year: int
    month: int
    day: int
    place: str = ""
    birth_country: str = ""
    nationality: str = ""
    former: str = ""
    street: str = ""
    number: str = ""
    box: str = ""
    postal: str = ""
    municipality: str = ""
    country: str = ""
    other_surname: str = ""
    father: str = ""

    def copy(self) -> Draft:
        """One of its own."""
        return replace(self)

    @property
    def born(self) -> PartialDate:
        """The birth date."""
        return PartialDate(self.year, self.month, self.day)

    def address(self) -> Address | None:
        """The official address, if anything of it is known."""
        if not (self.street or self.municipality or self.country):
            return None
        return Address(
            self.street,
            self.municipality,
            self.country,
            self.number or None,
            self.box or None,
            self.postal or None,
        )

    def no_place(self) -> None:
        """Forget the birth place."""
        self.place = ""

    def no_address(self) -> None:
        """Forget the address."""
        self.street = self.number = self.box = self.postal = self.municipality = self.country = ""

    def registered(
        self, ssin: Niss, *, deceased_on: date | None = None, replaced_by: Niss | None = None
    ) -> RegisteredPerson:
        """As the register has it."""
        return RegisteredPerson(
            ssin=ssin,
            surname=self.surname,
            birth_date=self.born,
            given_names=self.given or None,
            sex=Sex(self.sex) if self.sex else None,
            birth_place=self.place or None,
            birth_country=self.birth_country or None,
            nationality=self.nationality or None,
            former_surname=self.former or None,
            official=self.address(),
            deceased_on=deceased_on,
            replaced_by=replaced_by,
        )

    def stated(self) -> StatedPerson:
        """As a requester states it."""
        return StatedPerson(
            surname=self.surname,
            birth_date=self.born,
            given_names=self.given or None,
            sex=Sex(self.sex) if self.sex else None,
            birth_place=self.place or None,
            birth_country=self.birth_country or None,
            nationality=self.nationality or None,
            former_surname=self.former or None,
            official=self.address(),
        )


def draft_of(person: RegisteredPerson, culture: Culture, *, other_surname: str = "", father: str = "") -> Draft:
    """A registered person as a requester would state them without any error."""
    address = person.official
    born = person.birth_date
    draft = Draft(
        culture,
        person.surname,
        person.given_names or "",
        person.sex.value if person.sex else "",
        born.year,
        born.month,
        born.day,
        person.birth_place or "",
        person.birth_country or "",
        person.nationality or "",
        person.former_surname or "",
        other_surname=other_surname,
        father=father,
    )
    if address is not None:
        draft.street, draft.municipality, draft.country = address.street, address.municipality, address.country
        draft.number, draft.box = address.house_number or "", address.box or ""
        draft.postal = address.postal_code or ""
    return draft
