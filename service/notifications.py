"""What the caller has been told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from access import policy
from access.caller import Caller
from domain.errors import NotAllowed, NotFound
from service import consultations, cursors, rows
from service.context import Tools
from service.listing import openable
from service.views import NotificationLine, Slice
from store.tables import NotificationRow, Person, Request

#: So many at once are read for a stream that has much to make up for.
AT_ONCE = 50


def list_notifications(
    tools: Tools, caller: Caller, *, unread: bool = False, page_size: int = 20, cursor: str | None = None
) -> Slice[NotificationLine]:
    """The caller's notifications of requests they may still open, newest first."""
    _told_to(caller)
    with tools.store.writing() as session:
        mine = _mine(tools, caller)
        still_unread = mine.where(col(NotificationRow.read_at).is_(None))
        unread_count = _count(session, still_unread)
        query = still_unread if unread else mine
        total = unread_count if unread else _count(session, mine)
        if cursor is not None:
            # What the cursor names may have been read since: its place in the order stays.
            query = query.where(NotificationRow.seq < _own(session, caller, cursor).seq)
        found = session.exec(query.order_by(col(NotificationRow.seq).desc()).limit(page_size + 1)).all()
        shown = found[:page_size]
        items = _lines(session, tools, caller, shown)
        return Slice(items, total, shown[-1][0].id if len(found) > page_size else None, unread_count)


def mark_read(tools: Tools, caller: Caller, notification_id: str) -> None:
    """Note that the caller has read it; again is no error. Raises NotFound for anybody else's."""
    _told_to(caller)
    with tools.store.writing() as session:
        line = _openable(session, tools, caller, notification_id)
        if line.read_at is None:
            line.read_at = tools.now()


def mark_all_read(tools: Tools, caller: Caller, newest_id: str) -> None:
    """Note that the caller has read everything up to this one; what came later stays unread. Raises NotFound."""
    _told_to(caller)
    with tools.store.writing() as session:
        newest = _openable(session, tools, caller, newest_id)
        unread = (
            col(NotificationRow.person_id) == caller.person_id,
            col(NotificationRow.seq) <= newest.seq,
            col(NotificationRow.read_at).is_(None),
        )
        session.execute(update(NotificationRow).where(*unread).values(read_at=tools.now()))


def ensure_told(tools: Tools, caller: Caller, notification_id: str) -> None:
    """Raise NotFound where it was not told to the caller, or its request is no longer theirs; shows nothing."""
    with tools.store.reading() as session:
        _openable(session, tools, caller, notification_id)


def position(tools: Tools, caller: Caller, last_id: str | None) -> int:
    """Where a stream goes on: after the notification last received, or after the newest where it is not known."""
    _told_to(caller)
    with tools.store.reading() as session:
        line = session.get(NotificationRow, last_id) if last_id else None
        if line is not None and line.person_id == caller.person_id:
            return line.seq
        return session.get_one(Person, caller.person_id).told


def told_since(tools: Tools, caller: Caller, seq: int) -> tuple[tuple[NotificationLine, ...], int | None]:
    """What was told after `seq`, oldest first, with the place to go on from: None where there is nothing more.

    Raises NotAllowed where the caller has left the company meanwhile.
    """
    with tools.store.reading() as session:
        person = session.get_one(Person, caller.person_id)
        if person.company_id != caller.company_id or person.state == "removed":
            raise NotAllowed("You are not known here: ask the main access administrator of your company.")
        if person.told <= seq:
            return (), None
    with tools.store.writing() as session:
        newer = _mine(tools, caller).where(NotificationRow.seq > seq).order_by(col(NotificationRow.seq))
        found = session.exec(newer.limit(AT_ONCE)).all()
        reached = found[-1][0].seq if found else seq
        going_on = reached if len(found) == AT_ONCE else max(person.told, reached)
        return _lines(session, tools, caller, found), going_on


def _told_to(caller: Caller) -> None:
    if not policy.asks(caller):
        raise NotAllowed("Notifications are for the people of a company.")


def _openable(session: Session, tools: Tools, caller: Caller, notification_id: str) -> NotificationRow:
    line = session.get(NotificationRow, notification_id)
    if line is None or line.person_id != caller.person_id:
        raise NotFound("There is no such notification.")
    rows.visible(session, caller, line.request_id, tools.today())
    return line


def _mine(tools: Tools, caller: Caller) -> Select[NotificationRow, Request]:
    return (
        select(NotificationRow, Request)
        .join(Request, col(Request.id) == NotificationRow.request_id)
        .where(NotificationRow.person_id == caller.person_id, openable(caller, tools.today()))
    )


def _count(session: Session, query: Select[NotificationRow, Request]) -> int:
    counted: int = session.execute(query.with_only_columns(func.count())).scalar_one()
    return counted


def _own(session: Session, caller: Caller, cursor: str) -> NotificationRow:
    line = session.get(NotificationRow, cursors.identifier(cursor))
    if line is None or line.person_id != caller.person_id:
        raise cursors.refused()
    return line


def _lines(
    session: Session, tools: Tools, caller: Caller, found: Sequence[tuple[NotificationRow, Request]]
) -> tuple[NotificationLine, ...]:
    """Each with the request it is about; what is shown is logged."""
    distinct = {request.id: request for _, request in found}
    if not distinct:
        return ()
    seen = {view.id: view for view in rows.views(session, list(distinct.values()), caller)}
    shown = consultations.Shown()
    for request in distinct.values():
        shown |= consultations.of_request(request.id, request.ssin, "summary")
    consultations.record(session, tools, caller, "notifications", shown)
    latest = _latest(session, list(distinct))
    return tuple(
        NotificationLine(
            line.id,
            line.kind,
            line.at,
            line.read_at is not None,
            seen[request.id],
            frozenset(kind for (of, kind), at in latest.items() if of == request.id and at > line.at),
        )
        for line, request in found
    )


def _latest(session: Session, request_ids: Sequence[str]) -> dict[tuple[str, str], datetime]:
    """When each kind was last told, by request and kind."""
    last = func.max(col(NotificationRow.at), type_=NotificationRow.__table__.c.at.type)  # type: ignore[attr-defined]
    query = (
        select(col(NotificationRow.request_id), col(NotificationRow.kind), last)
        .where(col(NotificationRow.request_id).in_(request_ids))
        .group_by(col(NotificationRow.request_id), col(NotificationRow.kind))
    )
    return {(request_id, kind): at for request_id, kind, at in session.exec(query)}
