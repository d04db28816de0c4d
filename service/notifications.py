"""What the caller has been told."""

from __future__ import annotations

from sqlmodel import Session, col, select

from access.caller import Caller
from domain.errors import InvalidInput, Issue, NotAllowed, NotFound
from service import consultations, rows
from service.context import Tools
from service.views import NotificationLine, Slice
from store.tables import NotificationRow, Request


def list_notifications(
    tools: Tools, caller: Caller, *, unread: bool = False, page_size: int = 20, cursor: str | None = None
) -> Slice[NotificationLine]:
    """The caller's notifications of requests they may still open, newest first."""
    if not caller.asks:
        raise NotAllowed("Notifications are for the people of a company.")
    with tools.store.writing() as session:
        mine = _mine(session, tools, caller)
        unread_count = sum(1 for line, _ in mine if line.read_at is None)
        shown = [(line, request) for line, request in mine if not unread or line.read_at is None]
        start = _after(shown, cursor)
        chosen = shown[start : start + page_size]
        distinct = {request.id: request for _, request in chosen}
        seen = {view.id: view for view in rows.views(session, list(distinct.values()), caller)}
        consultations.record(session, caller, "notifications", at=tools.now(), requests=list(distinct))
        items = tuple(
            NotificationLine(line.id, line.kind, line.at, line.read_at is not None, seen[request.id])
            for line, request in chosen
        )
        following = chosen[-1][0].id if len(shown) > start + page_size else None
        return Slice(items, len(shown), following, unread_count)


def mark_read(tools: Tools, caller: Caller, notification_id: str) -> None:
    """Note that the caller has read it; again is no error. Raises NotFound for anybody else's."""
    if not caller.asks:
        raise NotAllowed("Notifications are for the people of a company.")
    with tools.store.writing() as session:
        line = session.get(NotificationRow, notification_id)
        if line is None or line.person_id != caller.person_id:
            raise NotFound("There is no such notification.")
        rows.visible(session, caller, line.request_id, tools.today())
        if line.read_at is None:
            line.read_at = tools.now()


def _mine(session: Session, tools: Tools, caller: Caller) -> list[tuple[NotificationRow, Request]]:
    found = session.exec(
        select(NotificationRow, Request)
        .join(Request, col(Request.id) == NotificationRow.request_id)
        .where(NotificationRow.person_id == caller.person_id)
        .order_by(col(NotificationRow.at).desc(), col(NotificationRow.id).desc())
    )
    today = tools.today()
    return [(line, request) for line, request in found if rows.sees(session, caller, request, today)]


def _after(lines: list[tuple[NotificationRow, Request]], cursor: str | None) -> int:
    if cursor is None:
        return 0
    for index, (line, _) in enumerate(lines):
        if line.id == cursor:
            return index + 1
    raise InvalidInput("The cursor is not one of ours.", issues=[Issue("cursor", "is not one of ours", "query")])
