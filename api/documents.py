"""Scanned documents: uploading, removing, and looking at a page."""

from __future__ import annotations

from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import schemas
from api.conditions import IfMatch
from api.dependencies import (
    Language,
    NoQuery,
    OwnRequest,
    ReadableRequest,
    Reader,
    Requester,
    TheHouse,
    document_kind,
    page_number,
)
from api.documentation import refuses, upload_body
from api.render import request_response
from api.upload import read_document
from service import steps

router = APIRouter(prefix="/v1/requests/{request_id}/documents", tags=["documents"])


@router.put(
    "/{kind}",
    response_model=schemas.RequestAnswer,
    openapi_extra=upload_body() | refuses("requestClosed", "alreadySubmitted", "notAskedFor"),
)
async def upload_document(
    request: Request,
    house: TheHouse,
    caller: Requester,
    request_id: OwnRequest,
    kind: str,
    language: Language,
    _query: NoQuery,
    conditions: IfMatch,
) -> Response:
    """Put a document of this kind in place of the former one: every page is decoded and encoded again."""
    wanted = document_kind(kind)
    async with read_document(request, house.uploads) as form:
        upload = partial(
            steps.upload_document,
            house.tools,
            conditions.of(caller),
            request_id,
            wanted,
            pages=form.pages,
            backs=form.backs,
            duplex=bool(form.duplex),
        )
        accepted = await to_thread.run_sync(upload, limiter=house.upload_threads)
    house.send(accepted.outgoing)
    return request_response(accepted.view, language)


@router.delete("/{kind}", status_code=204, openapi_extra=refuses("requestClosed", "alreadySubmitted"))
async def remove_document(
    house: TheHouse, caller: Requester, request_id: OwnRequest, kind: str, _query: NoQuery, conditions: IfMatch
) -> Response:
    """Take a document out again, before the request is sent."""
    accepted = await run_in_threadpool(
        steps.remove_document, house.tools, conditions.of(caller), request_id, document_kind(kind)
    )
    house.send(accepted.outgoing)
    return Response(status_code=204)


@router.get("/{kind}/pages/{number}", response_class=Response, responses={200: {"content": {"image/*": {}}}})
async def read_page(
    house: TheHouse, caller: Reader, request_id: ReadableRequest, kind: str, number: str, _query: NoQuery
) -> Response:
    """One page as the image that was made of it."""
    wanted = document_kind(kind)
    at = page_number(number)
    media_type, content = await run_in_threadpool(steps.read_page, house.tools, caller, request_id, wanted, at)
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"}
    return Response(content, media_type=media_type, headers=headers)
