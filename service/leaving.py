"""Whoever leaves a company: a colleague takes over what is open, and what they have not read yet."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from domain.request import Phase
from store import requests
from store.tables import NotificationRow, Person, Request


def take_over(session: Session, leaving: Person, colleague: Person, at: datetime) -> None:
    """Give drafts and requests under way, and unread notifications, of the one to the other; all of one company.

    What is closed stays under the name of whoever asked. Where a mail would have gone to the one, it goes to the other.
    """
    company_id = leaving.company_id
    own = or_(Request.company_id == company_id, Request.mandatary_id == company_id)
    theirs = or_(Request.requester_id == leaving.id, Request.sender_id == leaving.id)
    query = select(Request).where(own, theirs, Request.phase != Phase.CLOSED).order_by(col(Request.id))
    for row in session.exec(query.with_for_update()):
        if row.requester_id == leaving.id:
            row.requester_id = colleague.id
        if row.sender_id == leaving.id:
            row.sender_id = colleague.id
        if row.email is not None and row.email.lower() == leaving.email.lower():
            row.email = colleague.email
        requests.changed(row, at)
    session.flush()
    unread = (
        select(NotificationRow)
        .join(Request, col(Request.id) == NotificationRow.request_id)
        .where(NotificationRow.person_id == leaving.id, col(NotificationRow.read_at).is_(None), own)
    )
    for line in session.exec(unread.order_by(col(NotificationRow.seq))).all():
        _told_too(session, line, colleague.id)


def _told_too(session: Session, line: NotificationRow, person_id: str) -> None:
    """The same notification for a colleague, unless they were told already."""
    same = (
        NotificationRow.request_id == line.request_id,
        NotificationRow.key == line.key,
        NotificationRow.person_id == person_id,
    )
    if session.exec(select(NotificationRow.id).where(*same)).first() is not None:
        return
    counted = update(Person).where(col(Person.id) == person_id).values(told=Person.told + 1).returning(col(Person.told))
    seq = session.execute(counted, execution_options={"synchronize_session": False}).scalar_one()
    session.add(
        NotificationRow(
            id=uuid.uuid4().hex,
            request_id=line.request_id,
            key=line.key,
            person_id=person_id,
            seq=seq,
            kind=line.kind,
            at=line.at,
        )
    )
    session.flush()
