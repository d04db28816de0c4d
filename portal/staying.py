"""Staying signed in: whoever is asked whether they are still there, and says so."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from portal.visitors import MaybeVisitor

router = APIRouter()


@router.get("/still-here")
async def still_here(found: MaybeVisitor) -> Response:
    """Asking counts as a use of the session. Answers in how many seconds it ends: 0 where nobody is signed in."""
    return JSONResponse({"endsIn": found.ends_in if found is not None else 0})
