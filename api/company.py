"""The caller's own company: its people and its mandates."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from access import policy
from access.caller import Caller
from api import company_schemas, schemas
from api.body import parse, read_json
from api.conditions import OnceOnly
from api.dependencies import Language, NoQuery, PlainQuery, Requester, TheHouse, checked_id, house_of, requester
from api.documentation import json_body, refuses
from api.inputs import NewMandate, NewMember, NewRole, Paging, Removal
from api.render import answered, company_answer, mandate_answer, member_answer, next_page, trail_page
from service import mandates, members, trail

router = APIRouter(prefix="/v1/company", tags=["company"])


async def administrator(caller: Annotated[Caller, Depends(requester)]) -> Caller:
    """The main access administrator of a company."""
    policy.require_administrator(caller)
    return caller


Administrator = Annotated[Caller, Depends(administrator)]


async def own_member(request: Request, caller: Administrator, member_id: str) -> str:
    """The id of a colleague."""
    found = checked_id(member_id, "There is no such member.")
    await run_in_threadpool(members.ensure_member, house_of(request).tools, caller, found)
    return found


OwnMember = Annotated[str, Depends(own_member)]


async def colleague(request: Request, caller: Requester, member_id: str) -> str:
    """The same, for whoever only reads."""
    return await own_member(request, caller, member_id)


Colleague = Annotated[str, Depends(colleague)]


async def own_mandate(request: Request, caller: Administrator, mandate_id: str) -> str:
    """The id of a mandate that the company has granted or received."""
    found = checked_id(mandate_id, "There is no such mandate.")
    await run_in_threadpool(mandates.ensure_mandate, house_of(request).tools, caller, found)
    return found


OwnMandate = Annotated[str, Depends(own_mandate)]


async def readable_mandate(request: Request, caller: Requester, mandate_id: str) -> str:
    """The same, for whoever only reads."""
    return await own_mandate(request, caller, mandate_id)


ReadableMandate = Annotated[str, Depends(readable_mandate)]


@router.get("", response_model=schemas.CompanyAnswer)
async def read_company(house: TheHouse, caller: Requester, language: Language, _query: NoQuery) -> Response:
    """The caller's own company."""
    found = await run_in_threadpool(members.read_company, house.tools, caller)
    return answered(company_answer(found), language)


@router.get("/members", response_model=company_schemas.MemberPage)
async def list_members(
    request: Request,
    house: TheHouse,
    caller: Requester,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[Paging, Query()],
) -> Response:
    """Colleagues, by name."""
    found = await run_in_threadpool(
        members.list_members, house.tools, caller, page_size=query.page_size, cursor=query.cursor
    )
    items = [member_answer(member) for member in found.items]
    page = company_schemas.MemberPage(items=items, next=next_page(request, found), total=found.total)
    return answered(page, language)


@router.post(
    "/members",
    status_code=201,
    response_model=company_schemas.MemberAnswer,
    openapi_extra=json_body(NewMember) | refuses("resourceNotFound"),
)
async def invite(
    request: Request, house: TheHouse, caller: Administrator, language: Language, _query: NoQuery, conditions: OnceOnly
) -> Response:
    """Invite a colleague, who belongs to the company from the first call on; refused for anybody who is known here."""
    body = parse(NewMember, await read_json(request))
    accepted = await run_in_threadpool(
        members.invite,
        house.tools,
        conditions.of(caller),
        email=body.email,
        name=body.name,
        role=body.role,
        language=language,
    )
    headers = {"Location": f"{router.prefix}/members/{accepted.view.id}"}
    return answered(member_answer(accepted.view), language, status=201, headers=headers)


@router.get("/members/{member_id}", response_model=company_schemas.MemberAnswer)
async def read_member(
    house: TheHouse, caller: Requester, member_id: Colleague, language: Language, _query: NoQuery
) -> Response:
    """One colleague."""
    return answered(
        member_answer(await run_in_threadpool(members.read_member, house.tools, caller, member_id)), language
    )


@router.put(
    "/members/{member_id}",
    response_model=company_schemas.MemberAnswer,
    openapi_extra=json_body(NewRole) | refuses("lastAdministrator"),
)
async def change_role(
    request: Request,
    house: TheHouse,
    caller: Administrator,
    member_id: OwnMember,
    language: Language,
    _query: NoQuery,
) -> Response:
    """Make a colleague requester or administrator."""
    body = parse(NewRole, await read_json(request))
    member = await run_in_threadpool(members.change_role, house.tools, caller, member_id, role=body.role)
    return answered(member_answer(member), language)


@router.delete("/members/{member_id}", status_code=204, openapi_extra=refuses("lastAdministrator"))
async def remove(
    house: TheHouse,
    caller: Administrator,
    member_id: OwnMember,
    _plain: PlainQuery,
    query: Annotated[Removal, Query()],
) -> Response:
    """Take a colleague out of the company; another takes over what is open, and what was not read yet."""
    taken_over_by = query.taken_over_by
    await run_in_threadpool(members.remove, house.tools, caller, member_id, taken_over_by=taken_over_by)
    return Response(status_code=204)


@router.get("/trail", response_model=company_schemas.TrailPage)
async def read_trail(
    request: Request,
    house: TheHouse,
    caller: Administrator,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[Paging, Query()],
) -> Response:
    """Who did what to the company's people, mandates and software, newest first."""
    found = await run_in_threadpool(trail.read, house.tools, caller, page_size=query.page_size, cursor=query.cursor)
    return answered(trail_page(request, found), language)


@router.get("/mandates", response_model=company_schemas.MandatePage)
async def list_mandates(
    request: Request,
    house: TheHouse,
    caller: Requester,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[Paging, Query()],
) -> Response:
    """What the company has granted and received, latest first."""
    found = await run_in_threadpool(
        mandates.list_mandates, house.tools, caller, page_size=query.page_size, cursor=query.cursor
    )
    items = [mandate_answer(mandate) for mandate in found.items]
    page = company_schemas.MandatePage(items=items, next=next_page(request, found), total=found.total)
    return answered(page, language)


@router.post(
    "/mandates",
    status_code=201,
    response_model=company_schemas.MandateAnswer,
    openapi_extra=json_body(NewMandate) | refuses("resourceNotFound"),
)
async def grant(
    request: Request, house: TheHouse, caller: Administrator, language: Language, _query: NoQuery, conditions: OnceOnly
) -> Response:
    """Let another company ask in this one's name; the other reads it too."""
    body = parse(NewMandate, await read_json(request))
    accepted = await run_in_threadpool(
        mandates.grant,
        house.tools,
        conditions.of(caller),
        enterprise_number=body.enterprise_number,
        valid_from=body.from_,
        valid_until=body.until,
    )
    headers = {"Location": f"{router.prefix}/mandates/{accepted.view.id}"}
    return answered(mandate_answer(accepted.view), language, status=201, headers=headers)


@router.get("/mandates/{mandate_id}", response_model=company_schemas.MandateAnswer)
async def read_mandate(
    house: TheHouse, caller: Requester, mandate_id: ReadableMandate, language: Language, _query: NoQuery
) -> Response:
    """One that the company has granted or received."""
    found = await run_in_threadpool(mandates.read_mandate, house.tools, caller, mandate_id)
    return answered(mandate_answer(found), language)


@router.delete("/mandates/{mandate_id}", status_code=204)
async def end(house: TheHouse, caller: Administrator, mandate_id: OwnMandate, _query: NoQuery) -> Response:
    """End a mandate at once: only the employer who granted it may."""
    await run_in_threadpool(mandates.end, house.tools, caller, mandate_id)
    return Response(status_code=204)
