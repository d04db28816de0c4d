"""The words that mails share: reasons, what was asked for, instants. English here is the key of every catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

from locales.catalogue import LANGUAGES, SOURCE, say

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
#: Lists and dates as they are written on this side of the ocean.
_LOCALES: Final = {"en": "en_GB"}
#: In German what is asked for stands in the accusative: these words are translated apart from others like them.
ASKED_CONTEXT: Final = "asked for"
WHEN: Final = "{day} at {time} (Brussels time)"

#: By the names of the API.
INFORMATION_REASONS: Final[Mapping[str, str]] = {
    "unreadable": "the document cannot be read",
    "incomplete": "the document or the data are incomplete",
    "expired": "the document is no longer valid",
    "wrongKind": "this kind of document is not accepted",
    "dataMismatch": "the data do not match the document",
    "other": "it is explained in the request",
}
REJECTION_REASONS: Final[Mapping[str, str]] = {
    "notIdentifiable": "the person could not be identified",
    "notEligible": "this person is not eligible for this number",
    "noAnswer": "we did not receive what we asked for",
    "other": "it is explained in the request",
}
ASKED: Final[Mapping[str, str]] = {
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
}


def spoken(language: str) -> str:
    """The language a mail is written in for somebody who asked for `language`: English where nobody speaks it."""
    return language if language in LANGUAGES else SOURCE


def listed(asked: Sequence[str], language: str) -> str:
    """What was asked for, as part of a sentence. Raises ValueError for a name that the API does not have."""
    if unknown := [name for name in asked if name not in ASKED]:
        raise ValueError(f"nobody can be asked for {', '.join(unknown)}")
    words = [say(ASKED[name], language, context=ASKED_CONTEXT) for name in asked]
    return format_list(words, locale=_LOCALES.get(language, language)) if words else ""


def instant(at: datetime, language: str) -> str:
    """An aware instant as a person in Brussels says it."""
    local = at.astimezone(BRUSSELS)
    day = format_date(local.date(), "long", locale=_LOCALES.get(language, language))
    return say(WHEN, language, {"day": day, "time": f"{local:%H:%M}"})
