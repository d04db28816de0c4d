"""Consultations are kept for ten years; then they go, seal by seal, and the seals stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from store.logbook import ConsultationRow, ConsultedRow, ErasedSubjectRow, SealRow
from store.seals import read_members
from store.unit_of_work import Store

#: A day more than ten years with three leap years: the triggers, which count calendar years, then agree.
KEPT = timedelta(days=3654)
_SEALS_AT_ONCE = 100


def expire(store: Store, now: datetime) -> int:
    """Delete the rows of seals that are older than ten years; how many went. Again deletes nothing."""
    gone, after = 0, 0
    while True:
        with store.writing() as session:
            seals = _old(session, now - KEPT, after)
            if not seals:
                forgotten = delete(ErasedSubjectRow).where(col(ErasedSubjectRow.at) < now - KEPT)
                session.execute(forgotten)
                return gone
            for seal in seals:
                gone += _delete(session, seal)
            after = seals[-1].number


def _old(session: Session, before: datetime, after: int) -> list[SealRow]:
    query = select(SealRow).where(SealRow.at < before, SealRow.number > after).order_by(col(SealRow.number))
    return list(session.exec(query.limit(_SEALS_AT_ONCE)))


def _delete(session: Session, seal: SealRow) -> int:
    gone = 0
    for first, last in read_members(seal.members):
        # The index first: its trigger looks at the row.
        session.execute(delete(ConsultedRow).where(col(ConsultedRow.consultation_id).between(first, last)))
        rows = delete(ConsultationRow).where(col(ConsultationRow.id).between(first, last))
        gone += len(session.execute(rows.returning(col(ConsultationRow.id))).all())
    return gone
