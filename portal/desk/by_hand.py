"""The register searched by hand: on its own, or for a case whose person was not found as stated."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from domain.errors import InvalidInput, Unavailable
from locales.catalogue import say
from portal import tongue
from portal.desk import words
from portal.desk.case import looked_into
from portal.desk.frame import desk_page
from portal.entered import Entered, Labels, Wrong
from portal.rendering import language_of
from portal.visitors import Agent, CheckedForm, SignedInVisitor, TheHouse, text_of
from portal.words import LABELS
from runtime.house import House
from service import desk, search
from service.views import DeskView, SearchView

router = APIRouter(prefix="/desk")
_FIELDS: Final = (
    "ssin", "surname", "givenNames", "birthDate", "sex", "birthPlace", "birthCountry", "nationality", "formerSurname",
)  # fmt: skip
_LABELS: Final = Labels({**LABELS, "ssin": "Number", "reason": "Why you search"}, words.REASONED)


@router.get("/register")
async def empty_search(request: Request, house: TheHouse, visitor: Agent) -> Response:
    """A search that belongs to no case: the form asks why."""
    desk.agent_only(visitor.caller)
    return await _search_page(request, house, visitor, None, Entered())


@router.post("/register")
async def search_register(request: Request, house: TheHouse, visitor: Agent, form: CheckedForm) -> Response:
    """The people found; what was searched for stays in the form, and out of the address."""
    return await _found(request, house, visitor, None, form)


@router.get("/requests/{request_id}/search")
async def search_for_case(request: Request, house: TheHouse, visitor: Agent, request_id: str) -> Response:
    """A search that begins with what was stated."""
    desk.agent_only(visitor.caller)
    file = await looked_into(house, visitor, request_id)
    view = file.request
    stated = {name: value for name, value in view.employee.items() if name in _FIELDS and name not in view.completed}
    return await _search_page(request, house, visitor, file, Entered(stated))


@router.post("/requests/{request_id}/search")
async def found_for_case(
    request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm
) -> Response:
    """The people found, each of whom the case may be decided for."""
    file = await looked_into(house, visitor, request_id)
    return await _found(request, house, visitor, file, form)


async def _found(
    request: Request, house: House, visitor: SignedInVisitor, file: DeskView | None, form: FormData
) -> Response:
    values = {name: (text_of(form, name) or "").strip() for name in (*_FIELDS, *(() if file else ("reason",)))}
    if tongue.switched(request, form):
        return tongue.kept(request, await _search_page(request, house, visitor, file, Entered(values)))
    members = {name: values[name] for name in _FIELDS if values[name]}
    why: dict[str, object] = {"request_id": file.request.id} if file else {"reason": values["reason"]}
    try:
        found = await run_in_threadpool(search.search_register, house.tools, visitor.caller, members, **why)
    except InvalidInput as refused:
        entered = Entered(values, _LABELS.wrong(refused.issues, language_of(request)))
        return await _search_page(request, house, visitor, file, entered, status=400)
    except Unavailable:
        away = say(
            "The register does not answer now. What you typed is still here: try again in a moment.",
            language_of(request),
        )
        entered = Entered(values, (Wrong("", "", away),))
        return await _search_page(request, house, visitor, file, entered, status=503)
    return await _search_page(request, house, visitor, file, Entered(values), found=found)


async def _search_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    file: DeskView | None,
    entered: Entered,
    *,
    found: SearchView | None = None,
    status: int = 200,
) -> Response:
    values: dict[str, object] = {
        "main_form": "search",
        "wrong": entered.wrong,
        "file": file,
        "entered": entered,
        "found": found,
    }
    place = "queue" if file else "register"
    return await desk_page(request, house, visitor, "desk/register.html", values, place=place, status=status)
