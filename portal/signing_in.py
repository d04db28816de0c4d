"""Signing in at an issuer (authorization code flow), and signing out, here and there."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from access.issuers import Identity
from access.limits import network_of
from access.relying import Attempt, SignInRefused, new_attempt
from access.sessions import COOKIE, PLAIN_COOKIE, is_secret, new_secret, secret_of
from domain.enterprise import format_enterprise_number
from locales.catalogue import say
from portal.browsers import browser_of
from portal.development_issuer import way_back
from portal.parties import Parties, parties_of
from portal.rendering import language_of, page
from portal.visitors import (
    CheckedForm,
    MaybeVisitor,
    SignedInVisitor,
    TheHouse,
    Visitor,
    first_page,
    local_path,
    own_origin,
)
from runtime.house import House
from service import attempts, sessions, sign_in

router = APIRouter()
TheParties = Annotated[Parties, Depends(parties_of)]
#: Binds an attempt to the browser that began it.
ATTEMPT_COOKIE = "__Host-niss-sign-in"
PLAIN_ATTEMPT_COOKIE = "niss-development-sign-in"


def address(target: str = "/") -> str:
    """The sign-in page, from which one is led to `target`."""
    return "/sign-in" if target == "/" else f"/sign-in?{urlencode({'next': target})}"


@router.get("/sign-in")
async def ways_in(
    request: Request,
    house: TheHouse,
    parties: TheParties,
    found: MaybeVisitor,
    target: Annotated[str | None, Query(alias="next")] = None,
) -> Response:
    """The ways in; in development one link per demo person. Who is signed in has nothing to do here."""
    led = local_path(target)
    if found is not None:
        return RedirectResponse(_after(led, found), 303)
    demo = await run_in_threadpool(sign_in.demo_people, house.tools) if parties.embedded else ()
    query = "" if led == "/" else urlencode({"next": led})
    return page(request, "sign_in.html", {"people": demo, "ways": parties.ways(), "query": query})


@router.get("/sign-in/start/{key}")
async def leave(
    request: Request,
    house: TheHouse,
    parties: TheParties,
    key: str,
    target: Annotated[str | None, Query(alias="next")] = None,
    hint: str | None = None,
) -> Response:
    """To the issuer, with what its answer will be compared with kept here. Another site starts nothing.

    Raises TooManyCalls where one address begins without end: nobody is known yet, and every beginning is a row.
    """
    party = parties.of(request, key)
    led = local_path(target)
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return RedirectResponse(address(led), 303)
    house.start_limits.count(network_of(request.client.host if request.client else None))
    attempt = new_attempt(key, way_back=way_back(own_origin(request), key), target=led)
    to_the_issuer = await party.address(attempt, hint=hint if parties.embedded else None)
    secret = _attempt_secret(request, house) or new_secret()
    await run_in_threadpool(attempts.remember, house.tools, attempt, secret)
    answer = RedirectResponse(to_the_issuer, 303)
    _keep(request, house, answer, (ATTEMPT_COOKIE, PLAIN_ATTEMPT_COOKIE), secret, seconds=attempts.PATIENCE.seconds)
    return answer


@router.get("/sign-in/callback/{key}")
async def come_back(request: Request, house: TheHouse, parties: TheParties, key: str) -> Response:
    """From the issuer: a session, or a page that says what to do."""
    party, query = parties.of(request, key), request.query_params
    try:
        attempt = await _taken(request, house, key)
        if query.get("error"):
            return page(request, "sign_in_refused.html", {"again": address(attempt.target)}, status=403)
        identity = await party.redeem(attempt, code=query.get("code", ""), named_issuer=query.get("iss"))
        person_id = await run_in_threadpool(sign_in.admit, house.tools, identity)
    except SignInRefused:
        return page(request, "sign_in_refused.html", {"again": "/sign-in"}, status=400)
    except sign_in.Stranger as stranger:
        values = {
            "detail": say(stranger.detail, language_of(request)),
            "number": format_enterprise_number(stranger.number) if stranger.number else None,
            "company": stranger.company,
        }
        return page(request, "unknown_company.html", values, status=403)
    return await _open(request, house, person_id, identity, attempt)


@router.post("/sign-out")
async def sign_out(
    request: Request, house: TheHouse, parties: TheParties, found: Visitor, _form: CheckedForm
) -> Response:
    """End this browser's session, and the one at the issuer where it offers that."""
    await run_in_threadpool(sessions.end_by_secret, house.tools, found.secret)
    return await signed_out(request, parties, found)


async def signed_out(request: Request, parties: Parties, found: SignedInVisitor) -> Response:
    """To the sign-in page, by way of the issuer; without a session, and without what the browser kept of our pages."""
    back = f"{own_origin(request)}/sign-in"
    party = parties.at_issuer(request, found.issuer)
    elsewhere = None if party is None else await party.end_session_address(back)
    answer = RedirectResponse(elsewhere or "/sign-in", 303, headers={"Clear-Site-Data": '"cache"'})
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    answer.delete_cookie(PLAIN_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def _taken(request: Request, house: House, key: str) -> Attempt:
    secret = _attempt_secret(request, house)
    if secret is None:
        raise SignInRefused("no browser")
    state = request.query_params.get("state", "")
    return await run_in_threadpool(attempts.take, house.tools, state=state, browser_secret=secret, issuer_key=key)


async def _open(request: Request, house: House, person_id: str, identity: Identity, attempt: Attempt) -> Response:
    """A session under a new secret, whatever the browser had before: nobody can plant one."""
    before = secret_of(request.cookies, development=house.development)
    secret = await run_in_threadpool(
        sessions.open_session,
        house.tools,
        house.session_terms,
        person_id,
        browser=browser_of(request.headers.get("user-agent", "")),
        identity=identity,
        instead_of=before,
    )
    found = await run_in_threadpool(sessions.signed_in, house.tools, house.session_terms, secret)
    led = first_page(found.caller) if attempt.target == "/" else attempt.target
    answer = RedirectResponse(led, 303)
    _keep(request, house, answer, (COOKIE, PLAIN_COOKIE), secret)
    for name, secure in ((ATTEMPT_COOKIE, True), (PLAIN_ATTEMPT_COOKIE, False)):
        if name in request.cookies:
            answer.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


def _keep(
    request: Request, house: House, answer: Response, names: tuple[str, str], secret: str, seconds: int | None = None
) -> None:
    """A cookie that only this host gets, over https; the second name over plain http, in development only."""
    plain = house.development and request.url.scheme != "https"
    name = names[1] if plain else names[0]
    answer.set_cookie(name, secret, max_age=seconds, path="/", secure=not plain, httponly=True, samesite="lax")


def _attempt_secret(request: Request, house: House) -> str | None:
    names = (ATTEMPT_COOKIE, PLAIN_ATTEMPT_COOKIE) if house.development else (ATTEMPT_COOKIE,)
    return next((secret for secret in map(request.cookies.get, names) if is_secret(secret)), None)


def _after(led: str, found: SignedInVisitor) -> str:
    return first_page(found.caller) if led == "/" else led
