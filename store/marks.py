"""Marks by which a document is known again in other requests: keyed hashes, never what they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from domain.request import Outcome
from store.document_tables import MarkRow
from store.tables import Request

_GONE = (Outcome.WITHDRAWN.value, Outcome.EXPIRED.value)
#: More than these are not told.
MOST = 50
#: Nor are more than these looked at: a page that everybody sends says nothing.
MOST_LOOKED_AT = 200
#: The source of the number that was typed.
STATED = "stated"


def file_under(session: Session, row: Request, source: str, marks: Iterable[str]) -> None:
    """File a request anew under the marks of one source."""
    drop(session, row.id, source)
    for mark in sorted(set(marks)):
        session.add(MarkRow(mark=mark, company_id=row.company_id, request_id=row.id, source=source))
    session.flush()


def add(session: Session, row: Request, source: str, mark: str) -> None:
    """One more mark of a source."""
    if session.get(MarkRow, (mark, row.company_id, row.id, source)) is None:
        session.add(MarkRow(mark=mark, company_id=row.company_id, request_id=row.id, source=source))


def drop(session: Session, request_id: str, source: str) -> None:
    """Forget the marks of a source."""
    session.execute(delete(MarkRow).where(col(MarkRow.request_id) == request_id, col(MarkRow.source) == source))


def same_document(session: Session, row: Request, *, everywhere: bool) -> Sequence[Request]:
    """Other requests with the same page or document number, oldest first: of its company, or `everywhere`.

    Of its company without the withdrawn and expired: whoever asks again has done nothing strange.
    """
    mine = select(MarkRow.mark).where(MarkRow.request_id == row.id)
    alike = select(MarkRow.request_id).where(col(MarkRow.mark).in_(mine), MarkRow.request_id != row.id)
    if not everywhere:
        alike = alike.where(MarkRow.company_id == row.company_id)
    query = select(Request).where(col(Request.id).in_(alike.distinct().limit(MOST_LOOKED_AT)))
    if not everywhere:
        query = query.where(col(Request.outcome).is_(None) | col(Request.outcome).not_in(_GONE))
    return session.exec(query.order_by(col(Request.created_at), col(Request.id)).limit(MOST)).all()
