"""What the machine-readable zones of a request's documents say, as offers beside the fields they concern."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.identification import Agreement
from locales.catalogue import say
from matching.nations import country_of
from portal.words import KINDS
from service.views import RequestView


def offers(view: RequestView) -> dict[str, str]:
    """By API name of a field, what the first zone that was read says of it, where what is stated does not agree."""
    agreed = {check.field for check in view.check.fields if check.agreement is Agreement.SAME}
    found: dict[str, str] = {}
    for document in view.documents:
        zone = document.zone
        if zone is None:
            continue
        said = {
            "surname": zone.surname,
            "givenNames": zone.given_names,
            "sex": zone.sex.value if zone.sex else "",
            "birthDate": str(zone.birth_date),
            "nationality": country_of(zone.nationality) or "",
            "documentNumber": zone.document_number,
            "documentExpiry": zone.document_expiry.isoformat(),
        }
        for name, value in said.items():
            if value and name not in agreed:
                found.setdefault(name, value)
    return found


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of which the document says something else: its label, what was typed, and what was read."""

    name: str
    label: str
    typed: str
    read: str


def mismatches(view: RequestView, names: Collection[str], labels: Mapping[str, str], language: str) -> list[Mismatch]:
    """The fields, and the kinds of documents, that are to be corrected or confirmed."""
    kinds = {kind: say(words, language) for kind, words in KINDS.items()}
    found: dict[str, Mismatch] = {}
    for check in view.check.fields:
        if check.field in names and check.agreement is Agreement.DIFFERENT:
            typed, read = check.stated or "", check.printed or ""
            label = labels.get(check.field) or say("Documents", language)
            one = Mismatch(check.field, label, kinds.get(typed, typed), kinds.get(read, read))
            found.setdefault(check.field, one)
    return list(found.values())
