"""A request's documents beside its statement, from the rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from domain.document import DocumentKind, DocumentWarning
from domain.document_check import DocumentCheck, DocumentsSay, Validity, kind_name, validity
from domain.errors import ZonePending
from domain.identification import Agreement
from domain.statement import PersonalData
from domain.zone import ZoneReading, ZoneState
from matching.zones import check_documents, of_documents
from store import requests, zones
from store.document_tables import ZoneRow


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The zones of a request's documents, compared with its statement; `confirmed` as it was sent."""

    states: Mapping[DocumentKind, ZoneState]
    readings: Mapping[DocumentKind, ZoneReading]
    check: DocumentCheck
    validity: Validity
    confirmed: tuple[str, ...] = ()

    def warnings(self, kind: DocumentKind, today: date) -> tuple[DocumentWarning, ...]:
        """What the person should know of one document."""
        found = []
        if kind in self.validity.expired(today):
            found.append(DocumentWarning.EXPIRED)
        if self.validity.ends_soon(kind, today):
            found.append(DocumentWarning.EXPIRES_SOON)
        if kind_name(kind) in self.check.differences:
            found.append(DocumentWarning.WRONG_KIND)
        return tuple(found)


def documents_view(
    stated: PersonalData | None,
    kinds: Collection[DocumentKind],
    rows: Mapping[DocumentKind, ZoneRow],
    *,
    confirmed: Collection[str] = (),
) -> DocumentsView:
    """The comparison as it is now, of what was stated with the zones of documents of these kinds."""
    readings = zones.readings({kind: row for kind, row in rows.items() if kind in kinds})
    check = check_documents(stated, readings)
    held = validity(
        kinds,
        of_documents(readings),
        stated=stated.document_expiry if stated else None,
        numbered=[
            one.kind for one in check.fields if one.field == "documentNumber" and one.agreement is Agreement.SAME
        ],
        confirmed="documentExpiry" in confirmed,
    )
    states = {kind: ZoneState(row.state) for kind, row in rows.items()}
    return DocumentsView(states, readings, check, held, tuple(confirmed))


def of_request(session: Session, request_id: str, *, confirmed: Collection[str] | None = None) -> DocumentsView:
    """The comparison of one request; `confirmed` as it was sent where it is None."""
    row = requests.statements_of(session, [request_id]).get(request_id)
    kinds = {DocumentKind(page.kind) for page in requests.pages_of(session, [request_id]).get(request_id, [])}
    found = zones.of(session, [request_id]).get(request_id, {})
    if confirmed is None:
        confirmed = (row.confirmed if row else None) or ()
    return documents_view(requests.statement_of(row).personal_data, kinds, found, confirmed=confirmed)


def say(session: Session, request_id: str, today: date) -> DocumentsSay:
    """What zones say. Doubtful, confirmed or not: one says otherwise than was stated, or no document is valid any more.

    Raises ZonePending while a zone is still to be read.
    """
    view = of_request(session, request_id)
    if ZoneState.PENDING in view.states.values():
        raise ZonePending("The zone of a document is still to be read.")
    doubtful = bool(view.check.differences) or view.validity.none_is_valid(today)
    return DocumentsSay(doubtful, view.check.said)
