"""What every page of the desk is given besides its own values."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from portal.desk import comparison, words
from portal.once import new_once
from portal.rendering import page
from portal.visitors import SignedInVisitor
from portal.words import DOCUMENT_WARNINGS, HISTORY, KINDS, LABELS, MAIL_STATES
from runtime.house import House
from service import cautions, worklist
from service.addresses import line_of
from service.document_evidence import DOCUMENT_SAYS


async def desk_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    template: str,
    values: Mapping[str, object],
    *,
    place: str = "queue",
    status: int = 200,
) -> HTMLResponse:
    """A page of the desk. `place` is queue, register or day."""
    waiting = await run_in_threadpool(worklist.waiting, house.tools, visitor.caller)
    given = {"visitor": visitor, "place": place, "waiting": waiting, "words": words, "comparison": comparison}
    given |= {"doubts": cautions.DOUBTS, "cautions": cautions.CAUTIONS, "document_says": DOCUMENT_SAYS}
    given |= {"labels": LABELS, "happened": HISTORY, "kinds": KINDS, "document_warnings": DOCUMENT_WARNINGS}
    given |= {"mail_states": MAIL_STATES}
    given |= {"address_line": line_of, "file": None, "lease_seconds": 0}
    return page(request, template, {**given, "once": new_once(), **values}, status=status)
