"""Reading and locking requests' rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import object_session
from sqlmodel import Session, col, select

from domain.errors import NotFound
from domain.identification import Agreement, DecisionRecord
from domain.people import PartialDate, Sex
from domain.statement import (
    API_NAMES,
    PERSONAL_DATA_FIELDS,
    Address,
    Addresses,
    PersonalData,
    Statement,
)
from store.tables import (
    Company,
    HistoryRow,
    IdentificationRow,
    Mandate,
    NotificationRow,
    PageRow,
    Person,
    Request,
    StatementRow,
)
from store.unit_of_work import mark_changed

_ATTRIBUTES = {name: attribute for attribute, name in API_NAMES.items()}


def locked(session: Session, request_id: str) -> Request:
    """The row, held until the transaction ends. Raises NotFound."""
    row = session.exec(select(Request).where(Request.id == request_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound("There is no such request.")
    return row


def changed(row: Request, at: datetime) -> None:
    """Note a change that the requester can see."""
    row.version += 1
    row.desk_version += 1
    row.updated_at = at
    session = object_session(row)
    if session is not None:
        mark_changed(session)  # type: ignore[arg-type]  # every session of ours is SQLModel's


def told(
    session: Session,
    row: Request,
    kind: str,
    *,
    key: str,
    at: datetime,
    by: str | None = None,
    reason: str | None = None,
) -> None:
    """Add an immutable line to the history."""
    mark_changed(session)
    line = HistoryRow(
        id=uuid.uuid4().hex,
        request_id=row.id,
        key=key,
        at=at,
        position=row.version,
        kind=kind,
        by_id=by,
        reason=reason,
    )
    session.add(line)


def notified(session: Session, row: Request, kind: str, *, key: str, at: datetime) -> None:
    """Tell the requester, whoever sent it, and whoever objected."""
    mark_changed(session)
    objector = row.objection["by"] if row.objection else row.requester_id
    for person_id in sorted({row.requester_id, row.sender_id or row.requester_id, objector}):
        # The count is the lock too: a later number is never committed before an earlier one.
        counted = (
            update(Person).where(col(Person.id) == person_id).values(told=Person.told + 1).returning(col(Person.told))
        )
        seq = session.execute(counted, execution_options={"synchronize_session": False}).scalar_one()
        line = NotificationRow(
            id=uuid.uuid4().hex, request_id=row.id, key=key, person_id=person_id, seq=seq, kind=kind, at=at
        )
        session.add(line)


def pages_of(session: Session, request_ids: Iterable[str]) -> dict[str, list[PageRow]]:
    """All pages of some requests, by request id, in order."""
    found: dict[str, list[PageRow]] = {}
    rows = session.exec(
        select(PageRow)
        .where(col(PageRow.request_id).in_(list(request_ids)))
        .order_by(col(PageRow.kind), col(PageRow.number))
    )
    for row in rows:
        found.setdefault(row.request_id, []).append(row)
    return found


def statement_row(session: Session, request_id: str) -> StatementRow:
    """The statement's row, made where there is none."""
    row = session.get(StatementRow, request_id)
    if row is None:
        row = StatementRow(request_id=request_id)
        session.add(row)
    return row


def statements_of(session: Session, request_ids: Iterable[str]) -> dict[str, StatementRow]:
    """Statements by request id."""
    rows = session.exec(select(StatementRow).where(col(StatementRow.request_id).in_(list(request_ids))))
    return {row.request_id: row for row in rows}


def latest_decision(session: Session, request_id: str) -> DecisionRecord | None:
    """What the register answered last on a request; None before the first time."""
    query = select(IdentificationRow).where(
        IdentificationRow.request_id == request_id, col(IdentificationRow.key).startswith("identification")
    )
    row = session.exec(query.order_by(col(IdentificationRow.at).desc()).limit(1)).first()
    if row is None:
        return None
    said = {field: Agreement(code) for field, code in (row.documents or {}).items()}
    return DecisionRecord(row.at, row.finding, row.reason, said)


def people_by_id(session: Session, ids: Iterable[str | None]) -> dict[str, Person]:
    """People by id."""
    wanted = {person_id for person_id in ids if person_id}
    if not wanted:
        return {}
    return {row.id: row for row in session.exec(select(Person).where(col(Person.id).in_(wanted)))}


def companies_by_id(session: Session, ids: Iterable[str | None]) -> dict[str, Company]:
    """Companies by id."""
    wanted = {company_id for company_id in ids if company_id}
    if not wanted:
        return {}
    return {row.id: row for row in session.exec(select(Company).where(col(Company.id).in_(wanted)))}


def mandate_holds(session: Session, employer_id: str, mandatary_id: str, today: date) -> bool:
    """Whether a mandate between the two holds on this Brussels day."""
    rows = session.exec(
        select(Mandate).where(
            Mandate.employer_id == employer_id, Mandate.mandatary_id == mandatary_id, Mandate.valid_from <= today
        )
    )
    return any(row.valid_until is None or row.valid_until >= today for row in rows)


def recipient(session: Session, row: Request, today: date) -> str | None:
    """Where the request's mails go that day: to the address it was sent with, unless that is of somebody who has left.

    Then to whoever is told of the request and belongs to the company, or to a mandatary with a mandate; None where
    nobody does.
    """
    companies = {row.company_id}
    if row.mandatary_id is not None and mandate_holds(session, row.company_id, row.mandatary_id, today):
        companies.add(row.mandatary_id)
    told = [row.requester_id, row.sender_id, row.objection["by"] if row.objection else None]
    people = people_by_id(session, told)
    here = [people[who].email for who in told if who in people and people[who].company_id in companies]
    if not here:
        return None
    theirs = session.exec(select(Person.company_id).where(func.lower(Person.email) == (row.email or "").lower())).all()
    return row.email if row.email and (not theirs or companies & set(theirs)) else here[0]


def personal_data_members(stated: PersonalData) -> dict[str, str]:
    """API members of stated personal data; absent ones left out."""
    members = {name: getattr(stated, _ATTRIBUTES[name]) for name in PERSONAL_DATA_FIELDS}
    return {name: str(value) for name, value in members.items() if value is not None}


def address_members(address: Address) -> dict[str, str]:
    """API members of one address; absent ones left out."""
    names = ("street", "houseNumber", "box", "postalCode", "municipality", "country")
    members = {name: getattr(address, _ATTRIBUTES[name]) for name in names}
    return {name: value for name, value in members.items() if value}


def addresses_members(addresses: Addresses) -> dict[str, Any]:
    """API members of both addresses."""
    members: dict[str, Any] = {"official": address_members(addresses.official)}
    if addresses.contact is not None:
        members["contact"] = address_members(addresses.contact)
    return members


def address_of(members: Mapping[str, str]) -> Address:
    """An address of its API members."""
    return Address(**{_ATTRIBUTES[name]: value for name, value in members.items()})


def statement_of(row: StatementRow | None) -> Statement:
    """The domain's statement of a stored one."""
    personal_data = addresses = None
    if row is not None and row.personal_data is not None:
        values: dict[str, Any] = {_ATTRIBUTES[name]: value for name, value in row.personal_data.items()}
        values["birth_date"] = PartialDate.parse(values["birth_date"])
        if "sex" in values:
            values["sex"] = Sex(values["sex"])
        if "document_expiry" in values:
            values["document_expiry"] = date.fromisoformat(values["document_expiry"])
        personal_data = PersonalData(**values)
    if row is not None and row.address is not None:
        contact = row.address.get("contact")
        addresses = Addresses(address_of(row.address["official"]), address_of(contact) if contact else None)
    return Statement(personal_data, addresses)
