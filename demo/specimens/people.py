"""Who stands on a specimen document, and the countries that issue them here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.people import PartialDate, Sex


@dataclass(frozen=True, slots=True)
class Nation:
    """A country as its documents write it: `code` in zones (ICAO), its own name, and the language of its labels."""

    code: str
    name: str
    language: str
    hues: tuple[int, int]


#: By ISO 3166-1 alpha-2. Colours (hues of 0..359) are invented, as the whole design is: no real document looks like it.
NATIONS: Final[dict[str, Nation]] = {
    "BE": Nation("BEL", "BELGIË · BELGIQUE · BELGIEN", "nl", (350, 30)),
    "BG": Nation("BGR", "РЕПУБЛИКА БЪЛГАРИЯ", "en", (150, 350)),
    "DE": Nation("D", "BUNDESREPUBLIK DEUTSCHLAND", "de", (195, 45)),
    "ES": Nation("ESP", "REINO DE ESPAÑA", "en", (10, 50)),
    "FR": Nation("FRA", "RÉPUBLIQUE FRANÇAISE", "fr", (215, 355)),
    "GB": Nation("GBR", "UNITED KINGDOM", "en", (225, 200)),
    "IN": Nation("IND", "REPUBLIC OF INDIA", "en", (30, 140)),
    "IT": Nation("ITA", "REPUBBLICA ITALIANA", "it", (140, 200)),
    "LU": Nation("LUX", "GRAND-DUCHÉ DE LUXEMBOURG", "fr", (200, 350)),
    "MA": Nation("MAR", "ROYAUME DU MAROC", "fr", (145, 0)),
    "NL": Nation("NLD", "KONINKRIJK DER NEDERLANDEN", "nl", (330, 190)),
    "PL": Nation("POL", "RZECZPOSPOLITA POLSKA", "pl", (0, 215)),
    "PT": Nation("PRT", "REPÚBLICA PORTUGUESA", "en", (130, 350)),
    "RO": Nation("ROU", "ROMÂNIA", "en", (220, 50)),
    "TR": Nation("TUR", "TÜRKİYE CUMHURİYETİ", "en", (355, 20)),
    "UA": Nation("UKR", "УКРАЇНА · UKRAINE", "en", (210, 50)),
}
#: Any other country is drawn as ICAO's Utopia.
UTOPIA: Final = Nation("UTO", "UTOPIA", "en", (170, 260))


@dataclass(frozen=True, slots=True)
class SpecimenPerson:
    """A fictitious person with one document. Countries are ISO 3166-1 alpha-2; one name alone is a surname."""

    surname: str
    given_names: str | None
    sex: Sex | None
    birth_date: PartialDate
    birth_place: str
    nationality: str
    document_number: str
    issued: date
    expiry: date
    residence: str = ""

    @property
    def nation(self) -> Nation:
        """The issuing country: that of the nationality."""
        return NATIONS.get(self.nationality, UTOPIA)
