"""What lies around some requests' rows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from service.views import CompanyRef
from store import requests
from store.tables import Company, PageRow, Person, Request, StatementRow


@dataclass(frozen=True, slots=True)
class OnFile:
    """By request id: what was stated, and pages in order. By id: requesters, companies and mandataries."""

    statements: Mapping[str, StatementRow]
    pages: Mapping[str, Sequence[PageRow]]
    people: Mapping[str, Person]
    companies: Mapping[str, Company]

    def company(self, company_id: str) -> CompanyRef:
        """One of the companies as named to others."""
        company = self.companies[company_id]
        return CompanyRef(company.enterprise_number, company.name)


def gathered(session: Session, rows: Sequence[Request]) -> OnFile:
    """Of these rows; four queries, none where there is no row."""
    ids = [row.id for row in rows]
    return OnFile(
        statements=requests.statements_of(session, ids) if ids else {},
        pages=requests.pages_of(session, ids) if ids else {},
        people=requests.people_by_id(session, [row.requester_id for row in rows]),
        companies=requests.companies_by_id(
            session, [company for row in rows for company in (row.company_id, row.mandatary_id)]
        ),
    )
