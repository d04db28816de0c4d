"""Whether a request may be sent with the documents that it has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from domain.document_check import kind_name
from domain.errors import Conflict, Issue
from store import documents
from store.tables import Request


def ready(session: Session, row: Request, today: date, confirmed: Collection[str]) -> None:
    """Raise Conflict where no valid document is there, or a zone says otherwise than was typed and nobody confirmed it.

    Issues name documents that have expired (`documents.passport`), or fields and kinds that differ: never a value.
    """
    view = documents.of_request(session, row.id, confirmed=confirmed)
    if view.validity.none_is_valid(today):
        raise Conflict(
            "No document is valid any more.",
            code="documentExpired",
            issues=[Issue(kind_name(kind), "has expired") for kind in view.validity.expired(today)],
        )
    open_ones = view.check.unconfirmed(confirmed)
    if open_ones:
        raise Conflict(
            "The document says otherwise than was typed; correct it, or confirm what was typed.",
            code="documentMismatch",
            issues=[_said(name) for name in open_ones],
        )


def _said(name: str) -> Issue:
    if name.startswith("documents."):
        return Issue(name, "is another kind of document, by its machine-readable zone")
    return Issue(name, "is not what the machine-readable zone of the document says")
