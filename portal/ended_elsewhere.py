"""Where an issuer says that somebody has signed out there: their sessions end here too, without their browser."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from access.relying import SignInRefused
from domain.errors import NotFound
from portal.signing_in import TheParties
from portal.visitors import TheHouse
from service import sessions

router = APIRouter()
_FORM = "application/x-www-form-urlencoded"
_LONGEST = 16_384


@router.post("/sign-in/logout/{key}")
async def told(request: Request, house: TheHouse, parties: TheParties, key: str) -> Response:
    """A logout token, which counts once. 404 at an issuer that does not say that it sends any."""
    party = parties.of(request, key)
    if not await party.tells_of_logouts():
        raise NotFound("There is nothing at this address.")
    try:
        ended = await party.read_logout(await _token(request))
        await run_in_threadpool(sessions.end_at_issuer, house.tools, ended)
    except SignInRefused:
        return JSONResponse({"error": "invalid_request"}, 400)
    return Response(status_code=200)


async def _token(request: Request) -> str:
    """The one field of the form; "" where it is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return ""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > _LONGEST:
            return ""
    try:
        fields = parse_qsl(read.decode("ascii"), max_num_fields=20)
    except ValueError:
        return ""
    tokens = [value for name, value in fields if name == "logout_token"]
    return tokens[0] if len(tokens) == 1 else ""
