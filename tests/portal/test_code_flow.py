"""The portal as a client of real issuers: how it signs in, and every answer that it must refuse."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from access.issuers import IssuerTerms
from access.sessions import COOKIE
from portal.signing_in import ATTEMPT_COOKIE
from tests.api.desk import Desk
from tests.portal.other_issuer import CLIENT, OtherIssuer, running

BOB = {"sub": "bob@acme.example", "name": "Bob", "email": "bob@acme.example", "email_verified": True}
LEVEL = "urn:be:level:500"


def terms(issuer: OtherIssuer, key: str = "other", **more: Any) -> IssuerTerms:
    more.setdefault("subject_is_login", True)
    return IssuerTerms(key=key, issuer=issuer.url, client_id=CLIENT, label="The ministry", **more)


def believe(desk: Desk, *issuers: IssuerTerms) -> None:
    desk.issuers = issuers
    desk.open()


@pytest.fixture
async def issuer(desk: Desk) -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer(dict(BOB), client_secret="s3cret/+")) as there:
        believe(desk, terms(there, client_secret="s3cret/+"))
        yield there


async def away(browser: httpx.AsyncClient, key: str = "other", target: str = "/sessions") -> str:
    """From the portal to the issuer and to the address that it sends the browser back to."""
    begun = await browser.get(f"/sign-in/start/{key}", params={"next": target})
    assert begun.status_code == 303, begun.text
    async with httpx.AsyncClient() as elsewhere:
        answer = await elsewhere.get(begun.headers["location"])
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def refused(answer: httpx.Response, status: int = 400) -> None:
    assert answer.status_code == status, answer.text
    assert "You are not signed in" in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")


async def test_the_sign_in_page_names_the_issuer_and_one_comes_back_where_one_wanted(
    desk: Desk, issuer: OtherIssuer
) -> None:
    browser = await desk.browser(None)
    page = (await browser.get("/sign-in?next=/sessions")).text
    assert 'href="/sign-in/start/other?next=%2Fsessions"' in page
    assert "Sign in with The ministry" in page
    answer = await browser.get(await away(browser))
    assert (answer.status_code, answer.headers["location"]) == (303, "/sessions")
    assert (await browser.get("/sessions")).status_code == 200
    assert ATTEMPT_COOKIE not in browser.cookies
    (asked,) = issuer.asked
    assert asked["scope"] == "openid profile email"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert "login_hint" not in asked


@pytest.mark.parametrize("kind", ["rsa", "ec", "secret", "public"])
async def test_the_portal_signs_in_as_a_client_in_the_way_that_was_agreed(desk: Desk, kind: str) -> None:
    rsa, ec = RSAKey.generate_key(2048, {"kid": "portal"}), ECKey.generate_key("P-256", {"kid": "portal"})
    agreed: dict[str, dict[str, Any]] = {
        "rsa": {"client_key": rsa},
        "ec": {"client_key": ec},
        "secret": {"client_secret": "s3cret"},
        "public": {},
    }
    async with running(OtherIssuer(dict(BOB), **agreed[kind])) as there:
        believe(desk, terms(there, **agreed[kind]))
        browser = await desk.browser(None)
        assert (await browser.get(await away(browser))).headers["location"] == "/sessions"
        ways = {"rsa": "private_key_jwt", "ec": "private_key_jwt", "secret": "client_secret_basic", "public": "none"}
        assert there.clients == [ways[kind]]


async def test_an_issuer_that_changes_its_key_is_asked_again(desk: Desk, issuer: OtherIssuer) -> None:
    browser = await desk.browser(None)
    await browser.get(await away(browser))
    issuer.key = RSAKey.generate_key(2048, {"kid": "k2", "use": "sig"})
    other = await desk.browser(None)
    back = await away(other)
    party = desk.app.state.portal.state.parties._others["other"]._discovered
    party._asked_at -= 31
    assert (await other.get(back)).headers["location"] == "/sessions"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"iss": None}, "KeyError"),
        ({"aud": "somebody-else"}, "audience"),
        ({"aud": [CLIENT, "somebody-else"]}, "authorized party"),
        ({"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"}, "authorized party"),
        ({"azp": "somebody-else"}, "authorized party"),
        ({"aud": None}, "KeyError"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "KeyError"),
        ({"nonce": ["x"]}, "nonce"),
        ({"exp": 1_000_000_000}, "expired"),
        ({"exp": None}, "KeyError"),
        ({"iat": 1_000_000_000}, "too old"),
        ({"iat": None}, "KeyError"),
        ({"nbf": 32_000_000_000}, "not yet"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"at_hash": "AAAA"}, "access token"),
    ],
)
async def test_an_id_token_that_does_not_hold_is_refused(
    desk: Desk, issuer: OtherIssuer, caplog: pytest.LogCaptureFixture, changes: dict[str, Any], reason: str
) -> None:
    issuer.changes = changes
    browser = await desk.browser(None)
    refused(await browser.get(await away(browser)))
    assert (await browser.get("/sessions")).status_code == 303
    assert [record.getMessage() for record in caplog.records if record.name == "niss.access"] == [
        f"sign-in refused: {reason}"
    ]


def _b64(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _alg_none(_: OtherIssuer, claims: dict[str, Any]) -> str:
    return f"{_b64({'alg': 'none'})}.{_b64(claims)}."


def _public_key_as_secret(issuer: OtherIssuer, claims: dict[str, Any]) -> str:
    signed = f"{_b64({'alg': 'HS256', 'kid': 'k1'})}.{_b64(claims)}"
    signature = hmac.digest(issuer.key.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _client_secret_as_key(_: OtherIssuer, claims: dict[str, Any]) -> str:
    signed = f"{_b64({'alg': 'HS256'})}.{_b64(claims)}"
    signature = hmac.digest(b"s3cret/+", signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _another_key(_: OtherIssuer, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, RSAKey.generate_key(2048))


def _unknown_key(issuer: OtherIssuer, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "k9"}, claims, issuer.key)


@pytest.mark.parametrize(
    "sign", [_alg_none, _public_key_as_secret, _client_secret_as_key, _another_key, _unknown_key, lambda *_: "a.b.c"]
)
async def test_an_id_token_that_the_issuer_did_not_sign_is_refused(
    desk: Desk, issuer: OtherIssuer, sign: Callable[[OtherIssuer, dict[str, Any]], str]
) -> None:
    issuer.sign = sign
    browser = await desk.browser(None)
    refused(await browser.get(await away(browser)))


@pytest.mark.parametrize(
    ("answer", "status", "seen"),
    [({"id_token": None}, 200, 400), ({"id_token": 7}, 200, 400), ({}, 400, 400), ({}, 302, 400), ({}, 500, 503)],
)
async def test_a_token_endpoint_that_gives_none_signs_nobody_in(
    desk: Desk, issuer: OtherIssuer, answer: dict[str, Any], status: int, seen: int
) -> None:
    issuer.answer, issuer.token_status = answer, status
    browser = await desk.browser(None)
    found = await browser.get(await away(browser))
    assert found.status_code == seen
    assert COOKIE not in found.headers.get("set-cookie", "")


async def test_a_level_of_assurance_below_the_floor_is_refused(desk: Desk, issuer: OtherIssuer) -> None:
    believe(desk, terms(issuer, client_secret="s3cret/+", acr=(LEVEL, "urn:be:level:600")))
    for given, enough in ((None, False), ("urn:be:level:100", False), (LEVEL, True), ("urn:be:level:600", True)):
        issuer.changes = {"acr": given}
        browser = await desk.browser(None)
        answer = await browser.get(await away(browser))
        assert (answer.status_code == 303) is enough
    assert issuer.asked[-1]["acr_values"] == f"{LEVEL} urn:be:level:600"


async def test_a_state_is_of_one_browser_counts_once_and_not_for_long(desk: Desk, issuer: OtherIssuer) -> None:
    browser, other = await desk.browser(None), await desk.browser(None)
    back = await away(browser)
    refused(await other.get(back))
    await away(other)
    refused(await other.get(back))
    parts = urlsplit(back)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for state in ("", "A" * 43):
        refused(await browser.get(parts.path, params={**query, "state": state}))
    assert (await browser.get(back)).status_code == 303
    refused(await browser.get(back))
    assert issuer.codes == {"code-1": issuer.codes["code-1"]}, "nobody else's code was spent"
    back = await away(browser)
    now = desk.tools.now
    desk.tools = replace(desk.tools, now=lambda: now() + timedelta(minutes=11))
    desk.open()
    late = await desk.browser(None)
    late.cookies.update(browser.cookies)
    refused(await late.get(back))


async def test_every_sign_in_asks_with_pkce_and_sends_the_verifier(desk: Desk, issuer: OtherIssuer) -> None:
    """The issuer compares: without the verifier of this very sign-in a code is worth nothing to whoever has it."""
    browser = await desk.browser(None)
    for _ in range(2):
        assert (await browser.get(await away(browser))).headers["location"] == "/sessions"
    assert {(asked["code_challenge_method"], len(asked["code_challenge"])) for asked in issuer.asked} == {("S256", 43)}
    assert len({asked["code_challenge"] for asked in issuer.asked}) == 2
    assert all("code_verifier" not in asked for asked in issuer.asked)
    back = await away(browser)
    issuer.codes["code-0"]["code_challenge"] = "A" * 43
    refused(await browser.get(back))


@pytest.mark.usefixtures("issuer")
async def test_somebody_elses_code_is_refused(desk: Desk) -> None:
    """A code put into another's sign-in: the verifier, and the nonce, are not those it was made with."""
    attacker, victim = await desk.browser(None), await desk.browser(None)
    stolen = parse_qs(urlsplit(await away(attacker)).query)["code"][0]
    back = urlsplit(await away(victim))
    query = {name: values[0] for name, values in parse_qs(back.query).items()}
    refused(await victim.get(back.path, params={**query, "code": stolen}))


async def test_issuers_are_not_mixed_up(desk: Desk, issuer: OtherIssuer) -> None:
    async with running(OtherIssuer(dict(BOB), client_secret="s3cret/+")) as evil:
        believe(desk, terms(issuer, client_secret="s3cret/+"), terms(evil, "evil", client_secret="s3cret/+"))
        browser = await desk.browser(None)
        back = await away(browser)
        refused(await browser.get(back.replace("/callback/other", "/callback/evil")))
        issuer.named = evil.url
        refused(await browser.get(await away(browser)))
        issuer.named, back = None, await away(browser)
        refused(await browser.get(back.split("&iss=")[0]))
        assert evil.clients == issuer.clients == [], "no code went to anybody"


async def test_whoever_is_denied_is_told_and_may_try_again(desk: Desk, issuer: OtherIssuer) -> None:
    issuer.denies = True
    browser = await desk.browser(None)
    answer = await browser.get(await away(browser))
    refused(answer, 403)
    assert 'href="/sign-in?next=%2Fsessions"' in answer.text


async def test_an_issuer_that_is_away_is_said_to_be(desk: Desk) -> None:
    nobody = OtherIssuer({}, url="http://127.0.0.1:1")
    believe(desk, terms(nobody))
    browser = await desk.browser(None)
    assert (await browser.get("/sign-in/start/other")).status_code == 503
    assert (await browser.get("/sign-in/start/unknown")).status_code == 404


async def test_sign_out_goes_on_to_the_issuer_and_names_nobody(desk: Desk, issuer: OtherIssuer) -> None:
    browser = await desk.browser(None)
    await browser.get(await away(browser))
    page = (await browser.get("/sessions")).text
    token = page.split('name="form_token" value="')[1].split('"')[0]
    answer = await browser.post("/sign-out", data={"form_token": token})
    to = urlsplit(answer.headers["location"])
    assert f"{to.scheme}://{to.netloc}{to.path}" == f"{issuer.url}/logout"
    assert parse_qs(to.query) == {"client_id": [CLIENT], "post_logout_redirect_uri": ["https://desk/sign-in"]}
    assert issuer.url in answer.headers["content-security-policy"].split("form-action")[1].split(";")[0]
