"""The audit trail of a company, and of the service's own people: who came, roles, removals, mandates and software."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, Issue
from service import consultations, cursors
from service.context import Tools
from service.members import administered_company
from service.views import PersonRef, Slice
from store import requests
from store.client_tables import ClientRow
from store.tables import Company, Person
from store.trail_tables import SERVICE, TrailRow


@dataclass(frozen=True, slots=True)
class TrailLine:
    """Who did what to whose access. `subject_name` where it is a person or software; `codes` are roles and ids."""

    id: str
    at: datetime
    kind: str
    by: PersonRef
    subject_id: str
    subject_name: str | None
    codes: Mapping[str, str]


def read(tools: Tools, caller: Caller, *, page_size: int = 20, cursor: str | None = None) -> Slice[TrailLine]:
    """What was done to the access of the caller's company, newest first: for its administrator."""
    return _page(tools, caller, administered_company(caller), page_size, cursor)


def read_of(
    tools: Tools, caller: Caller, company: str | None, *, page_size: int = 20, cursor: str | None = None
) -> Slice[TrailLine]:
    """The same of any company, by its enterprise number: for auditors. Nothing is found of one that nobody knows.

    Without a number: of the service's own people, agents, supervisors, auditors and ops.
    """
    policy.require(caller, Permission.AUDIT)
    if company is None:
        return _page(tools, caller, SERVICE, page_size, cursor)
    try:
        number = parse_enterprise_number(company)
    except ValueError:
        issue = Issue("company", "must be an enterprise number of ten digits with its check digits", "query")
        raise InvalidInput("The enterprise number is not accepted.", issues=[issue]) from None
    with tools.store.reading() as session:
        found = session.exec(select(Company.id).where(Company.enterprise_number == number)).one_or_none()
    return _page(tools, caller, found or "?", page_size, cursor)


def _page(tools: Tools, caller: Caller, company_id: str, page_size: int, cursor: str | None) -> Slice[TrailLine]:
    query = select(TrailRow).where(TrailRow.company_id == company_id)
    with tools.store.writing() as session:
        total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if cursor is not None:
            query = query.where(col(TrailRow.id) < cursors.number(cursor))
        found = session.exec(query.order_by(col(TrailRow.id).desc()).limit(page_size + 1)).all()
        shown = found[:page_size]
        people = requests.people_by_id(session, [one for row in shown for one in (row.by_id, row.subject_id)])
        consultations.record(session, tools, caller, "trail", consultations.of_members("name"))
        names = {id_: person.name for id_, person in people.items()} | _software(session, shown)
        lines = tuple(_line(row, names) for row in shown)
        return Slice(lines, total, str(shown[-1].id) if len(found) > page_size else None)


def _software(session: Session, rows: Sequence[TrailRow]) -> dict[str, str]:
    """What a company calls its software, by the id of the client; of one that was taken away too."""
    ids = {row.subject_id for row in rows if row.kind.startswith("client")}
    if not ids:
        return {}
    query = select(ClientRow.id, Person.name).join(Person, col(Person.id) == col(ClientRow.person_id))
    return dict(session.exec(query.where(col(ClientRow.id).in_(ids))).all())


def _line(row: TrailRow, names: dict[str, str]) -> TrailLine:
    return TrailLine(
        id=str(row.id),
        at=row.at,
        kind=row.kind,
        # Who acted at the console is no member: their name on the machine is all there is.
        by=PersonRef(row.by_id, names.get(row.by_id, row.by_id)),
        subject_id=row.subject_id,
        subject_name=names.get(row.subject_id),
        codes={name: str(value) for name, value in row.codes.items()},
    )
