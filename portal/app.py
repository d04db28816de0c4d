"""The portal: its pages, and what a page looks like where something is refused."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from domain.errors import Conflict, InvalidInput, NissDeskError, NotAllowed, NotFound, TooLarge, UnsupportedMedia
from locales.catalogue import say
from portal import my_sessions, signing_in
from portal.headers import PageHeaders
from portal.rendering import language_of, page
from portal.visitors import SignInFirst
from runtime.house import House

_STATUS: tuple[tuple[type[NissDeskError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (TooLarge, 413),
    (UnsupportedMedia, 415),
    (InvalidInput, 400),
    (Conflict, 409),
)
_DETAIL = {
    404: "There is nothing at this address.",
    405: "This address does not know this method.",
}


class Portal(FastAPI):
    """The pages as an application of their own, beside the API."""

    def answers(self, scope: Scope) -> bool:
        """Whether the address of this call is one of the pages."""
        return any(route.matches(scope)[0] is not Match.NONE for route in self.routes)


def create_portal(house: House) -> Portal:
    """The pages for one house."""
    app = Portal(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.house = house
    app.include_router(signing_in.router)
    app.include_router(my_sessions.router)
    app.add_exception_handler(SignInFirst, _to_the_sign_in)
    app.add_exception_handler(NissDeskError, _refused)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(RequestValidationError, _by_status)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(PageHeaders, development=house.development)
    return app


async def _to_the_sign_in(_request: Request, error: Exception) -> Response:
    return RedirectResponse(signing_in.address(getattr(error, "target", "/")), 303)


async def _refused(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 503)
    if status == 503:
        return _problem(request, status, "Something this service needs does not answer now; try again later.")
    return _problem(request, status, getattr(error, "detail", ""))


async def _by_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return _problem(request, status, _DETAIL.get(status, "The call is not understood."))


async def _broken(request: Request, _error: Exception) -> Response:
    # The envelope around both applications logs it, without its text.
    return _problem(request, 500, "Something went wrong here. Name the trace id of this answer when you ask about it.")


def _problem(request: Request, status: int, detail: str) -> Response:
    return page(request, "refused.html", {"detail": say(detail, language_of(request))}, status=status)
