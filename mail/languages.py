# ruff: noqa: RUF001 - the typographic apostrophe is how French is written
"""The words that mails share, by language. A language is open once it stands here and has its folder of templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
#: Who asked in a language that has no catalogue yet is written to in this one.
FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `reasons` and `asked` by the names of contract.md."""

    service: str
    greeting: str
    colon: str
    last_joint: str
    footer: str
    months: tuple[str, ...]
    when: str
    information_reasons: Mapping[str, str]
    rejection_reasons: Mapping[str, str]
    asked: Mapping[str, str]

    def listed(self, asked: Sequence[str]) -> str:
        """What was asked for, as part of a sentence. Raises ValueError for a name that is none of contract.md's."""
        if unknown := [name for name in asked if name not in self.asked]:
            raise ValueError(f"nobody can be asked for {', '.join(unknown)}")
        *others, last = [self.asked[name] for name in asked] or [""]
        return self.last_joint.join([", ".join(others), last]) if others else last

    def instant(self, at: datetime) -> str:
        """An aware instant as a person in Brussels says it."""
        local = at.astimezone(BRUSSELS)
        return self.when.format(
            day=local.day, month=self.months[local.month - 1], year=local.year, hour=local.hour, minute=local.minute
        )


_FRENCH = Words(
    service="Numéro d’identification belge",
    greeting="Bonjour,",
    colon=" :",
    last_joint=" et ",
    footer="Ce message est envoyé automatiquement : les réponses ne sont pas lues.",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
        *("septembre", "octobre", "novembre", "décembre"),
    ),
    when="le {day} {month} {year} à {hour:02d}:{minute:02d} (heure de Bruxelles)",
    information_reasons={
        "unreadable": "le document n’est pas lisible",
        "incomplete": "le document ou les données sont incomplets",
        "expired": "le document n’est plus valable",
        "wrongKind": "ce n’est pas un document accepté",
        "dataMismatch": "les données ne correspondent pas au document",
        "other": "elle est expliquée dans la demande",
    },
    rejection_reasons={
        "notIdentifiable": "la personne n’a pas pu être identifiée",
        "notEligible": "cette personne n’entre pas en ligne de compte pour ce numéro",
        "noAnswer": "nous n’avons pas reçu les informations demandées",
        "other": "elle est expliquée dans la demande",
    },
    asked={
        "document": "un nouveau document d’identité",
        "surname": "le nom",
        "givenNames": "les prénoms",
        "sex": "le sexe",
        "birthDate": "la date de naissance",
        "birthPlace": "le lieu de naissance",
        "birthCountry": "le pays de naissance",
        "nationality": "la nationalité",
        "documentNumber": "le numéro du document",
        "documentExpiry": "la date d’expiration du document",
        "formerSurname": "le nom précédent",
        "official": "l’adresse officielle",
        "contact": "l’adresse de contact en Belgique",
    },
)

_ENGLISH = Words(
    service="Belgian identification number",
    greeting="Hello,",
    colon=":",
    last_joint=" and ",
    footer="This message was sent automatically: replies are not read.",
    months=(
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    when="{day} {month} {year} at {hour:02d}:{minute:02d} (Brussels time)",
    information_reasons={
        "unreadable": "the document cannot be read",
        "incomplete": "the document or the data are incomplete",
        "expired": "the document is no longer valid",
        "wrongKind": "this kind of document is not accepted",
        "dataMismatch": "the data do not match the document",
        "other": "it is explained in the request",
    },
    rejection_reasons={
        "notIdentifiable": "the person could not be identified",
        "notEligible": "this person is not eligible for this number",
        "noAnswer": "we did not receive what we asked for",
        "other": "it is explained in the request",
    },
    asked={
        "document": "a new identity document",
        "surname": "the surname",
        "givenNames": "the given names",
        "sex": "the sex",
        "birthDate": "the date of birth",
        "birthPlace": "the place of birth",
        "birthCountry": "the country of birth",
        "nationality": "the nationality",
        "documentNumber": "the number of the document",
        "documentExpiry": "the expiry date of the document",
        "formerSurname": "the former surname",
        "official": "the official address",
        "contact": "the contact address in Belgium",
    },
)

LANGUAGES: Final[Mapping[str, Words]] = {"fr": _FRENCH, "en": _ENGLISH}


def spoken(language: str) -> str:
    """The language a mail is written in for somebody who asked for `language`."""
    return language if language in LANGUAGES else FALLBACK
