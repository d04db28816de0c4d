"""Beginning a request: what one needs, and for whom the number is asked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from access.caller import Caller
from domain.errors import Refused
from portal.entered import Entered, Labels
from portal.once import as_once, new_once
from portal.rendering import language_of, page
from portal.routes import request_page, see
from portal.visitors import CheckedForm, Requester, SignedInVisitor, TheHouse, text_of
from portal.words import LABELS, OWN
from runtime.house import House
from service import mandates, members, requests
from service.views import CompanyRef

router = APIRouter(prefix="/requests/new")
_LABELS = Labels(LABELS, OWN)


@router.get("")
async def before_you_start(request: Request, house: TheHouse, found: Requester) -> Response:
    """What one needs, and the button."""
    return await _page(request, house, found, Entered({"once": new_once()}))


@router.post("")
async def begin(request: Request, house: TheHouse, found: Requester, form: CheckedForm) -> Response:
    """Open a draft; the same form sent twice opens one."""
    typed = {name: (text_of(form, name) or "").strip() for name in ("onBehalfOf", "reference", "once")}
    caller = as_once(found.caller, typed["once"], request.url.path)
    try:
        accepted = await run_in_threadpool(
            requests.open_request,
            house.tools,
            caller,
            on_behalf_of=typed["onBehalfOf"] or None,
            reference=typed["reference"] or None,
            language=language_of(request),
        )
    except Refused as refused:
        wrong = _LABELS.wrong(refused.issues, language_of(request))
        if not wrong:
            raise
        return await _page(request, house, found, Entered(typed, wrong), status=400)
    house.send(accepted.outgoing)
    return see(request_page(accepted.view.id, "documents"))


async def _page(
    request: Request, house: House, found: SignedInVisitor, form: Entered, *, status: int = 200
) -> Response:
    own, employers = await run_in_threadpool(_companies, house, found.caller)
    values: dict[str, Any] = {"form": form, "wrong": form.wrong, "own": own, "employers": employers}
    return page(request, "new.html", {"visitor": found, "place": "requests", **values}, status=status)


def _companies(house: House, caller: Caller) -> tuple[CompanyRef, list[CompanyRef]]:
    """The caller's own company, and those in whose name it may ask today."""
    return members.read_company(house.tools, caller), list(mandates.employers(house.tools, caller))
