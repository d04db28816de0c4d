"""Who did what to a company's people, mandates and software: for its administrator, and for auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import InvalidInput
from locales.catalogue import say
from portal.access_words import LABELS, OWN, SCOPES, STAFF_ROLES, TRAIL
from portal.entered import Entered, Labels
from portal.rendering import language_of, page
from portal.visitors import Administrator, Auditor, SignedInVisitor, TheHouse
from service import trail
from service.trail import TrailLine
from service.views import Slice

router = APIRouter()
_PAGE = 50
_SERVICE = "service"
_FORM = Labels(LABELS, OWN)


@router.get("/company/trail")
async def own(request: Request, house: TheHouse, found: Administrator) -> Response:
    """The company's own, newest first."""
    cursor = request.query_params.get("cursor")
    listed = await run_in_threadpool(trail.read, house.tools, found.caller, page_size=_PAGE, cursor=cursor)
    return _page(request, found, listed, "/company/trail?")


@router.get("/audit/trail")
async def of_any(request: Request, house: TheHouse, found: Auditor, company: str = "", whose: str = "") -> Response:
    """Any company's, by its enterprise number; with `whose=service` that of the service's own people."""
    asked = company.strip()
    cursor = request.query_params.get("cursor")
    if whose == _SERVICE:
        listed = await run_in_threadpool(trail.read_of, house.tools, found.caller, None, page_size=_PAGE, cursor=cursor)
        return _page(request, found, listed, f"/audit/trail?whose={_SERVICE}&", Entered(), whose=_SERVICE)
    if not asked:
        return _page(request, found, None, "", Entered())
    try:
        listed = await run_in_threadpool(
            trail.read_of, house.tools, found.caller, asked, page_size=_PAGE, cursor=cursor
        )
    except InvalidInput as refused:
        wrong = _FORM.wrong(refused.issues, language_of(request))
        return _page(request, found, None, "", Entered({"company": asked}, wrong), status=400)
    digits = "".join(char for char in asked if char.isdigit())
    return _page(request, found, listed, f"/audit/trail?company={digits}&", Entered({"company": asked}))


def _page(
    request: Request,
    found: SignedInVisitor,
    listed: Slice[TrailLine] | None,
    address: str,
    entered: Entered | None = None,
    *,
    status: int = 200,
    whose: str = "company",
) -> Response:
    language = language_of(request)
    values: Mapping[str, Any] = {
        "visitor": found,
        "place": "company" if entered is None else "trail",
        "form": entered,
        "whose": whose,
        "wrong": entered.wrong if entered is not None else (),
        "lines": [(line, say(TRAIL[line.kind], language), told(line, language)) for line in listed.items]
        if listed
        else None,
        "total": listed.total if listed else 0,
        "next": f"{address}cursor={listed.cursor}" if listed and listed.cursor else None,
        "first": address[:-1] if "cursor" in request.query_params else None,
    }
    return page(request, "trail.html", values, status=status)


def told(line: TrailLine, language: str) -> str:
    """What a line's codes say: the roles before and after, or what a client may do; "" of ids alone."""
    codes = [line.codes[name] for name in ("before", "role") if name in line.codes]
    roles = [say(STAFF_ROLES.get(code, code), language) for code in codes]
    scopes = [say(SCOPES.get(scope, scope), language) for scope in line.codes.get("scopes", "").split()]
    return " → ".join(roles) or ", ".join(scopes)
