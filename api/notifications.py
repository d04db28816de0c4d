"""What the caller has been told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import schemas
from api.body import no_members
from api.dependencies import Language, NoQuery, PlainQuery, Requester, TheHouse, checked_id, house_of
from api.documentation import OF_BODIES, refuses
from api.inputs import NotificationsQuery
from api.render import answered, next_page, notification_answer
from service import notifications

router = APIRouter(prefix="/v1/notifications", tags=["notifications"])


@router.get("", response_model=schemas.NotificationPage)
async def list_notifications(
    request: Request,
    house: TheHouse,
    caller: Requester,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[NotificationsQuery, Query()],
) -> Response:
    """The caller's notifications, newest first."""
    found = await run_in_threadpool(
        notifications.list_notifications,
        house.tools,
        caller,
        unread=query.unread,
        page_size=query.page_size,
        cursor=query.cursor,
    )
    page = schemas.NotificationPage(
        items=[notification_answer(line, language) for line in found.items],
        next=next_page(request, found),
        total=found.total,
        unread_count=found.unread,
    )
    return answered(page, language)


async def own_notification(request: Request, caller: Requester, notification_id: str) -> str:
    """The id of a notification that was told to the caller."""
    found = checked_id(notification_id, "There is no such notification.")
    await run_in_threadpool(notifications.ensure_told, house_of(request).tools, caller, found)
    return found


OwnNotification = Annotated[str, Depends(own_notification)]


@router.post("/{notification_id}/read", status_code=204, openapi_extra=refuses(*OF_BODIES))
async def mark_read(
    request: Request, house: TheHouse, caller: Requester, notification_id: OwnNotification, _query: NoQuery
) -> Response:
    """Note that the caller has read it; again is no error."""
    await no_members(request)
    await run_in_threadpool(notifications.mark_read, house.tools, caller, notification_id)
    return Response(status_code=204)
