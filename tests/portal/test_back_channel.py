"""Signed out at the issuer: its logout tokens end sessions here, and nothing else does (Back-Channel Logout 1.0)."""

from __future__ import annotations

import base64
import hmac
import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from access.back_channel import EVENT
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.other_issuer import CLIENT, OtherIssuer, running
from tests.portal.test_code_flow import BOB, away, believe, terms

ADDRESS = "/sign-in/logout/other"


@pytest.fixture
async def issuer(desk: Desk) -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer({**BOB, "sid": "s-1"}, tells_of_logouts=True)) as there:
        believe(desk, terms(there))
        yield there


def claimed(issuer: OtherIssuer, **changes: Any) -> dict[str, Any]:
    """What a logout token says; None leaves a claim out."""
    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": issuer.url,
        "aud": CLIENT,
        "iat": now,
        "exp": now + 120,
        "jti": uuid.uuid4().hex,
        "events": {EVENT: {}},
        "sub": BOB["sub"],
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not None}


def signed(issuer: OtherIssuer, claims: dict[str, Any], **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": issuer.key.kid, "typ": "logout+jwt", **header}, claims, issuer.key)


async def told(desk: Desk, token: str, address: str = ADDRESS) -> httpx.Response:
    """The issuer's own call: it has no browser and no cookie."""
    async with httpx.AsyncClient(transport=desk.transport, base_url="https://desk") as server:
        return await server.post(address, data={"logout_token": token})


async def signed_in(desk: Desk, issuer: OtherIssuer, sid: str) -> httpx.AsyncClient:
    issuer.claims["sid"] = sid
    browser = await desk.browser(None)
    assert (await browser.get(await away(browser))).status_code == 303
    return browser


async def stays(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/sessions")).status_code == 200


@on_both
async def test_whoever_signs_out_at_the_issuer_is_signed_out_here(desk: Desk, issuer: OtherIssuer) -> None:
    desktop, phone = await signed_in(desk, issuer, "s-1"), await signed_in(desk, issuer, "s-2")
    elsewhere = await desk.browser("bob")
    answer = await told(desk, signed(issuer, claimed(issuer, sid="s-1", sub=None)))
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert (await stays(desktop), await stays(phone)) == (False, True)
    assert (await told(desk, signed(issuer, claimed(issuer, sid="s-2", sub="somebody else")))).status_code == 200
    assert await stays(phone), "the session is not that person's"
    assert (await told(desk, signed(issuer, claimed(issuer)))).status_code == 200
    assert not await stays(phone)
    assert await stays(elsewhere), "another issuer vouched for that one"


def _unsigned(claims: dict[str, Any]) -> str:
    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'logout+jwt'})}.{part(claims)}."


def _with_the_public_key(issuer: OtherIssuer, claims: dict[str, Any]) -> str:
    """HS256 with the issuer's public key as the secret."""
    head, body, _ = _unsigned(claims).split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "k1"}).encode()).rstrip(b"=").decode()
    secret = issuer.key.as_pem(private=False)
    mark = base64.urlsafe_b64encode(hmac.digest(secret, f"{head}.{body}".encode(), "sha256"))
    return f"{head}.{body}.{mark.rstrip(b'=').decode()}"


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "somebody-else"},
    "expired": {"exp": 1_000_000_000},
    "no end": {"exp": None},
    "old": {"iat": 1_000_000_000},
    "of tomorrow": {"iat": 4_000_000_000},
    "no beginning": {"iat": None},
    "no id": {"jti": None},
    "an id that is none": {"jti": 7},
    "an ID token": {"nonce": "n-1"},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is no object": {"events": {EVENT: "yes"}},
    "events that are a list": {"events": [EVENT]},
    "nobody": {"sub": None},
    "a subject that is none": {"sub": ["bob@acme.example"]},
    "a session that is none": {"sid": 1},
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_token_that_does_not_hold_ends_nothing(desk: Desk, issuer: OtherIssuer, wrong: str) -> None:
    browser = await signed_in(desk, issuer, "s-1")
    answer = await told(desk, signed(issuer, claimed(issuer, **WRONG[wrong])))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert await stays(browser)


async def test_nobody_else_can_make_one(desk: Desk, issuer: OtherIssuer) -> None:
    browser = await signed_in(desk, issuer, "s-1")
    theirs = RSAKey.generate_key(2048, {"kid": "k1"})
    for token in (
        _unsigned(claimed(issuer)),
        _with_the_public_key(issuer, claimed(issuer)),
        jwt.encode({"alg": "RS256", "kid": "k1"}, claimed(issuer), theirs),
        signed(issuer, claimed(issuer))[:-8],
        signed(issuer, claimed(issuer), typ="at+jwt"),
        signed(issuer, claimed(issuer, padding="x" * 9_000)),
        "",
        "a.b.c",
    ):
        assert (await told(desk, token)).status_code == 400
    assert await stays(browser)


async def test_a_token_counts_once(desk: Desk, issuer: OtherIssuer) -> None:
    first = await signed_in(desk, issuer, "s-1")
    token = signed(issuer, claimed(issuer))
    assert (await told(desk, token)).status_code == 200
    assert not await stays(first)
    again = await signed_in(desk, issuer, "s-2")
    assert (await told(desk, token)).status_code == 400
    assert await stays(again)


async def test_only_a_form_with_one_token_is_read(desk: Desk, issuer: OtherIssuer) -> None:
    browser = await signed_in(desk, issuer, "s-1")
    token = signed(issuer, claimed(issuer))
    async with httpx.AsyncClient(transport=desk.transport, base_url="https://desk") as server:
        for given in (
            {"json": {"logout_token": token}},
            {"params": {"logout_token": token}},
            {"data": {"logout_token": [token, token]}},
            {"data": {"logout_token": token, "more": "x" * 20_000}},
        ):
            assert (await server.post(ADDRESS, **given)).status_code == 400
        assert (await server.get(ADDRESS)).status_code == 405
    assert await stays(browser)


async def test_an_issuer_that_does_not_say_so_tells_nothing(desk: Desk) -> None:
    async with running(OtherIssuer({**BOB, "sid": "s-1"})) as there:
        believe(desk, terms(there))
        browser = await signed_in(desk, there, "s-1")
        assert (await told(desk, signed(there, claimed(there)))).status_code == 404
        assert await stays(browser)
    for key in ("unknown", "development"):
        assert (await told(desk, "a.b.c", f"/sign-in/logout/{key}")).status_code == 404
