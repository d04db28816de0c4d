"""The company's software: clients that its main access administrator makes, gives a new secret, and ends.

A secret is on one page, the answer to the form that made it, and nowhere afterwards: a form sent again shows none.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from domain.errors import InvalidInput
from portal.access_words import LABELS, OWN, SCOPES
from portal.entered import Entered, Labels
from portal.once import as_once, new_once
from portal.rendering import language_of, page
from portal.routes import checked_id, see
from portal.visitors import Administrator, CheckedForm, SignedInVisitor, TheHouse, text_of
from runtime.house import House
from service import clients, mandates
from service.clients import ClientView

router = APIRouter(prefix="/company/clients")
_FORM: Final = Labels(LABELS, OWN, {"scopes": "requests:read"})
#: More mandates than this are not offered.
_SHOWN: Final = 100


@router.get("")
async def software(request: Request, house: TheHouse, found: Administrator) -> Response:
    """What calls in the company's name, and a form for more."""
    every = dict.fromkeys(SCOPES, "yes")
    return await _list(request, house, found, Entered({"email": found.caller.email, "once": new_once(), **every}))


@router.post("")
async def make(request: Request, house: TheHouse, found: Administrator, form: CheckedForm) -> Response:
    """Make a client; the answer is the one page with its secret."""
    typed = {name: (text_of(form, name) or "").strip() for name in ("name", "email", "onBehalfOf", "once")}
    scopes = [scope for scope in SCOPES if text_of(form, scope)]
    typed |= dict.fromkeys(scopes, "yes")
    caller = as_once(found.caller, typed["once"], request.url.path, repr(sorted(typed.items())))
    try:
        made = await run_in_threadpool(
            clients.create,
            house.tools,
            caller,
            name=typed["name"],
            email=typed["email"],
            scopes=scopes,
            on_behalf_of=typed["onBehalfOf"] or None,
        )
    except InvalidInput as refused:
        entered = Entered(typed, _FORM.wrong(refused.issues, language_of(request)))
        return await _list(request, house, found, entered, status=400)
    return _secret(request, house, found, made.view)


@router.get("/{client_id}")
async def client(request: Request, house: TheHouse, found: Administrator, client_id: str) -> Response:
    """One of them: a new secret, or its end."""
    view = await run_in_threadpool(clients.read_client, house.tools, found.caller, checked_id(client_id))
    return page(request, "client.html", {"visitor": found, "place": "company", "client": view, "once": new_once()})


@router.post("/{client_id}/rotate")
async def rotate(
    request: Request, house: TheHouse, found: Administrator, form: CheckedForm, client_id: str
) -> Response:
    """Another secret; the old one and its tokens end at once."""
    caller = as_once(found.caller, _once(form), request.url.path)
    made = await run_in_threadpool(clients.rotate, house.tools, caller, checked_id(client_id))
    return _secret(request, house, found, made.view)


@router.post("/{client_id}/revoke")
async def revoke(house: TheHouse, found: Administrator, _form: CheckedForm, client_id: str) -> Response:
    """End it and its tokens at once."""
    await run_in_threadpool(clients.revoke, house.tools, found.caller, checked_id(client_id))
    return see("/company/clients")


def _once(form: FormData) -> str:
    return text_of(form, "once") or ""


def _secret(request: Request, house: House, found: SignedInVisitor, view: ClientView) -> Response:
    values = {"visitor": found, "place": "company", "client": view, "token_url": f"{house.public_url}/oauth/token"}
    return page(request, "client_secret.html", values)


async def _list(
    request: Request, house: House, found: SignedInVisitor, entered: Entered, *, status: int = 200
) -> Response:
    tools, caller = house.tools, found.caller
    listed = await run_in_threadpool(clients.list_clients, tools, caller)
    granted = await run_in_threadpool(mandates.list_mandates, tools, caller, page_size=_SHOWN)
    values = {
        "visitor": found,
        "place": "company",
        "clients": listed.items,
        "employers": [(one.enterprise_number, one.name) for one in granted.items if one.direction == "received"],
        "form": entered,
        "wrong": entered.wrong,
        "scopes": SCOPES,
    }
    return page(request, "clients.html", values, status=status)
