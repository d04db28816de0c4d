"""What routes are given: the house they stand in, who is calling, and the request they are about.

The order of a route's parameters is the order of refusals: 401, 403 by role, 404, then 400. Bodies are read in the
route itself, after all of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from access import policy, scopes
from access.caller import Caller
from access.policy import Permission
from access.sessions import secret_of
from api.errors import trace_id
from domain.document import DocumentKind
from domain.errors import InvalidInput, Issue, NissDeskError, NotAuthenticated, NotFound
from locales.language import best_language
from runtime.house import House
from service import client_tokens, clients, people, requests, sessions

_MAX_DIGITS = 4
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def house_of(request: Request) -> House:
    """The house the application was made for."""
    house = request.app.state.house
    if not isinstance(house, House):
        raise TypeError("the application has no house")
    return house


def bearer_token(headers: Mapping[str, str]) -> str:
    """The token of an Authorization header. Raises NotAuthenticated where there is none."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated("This call needs an access token.", code="noAccessToken")
    return token.strip()


async def known_caller(request: Request) -> Caller:
    """The known person whose token came with the call."""
    house, token = house_of(request), bearer_token(request.headers)
    if clients.is_client_token(token):
        caller = await run_in_threadpool(clients.caller_of_token, house.tools, token, trace_id(request))
        house.limits.count(caller.person_id)
        scopes.require(caller.scopes or (), request.method, route_of(request))
        return caller
    claims = await house.verify_token(token)
    caller = await run_in_threadpool(people.caller_named, house.tools, claims.identity, trace_id(request))
    house.limits.count(caller.person_id)
    return caller


def route_of(request: Request) -> str:
    """The pattern of the call's route, "" where there is none."""
    return str(getattr(request.scope.get("route"), "path", ""))


async def requester(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who asks for numbers."""
    policy.require_requester(caller)
    return caller


@dataclass(frozen=True, slots=True)
class Listening:
    """Who listens, until when at most, and whether they still might within the last so many seconds (0: now)."""

    caller: Caller
    until: datetime | None
    goes_on: Callable[[float], bool]


async def listener(request: Request) -> Listening:
    """A caller who asks for numbers and listens: by bearer token, or signed in to the portal.

    A stream of events only ever tells, and no other site can read it: so a session may open it. Every other call of
    the API needs the token, and what a browser sends by itself opens none of them.
    """
    house = house_of(request)
    secret = None
    if "authorization" not in request.headers:
        secret = secret_of(request.cookies, development=house.development)
    if secret is None:
        caller = await requester(await known_caller(request))
        token = bearer_token(request.headers)
        if clients.is_client_token(token):
            ends_at = await run_in_threadpool(client_tokens.ends_at, house.tools, token)
            return Listening(caller, ends_at, lambda _: client_tokens.holds(house.tools, token))
        claims = await house.verify_token(token)
        return Listening(caller, claims.expires_at, lambda _: True)

    def goes_on(within: float) -> bool:
        try:
            if within <= 0:
                return house.listening.holds_now(secret)
            return house.listening.hold(secret, within=within)
        except NissDeskError:
            return False

    trace = trace_id(request)
    found = await run_in_threadpool(
        sessions.signed_in, house.tools, house.session_terms, secret, trace_id=trace, used=False
    )
    policy.require_requester(found.caller)
    house.listening.begins(secret)
    return Listening(found.caller, None, goes_on)


async def agent(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller of the desk."""
    policy.require_agent(caller)
    return caller


async def desk_reader(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who reads what was submitted: an agent or a supervisor."""
    policy.require(caller, Permission.READ_DESK)
    return caller


async def confirmer(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who may agree to another's ruling."""
    policy.require(caller, Permission.CONFIRM)
    return caller


async def supervisor(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who supervises the desk."""
    policy.require(caller, Permission.SUPERVISE)
    return caller


async def auditor(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who reads the consultation log."""
    policy.require(caller, Permission.AUDIT)
    return caller


async def ops(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who looks after the service."""
    policy.require_ops(caller)
    return caller


async def reader(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
    """A caller who reads requests: one who asks, or an agent."""
    policy.require_reader(caller)
    return caller


def checked_id(given: str, otherwise: str) -> str:
    """An id of a path, which cannot be one of ours when it is spelled otherwise. Raises NotFound."""
    if not _ID.fullmatch(given):
        raise NotFound(otherwise)
    return given


async def _visible(request: Request, caller: Caller, request_id: str) -> str:
    found = checked_id(request_id, "There is no such request.")
    await run_in_threadpool(requests.ensure_visible, house_of(request).tools, caller, found)
    return found


async def own_request(request: Request, caller: Annotated[Caller, Depends(requester)], request_id: str) -> str:
    """The id of a request that the caller may act on."""
    return await _visible(request, caller, request_id)


async def readable_request(request: Request, caller: Annotated[Caller, Depends(reader)], request_id: str) -> str:
    """The id of a request that the caller may read."""
    return await _visible(request, caller, request_id)


async def desk_request(request: Request, caller: Annotated[Caller, Depends(desk_reader)], request_id: str) -> str:
    """The id of a request that the desk may see."""
    return await _visible(request, caller, request_id)


def language_of(request: Request) -> str:
    """The language of what is said to the caller."""
    return best_language(request.headers.get("accept-language"))


def no_query(request: Request) -> None:
    """Raise InvalidInput for any query parameter."""
    unknown = list(dict.fromkeys(request.query_params.keys()))
    if unknown:
        issues = [Issue(_shown(name), "is not known here", "query") for name in unknown]
        raise InvalidInput("The call is not understood.", issues=issues)


def plain_query(request: Request) -> None:
    """Raise InvalidInput for a query parameter that comes more than once: no one of its values is the right one."""
    counted = Counter(name for name, _ in request.query_params.multi_items())
    twice = [name for name, times in counted.items() if times > 1]
    if twice:
        issues = [Issue(_shown(name), "comes more than once", "query") for name in twice]
        raise InvalidInput("The call is not understood.", issues=issues)


def _shown(name: str) -> str:
    return name if name.isprintable() and len(name) <= 100 else "?"


def document_kind(kind: str) -> DocumentKind:
    """A kind of document in a path. Raises InvalidInput for any other word."""
    try:
        return DocumentKind(kind)
    except ValueError:
        values = ", ".join(DocumentKind)
        issue = Issue("kind", "must be one of {values}", "path", {"values": values})
        raise InvalidInput("There is no such kind of document.", issues=[issue]) from None


def page_number(number: str) -> int:
    """A page's number in a path. Raises NotFound for what cannot be one."""
    if not (number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS):
        raise NotFound("There is no such page.")
    return int(number)


TheHouse = Annotated[House, Depends(house_of)]
Listener = Annotated[Listening, Depends(listener)]
Requester = Annotated[Caller, Depends(requester)]
Agent = Annotated[Caller, Depends(agent)]
DeskReader = Annotated[Caller, Depends(desk_reader)]
Confirmer = Annotated[Caller, Depends(confirmer)]
Supervisor = Annotated[Caller, Depends(supervisor)]
Auditor = Annotated[Caller, Depends(auditor)]
Ops = Annotated[Caller, Depends(ops)]
Reader = Annotated[Caller, Depends(reader)]
OwnRequest = Annotated[str, Depends(own_request)]
ReadableRequest = Annotated[str, Depends(readable_request)]
DeskRequest = Annotated[str, Depends(desk_request)]
Language = Annotated[str, Depends(language_of)]
NoQuery = Annotated[None, Depends(no_query)]
PlainQuery = Annotated[None, Depends(plain_query)]
