"""Opening, reading, listing and withdrawing requests, and their history."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from access.caller import Caller
from api import schemas
from api.body import parse, read_json
from api.conditions import IfMatch, OnceIfMatch, OnceOnly
from api.dependencies import (
    Language,
    NoQuery,
    OwnRequest,
    PlainQuery,
    ReadableRequest,
    Reader,
    Requester,
    TheHouse,
)
from api.documentation import json_body, refuses
from api.inputs import NewRequest, Objection, Paging, RequestsQuery, RequestsSearch
from api.render import answered, history_answer, next_page, request_answer, request_response
from domain.errors import InvalidInput
from locales.language import best_language
from runtime.house import House
from service import objections, requests
from service.views import RequestView, Slice

router = APIRouter(prefix="/v1/requests", tags=["requests"])


@router.post(
    "",
    status_code=201,
    response_model=schemas.RequestAnswer,
    openapi_extra=json_body(NewRequest, required=False) | refuses("resourceNotFound"),
)
async def open_request(
    request: Request, house: TheHouse, caller: Requester, language: Language, _query: NoQuery, conditions: OnceOnly
) -> Response:
    """Open a draft. The body may be left out; `language` then is the best of Accept-Language, else French."""
    body = parse(NewRequest, await read_json(request, optional=True))
    accepted = await run_in_threadpool(
        requests.open_request,
        house.tools,
        conditions.of(caller),
        on_behalf_of=body.on_behalf_of,
        reference=body.reference,
        language=body.language or best_language(request.headers.get("accept-language")),
    )
    house.send(accepted.outgoing)
    return request_response(accepted.view, language, status=201)


@router.get("", response_model=schemas.RequestPage)
async def list_requests(
    request: Request,
    house: TheHouse,
    caller: Requester,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[RequestsQuery, Query()],
) -> Response:
    """The caller's requests, or their whole company's; without `address` and `documents`."""
    found = await run_in_threadpool(_listed, house, caller, query)
    items = [request_answer(view, language, whole=False) for view in found.items]
    return answered(schemas.RequestPage(items=items, next=next_page(request, found), total=found.total), language)


@router.post("/query", response_model=schemas.RequestQueryPage, openapi_extra=json_body(RequestsSearch, required=False))
async def query_requests(
    request: Request, house: TheHouse, caller: Requester, language: Language, _query: NoQuery
) -> Response:
    """The same with `q`, a name, which may stand in no address; `nextCursor` is to be sent back as `cursor`."""
    body = parse(RequestsSearch, await read_json(request, optional=True))
    try:
        found = await run_in_threadpool(_listed, house, caller, body, tuple((body.q or "").split()))
    except InvalidInput as wrong:
        raise InvalidInput(wrong.detail, issues=[replace(issue, where="body") for issue in wrong.issues]) from None
    items = [request_answer(view, language, whole=False) for view in found.items]
    page = schemas.RequestQueryPage(items=items, next_cursor=found.cursor, total=found.total)
    return answered(page, language)


@router.api_route("/query", methods=["GET", "PUT", "DELETE"], include_in_schema=False)
async def no_request_is_called_query() -> Response:
    """The query is a POST; without this, the others would look for a request of that name."""
    raise HTTPException(405)


def _listed(
    house: House, caller: Caller, query: RequestsQuery | RequestsSearch, words: tuple[str, ...] = ()
) -> Slice[RequestView]:
    return requests.list_requests(
        house.tools,
        caller,
        scope="company" if query.requester else query.scope or "mine",
        requester=query.requester,
        phase=query.phase,
        outcome=query.outcome,
        sort=query.sort or "-updatedAt",
        page_size=query.page_size or 20,
        cursor=query.cursor,
        words=words,
    )


@router.get("/{request_id}", response_model=schemas.RequestAnswer)
async def read_request(
    house: TheHouse, caller: Reader, request_id: ReadableRequest, language: Language, _query: NoQuery
) -> Response:
    """One request. Agents read every one that was submitted."""
    return request_response(await run_in_threadpool(requests.read_request, house.tools, caller, request_id), language)


@router.delete("/{request_id}", status_code=204, openapi_extra=refuses("requestClosed", "rulingAccepted"))
async def withdraw(
    house: TheHouse, caller: Requester, request_id: OwnRequest, _query: NoQuery, conditions: IfMatch
) -> Response:
    """Withdraw a request; refused once a closing ruling is accepted or it is closed."""
    accepted = await run_in_threadpool(requests.withdraw, house.tools, conditions.of(caller), request_id)
    house.send(accepted.outgoing)
    return Response(status_code=204)


@router.post(
    "/{request_id}/objection",
    status_code=202,
    response_model=schemas.RequestAnswer,
    openapi_extra=json_body(Objection) | refuses("alreadySubmitted", "notIdentified"),
)
async def object_to(
    request: Request,
    house: TheHouse,
    caller: Requester,
    request_id: OwnRequest,
    language: Language,
    _query: NoQuery,
    conditions: OnceIfMatch,
) -> Response:
    """Say that the number is not that of the company's employee: an agent decides again."""
    body = parse(Objection, await read_json(request))
    accepted = await run_in_threadpool(
        objections.object_to, house.tools, conditions.of(caller), request_id, message=body.message
    )
    house.send(accepted.outgoing)
    return request_response(accepted.view, language, status=202)


@router.get("/{request_id}/history", response_model=schemas.HistoryPage, tags=["history"])
async def read_history(
    request: Request,
    house: TheHouse,
    caller: Reader,
    request_id: ReadableRequest,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[Paging, Query()],
) -> Response:
    """What happened, oldest first. Who the agents are is for agents only."""
    found = await run_in_threadpool(
        requests.read_history, house.tools, caller, request_id, page_size=query.page_size, cursor=query.cursor
    )
    items = [history_answer(line) for line in found.items]
    return answered(schemas.HistoryPage(items=items, next=next_page(request, found), total=found.total), language)
