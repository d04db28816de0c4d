"""What the fields of documents are called on those of the countries that most people come from.

As printed on passports and identity cards; the Latin spelling where a document has two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FIELDS: Final = ("surname", "givenNames", "birthDate", "birthPlace")
#: By ISO 3166 code of the country: language (BCP 47), then a name for each of FIELDS.
FIELD_NAMES: Final[Mapping[str, tuple[str, tuple[str, str, str, str]]]] = {
    "BG": ("bg", ("Фамилия", "Име", "Дата на раждане", "Място на раждане")),
    "DE": ("de", ("Name", "Vornamen", "Geburtstag", "Geburtsort")),
    "ES": ("es", ("Apellidos", "Nombre", "Fecha de nacimiento", "Lugar de nacimiento")),
    "FR": ("fr", ("Nom", "Prénoms", "Date de naissance", "Lieu de naissance")),
    "HU": ("hu", ("Családi név", "Utónév", "Születési idő", "Születési hely")),
    "IT": ("it", ("Cognome", "Nome", "Data di nascita", "Luogo di nascita")),
    "MA": ("fr", ("Nom", "Prénom", "Date de naissance", "Lieu de naissance")),
    "NL": ("nl", ("Naam", "Voornamen", "Geboortedatum", "Geboorteplaats")),
    "PL": ("pl", ("Nazwisko", "Imiona", "Data urodzenia", "Miejsce urodzenia")),
    "PT": ("pt", ("Apelidos", "Nomes", "Data de nascimento", "Local de nascimento")),
    "RO": ("ro", ("Nume", "Prenume", "Data nașterii", "Locul nașterii")),
    "TR": ("tr", ("Soyadı", "Adı", "Doğum tarihi", "Doğum yeri")),  # noqa: RUF001 - Turkish letters
    "UA": ("uk", ("Прізвище", "Імʼя", "Дата народження", "Місце народження")),
}
