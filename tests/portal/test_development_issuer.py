"""The embedded issuer speaks the protocol in earnest, and is nowhere outside development."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from access.codes import ASSERTION_TYPE, CLIENT_ID
from access.sessions import COOKIE
from runtime.house import House
from tests.api.desk import ORIGIN, Desk
from tests.portal.other_issuer import hashed
from web import furnish

BACK = f"{ORIGIN}/sign-in/callback/development"
VERIFIER = "v" * 43
ASK = {
    "client_id": CLIENT_ID,
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "openid",
    "state": "a-state",
    "nonce": "a-nonce",
    "code_challenge": hashed(VERIFIER),
    "code_challenge_method": "S256",
}


async def code_for(browser: httpx.AsyncClient, login: str = "bob@acme.example") -> str:
    answer = await browser.post("/issuer/authorize", data={**ASK, "login": login})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (query["state"], query["iss"]) == (["a-state"], [f"{ORIGIN}/issuer"])
    return query["code"][0]


def form(desk: Desk, shown: str, **changes: str) -> dict[str, str]:
    key, audience = changes.pop("key", None), changes.pop("audience", f"{ORIGIN}/issuer/token")
    signing: Any = desk.issuer.portal_key if key is None else ECKey.generate_key("P-256")
    return {
        "grant_type": "authorization_code",
        "code": shown,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": private_key_jwt_sign(signing, CLIENT_ID, audience, alg="ES256"),
        **changes,
    }


async def test_a_client_that_knows_nothing_but_its_address_gets_tokens_that_hold(desk: Desk) -> None:
    browser = await desk.browser(None)
    found = (await browser.get("/issuer/.well-known/openid-configuration")).json()
    assert found["issuer"] == f"{ORIGIN}/issuer"
    answer = (
        await browser.post(urlsplit(found["token_endpoint"]).path, data=form(desk, await code_for(browser)))
    ).json()
    keys = KeySet.import_key_set((await browser.get(urlsplit(found["jwks_uri"]).path)).json())
    claims = jwt.decode(answer["id_token"], keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (found["issuer"], CLIENT_ID, "a-nonce")
    assert (claims["sub"], claims["email_verified"], claims["acr"]) == (
        "bob@acme.example",
        True,
        found["acr_values_supported"][0],
    )
    mine = await browser.get("/v1/company", headers={"Authorization": f"Bearer {answer['access_token']}"})
    assert mine.json()["enterpriseNumber"] == "0999000129"


async def test_a_code_counts_once_and_for_a_minute(desk: Desk) -> None:
    browser = await desk.browser(None)
    code = await code_for(browser)
    assert (await browser.post("/issuer/token", data=form(desk, code))).status_code == 200
    again = await browser.post("/issuer/token", data=form(desk, code))
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})
    code, codes = await code_for(browser), desk.app.state.portal.state.codes
    now = codes.now
    codes.now = lambda: now() + timedelta(seconds=61)
    assert (await browser.post("/issuer/token", data=form(desk, code))).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "https://evil.example/"}, "invalid_grant"),
        ({"code": "guessed"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "none"}, "invalid_client"),
        ({"client_assertion": ""}, "invalid_client"),
        ({"key": "another"}, "invalid_client"),
        ({"audience": "https://elsewhere.example/token"}, "invalid_client"),
    ],
)
async def test_a_code_is_for_its_client_its_way_back_and_whoever_asked(
    desk: Desk, changes: dict[str, str], error: str
) -> None:
    browser = await desk.browser(None)
    fields = form(desk, await code_for(browser), **changes)
    answer = await browser.post("/issuer/token", data=fields)
    assert (answer.status_code, answer.json()) == (401 if error == "invalid_client" else 400, {"error": error})


async def test_a_clients_assertion_counts_once(desk: Desk) -> None:
    browser = await desk.browser(None)
    fields = form(desk, await code_for(browser))
    assert (await browser.post("/issuer/token", data=fields)).status_code == 200
    again = {**fields, "code": await code_for(browser)}
    assert (await browser.post("/issuer/token", data=again)).json() == {"error": "invalid_client"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain", "code_challenge": VERIFIER}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
    ],
)
async def test_a_request_without_pkce_or_nonce_is_an_error(desk: Desk, changes: dict[str, str], error: str) -> None:
    browser = await desk.browser(None)
    answer = await browser.get("/issuer/authorize", params={**ASK, **changes})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (query["error"], query["state"]) == ([error], ["a-state"])


@pytest.mark.parametrize("changes", [{"redirect_uri": "https://evil.example/"}, {"client_id": "another"}])
async def test_nobody_is_sent_to_an_address_that_is_not_the_clients(desk: Desk, changes: dict[str, str]) -> None:
    browser = await desk.browser(None)
    answer = await browser.get("/issuer/authorize", params={**ASK, **changes})
    assert (answer.status_code, "location" in answer.headers) == (400, False)
    out = await browser.get("/issuer/end-session?post_logout_redirect_uri=https://evil.example/")
    assert out.headers["location"] == "/"


async def test_its_page_lists_the_people_and_lets_somebody_new_in(desk: Desk) -> None:
    browser = await desk.browser(None)
    begun = await browser.get("/sign-in/start/development")
    page = await browser.get(begun.headers["location"])
    assert 'value="gina@globex.example"' in page.text
    fields = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    new = {"name": "Ann Peters", "email": "ann@new.example", "enterprise_number": "0403.170.701"}
    wrong = await browser.post("/issuer/authorize", data={**fields, **new, "enterprise_number": "0403.170.702"})
    assert wrong.status_code == 400
    chosen = await browser.post("/issuer/authorize", data={**fields, **new, "administrator": "yes"})
    assert (await browser.get(chosen.headers["location"])).headers["location"] == "/"
    assert "Ann Peters" in (await browser.get("/sessions")).text


async def test_outside_development_there_is_none(desk: Desk) -> None:
    house = desk.app.state.house
    assert isinstance(house, House)
    for without in ({"development": False}, {"issuer": None}):
        production: Any = replace(house, **without)
        transport = httpx.ASGITransport(furnish(production))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Accept": "text/html"}) as browser:
            for path in ("/.well-known/openid-configuration", "/authorize", "/jwks.json", "/end-session"):
                assert (await browser.get(f"/issuer{path}", params=ASK)).status_code == 404
            assert (await browser.post("/issuer/token", data={})).status_code == 404
            assert (await browser.get("/sign-in/start/development")).status_code == 404
            page = await browser.get("/sign-in")
            assert "acme.example" not in page.text
            hsts = page.headers.get("strict-transport-security", "")
            assert ("max-age=31536000" in hsts) is not production.development


async def test_outside_development_the_plain_cookie_counts_for_nothing(desk: Desk) -> None:
    signed_in = await desk.browser("bob")
    secret = signed_in.cookies[COOKIE]
    production = replace(desk.app.state.house, development=False, issuer=None, public_url=ORIGIN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(furnish(production)), base_url=ORIGIN) as browser:
        for name, status in ((COOKIE, 200), ("niss-development", 303)):
            answer = await browser.get("/sessions", headers={"Cookie": f"{name}={secret}", "Accept": "text/html"})
            assert answer.status_code == status
