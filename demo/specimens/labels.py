# ruff: noqa: RUF001 - typographic apostrophes, as printed
"""What is printed beside the fields of a document, in the language of its country."""

from __future__ import annotations

from typing import Final

#: By language: titles of the three kinds, then the fields. English stands beside every other language, as on real ones.
LABELS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "passport": "PASSPORT",
        "identityCard": "IDENTITY CARD",
        "drivingLicence": "DRIVING LICENCE",
        "surname": "Surname",
        "given": "Given names",
        "nationality": "Nationality",
        "birth": "Date of birth",
        "place": "Place of birth",
        "sex": "Sex",
        "issued": "Date of issue",
        "expiry": "Date of expiry",
        "number": "Document No.",
        "authority": "Authority",
        "residence": "Residence",
        "signature": "Holder’s signature",
    },
    "de": {
        "passport": "REISEPASS",
        "identityCard": "PERSONALAUSWEIS",
        "drivingLicence": "FÜHRERSCHEIN",
        "surname": "Name",
        "given": "Vornamen",
        "nationality": "Staatsangehörigkeit",
        "birth": "Geburtstag",
        "place": "Geburtsort",
        "sex": "Geschlecht",
        "issued": "Ausstellungsdatum",
        "expiry": "Gültig bis",
        "number": "Nummer",
        "authority": "Behörde",
        "residence": "Anschrift",
        "signature": "Unterschrift",
    },
    "fr": {
        "passport": "PASSEPORT",
        "identityCard": "CARTE D’IDENTITÉ",
        "drivingLicence": "PERMIS DE CONDUIRE",
        "surname": "Nom",
        "given": "Prénoms",
        "nationality": "Nationalité",
        "birth": "Date de naissance",
        "place": "Lieu de naissance",
        "sex": "Sexe",
        "issued": "Délivré le",
        "expiry": "Date d’expiration",
        "number": "Numéro",
        "authority": "Autorité",
        "residence": "Domicile",
        "signature": "Signature",
    },
    "nl": {
        "passport": "PASPOORT",
        "identityCard": "IDENTITEITSKAART",
        "drivingLicence": "RIJBEWIJS",
        "surname": "Naam",
        "given": "Voornamen",
        "nationality": "Nationaliteit",
        "birth": "Geboortedatum",
        "place": "Geboorteplaats",
        "sex": "Geslacht",
        "issued": "Afgegeven op",
        "expiry": "Geldig tot",
        "number": "Documentnummer",
        "authority": "Autoriteit",
        "residence": "Woonplaats",
        "signature": "Handtekening",
    },
    "pl": {
        "passport": "PASZPORT",
        "identityCard": "DOWÓD OSOBISTY",
        "drivingLicence": "PRAWO JAZDY",
        "surname": "Nazwisko",
        "given": "Imiona",
        "nationality": "Obywatelstwo",
        "birth": "Data urodzenia",
        "place": "Miejsce urodzenia",
        "sex": "Płeć",
        "issued": "Data wydania",
        "expiry": "Data ważności",
        "number": "Numer",
        "authority": "Organ wydający",
        "residence": "Zamieszkanie",
        "signature": "Podpis",
    },
    "it": {
        "passport": "PASSAPORTO",
        "identityCard": "CARTA DI IDENTITÀ",
        "drivingLicence": "PATENTE DI GUIDA",
        "surname": "Cognome",
        "given": "Nomi",
        "nationality": "Cittadinanza",
        "birth": "Data di nascita",
        "place": "Luogo di nascita",
        "sex": "Sesso",
        "issued": "Data di rilascio",
        "expiry": "Data di scadenza",
        "number": "Numero",
        "authority": "Autorità",
        "residence": "Residenza",
        "signature": "Firma",
    },
}


def label(language: str, field: str) -> str:
    """`Nom / Surname`; English alone where the language has no labels here."""
    english = LABELS["en"][field]
    own = LABELS.get(language, LABELS["en"])[field]
    return english if own == english else f"{own} / {english}"
