"""The log of consultations, for auditors. What is asked stands in the body: a number has no place in an address."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from api.answer import Answer
from api.audit_inputs import ConsultationsSearch
from api.body import parse, read_json
from api.company_schemas import TrailPage
from api.dependencies import Auditor, Language, NoQuery, PlainQuery, TheHouse
from api.documentation import json_body
from api.inputs import Paging
from api.render import answered, trail_page
from api.schemas import PersonAnswer
from domain.niss import Niss
from service import audit, trail
from service.views import ConsultationView

router = APIRouter(prefix="/v1/audit", tags=["audit"])
_PAGE_SIZE = 20


class ConsultationAnswer(Answer):
    """Who was shown what. `people` counts those of the register; `reason` is what was typed, or the command called."""

    id: str
    at: datetime
    by: PersonAnswer
    role: str
    company: Annotated[str, Field(pattern=r"^\d{10}$")] | None = None
    what: str
    requests: list[str]
    people: int
    fields: list[str]
    reason: str | None = None
    trace_id: str | None = None


class ConsultationPage(Answer):
    """Consultations, newest first; `nextCursor` goes back as `cursor`."""

    items: list[ConsultationAnswer]
    next_cursor: str | None = None
    total: int


@router.post("/consultations/query", response_model=ConsultationPage, openapi_extra=json_body(ConsultationsSearch))
async def search_consultations(
    request: Request, house: TheHouse, caller: Auditor, language: Language, _query: NoQuery
) -> Response:
    """Who has seen whose data; by `ssin` also what was seen of the person's requests. The search itself is noted."""
    body = parse(ConsultationsSearch, await read_json(request))
    sought = audit.Sought(
        ssin=Niss(body.ssin) if body.ssin else None,
        request_id=body.request_id,
        person_id=body.person_id,
        company=body.company,
        what=body.what,
        since=datetime.fromisoformat(body.since) if body.since else None,
        until=datetime.fromisoformat(body.until) if body.until else None,
        reason=body.reason,
    )
    size = body.page_size or _PAGE_SIZE
    found = await run_in_threadpool(audit.search, house.tools, caller, sought, page_size=size, cursor=body.cursor)
    items = [consultation_answer(one) for one in found.items]
    return answered(ConsultationPage(items=items, next_cursor=found.cursor, total=found.total), language)


class TrailQuery(Paging):
    """Parameters of a trail: whose; the service's own people's without."""

    company: Annotated[str | None, Field(min_length=1, max_length=20, description="enterprise number")] = None


@router.get("/trail", response_model=TrailPage)
async def read_trail(
    request: Request,
    house: TheHouse,
    caller: Auditor,
    language: Language,
    _plain: PlainQuery,
    query: Annotated[TrailQuery, Query()],
) -> Response:
    """Who did what to a company's people, mandates and software, newest first; without one, to the service's own."""
    found = await run_in_threadpool(
        trail.read_of, house.tools, caller, query.company, page_size=query.page_size, cursor=query.cursor
    )
    return answered(trail_page(request, found), language)


def consultation_answer(one: ConsultationView) -> ConsultationAnswer:
    """One row of the log."""
    return ConsultationAnswer(
        id=one.id,
        at=one.at,
        by=PersonAnswer(id=one.by.id, name=one.by.name),
        role=one.role,
        company=one.company,
        what=one.what,
        requests=list(one.requests),
        people=one.people,
        fields=list(one.fields),
        reason=one.reason,
        trace_id=one.trace_id,
    )
