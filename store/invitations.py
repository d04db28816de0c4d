"""Invitation mails: written with the invitation, taken by one worker at a time, settled once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store.invitation_tables import InvitationMailRow
from store.tables import Company, Person

#: A worker has a mail for so long: longer than a mail server may take. One that dies leaves it to the next.
TAKEN_FOR = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A mail that was taken. `recipient` is None where nobody is invited any more; it never leaves the worker."""

    id: str
    language: str
    company: str
    recipient: str | None
    at: datetime


def write(session: Session, *, member_id: str, company_id: str, language: str, at: datetime) -> None:
    """The mail, in the transaction of the invitation."""
    mail_id = uuid.uuid4().hex
    session.add(
        InvitationMailRow(id=mail_id, member_id=member_id, company_id=company_id, language=language, at=at, try_at=at)
    )


def due(session: Session, now: datetime, limit: int = 50) -> list[str]:
    """The ids of those to be tried now, oldest try first."""
    query = select(InvitationMailRow.id).where(InvitationMailRow.state == "pending", InvitationMailRow.try_at <= now)
    return list(session.exec(query.order_by(col(InvitationMailRow.try_at)).limit(limit)))


def take(session: Session, mail_id: str, now: datetime) -> Invitation | None:
    """One of them, for this worker alone; None where another has it, or it is settled."""
    waiting = (InvitationMailRow.id == mail_id, InvitationMailRow.state == "pending", InvitationMailRow.try_at <= now)
    row = session.exec(select(InvitationMailRow).where(*waiting).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    row.attempts += 1
    row.try_at = now + TAKEN_FOR
    person, company = session.get_one(Person, row.member_id), session.get_one(Company, row.company_id)
    invited = person.state == "invited" and person.company_id == row.company_id
    return Invitation(row.id, row.language, company.name, person.email if invited else None, row.at)


def settle(session: Session, mail_id: str, now: datetime, *, state: str, error: str | None) -> None:
    """Sent, or undeliverable and why: for good."""
    row = session.get_one(InvitationMailRow, mail_id)
    if row.state == "pending":
        row.state, row.last_error, row.settled_at = state, error, now


def put_off(session: Session, mail_id: str, now: datetime, *, until: datetime, error: str) -> None:
    """Tried again after a pause that doubles; undeliverable where that would be after `until`."""
    row = session.get_one(InvitationMailRow, mail_id)
    if row.state != "pending":
        return
    row.last_error = error
    row.try_at = now + min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 20), LONGEST_PAUSE)
    if row.try_at > until:
        row.state, row.last_error, row.settled_at = "undeliverable", "deadlinePassed", now
