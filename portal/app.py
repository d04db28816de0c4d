"""The portal: its pages, and what a page looks like where something is refused."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from access.codes import Codes
from domain.errors import NissDeskError, NotFound, TooManyCalls
from locales.catalogue import say
from portal import (
    auditing,
    company,
    development_issuer,
    ended_elsewhere,
    looking_after,
    my_sessions,
    opening,
    overview,
    reading,
    scans,
    sending,
    signing_in,
    software,
    stating,
    staying,
    tongue,
    trail,
)
from portal.desk import by_hand, case, decisions, queue, supervising
from portal.headers import PageHeaders
from portal.parties import Parties
from portal.rendering import STATIC, language_of, page
from portal.routes import status_of
from portal.visitors import SignedInVisitor, SignInFirst, known_visitor
from portal.words import TROUBLE
from runtime.house import House, trace_of

#: In this order: `/requests/new` is a page of its own, and no request is called so.
_ROUTERS = (
    signing_in.router,
    ended_elsewhere.router,
    my_sessions.router,
    staying.router,
    tongue.router,
    overview.router,
    opening.router,
    scans.router,
    stating.router,
    sending.router,
    reading.router,
    company.router,
    software.router,
    trail.router,
    auditing.router,
    looking_after.router,
    queue.router,
    by_hand.router,
    supervising.router,
    case.router,
    decisions.router,
)

_DETAIL = {
    404: "There is nothing at this address.",
    405: "This address does not know this method.",
    413: "The call has too many bytes.",
}
_AWAY = "Something this service needs does not answer now; try again later."
_BROKEN = "Something went wrong here. Name the trace id of this answer when you ask about it."
_KEPT = "public, max-age=31536000, immutable"


class Portal(FastAPI):
    """The pages as an application of their own, beside the API."""

    def answers(self, scope: Scope) -> bool:
        """Whether the address of this call is one of the pages."""
        return any(route.matches(scope)[0] is not Match.NONE for route in self.routes)


def create_portal(house: House) -> Portal:
    """The pages for one house."""
    app = Portal(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.house = house
    for router in _ROUTERS:
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, methods=["GET"])
    app.add_exception_handler(SignInFirst, _to_the_sign_in)
    app.add_exception_handler(case.ReasonFirst, _to_the_reason)
    app.add_exception_handler(NissDeskError, _refused)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(RequestValidationError, _by_status)
    app.add_exception_handler(Exception, _broken)
    codes = None
    if house.development and house.issuer is not None:
        codes = Codes(house.issuer, house.now)
        app.include_router(development_issuer.router)
    parties = Parties(house, codes)
    app.state.codes, app.state.parties = codes, parties
    app.add_middleware(PageHeaders, development=house.development, form_targets=parties.origins)
    return app


async def _static(name: str) -> Response:
    """One of our own files. Its address changes with it, so a browser may keep it for good."""
    file = next((file for file in STATIC.iterdir() if file.name == name), None)
    if file is None:
        raise NotFound("There is nothing at this address.")
    return FileResponse(file, headers={"Cache-Control": _KEPT})


async def _to_the_sign_in(_request: Request, error: Exception) -> Response:
    return RedirectResponse(signing_in.address(getattr(error, "target", "/")), 303)


async def _to_the_reason(_request: Request, error: Exception) -> Response:
    return RedirectResponse(f"/desk/requests/{getattr(error, 'request_id', '')}", 303)


async def _refused(request: Request, error: Exception) -> Response:
    status = status_of(error)
    answer = await _problem(request, status, _AWAY if status == 503 else getattr(error, "detail", ""))
    if isinstance(error, TooManyCalls):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


async def _by_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return await _problem(request, status, _DETAIL.get(status, "The call is not understood."))


async def _broken(request: Request, _error: Exception) -> Response:
    # The envelope around both applications logs it, without its text.
    return await _problem(request, 500, _BROKEN)


async def _whoever_looks(request: Request) -> SignedInVisitor | None:
    """Who is signed in, so that the page keeps their menu; nobody where that cannot be told now."""
    try:
        return await known_visitor(request)
    except Exception:  # noqa: BLE001 - the page about an error must come whatever is wrong
        return None


async def _problem(request: Request, status: int, detail: str) -> Response:
    """A page that says what is wrong and where to go from here. Nothing of the error but its own sentence is on it."""
    language = language_of(request)
    again = request.url.path if status == 503 and request.method == "GET" else ""
    values = {
        "visitor": await _whoever_looks(request),
        "title": say(TROUBLE.get(str(status), TROUBLE["400"]), language),
        "detail": say(detail, language),
        "status": status,
        "trace": trace_of(request.scope) or "",
        "again": again,
    }
    answer = page(request, "problem.html", values, status=status)
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer
