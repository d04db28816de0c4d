"""Signing in and out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from access.sessions import COOKIE, PLAIN_COOKIE, secret_of
from domain.errors import NotFound
from portal.browsers import browser_of
from portal.rendering import page
from portal.visitors import CheckedForm, MaybeVisitor, TheHouse, Visitor, first_page, from_our_pages, local_path
from runtime.house import House
from service import people, sessions, sign_in

router = APIRouter()
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def address(target: str = "/") -> str:
    """The sign-in page, from which one is led to `target`."""
    return "/sign-in" if target == "/" else f"/sign-in?{urlencode({'next': target})}"


@router.get("/sign-in")
async def ways_in(
    request: Request, house: TheHouse, found: MaybeVisitor, target: Annotated[str | None, Query(alias="next")] = None
) -> Response:
    """The ways in; in development one button per demo person. Who is signed in has nothing to do here."""
    if found is not None:
        return RedirectResponse(_after(target, first_page(found.caller)), 303)
    demo = await run_in_threadpool(sign_in.demo_people, house.tools) if house.issuer is not None else ()
    return page(request, "sign_in.html", {"people": demo, "target": local_path(target)})


@router.post("/sign-in")
async def as_demo_person(
    request: Request, house: TheHouse, login: Annotated[str, Form()], target: Annotated[str, Form(alias="next")] = "/"
) -> Response:
    """Development only: sign in as a demo person."""
    from_our_pages(request)
    if house.issuer is None:
        raise NotFound("There is nothing at this address.")
    caller = await run_in_threadpool(people.caller_of, house.tools, login)
    answer = RedirectResponse(_after(target, first_page(caller)), 303)
    await _open(request, house, answer, caller.person_id)
    return answer


@router.post("/sign-out")
async def sign_out(house: TheHouse, found: Visitor, _form: CheckedForm) -> Response:
    """End this browser's session."""
    await run_in_threadpool(sessions.end_by_secret, house.tools, found.secret)
    return signed_out()


def signed_out() -> Response:
    """To the sign-in page, without a session; what the browser keeps of our pages goes too."""
    answer = RedirectResponse("/sign-in", 303, headers={"Clear-Site-Data": '"cache"'})
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    answer.delete_cookie(PLAIN_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def _open(request: Request, house: House, answer: Response, person_id: str) -> None:
    """A session under a new secret, whatever the browser had before: nobody can plant one."""
    before = secret_of(request.cookies, development=house.development)
    secret = await run_in_threadpool(
        sessions.open_session,
        house.tools,
        house.session_terms,
        person_id,
        browser=browser_of(request.headers.get("user-agent", "")),
        instead_of=before,
    )
    plain = house.development and not _takes_secure(request)
    answer.set_cookie(
        PLAIN_COOKIE if plain else COOKIE, secret, path="/", secure=not plain, httponly=True, samesite="lax"
    )


def _takes_secure(request: Request) -> bool:
    """Whether a browser takes a Secure cookie from here: from https, and from its own machine."""
    return request.url.scheme == "https" or request.headers.get("host", "").rpartition(":")[0] in _LOOPBACK


def _after(target: str | None, first: str) -> str:
    led = local_path(target)
    return first if led == "/" else led
