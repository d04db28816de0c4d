"""What documents' zones say, as offers to whoever states the person: taken over by nobody but them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.identification import Agreement
from matching.nations import country_of
from service.views import RequestView

#: Asks for everything that is offered, where one asks for one field by its name.
ALL = "all"


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


def taken(offered: Mapping[str, str], use: str) -> dict[str, str]:
    """The part of an offer that somebody takes: one field by its API name, or ALL. Nothing of what is not offered.

    >>> taken({"sex": "F", "surname": "EK"}, "sex"), taken({"sex": "F"}, "surname"), taken({"sex": "F"}, ALL)
    ({'sex': 'F'}, {}, {'sex': 'F'})
    """
    return {name: value for name, value in offered.items() if use in (ALL, name)}
