"""The one translator of errors into `application/problem+json` (RFC 9457, Belgian government REST guide)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.problems import PROBLEMS, title, urn
from domain.errors import (
    Conflict,
    InvalidInput,
    Issue,
    NissDeskError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    TooLarge,
    TooManyCalls,
    Unavailable,
    UnsupportedMedia,
)
from locales.catalogue import say
from locales.language import best_language

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("niss.api")

#: Most particular class first.
_STATUS: tuple[tuple[type[NissDeskError], int], ...] = (
    (TooLarge, 413),
    (UnsupportedMedia, 415),
    (InvalidInput, 400),
    (NotAuthenticated, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Unavailable, 503),
)
_CODE_OF_STATUS = {
    404: "resourceNotFound",
    405: "methodNotAllowed",
    413: "payloadTooLarge",
    415: "unsupportedMediaType",
}
_DETAIL_OF_STATUS = {
    404: "There is nothing at this address.",
    405: "This address does not know this method.",
    413: "The call has too many bytes.",
    415: "The body is of a kind that is not read here.",
}
_METHODS = ("DELETE", "GET", "HEAD", "POST", "PUT")
#: Pydantic's kinds of errors in our words; what Pydantic says may repeat the input, so it is never passed on.
_SENTENCES: Mapping[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not known here",
    "string_type": "must be a text",
    "string_too_long": "is too long",
    "string_too_short": "must not be blank",
    "literal_error": "must be one of {values}",
    "enum": "must be one of {values}",
    "string_pattern_mismatch": "is not valid",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "greater_than_equal": "must be at least {limit}",
    "less_than_equal": "must be at most {limit}",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    issues: Iterable[Issue] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as an answer. `detail` and the issues are English sentences, said in the caller's language."""
    language = best_language(request.headers.get("accept-language"))
    content: dict[str, Any] = {
        "type": urn(code),
        "title": title(code),
        "status": status,
        "detail": say(detail, language),
        "instance": request.url.path,
    }
    told = [
        {"in": issue.where, "name": issue.name, "detail": say(issue.detail, language, issue.params)} for issue in issues
    ]
    if told:
        content["issues"] = told
    # ASCII only: a path or a member's name may hold what UTF-8 cannot say.
    return Response(
        json.dumps(content),
        status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, "Vary": "Accept-Language", **(headers or {})},
    )


def answer_to(request: Request, error: NissDeskError) -> Response:
    """What a refusal, or something that is away, looks like from outside."""
    known = PROBLEMS.get(error.code)
    status = known.status if known else next((s for kind, s in _STATUS if isinstance(error, kind)), 500)
    if status == 500:
        return unexpected(request, error)
    headers: dict[str, str] = {}
    code = error.code
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer" if code == "noAccessToken" else 'Bearer error="invalid_token"'
    if isinstance(error, TooManyCalls):
        headers["Retry-After"] = str(error.seconds)
    if status == 503:
        _log.warning("unavailable", extra={"code": code, "traceId": trace_id(request)})
        code = "serviceUnavailable"
        headers["Retry-After"] = "5"
        detail = "Something this service needs does not answer now; try again later."
        return problem(request, status, code, detail, headers=headers)
    return problem(request, status, code, error.detail or title(code), issues=error.issues, headers=headers)


def unexpected(request: Request, error: BaseException) -> Response:
    """An error that is not ours: its kind and place go to the log, its text nowhere (it may hold personal data)."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    _log.error("unexpected %s at %s", type(error).__name__, frames[-6:], extra={"traceId": trace_id(request)})
    detail = "Something went wrong here. Name the trace id of this answer when you ask about it."
    return problem(request, 500, "internalServerError", detail)


def trace_id(request: Request) -> str | None:
    """The call's BelGov-Trace-Id, put there by the middleware."""
    found = request.scope.get("niss.trace_id")
    return found if isinstance(found, str) else None


def issues_of(errors: Iterable[Any], *, where: str | None = None) -> list[Issue]:
    """Pydantic's errors as issues; `where` is their first location unless it is given. Values are never looked at."""
    found = []
    for error in errors:
        location: Sequence[str | int] = error["loc"]
        place, path = (where, location) if where else (str(location[0]), location[1:])
        # A rule of ours says itself what is wrong, and never repeats the value.
        ours = error["type"] == "value_error"
        sentence = str(error["ctx"]["error"]) if ours else _SENTENCES.get(error["type"], "is not valid")
        found.append(Issue(dotted(path), sentence, place or "body", _params(error)))
    return found


def dotted(path: Sequence[str | int]) -> str:
    """`official.street`, `pages[0]`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name


def invalid(wrong: ValidationError, detail: str = "The body is not accepted.", *, where: str = "body") -> InvalidInput:
    """Pydantic's refusal as ours."""
    errors = wrong.errors(include_url=False, include_input=False)
    return InvalidInput(detail, issues=issues_of(errors, where=where))


def _params(error: Any) -> dict[str, str | int]:  # noqa: ANN401 - Pydantic's error
    context = error.get("ctx") or {}
    match error["type"]:
        case "literal_error" | "enum":
            return {"values": str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")}
        case "greater_than_equal":
            return {"limit": context["ge"]}
        case "less_than_equal":
            return {"limit": context["le"]}
    return {}


def _allowed(request: Request) -> str:
    """All methods of an address, also where several routes share it; one that is spelled out is nobody else's."""
    described = request.app.openapi()["paths"].get(request.url.path)
    if described is not None:
        return ", ".join(sorted(method.upper() for method in described))
    allowed = [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return ", ".join(allowed)


def install(app: FastAPI) -> None:
    """Put the translator in place of every answer the frameworks would give."""

    async def refused(request: Request, error: Exception) -> Response:
        if not isinstance(error, NissDeskError):
            raise error
        return answer_to(request, error)

    async def not_valid(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        return problem(request, 400, "badRequest", "The call is not understood.", issues=issues_of(error.errors()))

    async def by_status(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else {}
        code = _CODE_OF_STATUS.get(error.status_code, "badRequest")
        detail = _DETAIL_OF_STATUS.get(error.status_code, "The call is not understood.")
        return problem(request, error.status_code, code, detail, headers=headers)

    app.add_exception_handler(NissDeskError, refused)
    app.add_exception_handler(RequestValidationError, not_valid)
    app.add_exception_handler(HTTPException, by_status)
