"""What supervisors do beside reading and confirming: give a case to an agent, and look at counts that name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from babel.dates import format_timedelta
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import Conflict, InvalidInput
from locales.catalogue import say
from portal.access_words import COUNTS, LABELS, OUTCOMES, OWN, PHASE_COUNTS, TABLES
from portal.desk import words
from portal.desk.case import looked_into
from portal.desk.frame import desk_page
from portal.entered import Entered, Labels, Wrong
from portal.rendering import LOCALES, language_of
from portal.routes import checked_id, see
from portal.visitors import CheckedForm, SignedInVisitor, Supervisor, TheHouse, text_of
from runtime.house import House
from service import supervision
from service.supervision import Statistics

router = APIRouter(prefix="/desk")
_FORM = Labels(LABELS, OWN)


@router.get("/statistics")
async def statistics(request: Request, house: TheHouse, visitor: Supervisor) -> Response:
    """How much waits, how old it is, and what came out in the last thirty days."""
    found = await run_in_threadpool(supervision.statistics, house.tools, visitor.caller)
    values = {"now": _now(found, language_of(request)), "tables": _tables(found)}
    return await desk_page(request, house, visitor, "desk/statistics.html", values, place="statistics")


@router.get("/requests/{request_id}/assignment")
async def before_giving(request: Request, house: TheHouse, visitor: Supervisor, request_id: str) -> Response:
    """To whom the case can be given."""
    return await _assignment(request, house, visitor, request_id, Entered())


@router.post("/requests/{request_id}/assignment")
async def give(request: Request, house: TheHouse, visitor: Supervisor, form: CheckedForm, request_id: str) -> Response:
    """Give it to an agent, whoever holds it."""
    chosen, language = text_of(form, "assignee") or "", language_of(request)
    try:
        await run_in_threadpool(supervision.give, house.tools, visitor.caller, checked_id(request_id), assignee=chosen)
    except InvalidInput as refused:
        entered = Entered({"assignee": chosen}, _FORM.wrong(refused.issues, language))
        return await _assignment(request, house, visitor, request_id, entered, status=400)
    except Conflict as refused:
        entered = Entered({"assignee": chosen}, (Wrong("", "", say(refused.detail, language)),))
        return await _assignment(request, house, visitor, request_id, entered, status=409)
    return see(f"/desk/requests/{request_id}")


async def _assignment(
    request: Request, house: House, visitor: SignedInVisitor, request_id: str, entered: Entered, *, status: int = 200
) -> Response:
    file = await looked_into(house, visitor, request_id)
    agents = await run_in_threadpool(supervision.agents, house.tools, visitor.caller)
    values = {
        "view": file.request,
        "file": file,
        "entered": entered,
        "wrong": entered.wrong,
        "agents": [(one.id, one.name) for one in agents],
    }
    return await desk_page(request, house, visitor, "desk/assignment.html", values, status=status)


def _now(found: Statistics, language: str) -> list[tuple[str, str]]:
    ages = (found.oldest_review_seconds, found.oldest_answer_seconds)
    review, answer = (
        format_timedelta(timedelta(seconds=seconds), granularity="minute", locale=LOCALES[language]) if seconds else "0"
        for seconds in ages
    )
    values = {
        "unclaimed": str(found.unclaimed),
        "late": str(found.late),
        "toConfirm": str(found.to_confirm),
        "oldestReview": review,
        "oldestAnswer": answer,
    }
    return [(COUNTS[name], value) for name, value in values.items()]


def _tables(found: Statistics) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (TABLES["phases"], _rows(found.phases, PHASE_COUNTS)),
        (TABLES["reasons"], _rows(found.reasons, words.REVIEW_REASONS)),
        (TABLES["outcomes"], _rows(found.outcomes, OUTCOMES)),
    ]


def _rows(counts: Mapping[str, int], called: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(called[name], counts[name]) for name in called if name in counts]
