"""The agents' desk: queue, file, claim and ruling."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import desk_schemas
from api.body import read_json
from api.dependencies import Agent, DeskRequest, Language, NoQuery, TheHouse
from api.documentation import json_body
from api.inputs import CreateNumber, Identify, QueueQuery, Reject, RequestInformation
from api.render import answered, desk_answer, desk_response, next_page
from service import desk, rulings

router = APIRouter(prefix="/v1/desk/requests", tags=["desk"])


@router.get("", response_model=desk_schemas.DeskPage)
async def queue(
    request: Request, house: TheHouse, caller: Agent, language: Language, query: Annotated[QueueQuery, Query()]
) -> Response:
    """Submitted requests of a phase, oldest first."""
    found = await run_in_threadpool(
        desk.queue,
        house.tools,
        caller,
        phase=query.phase,
        assignee=query.assignee,
        page_size=query.page_size,
        cursor=query.cursor,
    )
    items = [desk_answer(view, language, whole=False) for view in found.items]
    return answered(desk_schemas.DeskPage(items=items, next=next_page(request, found), total=found.total), language)


@router.get("/{request_id}", response_model=desk_schemas.DeskAnswer)
async def read_file(
    house: TheHouse, caller: Agent, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """The file with its candidates, searched now."""
    return desk_response(await run_in_threadpool(desk.read_file, house.tools, caller, request_id), language)


@router.post("/{request_id}/claim", response_model=desk_schemas.DeskAnswer)
async def claim(
    house: TheHouse, caller: Agent, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """Take or renew the lease."""
    return desk_response(await run_in_threadpool(desk.claim, house.tools, caller, request_id), language)


@router.delete("/{request_id}/claim", status_code=204)
async def release(house: TheHouse, caller: Agent, request_id: DeskRequest, _query: NoQuery) -> Response:
    """Give the lease back."""
    await run_in_threadpool(desk.release, house.tools, caller, request_id)
    return Response(status_code=204)


@router.post(
    "/{request_id}/ruling",
    status_code=202,
    response_model=desk_schemas.DeskAnswer,
    openapi_extra=json_body(Identify, CreateNumber, RequestInformation, Reject),
)
async def rule(
    request: Request, house: TheHouse, caller: Agent, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """Decide; it can be undone until it is delivered."""
    members = await read_json(request)
    accepted = await run_in_threadpool(rulings.rule, house.tools, caller, request_id, members)
    house.send(accepted.outgoing)
    return desk_response(accepted.view, language, status=202)


@router.post("/{request_id}/ruling/confirmation", status_code=202, response_model=desk_schemas.DeskAnswer)
async def confirm(
    house: TheHouse, caller: Agent, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """A second agent agrees."""
    accepted = await run_in_threadpool(rulings.confirm, house.tools, caller, request_id)
    house.send(accepted.outgoing)
    return desk_response(accepted.view, language, status=202)


@router.delete("/{request_id}/ruling", status_code=204)
async def undo(house: TheHouse, caller: Agent, request_id: DeskRequest, _query: NoQuery) -> Response:
    """Take a ruling back before it is delivered."""
    await run_in_threadpool(rulings.undo, house.tools, caller, request_id)
    return Response(status_code=204)
