"""Who has seen whose data: the consultation log as an auditor reads it, which is itself noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.enterprise import parse_enterprise_number
from domain.niss import Niss
from service import consultations, cursors, reasons
from service.context import Tools
from service.views import ConsultationView, PersonRef, Slice
from store import requests
from store.logbook import ConsultationRow, ConsultedRow, ErasedSubjectRow
from store.tables import Company, Request


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; all that is given must hold. `person_id` is who was shown something, `ssin` whose it was.

    `reason` is why one looks: it is required, and noted with the search.
    """

    ssin: Niss | None = None
    request_id: str | None = None
    person_id: str | None = None
    company: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    reason: str | None = None


def search(
    tools: Tools, caller: Caller, sought: Sought, *, page_size: int = 20, cursor: str | None = None
) -> Slice[ConsultationView]:
    """Consultations, newest first. Found by a number are those of its person, and those of the person's requests.

    That includes requests whose data were erased since, and the number that holds today where the one given was
    replaced. `since` is included, `until` is not. Raises InvalidInput without a reason, or where it names somebody.
    """
    policy.require(caller, Permission.AUDIT)
    latest = tools.register.latest(sought.ssin) if sought.ssin is not None else None
    numbers = {str(sought.ssin)} | ({latest.ssin.digits} if latest else set()) if sought.ssin else set[str]()
    names = [name for name in (latest.surname, latest.given_names) if name] if latest else []
    with tools.store.writing() as session:
        names += _names(session, sought.request_id)
        reason = reasons.COMMAND if sought.reason == reasons.COMMAND else reasons.read_reason(sought.reason, names)
        query = _matching(session, tools, sought, numbers)
        total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if cursor is not None:
            query = query.where(col(ConsultationRow.id) < cursors.number(cursor))
        found = session.exec(query.order_by(col(ConsultationRow.id).desc()).limit(page_size + 1)).all()
        shown = found[:page_size]
        told = frozenset(request_id for row in shown for request_id in row.request_ids)
        noted = consultations.Shown(told, frozenset(numbers), frozenset(["consultations"]))
        consultations.record(session, tools, caller, "consultations", noted, reason=reason)
        return Slice(_views(session, shown), total, str(shown[-1].id) if len(found) > page_size else None)


def _matching(session: Session, tools: Tools, sought: Sought, numbers: set[str]) -> SelectOfScalar[ConsultationRow]:
    query = select(ConsultationRow)
    for column, value in (
        (ConsultationRow.person_id, sought.person_id),
        (ConsultationRow.what, sought.what),
        (ConsultationRow.company_id, _company(session, sought.company)),
    ):
        query = query.where(col(column) == value if value is not None else true())
    if sought.since is not None:
        query = query.where(col(ConsultationRow.at) >= sought.since)
    if sought.until is not None:
        query = query.where(col(ConsultationRow.at) < sought.until)
    if sought.request_id is not None:
        query = query.where(_about([sought.request_id]))
    if numbers:
        query = query.where(_about(_subjects(session, tools, numbers)))
    return query


def _names(session: Session, request_id: str | None) -> tuple[str, ...]:
    row = session.get(Request, request_id) if request_id is not None else None
    return reasons.names_of(session, row) if row is not None else ()


def _company(session: Session, number: str | None) -> str | None:
    """The company's id; a number that nobody here has finds nothing."""
    if number is None:
        return None
    parsed = parse_enterprise_number(number)
    company = session.exec(select(Company.id).where(Company.enterprise_number == parsed)).one_or_none()
    return company or "?"


def _about(subjects: Sequence[str]) -> ColumnElement[bool]:
    named = select(ConsultedRow.consultation_id).where(col(ConsultedRow.subject).in_(subjects))
    return col(ConsultationRow.id).in_(named)


def _subjects(session: Session, tools: Tools, numbers: set[str]) -> list[str]:
    """Under what a person's consultations are filed: their pseudonyms, and their requests, erased ones too."""
    pseudonyms = [tools.pseudonyms.of(digits) for digits in sorted(numbers)]
    theirs = session.exec(select(Request.id).where(col(Request.ssin).in_(sorted(numbers)))).all()
    erased = session.exec(
        select(ErasedSubjectRow.request_id).where(col(ErasedSubjectRow.subject).in_(pseudonyms))
    ).all()
    return [*pseudonyms, *theirs, *erased]


def _views(session: Session, found: Sequence[ConsultationRow]) -> tuple[ConsultationView, ...]:
    people = requests.people_by_id(session, [row.person_id for row in found])
    companies = requests.companies_by_id(session, [row.company_id for row in found])
    return tuple(
        ConsultationView(
            id=str(row.id),
            at=row.at,
            # Who acted at the console is no member: their name on the machine is all there is.
            by=PersonRef(row.person_id, people[row.person_id].name if row.person_id in people else row.person_id),
            role=row.role,
            company=companies[row.company_id].enterprise_number if row.company_id in companies else None,
            what=row.what,
            requests=tuple(row.request_ids),
            people=len(row.people),
            fields=tuple(row.fields),
            reason=row.reason,
            trace_id=row.trace_id,
        )
        for row in found
    )
