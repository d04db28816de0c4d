"""The agent's first page: what waits, most urgent first; the next case; and the list of the day."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from portal.desk.frame import desk_page
from portal.routes import see
from portal.visitors import Agent, CheckedForm, TheHouse, text_of
from service import worklist
from service.worklist import Filter

router = APIRouter(prefix="/desk")


@router.get("")
async def queue(request: Request, house: TheHouse, visitor: Agent, show: str = "all", page: str = "1") -> Response:
    """The worklist. A filter or a page that is none shows the first page of everything."""
    chosen = Filter(show) if show in set(Filter) else Filter.ALL
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found = await run_in_threadpool(worklist.worklist, house.tools, visitor.caller, chosen, page=number)
    values = {"found": found, "chosen": chosen, "nothing_left": request.query_params.get("done") == "1"}
    return await desk_page(request, house, visitor, "desk/queue.html", values)


@router.post("/next")
async def next_case(house: TheHouse, visitor: Agent, form: CheckedForm) -> Response:
    """The most urgent case that nobody holds is claimed and opened; the one that is left goes back undecided."""
    found = await run_in_threadpool(worklist.take_next, house.tools, visitor.caller, after=text_of(form, "after"))
    return see(f"/desk/requests/{found}" if found else "/desk?done=1")


@router.get("/day")
async def day(request: Request, house: TheHouse, visitor: Agent) -> Response:
    """What the visitor decided today."""
    found = await run_in_threadpool(worklist.decided_today, house.tools, visitor.caller)
    return await desk_page(request, house, visitor, "desk/day.html", {"found": found}, place="day")
