"""The pages and calls of the embedded issuer. In the application in development only.

It is at the address by which one came, so that it works from any port and name; its keys are those of `niss token`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse

from access.codes import CLIENT_ID, Asked, Codes, FlowError, read_request
from access.issuer import ALGORITHM
from access.issuers import IssuerTerms
from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, NotFound
from domain.statement import mail_address, text
from portal.rendering import page
from portal.visitors import TheHouse, from_our_pages
from service import sign_in

KEY = "development"
PATH = "/issuer"
_LEVEL = "urn:niss-desk:development:choice"
_PARAMETERS = (
    *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge"),
    *("code_challenge_method", "login_hint"),
)
router = APIRouter(prefix=PATH)


def terms_at(base: str, codes: Codes) -> IssuerTerms:
    """The embedded issuer at one address, as the portal knows it."""
    return IssuerTerms(
        key=KEY,
        issuer=base + PATH,
        client_id=CLIENT_ID,
        client_key=codes.issuer.portal_key,
        acr=(_LEVEL,),
        subject_is_login=True,
        vouches_for_staff=True,
    )


def base_of(request: Request) -> str:
    """`http://127.0.0.1:8000`: where this call came to."""
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def way_back(base: str, key: str) -> str:
    """Where an issuer sends people back to: another address for each."""
    return f"{base}/sign-in/callback/{key}"


def _codes(request: Request) -> Codes:
    codes = request.app.state.codes
    if not isinstance(codes, Codes):
        raise NotFound("There is nothing at this address.")
    return codes


@router.get("/.well-known/openid-configuration")
async def configuration(request: Request) -> Response:
    """The discovery document."""
    issuer = base_of(request) + PATH
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "end_session_endpoint": f"{issuer}/end-session",
            "jwks_uri": f"{issuer}/jwks.json",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "code_challenge_methods_supported": ["S256"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
            "authorization_response_iss_parameter_supported": True,
            "scopes_supported": ["openid", "profile", "email"],
            "acr_values_supported": [_LEVEL],
        }
    )


@router.get("/jwks.json")
async def keys(request: Request) -> Response:
    """The public key."""
    return JSONResponse(_codes(request).issuer.jwks())


@router.get("/authorize")
async def choose(request: Request, house: TheHouse) -> Response:
    """Who are you? Somebody who was hinted at is not asked."""
    query = {name: value for name, value in request.query_params.items() if name in _PARAMETERS}
    try:
        asked = read_request(query, way_back=way_back(base_of(request), KEY))
    except FlowError as error:
        return _answer(request, query["redirect_uri"], error=error.code, state=query.get("state"))
    everybody = await run_in_threadpool(sign_in.demo_people, house.tools)
    hinted = next((person for person in everybody if person.id == query.get("login_hint")), None)
    if hinted is not None:
        return _granted(request, asked, {"sub": hinted.login, "name": hinted.name, "email": hinted.login})
    return page(request, "development_issuer.html", {"people": everybody, "asked": query})


@router.post("/authorize")
async def chosen(request: Request, house: TheHouse) -> Response:
    """One of the people, or somebody new with what their organisation would say of them."""
    from_our_pages(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    asked = read_request(form, way_back=way_back(base_of(request), KEY))
    everybody = await run_in_threadpool(sign_in.demo_people, house.tools)
    known = next((person for person in everybody if person.login == form.get("login")), None)
    if known is not None:
        return _granted(request, asked, {"sub": known.login, "name": known.name, "email": known.login})
    return _granted(request, asked, _somebody_new(form))


@router.post("/token")
async def token(request: Request) -> Response:
    """A code against tokens."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    headers = {"Cache-Control": "no-store"}
    try:
        answer = await _codes(request).redeem(form, token_endpoint=f"{base_of(request)}{PATH}/token")
    except FlowError as error:
        status = 401 if error.code == "invalid_client" else 400
        return JSONResponse({"error": error.code}, status, headers=headers)
    return JSONResponse(answer, headers=headers)


@router.get("/end-session")
async def end_session(request: Request) -> Response:
    """Nobody stays signed in here: back to where they came from, if that is ours."""
    back = request.query_params.get("post_logout_redirect_uri", "")
    ours = urlsplit(back)._replace(path="", query="", fragment="").geturl() == base_of(request)
    return RedirectResponse(back if ours else "/", 303)


def _somebody_new(form: Mapping[str, str]) -> dict[str, Any]:
    try:
        address, name = mail_address(form.get("email", "")), text(form.get("name", ""))
        number = parse_enterprise_number(form["enterprise_number"]) if form.get("enterprise_number") else None
    except ValueError:
        raise InvalidInput(
            "Somebody new needs a name and a mail address; an enterprise number must be valid."
        ) from None
    claims: dict[str, Any] = {"sub": address, "name": name, "email": address}
    if number is not None:
        claims |= {"enterprise_number": number, "administrator": form.get("administrator") == "yes"}
    return claims


def _granted(request: Request, asked: Asked, claims: dict[str, Any]) -> Response:
    issuer = base_of(request) + PATH
    code = _codes(request).issue(
        asked, issuer=issuer, claims={**claims, "email_verified": True, "acr": _LEVEL, "azp": CLIENT_ID}
    )
    return _answer(request, asked.redirect_uri, code=code, state=asked.state)


def _answer(request: Request, back: str, **values: str | None) -> Response:
    """To the client, naming ourselves (RFC 9207)."""
    given = {name: value for name, value in values.items() if value} | {"iss": base_of(request) + PATH}
    return RedirectResponse(f"{back}?{urlencode(given)}", 303)
