"""A request's documents as they are shown: pages, zones, warnings, and where else the same document was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from domain.document import DocumentKind, IdentityDocument, Page, Side, Verdict
from domain.request import Phase
from service.gathering import OnFile
from service.views import CompanyRef, RequestView, SameDocument
from store import requests, zones
from store.documents import DocumentsView, documents_view
from store.tables import PageRow, Request


def with_documents(session: Session, shown: RequestView, on_file: OnFile, today: date) -> RequestView:
    """The view with its documents as they are that day, compared with what was stated."""
    statement, pages = on_file.statements.get(shown.id), on_file.pages.get(shown.id, ())
    if not pages:
        return shown
    view = documents_view(
        requests.statement_of(statement).personal_data,
        {DocumentKind(page.kind) for page in pages},
        zones.of(session, [shown.id]).get(shown.id, {}),
        confirmed=(statement.confirmed if statement else None) or (),
    )
    return replace(shown, documents=_documents(pages, view, today), check=view.check, confirmed=view.confirmed)


def with_same_document(session: Session, row: Request, shown: RequestView, others: Sequence[Request]) -> RequestView:
    """The view with these other requests for the same document; those of another company under its name."""
    elsewhere = [other.company_id for other in others if other.company_id != row.company_id]
    companies = {
        key: CompanyRef(company.enterprise_number, company.name)
        for key, company in requests.companies_by_id(session, elsewhere).items()
    }
    same = (SameDocument(other.id, Phase(other.phase), companies.get(other.company_id)) for other in others)
    return replace(shown, same_document=tuple(same))


def _documents(pages: Iterable[PageRow], view: DocumentsView, today: date) -> tuple[IdentityDocument, ...]:
    by_kind: dict[str, list[Page]] = {}
    for page in pages:
        by_kind.setdefault(page.kind, []).append(
            Page(
                number=page.number,
                side=Side(page.side),
                media_type=page.media_type,
                width=page.width,
                height=page.height,
                verdict=Verdict(page.verdict),
                reasons=tuple(page.reasons),
                blob=page.blob,
            )
        )
    return tuple(
        IdentityDocument(
            kind,
            tuple(by_kind[kind]),
            zone_state=view.states.get(kind),
            zone=view.readings.get(kind),
            warnings=view.warnings(kind, today),
        )
        for kind in DocumentKind
        if kind in by_kind
    )
