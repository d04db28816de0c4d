"""The seven people of the source document's history page, and what is asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.specimens import Look, SpecimenPerson
from domain.document import DocumentKind
from domain.people import PartialDate, Sex


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody for whom a number is asked: the person as the requester states them, and the scan that goes with it."""

    person: SpecimenPerson
    address: dict[str, str]
    kind: DocumentKind
    look: Look
    line: str
    """The line of the history page (French) once the request was sent and Jean was asked for a new document."""

    @property
    def name(self) -> str:
        """Given names and surname as stated."""
        return f"{self.person.given_names} {self.person.surname}"

    @property
    def personal_data(self) -> dict[str, str]:
        """The body of PUT personalData. The birth country is left out: the register completes it."""
        person = self.person
        return {
            "surname": person.surname,
            "givenNames": person.given_names or "",
            "sex": person.sex.value if person.sex else "",
            "birthDate": str(person.birth_date),
            "birthPlace": person.birth_place,
            "nationality": person.nationality,
            "documentNumber": person.document_number,
            "documentExpiry": person.expiry.isoformat(),
        }

    @property
    def addresses(self) -> dict[str, Any]:
        """The body of PUT address: the residence abroad, and where mail reaches the person in Belgium."""
        contact = {"street": "Rue du Progrès", "houseNumber": "50", "postalCode": "1210", "municipality": "Bruxelles"}
        return {"official": self.address, "contact": contact}


def _specimen(name: str, sex: Sex, born: date, place: str, nationality: str, number: str) -> SpecimenPerson:
    given, surname = name.split(" ", 1)
    return SpecimenPerson(
        surname=surname,
        given_names=given,
        sex=sex,
        birth_date=PartialDate(born.year, born.month, born.day),
        birth_place=place,
        nationality=nationality,
        document_number=number,
        issued=date(2023, 4, 11),
        expiry=date(2033, 4, 10),
        residence=place,
    )


def _address(street: str, number: str, postal_code: str, town: str, country: str) -> dict[str, str]:
    return {
        "street": street,
        "houseNumber": number,
        "postalCode": postal_code,
        "municipality": town,
        "country": country,
    }


COENIG = Hire(
    _specimen("Coenig Reuter", Sex.MALE, date(1983, 5, 24), "Aachen", "DE", "C01X0006H"),
    _address("Jakobstraße", "12", "52064", "Aachen", "DE"),
    DocumentKind.PASSPORT,
    Look.PHOTO,
    "Coenig Reuter a été identifié comme Coenige Reuter avec le NISS 83.45.24-163.11",
)
HILDEGARDA = Hire(
    _specimen("Hildegarda Van den Broeck", Sex.FEMALE, date(1993, 5, 12), "Breda", "NL", "SPECI2014"),
    _address("Ginnekenweg", "104", "4818 JH", "Breda", "NL"),
    DocumentKind.IDENTITY_CARD,
    Look.SCAN,
    "Hildegarda Van den Broeck a été identifié comme Hildegard Van den Broeck avec le NISS 93.45.12-046.19",
)
HANS = Hire(
    _specimen("Hans Van Mechelen", Sex.MALE, date(1999, 5, 9), "Roosendaal", "NL", "SPECI3301"),
    _address("Raadhuisstraat", "7", "4701 PM", "Roosendaal", "NL"),
    DocumentKind.IDENTITY_CARD,
    Look.GREY_SCAN,
    "Le NISS de Hans Van Mechelen est 99.45.09-027.60",
)
LOUIS = Hire(
    _specimen("Louis Dupont", Sex.MALE, date(1995, 5, 6), "Lille", "FR", "19FV52107"),
    _address("Rue Esquermoise", "31", "59000", "Lille", "FR"),
    DocumentKind.PASSPORT,
    Look.SCAN,
    "Le NISS de Louis Dupont est 95.45.06-033.60",
)
THOMAS = Hire(
    _specimen("Thomas Janssens", Sex.MALE, date(1994, 5, 5), "Maastricht", "NL", "SPECI7718"),
    _address("Wycker Brugstraat", "22", "6221 EC", "Maastricht", "NL"),
    DocumentKind.DRIVING_LICENCE,
    Look.CLEAN,
    "Le NISS de Thomas Janssens est 94.45.05-069.33",
)
MARIA = Hire(
    _specimen("Maria Tienpont", Sex.FEMALE, date(1991, 11, 2), "Plovdiv", "BG", "380114592"),
    _address("ulitsa Ivan Vazov", "9", "4000", "Plovdiv", "BG"),
    DocumentKind.PASSPORT,
    Look.PHOTO,
    "La demande d'identification pour Maria Tienpont est en cours",
)
JEAN = Hire(
    _specimen("Jean Legrelle", Sex.MALE, date(1988, 7, 19), "Reims", "FR", "880719REI"),
    _address("Rue de Vesle", "140", "51100", "Reims", "FR"),
    DocumentKind.IDENTITY_CARD,
    Look.BLURRED,
    "Nouveau document nécessaire pour Jean Legrelle",
)

HIRES = (THOMAS, LOUIS, HANS, HILDEGARDA, COENIG, MARIA, JEAN)
"""In the order in which bob asks."""
