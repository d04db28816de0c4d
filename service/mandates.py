"""Mandates: an employer lets a social secretariat ask in its name. Granted and ended by the employer."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, func, true
from sqlmodel import Session, col, or_, select

from access.caller import Caller
from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, Issue, NotAllowed, NotFound
from service import consultations, cursors, once
from service.context import Tools
from service.members import administered_company, own_company
from service.noting import note
from service.views import Accepted, CompanyRef, MandateView, Slice
from store import requests
from store.tables import Company, Mandate

_OWN = Issue("enterpriseNumber", "is your own company")
_UNKNOWN = Issue("enterpriseNumber", "is not the number of a company known here")


def list_mandates(
    tools: Tools, caller: Caller, *, page_size: int = 20, cursor: str | None = None
) -> Slice[MandateView]:
    """What the caller's company has granted and received, latest first; to software of one employer, of that one."""
    company_id = own_company(caller)
    with tools.store.writing() as session:
        ours = or_(Mandate.employer_id == company_id, Mandate.mandatary_id == company_id)
        query = select(Mandate).where(ours, _bound(caller))
        total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if cursor is not None:
            day, _, last = cursor.partition("/")
            since, last_id = cursors.day(day), cursors.identifier(last)
            same_day = and_(col(Mandate.valid_from) == since, col(Mandate.id) > last_id)
            query = query.where(or_(col(Mandate.valid_from) < since, same_day))
        ordered = query.order_by(col(Mandate.valid_from).desc(), col(Mandate.id))
        found = session.exec(ordered.limit(page_size + 1)).all()
        shown = found[:page_size]
        companies = requests.companies_by_id(
            session, [party for mandate in shown for party in (mandate.employer_id, mandate.mandatary_id)]
        )
        consultations.record(session, tools, caller, "mandates", consultations.of_members("enterpriseNumber", "name"))
        more = f"{shown[-1].valid_from.isoformat()}/{shown[-1].id}" if len(found) > page_size else None
        return Slice(tuple(_view(mandate, company_id, companies) for mandate in shown), total, more)


def employers(tools: Tools, caller: Caller) -> tuple[CompanyRef, ...]:
    """The companies in whose name the caller's may ask today, by name."""
    company_id, today = own_company(caller), tools.today()
    with tools.store.reading() as session:
        query = (
            select(Company)
            .join(Mandate, col(Mandate.employer_id) == Company.id)
            .where(
                Mandate.mandatary_id == company_id,
                _bound(caller),
                Mandate.valid_from <= today,
                or_(col(Mandate.valid_until).is_(None), col(Mandate.valid_until) >= today),
            )
        )
        found = {row.id: CompanyRef(row.enterprise_number, row.name) for row in session.exec(query)}
    return tuple(sorted(found.values(), key=lambda company: company.name.casefold()))


def grant(
    tools: Tools, caller: Caller, *, enterprise_number: object, valid_from: object = None, valid_until: object = None
) -> Accepted[MandateView]:
    """Let another company ask for numbers in the name of the caller's, from..until (both days included)."""
    company_id = administered_company(caller)
    now = tools.now()
    number, start, end = _terms(enterprise_number, valid_from, valid_until, tools.today())
    with tools.store.writing() as session:
        known = once.accepted_before(session, caller, now)
        if known is not None:
            mandate = session.get(Mandate, known)
            if mandate is None:
                raise NotFound("There is no such mandate.")
        else:
            mandate = _granted(session, company_id, number, start, end)
            once.accepted_now(session, caller, mandate.id)
            for party in (mandate.employer_id, mandate.mandatary_id):
                note(session, tools, caller, "mandateGranted", party, mandate.id, mandatary=mandate.mandatary_id)
        consultations.record(session, tools, caller, "mandate", consultations.of_members("enterpriseNumber", "name"))
        companies = requests.companies_by_id(session, [mandate.employer_id, mandate.mandatary_id])
        return Accepted(_view(mandate, company_id, companies))


def end(tools: Tools, caller: Caller, mandate_id: str) -> None:
    """End a mandate at once. Only the employer may: the mandatary reads it, nobody else knows of it."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        mandate = _own(session, caller, mandate_id)
        if mandate.employer_id != company_id:
            raise NotAllowed("A mandate is ended by the employer who granted it.")
        # Another may be ending it at this moment; that is no error.
        session.execute(delete(Mandate).where(col(Mandate.id) == mandate_id))
        for party in (mandate.employer_id, mandate.mandatary_id):
            note(session, tools, caller, "mandateEnded", party, mandate_id, mandatary=mandate.mandatary_id)


def ensure_mandate(tools: Tools, caller: Caller, mandate_id: str) -> None:
    """Raise NotFound where the caller's company has neither granted nor received it; shows nothing."""
    with tools.store.reading() as session:
        _own(session, caller, mandate_id)


def read_mandate(tools: Tools, caller: Caller, mandate_id: str) -> MandateView:
    """One that the caller's company has granted or received. Raises NotFound."""
    company_id = own_company(caller)
    with tools.store.writing() as session:
        mandate = _own(session, caller, mandate_id)
        companies = requests.companies_by_id(session, [mandate.employer_id, mandate.mandatary_id])
        consultations.record(session, tools, caller, "mandate", consultations.of_members("enterpriseNumber", "name"))
        return _view(mandate, company_id, companies)


def _own(session: Session, caller: Caller, mandate_id: str) -> Mandate:
    company_id, mandate = own_company(caller), session.get(Mandate, mandate_id)
    if mandate is None or company_id not in (mandate.employer_id, mandate.mandatary_id):
        raise NotFound("There is no such mandate.")
    if caller.employer_id not in (None, mandate.employer_id):
        raise NotFound("There is no such mandate.")
    return mandate


def _bound(caller: Caller) -> ColumnElement[bool]:
    """Software that acts for one employer alone learns of no other employer of its company."""
    return true() if caller.employer_id is None else col(Mandate.employer_id) == caller.employer_id


def _terms(
    enterprise_number: object, valid_from: object, valid_until: object, today: date
) -> tuple[str, date, date | None]:
    issues: list[Issue] = []
    number, start, end_day = "", today, None
    try:
        if enterprise_number is None:
            raise ValueError("is required")
        try:
            number = parse_enterprise_number(str(enterprise_number))
        except ValueError:
            raise ValueError("must be an enterprise number of ten digits with its check digits") from None
    except ValueError as wrong:
        issues.append(Issue("enterpriseNumber", str(wrong)))
    days: dict[str, date] = {}
    for name, value in (("from", valid_from), ("until", valid_until)):
        if value is None:
            continue
        try:
            days[name] = date.fromisoformat(str(value)) if len(str(value)) == 10 else _no_day()
        except ValueError:
            issues.append(Issue(name, "must be a date such as 2031-11-24"))
    start, end_day = days.get("from", today), days.get("until")
    if end_day is not None and end_day < start:
        issues.append(Issue("until", "must not be before its beginning"))
    if issues:
        raise InvalidInput("The mandate is not accepted.", issues=issues)
    return number, start, end_day


def _no_day() -> date:
    raise ValueError("not a day")


def _granted(session: Session, company_id: str, number: str, start: date, end_day: date | None) -> Mandate:
    company = session.exec(select(Company).where(Company.enterprise_number == number)).one_or_none()
    if company is None or company.id == company_id:
        raise InvalidInput("The mandate is not accepted.", issues=[_OWN if company else _UNKNOWN])
    # The employer's row is locked, so that two grants at once cannot both find nothing.
    session.exec(select(Company).where(Company.id == company_id).with_for_update(key_share=True)).one()
    same = select(Mandate).where(Mandate.employer_id == company_id, Mandate.mandatary_id == company.id)
    for other in session.exec(same):
        ends_before = other.valid_until is not None and other.valid_until < start
        begins_after = end_day is not None and other.valid_from > end_day
        if not ends_before and not begins_after:
            raise InvalidInput("The mandate is not accepted.", issues=[Issue("enterpriseNumber", "is there already")])
    mandate = Mandate(
        id=uuid.uuid4().hex, employer_id=company_id, mandatary_id=company.id, valid_from=start, valid_until=end_day
    )
    session.add(mandate)
    session.flush()
    return mandate


def _view(mandate: Mandate, company_id: str, companies: dict[str, Company]) -> MandateView:
    granted = mandate.employer_id == company_id
    other = companies[mandate.mandatary_id if granted else mandate.employer_id]
    return MandateView(
        id=mandate.id,
        enterprise_number=other.enterprise_number,
        name=other.name,
        direction="granted" if granted else "received",
        valid_from=mandate.valid_from,
        valid_until=mandate.valid_until,
    )
