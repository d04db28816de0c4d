"""What the machine-readable zones of a request's documents say, as offers beside the fields they concern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.views import RequestView


def offers(view: RequestView) -> dict[str, str]:
    """By API name of a field, what the first zone that was read says of it; only what differs from what is stated."""
    found: dict[str, str] = {}
    for document in view.documents:
        zone = getattr(document, "mrz", None)
        if zone is None:
            continue
        said = {
            "surname": zone.surname,
            "givenNames": zone.given_names,
            "sex": zone.sex.value if zone.sex else "",
            "birthDate": str(zone.birth_date),
            "documentNumber": zone.document_number,
            "documentExpiry": zone.document_expiry.isoformat(),
        }
        for name, value in said.items():
            if value and view.employee.get(name) != value:
                found.setdefault(name, value)
    return found


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of which the document says something else: its label, what was typed, and what was read."""

    name: str
    label: str
    typed: str
    read: str


def mismatches(view: RequestView, names: Iterable[str], labels: Mapping[str, str]) -> list[Mismatch]:
    """The fields that are to be corrected or confirmed."""
    read = offers(view)
    return [
        Mismatch(name, labels.get(name, name), view.employee.get(name, ""), read.get(name, ""))
        for name in names
        if name in view.employee
    ]
