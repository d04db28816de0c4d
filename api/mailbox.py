"""The mails of development, as pages: what the local catcher kept. Not in the application otherwise."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from api.dependencies import NoQuery, TheHouse
from domain.errors import NotFound
from mail import mailbox
from runtime.house import House

router = APIRouter(prefix="/mailbox", include_in_schema=False)


def _folder(house: House) -> Path:
    if house.mailbox is None:
        raise NotFound("There is nothing at this address.")
    return house.mailbox


@router.get("")
async def list_mails(house: TheHouse, _query: NoQuery) -> HTMLResponse:
    """All mails, newest first."""
    return HTMLResponse(mailbox.render_mailbox(await run_in_threadpool(mailbox.list_mails, _folder(house))))


@router.get("/{name}")
async def read_mail(house: TheHouse, name: str, _query: NoQuery) -> HTMLResponse:
    """One mail."""
    return HTMLResponse(mailbox.render_mail(await run_in_threadpool(mailbox.read_mail, _folder(house), name)))


@router.get("/{name}/raw")
async def raw_mail(house: TheHouse, name: str, _query: NoQuery) -> Response:
    """One mail as it was received, as a file."""
    content = await run_in_threadpool(mailbox.raw_mail, _folder(house), name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="message/rfc822", headers=headers)
