"""Tokens of several issuers: each is believed for its own, by its own keys, and nobody for another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from access.bearer import SeveralIssuers, TokenVerifier
from access.issuers import IssuerTerms
from access.keys import FixedKeys
from domain.errors import NotAuthenticated

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
KEYS = {name: ECKey.generate_key("P-256", {"kid": "same"}) for name in ("https://a.example", "https://b.example/")}


def verifier() -> SeveralIssuers:
    return SeveralIssuers(
        {
            issuer: TokenVerifier(
                FixedKeys({"keys": [key.as_dict(private=False)]}),
                terms=IssuerTerms(key="x", issuer=issuer, subject_is_login=issuer == "https://a.example"),
                now=lambda: NOW,
            )
            for issuer, key in KEYS.items()
        }
    )


def token(named: object, key: ECKey, **more: Any) -> str:
    claims = {"iss": named, "aud": "niss-desk", "sub": "u", "exp": NOW.timestamp() + 60, **more}
    return jwt.encode({"alg": "ES256", "kid": "same"}, claims, key)


async def test_each_by_its_own_keys() -> None:
    for issuer, key in KEYS.items():
        for named in (issuer.rstrip("/"), issuer.rstrip("/") + "/"):
            found = (await verifier()(token(named, key))).identity
            assert (found.subject, found.issuer, found.subject_is_login) == (
                "u",
                issuer.rstrip("/"),
                issuer == "https://a.example",
            )


@pytest.mark.parametrize("named", ["https://b.example", "https://c.example", None, 7, "", ["https://a.example"]])
async def test_nobody_signs_for_another(named: object) -> None:
    with pytest.raises(NotAuthenticated):
        await verifier()(token(named, KEYS["https://a.example"]))


@pytest.mark.parametrize("wrong", ["", ".", "a.b", "a.bm90IGpzb24.c", "a.W10.c", "a.é.c", "x" * 100_000])
async def test_what_is_no_token_is_refused(wrong: str) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        await verifier()(wrong)
    assert refused.value.code == "invalidAccessToken"
