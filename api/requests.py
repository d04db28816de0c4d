"""Opening, reading, listing and withdrawing requests, and their history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import schemas
from api.body import parse, read_json
from api.dependencies import Language, NoQuery, OwnRequest, ReadableRequest, Reader, Requester, TheHouse
from api.documentation import json_body
from api.inputs import NewRequest, Paging, RequestsQuery
from api.language import LANGUAGES, best_language
from api.render import answered, history_answer, next_page, request_answer, request_response
from service import requests

router = APIRouter(prefix="/v1/requests", tags=["requests"])


@router.post(
    "", status_code=201, response_model=schemas.RequestAnswer, openapi_extra=json_body(NewRequest, required=False)
)
async def open_request(
    request: Request, house: TheHouse, caller: Requester, language: Language, _query: NoQuery
) -> Response:
    """Open a draft. The body may be left out; `language` then is the best of Accept-Language, else French."""
    body = parse(NewRequest, await read_json(request, optional=True))
    accepted = await run_in_threadpool(
        requests.open_request,
        house.tools,
        caller,
        on_behalf_of=body.on_behalf_of,
        reference=body.reference,
        language=body.language or best_language(request.headers.get("accept-language"), LANGUAGES),
    )
    house.send(accepted.outgoing)
    return request_response(accepted.view, language, status=201)


@router.get("", response_model=schemas.RequestPage)
async def list_requests(
    request: Request, house: TheHouse, caller: Requester, language: Language, query: Annotated[RequestsQuery, Query()]
) -> Response:
    """The caller's requests, or their whole company's; without `address` and `documents`."""
    found = await run_in_threadpool(
        requests.list_requests,
        house.tools,
        caller,
        scope="company" if query.requester else query.scope,
        requester=query.requester,
        phase=query.phase,
        outcome=query.outcome,
        sort=query.sort,
        page_size=query.page_size,
        cursor=query.cursor,
    )
    items = [request_answer(view, language, whole=False) for view in found.items]
    return answered(schemas.RequestPage(items=items, next=next_page(request, found), total=found.total), language)


@router.get("/{request_id}", response_model=schemas.RequestAnswer)
async def read_request(
    house: TheHouse, caller: Reader, request_id: ReadableRequest, language: Language, _query: NoQuery
) -> Response:
    """One request. Agents read every one that was submitted."""
    return request_response(await run_in_threadpool(requests.read_request, house.tools, caller, request_id), language)


@router.delete("/{request_id}", status_code=204)
async def withdraw(house: TheHouse, caller: Requester, request_id: OwnRequest, _query: NoQuery) -> Response:
    """Withdraw a request; refused once a closing ruling is accepted or it is closed."""
    accepted = await run_in_threadpool(requests.withdraw, house.tools, caller, request_id)
    house.send(accepted.outgoing)
    return Response(status_code=204)


@router.get("/{request_id}/history", response_model=schemas.HistoryPage, tags=["history"])
async def read_history(
    request: Request,
    house: TheHouse,
    caller: Reader,
    request_id: ReadableRequest,
    language: Language,
    query: Annotated[Paging, Query()],
) -> Response:
    """What happened, oldest first. Who the agents are is for agents only."""
    found = await run_in_threadpool(
        requests.read_history, house.tools, caller, request_id, page_size=query.page_size, cursor=query.cursor
    )
    items = [history_answer(line) for line in found.items]
    return answered(schemas.HistoryPage(items=items, next=next_page(request, found), total=found.total), language)
