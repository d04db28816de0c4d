"""Pages of documents as agents look at them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict

from api.dependencies import DeskReader, DeskRequest, PlainQuery, TheHouse, document_kind, page_number
from service import viewing

router = APIRouter(prefix="/v1/desk/requests", tags=["desk"])


class PageView(BaseModel):
    """How a page is looked at: at most so many pixels wide, turned clockwise by so many degrees, made level or not."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    width: Literal["400", "800", "1600", "3200"] = "1600"
    turn: Literal["0", "90", "180", "270"] = "0"
    straight: Literal["true", "false"] = "false"


@router.get(
    "/{request_id}/documents/{kind}/pages/{number}",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)
async def view_page(
    house: TheHouse,
    caller: DeskReader,
    request_id: DeskRequest,
    kind: str,
    number: str,
    _plain: PlainQuery,
    query: Annotated[PageView, Query()],
) -> Response:
    """One page to look at, with the agent's name and the time drawn across it."""
    wanted = document_kind(kind)
    content = await run_in_threadpool(
        viewing.view_page,
        house.tools,
        caller,
        request_id,
        wanted,
        page_number(number),
        width=int(query.width),
        turn=int(query.turn),
        straight=query.straight == "true",
    )
    headers = {
        "Cache-Control": "no-store, private",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
    }
    return Response(content, media_type="image/jpeg", headers=headers)
