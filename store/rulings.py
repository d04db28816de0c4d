"""Rulings: proposed, confirmed, delivered; at most one at work on a request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from domain.niss import Niss
from domain.request import FactKind, RulingKind
from domain.ruling_state import RulingState
from store.tables import FactRow, IdentificationRow, Request, RulingRow
from store.unit_of_work import mark_changed

#: No longer at work.
_OVER = (RulingState.UNDONE, RulingState.PAST, RulingState.RETURNED)
CLOSING = (RulingKind.IDENTIFY, RulingKind.CREATE_NUMBER, RulingKind.REJECT)


def current(session: Session, row: Request) -> RulingRow | None:
    """The ruling of this review, whatever its state; those of earlier reviews and undone ones do not count."""
    query = (
        select(RulingRow)
        .where(RulingRow.request_id == row.id, col(RulingRow.state).not_in(_OVER))
        .order_by(col(RulingRow.at).desc())
        .limit(1)
    )
    return session.exec(query).one_or_none()


def review_begins(session: Session, row: Request, at: datetime) -> None:
    """A review begins: what was delivered belongs to earlier ones, whatever the clocks of several machines say."""
    row.in_review_since = at
    _delivered_becomes(session, row, RulingState.PAST)


def returned(session: Session, row: Request) -> None:
    """The ruling that was delivered could not be carried out: it ends without having changed anything."""
    _delivered_becomes(session, row, RulingState.RETURNED)


def _delivered_becomes(session: Session, row: Request, state: RulingState) -> None:
    mark_changed(session)
    delivered = (col(RulingRow.request_id) == row.id, col(RulingRow.state) == RulingState.DELIVERED)
    session.execute(update(RulingRow).where(*delivered).values(state=state.value))


def accepted(ruling: RulingRow | None) -> bool:
    """Whether a ruling holds: given, and confirmed where it must be."""
    return ruling is not None and ruling.state in ("confirmed", "delivered")


def closing_accepted(session: Session, row: Request) -> bool:
    """Whether an accepted ruling is going to close the request."""
    ruling = current(session, row)
    return ruling is not None and accepted(ruling) and ruling.kind in CLOSING


def cancel(session: Session, row: Request) -> None:
    """Undo whatever ruling waits; one already delivered stays as it is."""
    ruling = current(session, row)
    if ruling is not None and ruling.state != "delivered":
        ruling.state = "undone"


def due(session: Session, now: datetime, limit: int = 100) -> list[RulingRow]:
    """Confirmed rulings whose undo time is over."""
    query = select(RulingRow).where(RulingRow.state == "confirmed", col(RulingRow.deliver_at) <= now).limit(limit)
    return list(session.exec(query))


def ruled_out(session: Session, request_id: str) -> frozenset[Niss]:
    """Whom earlier rulings to create a number have ruled out: the file shows no more than it can hold at a time.

    They count until the person is looked for anew, or the statement was answered for or objected to since.
    """
    looked_for = select(func.max(IdentificationRow.at)).where(
        IdentificationRow.request_id == request_id, col(IdentificationRow.key).startswith("identification")
    )
    anew = (FactKind.INFORMATION_ADDED, FactKind.OBJECTED)
    answered = select(func.max(FactRow.at)).where(FactRow.request_id == request_id, col(FactRow.kind).in_(anew))
    since = [at for query in (looked_for, answered) for at in session.exec(query) if at is not None]
    earlier = select(RulingRow).where(
        RulingRow.request_id == request_id,
        RulingRow.kind == RulingKind.CREATE_NUMBER,
        col(RulingRow.state).in_((RulingState.PAST, RulingState.RETURNED)),
    )
    if since:
        earlier = earlier.where(RulingRow.at >= max(since))
    return frozenset(Niss.parse(ssin) for each in session.exec(earlier) for ssin in each.body.get("differentFrom", ()))
