"""What the documents say of what was stated, in the evidence of each candidate of a file.

It weighs nothing there: a zone that agrees says that the data are typed rightly, not that the candidate is the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.identification import Agreement
from service.views import RequestView

#: What is said beside a field's own evidence: keys of every catalogue, for agents alone.
DOCUMENT_SAYS: Mapping[Agreement, str] = {
    Agreement.SAME: "the document says what was stated",
    Agreement.DIFFERENT: "the document says otherwise than was stated",
}
#: Stands in a zone and in no register: evidence of it is the document's alone.
_NUMBER = "documentNumber"
_UNREGISTERED = "not known on one side"


def with_documents(candidates: Iterable[Mapping[str, Any]], view: RequestView) -> tuple[dict[str, Any], ...]:
    """Candidates in API members; evidence of a field that a zone speaks of has `document` too, same or different.

    The document's number, which nobody is compared by, is a line of its own where it was stated and a zone has one.
    """
    said = view.check.said
    return tuple({**each, "evidence": _evidence(each["evidence"], said, view.employee)} for each in candidates)


def _evidence(
    lines: Iterable[Mapping[str, Any]], said: Mapping[str, Agreement], stated: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = [{**line, **_document(said, line["field"])} for line in lines]
    if _NUMBER in said and _NUMBER in stated:
        line = {"field": _NUMBER, "stated": stated[_NUMBER], "agreement": Agreement.MISSING.value, "weight": 0.0}
        found.append({**line, "why": _UNREGISTERED, **_document(said, _NUMBER)})
    return found


def _document(said: Mapping[str, Agreement], field: str) -> dict[str, str]:
    return {"document": said[field].value} if field in said else {}
