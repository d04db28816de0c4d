"""The agents' desk: queue, file, claim and ruling."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from access.caller import Caller
from api import desk_schemas
from api.audit_inputs import Assignment, Opening
from api.body import judge, no_members, parse, read_json
from api.conditions import IfMatch, OnceIfMatch, OnceOnly
from api.dependencies import (
    Agent,
    Confirmer,
    DeskReader,
    DeskRequest,
    Language,
    NoQuery,
    PlainQuery,
    Supervisor,
    TheHouse,
)
from api.documentation import OF_BODIES, json_body, refuses
from api.inputs import CreateNumber, Identify, QueueQuery, RegisterSearch, Reject, Replacement, RequestInformation
from api.render import answered, candidate_answers, desk_answer, desk_response, extent_member, next_page
from domain.replacement import read_replacement
from runtime.house import House
from service import desk, replacements, rulings, search, supervision
from service.views import Accepted, DeskView

#: Seconds that a call waits for the story to carry its ruling out: while Temporal is away, nobody waits longer.
EFFECT_WITHIN = 1.5
router = APIRouter(prefix="/v1/desk/requests", tags=["desk"])
register = APIRouter(prefix="/v1/desk/register", tags=["desk"])
counts = APIRouter(prefix="/v1/desk/statistics", tags=["desk"])


@router.get("", response_model=desk_schemas.DeskPage)
async def queue(
    request: Request,
    house: TheHouse,
    caller: DeskReader,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[QueueQuery, Query()],
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
    house: TheHouse, caller: DeskReader, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """The file with its candidates, searched now."""
    return desk_response(await run_in_threadpool(desk.read_file, house.tools, caller, request_id), language)


@router.post("/{request_id}/opening", response_model=desk_schemas.DeskAnswer, openapi_extra=json_body(Opening))
async def open_file(
    request: Request, house: TheHouse, caller: DeskReader, request_id: DeskRequest, language: Language, _query: NoQuery
) -> Response:
    """The file of a case that is not in one's queue, with the reason for opening it, which is noted."""
    body = parse(Opening, await read_json(request))
    view = await run_in_threadpool(desk.read_file, house.tools, caller, request_id, reason=body.reason)
    return desk_response(view, language)


@router.put(
    "/{request_id}/assignment",
    response_model=desk_schemas.DeskAnswer,
    openapi_extra=json_body(Assignment) | refuses("requestClosed", "notInReview"),
)
async def assign(
    request: Request,
    house: TheHouse,
    caller: Supervisor,
    request_id: DeskRequest,
    language: Language,
    _query: NoQuery,
    conditions: IfMatch,
) -> Response:
    """Give the case to an agent, whoever holds it."""
    body = parse(Assignment, await read_json(request))
    view = await run_in_threadpool(
        supervision.assign, house.tools, conditions.of(caller), request_id, assignee=body.assignee
    )
    return desk_response(view, language)


@router.post(
    "/{request_id}/claim",
    response_model=desk_schemas.DeskAnswer,
    openapi_extra=refuses("requestClosed", "notInReview", "claimedByAnother", *OF_BODIES),
)
async def claim(
    request: Request,
    house: TheHouse,
    caller: Agent,
    request_id: DeskRequest,
    language: Language,
    _query: NoQuery,
    conditions: IfMatch,
) -> Response:
    """Take or renew the lease."""
    await no_members(request)
    view = await run_in_threadpool(desk.claim, house.tools, conditions.of(caller), request_id)
    return desk_response(view, language)


@router.delete("/{request_id}/claim", status_code=204, openapi_extra=refuses("claimedByAnother"))
async def release(
    house: TheHouse, caller: Agent, request_id: DeskRequest, _query: NoQuery, conditions: IfMatch
) -> Response:
    """Give the lease back; no error where nobody holds it."""
    await run_in_threadpool(desk.release, house.tools, conditions.of(caller), request_id)
    return Response(status_code=204)


@router.post(
    "/{request_id}/ruling",
    status_code=202,
    response_model=desk_schemas.DeskAnswer,
    openapi_extra=json_body(Identify, CreateNumber, RequestInformation, Reject)
    | refuses(
        "requestClosed",
        "notInReview",
        "claimedByAnother",
        "rulingPending",
        "personDeceased",
        "minimumDataMissing",
        "lookAlikesNotRuledOut",
        "questionRoundsUsed",
    ),
)
async def rule(
    request: Request,
    house: TheHouse,
    caller: Agent,
    request_id: DeskRequest,
    language: Language,
    _query: NoQuery,
    conditions: OnceIfMatch,
) -> Response:
    """Decide; it can be undone until it is delivered."""
    members = await read_json(request)
    accepted = await run_in_threadpool(rulings.rule, house.tools, conditions.of(caller), request_id, members)
    return desk_response(await _delivered(house, caller, request_id, accepted), language, status=202)


@router.post(
    "/{request_id}/ruling/confirmation",
    status_code=202,
    response_model=desk_schemas.DeskAnswer,
    openapi_extra=refuses("requestClosed", "notInReview", "noRuling", "personDeceased", *OF_BODIES),
)
async def confirm(
    request: Request,
    house: TheHouse,
    caller: Confirmer,
    request_id: DeskRequest,
    language: Language,
    _query: NoQuery,
    conditions: OnceIfMatch,
) -> Response:
    """A second agent agrees, who needs no claim."""
    await no_members(request)
    accepted = await run_in_threadpool(rulings.confirm, house.tools, conditions.of(caller), request_id)
    return desk_response(await _delivered(house, caller, request_id, accepted), language, status=202)


@router.delete(
    "/{request_id}/ruling", status_code=204, openapi_extra=refuses("requestClosed", "notInReview", "noRuling")
)
async def undo(
    house: TheHouse, caller: Confirmer, request_id: DeskRequest, _query: NoQuery, conditions: IfMatch
) -> Response:
    """Take a ruling back before it is delivered."""
    await run_in_threadpool(rulings.undo, house.tools, conditions.of(caller), request_id)
    return Response(status_code=204)


async def _delivered(house: House, caller: Caller, request_id: str, accepted: Accepted[DeskView]) -> DeskView:
    """The file to show. A ruling that is delivered with its call has its effect in it, unless that takes too long."""
    house.send(accepted.outgoing)
    if accepted.outgoing and await house.wait_until_carried_out(request_id, EFFECT_WITHIN):
        return await run_in_threadpool(desk.read_file, house.tools, caller, request_id)
    return accepted.view


@counts.get("", response_model=desk_schemas.StatisticsAnswer)
async def statistics(house: TheHouse, caller: Supervisor, language: Language, _query: NoQuery) -> Response:
    """How much waits at the desk, and what has come out in the last 30 days: counts and ages, nobody's data."""
    found = await run_in_threadpool(supervision.statistics, house.tools, caller)
    return answered(desk_schemas.StatisticsAnswer(**asdict(found)), language)


@register.post(
    "/replacement",
    response_model=desk_schemas.ReplacementAnswer,
    openapi_extra=json_body(Replacement) | refuses("personDeceased", "alreadyReplaced"),
)
async def replace_number(
    request: Request, house: TheHouse, caller: Agent, language: Language, _query: NoQuery, once: OnceOnly
) -> Response:
    """Two numbers of one person: one leads to the other from now on, and whoever was given it is told."""
    members = await read_json(request)
    judge(Replacement, members, read_replacement)
    found = await run_in_threadpool(replacements.replace_number, house.tools, once.of(caller), members)
    answer = desk_schemas.ReplacementAnswer(
        ssin=found.ssin.digits,
        ssin_formatted=found.ssin.formatted,
        replaced_by=found.replaced_by.digits,
        replaced_by_formatted=found.replaced_by.formatted,
        requests=found.requests,
    )
    return answered(answer, language)


@register.post("/query", response_model=desk_schemas.CandidatePage, openapi_extra=json_body(RegisterSearch))
async def search_register(
    request: Request, house: TheHouse, caller: Agent, language: Language, _query: NoQuery
) -> Response:
    """Search the register by hand: by a name, with or without a birth date, or by a number; at most 50.

    `reason` or `requestId` say why; the search is noted with them.
    """
    members = await read_json(request)
    judge(RegisterSearch, members, partial(search.read_search, today=house.tools.today()))
    why = {"reason": members.get("reason"), "request_id": members.get("requestId")}
    found = await run_in_threadpool(search.search_register, house.tools, caller, members, **why)
    items = candidate_answers(found.candidates, language)
    page = desk_schemas.CandidatePage(items=items, total=len(items), extent=extent_member(found.extent))
    return answered(page, language)
