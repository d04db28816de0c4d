"""The caller's notifications as they come: Server-Sent Events (WHATWG HTML, 9.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from api.dependencies import Language, Listener, Listening, NoQuery, TheHouse, checked_id
from api.render import notification_answer
from domain.errors import InvalidInput, Issue, NissDeskError, NotFound
from runtime.house import House
from service import notifications
from service.views import NotificationLine

router = APIRouter(prefix="/v1/events", tags=["notifications"])
#: A comment this often, so that nothing between the two takes the silence for an end.
HEARTBEAT_SECONDS = 15.0
#: Of a heartbeat: listeners whose turn comes within this share of it are asked about together.
_TOGETHER = 1 / 3
_RETRY_MILLISECONDS = 2_000
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`event: notification`, `data` as in the collection of notifications, `id`",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get("", response_class=StreamingResponse, responses=_STREAM)
async def listen(
    house: TheHouse,
    listener: Listener,
    language: Language,
    _query: NoQuery,
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", description="what came after it is sent first, oldest first")
    ] = None,
) -> StreamingResponse:
    """Notifications as they are told; it ends with the token or session, or with the caller's place in the company."""
    try:
        last = checked_id(last_event_id, "") if last_event_id else None
    except NotFound:
        issue = Issue("Last-Event-ID", "is not one of ours", "header")
        raise InvalidInput("The call is not understood.", issues=[issue]) from None
    seq = await run_in_threadpool(notifications.position, house.tools, listener.caller, last)
    headers = {"X-Accel-Buffering": "no", "Content-Language": language}
    return StreamingResponse(_events(house, listener, language, seq), media_type="text/event-stream", headers=headers)


async def _events(house: House, listener: Listening, language: str, seq: int) -> AsyncIterator[str]:
    yield f"retry: {_RETRY_MILLISECONDS}\n\n"
    caller = listener.caller
    with house.changed(caller.person_id) as news:
        while not news.over:
            try:
                lines, going_on = await run_in_threadpool(notifications.told_since, house.tools, caller, seq)
            except NissDeskError:
                # No longer of the company, or the database is away: whoever comes back is told which.
                return
            # Nothing is told to whom it may be told no longer, however often something is: asked after it was read, so
            # that nothing is told that came after a session or token had ended.
            if not await _goes_on(house, listener, within=0.0):
                return
            for line in lines:
                yield _event(line, language)
            if going_on is not None:
                seq = going_on
                continue
            while not await news.within(_silence(house, listener)):
                if not await _goes_on(house, listener, within=HEARTBEAT_SECONDS * _TOGETHER):
                    return
                yield ":\n\n"


def _silence(house: House, listener: Listening) -> float:
    """Seconds until the next comment, or until the token ends where that is sooner."""
    if listener.until is None:
        return HEARTBEAT_SECONDS
    return min(HEARTBEAT_SECONDS, max(0.0, (listener.until - house.now()).total_seconds()))


async def _goes_on(house: House, listener: Listening, *, within: float) -> bool:
    """Whether the token or session holds; what was found out within so many seconds is believed."""
    if listener.until is not None and house.now() >= listener.until:
        return False
    return await run_in_threadpool(listener.goes_on, within)


def _event(line: NotificationLine, language: str) -> str:
    data = notification_answer(line, language).model_dump_json(by_alias=True, exclude_none=True)
    return f"id: {line.id}\nevent: notification\ndata: {data}\n\n"
