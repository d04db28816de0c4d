"""Where one is signed in, and how to end it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from portal.rendering import page
from portal.signing_in import TheParties, signed_out
from portal.visitors import CheckedForm, TheHouse, Visitor
from service import sessions

router = APIRouter(prefix="/sessions")


@router.get("")
async def mine(request: Request, house: TheHouse, found: Visitor) -> Response:
    """The visitor's sessions, this one marked."""
    listed = await run_in_threadpool(
        sessions.list_sessions, house.tools, house.session_terms, found.caller, current=found.session_id
    )
    return page(request, "sessions.html", {"visitor": found, "sessions": listed})


@router.post("/end")
async def end_all(
    request: Request, house: TheHouse, parties: TheParties, found: Visitor, _form: CheckedForm
) -> Response:
    """Sign out everywhere, here too."""
    await run_in_threadpool(sessions.end_all_sessions, house.tools, found.caller)
    return await signed_out(request, parties, found)


@router.post("/{session_id}/end")
async def end_one(
    request: Request, house: TheHouse, parties: TheParties, found: Visitor, session_id: str, _form: CheckedForm
) -> Response:
    """End one session; this one too."""
    await run_in_threadpool(sessions.end_session, house.tools, found.caller, session_id)
    if session_id == found.session_id:
        return await signed_out(request, parties, found)
    return RedirectResponse("/sessions", 303)
