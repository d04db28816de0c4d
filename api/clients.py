"""A company's software: its clients, for the administrator, and the tokens that they ask for themselves."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from access.limits import network_of
from api.body import no_members, parse, read_json
from api.client_schemas import ClientAnswer, ClientPage, NewClient
from api.company import Administrator
from api.conditions import OnceOnly
from api.dependencies import Language, NoQuery, TheHouse, checked_id, house_of
from api.documentation import OF_BODIES, json_body, refuses
from api.render import answered
from domain.errors import InvalidInput, NotAuthenticated
from service import clients
from service.clients import ClientView

router = APIRouter(prefix="/v1/company/clients", tags=["company"])
tokens = APIRouter(prefix="/oauth", tags=["access"])
_LONGEST_FORM = 10_000
#: All clients that nobody has made are counted as one.
_UNKNOWN = "unknown"


async def own_client(request: Request, caller: Administrator, client_id: str) -> str:
    """The id of a client of the company."""
    found = checked_id(client_id, "There is no such client.")
    await run_in_threadpool(clients.ensure_client, house_of(request).tools, caller, found)
    return found


OwnClient = Annotated[str, Depends(own_client)]


@router.get("", response_model=ClientPage)
async def list_clients(house: TheHouse, caller: Administrator, language: Language, _query: NoQuery) -> Response:
    """The company's software."""
    found = await run_in_threadpool(clients.list_clients, house.tools, caller)
    return answered(ClientPage(items=[client_answer(one) for one in found.items], total=found.total), language)


@router.post(
    "",
    status_code=201,
    response_model=ClientAnswer,
    openapi_extra=json_body(NewClient) | refuses("resourceNotFound"),
)
async def create_client(
    request: Request, house: TheHouse, caller: Administrator, language: Language, _query: NoQuery, conditions: OnceOnly
) -> Response:
    """Let software call in the company's name; the secret is in this answer and in no other."""
    body = parse(NewClient, await read_json(request))
    accepted = await run_in_threadpool(
        clients.create,
        house.tools,
        conditions.of(caller),
        name=body.name,
        email=body.email,
        scopes=list(body.scopes),
        on_behalf_of=body.on_behalf_of,
    )
    headers = {"Location": f"{router.prefix}/{accepted.view.id}"}
    return answered(client_answer(accepted.view), language, status=201, headers=headers)


@router.get("/{client_id}", response_model=ClientAnswer)
async def read_client(
    house: TheHouse, caller: Administrator, client_id: OwnClient, language: Language, _query: NoQuery
) -> Response:
    """One software of the company, without its secret."""
    return answered(
        client_answer(await run_in_threadpool(clients.read_client, house.tools, caller, client_id)), language
    )


@router.post(
    "/{client_id}/rotation",
    response_model=ClientAnswer,
    openapi_extra=refuses(*OF_BODIES),
)
async def rotate_secret(
    request: Request,
    house: TheHouse,
    caller: Administrator,
    client_id: OwnClient,
    language: Language,
    _query: NoQuery,
    conditions: OnceOnly,
) -> Response:
    """A new secret; the old one and its tokens end at once."""
    await no_members(request)
    accepted = await run_in_threadpool(clients.rotate, house.tools, conditions.of(caller), client_id)
    return answered(client_answer(accepted.view), language)


@router.delete("/{client_id}", status_code=204)
async def revoke_client(house: TheHouse, caller: Administrator, client_id: OwnClient, _query: NoQuery) -> Response:
    """End a client and its tokens."""
    await run_in_threadpool(clients.revoke, house.tools, caller, client_id)
    return Response(status_code=204)


@tokens.post("/token", include_in_schema=False)
async def token(request: Request, house: TheHouse) -> Response:
    """A token by client credentials, as RFC 6749 (4.4) asks for one and is answered; errors are its own, too."""
    form = dict(parse_qsl((await _form(request)), keep_blank_values=True, max_num_fields=20))
    client_id, secret = _credentials(request, form)
    known = await run_in_threadpool(clients.is_known, house.tools, client_id)
    # By address as well: whoever knows a client's id, which is no secret, holds up nobody but themselves.
    host = request.client.host if request.client else None
    house.token_limits.count(f"{client_id} {network_of(host)}" if known else _UNKNOWN)
    if form.get("grant_type") != "client_credentials":
        return _refused(400, "unsupported_grant_type")
    if not known:
        return _refused(401, "invalid_client")
    asked = form["scope"].split() if form.get("scope") else None
    try:
        granted = await run_in_threadpool(clients.grant, house.tools, client_id, secret, asked)
    except NotAuthenticated:
        return _refused(401, "invalid_client")
    except InvalidInput:
        return _refused(400, "invalid_scope")
    content = {
        "access_token": granted.token,
        "token_type": "Bearer",
        "expires_in": granted.seconds,
        "scope": " ".join(granted.scopes),
    }
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


async def _form(request: Request) -> str:
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > _LONGEST_FORM:
            return ""
    return read.decode("utf-8", "replace")


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    """By HTTP Basic (2.3.1: both parts form-encoded), or in the body."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(given, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError):
            return "", ""
        return unquote_plus(client_id)[:64], unquote_plus(secret)
    return form.get("client_id", "")[:64], form.get("client_secret", "")


def _refused(status: int, error: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="niss-desk"'
    return JSONResponse({"error": error}, status, headers=headers)


def client_answer(view: ClientView) -> ClientAnswer:
    """A client, with its secret where it was just made."""
    return ClientAnswer.model_validate(
        {
            "id": view.id,
            "name": view.name,
            "email": view.email,
            "scopes": list(view.scopes),
            "on_behalf_of": view.employer,
            "created_at": view.created_at,
            "used_at": view.used_at,
            "secret": view.secret,
        }
    )
