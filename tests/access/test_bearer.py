"""Bearer tokens by their issuer's terms: other kinds of token open nothing, the floor binds, mapped claims say who."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from access.bearer import Claims, TokenVerifier
from access.issuers import ClaimNames, IssuerTerms
from access.keys import FixedKeys
from domain.errors import NotAuthenticated

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", {"kid": "k"})
URL = "https://login.example"
LEVEL = "urn:be:level:500"


async def said(claims: dict[str, Any], /, *, typ: str | None = None, **terms: Any) -> Claims:
    """What a token of these claims and this kind says, signed by the very key that signs all of the issuer's."""
    verify = TokenVerifier(
        FixedKeys({"keys": [KEY.as_dict(private=False)]}),
        terms=IssuerTerms(key="x", issuer=URL, **terms),
        now=lambda: NOW,
    )
    moment = int(NOW.timestamp())
    full = {"iss": URL, "aud": "niss-desk", "sub": "bob", "iat": moment, "exp": moment + 60, **claims}
    head = {"alg": "ES256", "kid": "k"} | ({} if typ is None else {"typ": typ})
    return await verify(jwt.encode(head, full, KEY))


@pytest.mark.parametrize("typ", [None, "JWT", "jwt", "at+jwt", "application/at+jwt"])
async def test_an_access_token_opens_a_call(typ: str | None) -> None:
    of = await said({"jti": "1", "scope": "openid", "azp": "a-client", "auth_time": 1, "sid": "s"}, typ=typ)
    assert of.identity.subject == "bob"


@pytest.mark.parametrize(
    ("claims", "typ"),
    [
        ({"nonce": "n"}, None),
        ({"nonce": ""}, "JWT"),
        ({"nonce": "n"}, "at+jwt"),
        ({"at_hash": "h"}, None),
        ({"c_hash": "h"}, None),
        ({"s_hash": "h"}, None),
        ({"events": {"http://schemas.openid.net/event/backchannel-logout": {}}, "jti": "j"}, None),
        ({"jti": "j"}, "logout+jwt"),
        ({}, "application/logout+jwt"),
        ({}, "secevent+jwt"),
        ({}, "dpop+jwt"),
        ({}, "oauth-authz-req+jwt"),
        ({}, ""),
    ],
)
async def test_a_token_of_another_kind_opens_nothing(claims: dict[str, Any], typ: str | None) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        await said(claims, typ=typ)
    assert refused.value.code == "invalidAccessToken"


async def test_a_nonce_tells_nothing_where_access_tokens_have_an_audience_of_their_own() -> None:
    assert (await said({"nonce": "n"}, client_id="portal")).identity.subject == "bob"
    with pytest.raises(NotAuthenticated):
        await said({"nonce": "n", "at_hash": "h"}, client_id="portal")


async def test_the_floor_of_the_sign_in_binds_calls_too() -> None:
    floor: dict[str, Any] = {"acr": (LEVEL, "urn:be:level:600")}
    assert (await said({"acr": LEVEL}, **floor)).identity.subject == "bob"
    assert (await said({"acr": "urn:be:level:600"}, **floor)).identity.subject == "bob"
    assert (await said({})).identity.subject == "bob", "where none is set there is none"
    assert (await said({"acr": "urn:be:level:100"})).identity.subject == "bob"
    for claims in ({}, {"acr": "urn:be:level:100"}, {"acr": [LEVEL]}, {"acr": None}, {"acr": f"{LEVEL} "}):
        with pytest.raises(NotAuthenticated) as refused:
            await said(claims, **floor)
        assert refused.value.code == "invalidAccessToken"


async def test_the_mapped_claim_says_who() -> None:
    terms: dict[str, Any] = {"claims": ClaimNames(subject="person.id")}
    of = await said({"sub": "chosen", "person": {"id": "p-1"}}, **terms)
    assert (of.identity.subject, of.identity.issuer, of.identity.subject_is_login) == ("p-1", URL, False)
    with pytest.raises(NotAuthenticated):
        await said({"sub": "p-1"}, **terms)
    with pytest.raises(NotAuthenticated):
        await said({"person": {"id": 7}}, **terms)
