"""Real tokens of the development issuer, and the attacks on them."""

import asyncio
import base64
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from access.bearer import TokenVerifier
from access.discovery import DiscoveredKeys
from access.issuer import AUDIENCE, ISSUER, TERMS, DevelopmentIssuer
from access.issuers import IssuerTerms
from access.keys import FixedKeys, read_jwks
from domain.errors import NotAuthenticated, Unavailable

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
LOGIN = "alice@acme.example"


@pytest.fixture
def issuer(tmp_path: Path) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path)


def verifier(issuer: DevelopmentIssuer, now: datetime = NOW, terms: IssuerTerms = TERMS) -> TokenVerifier:
    return TokenVerifier(FixedKeys(issuer.jwks()), terms=terms, now=lambda: now)


def signed(issuer: DevelopmentIssuer, changes: Mapping[str, Any], *, header: Mapping[str, Any] | None = None) -> str:
    """A token of the true key whose claims are changed; a claim of None is left out."""
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": LOGIN,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 3600,
    }
    claims = {name: value for name, value in (claims | dict(changes)).items() if value is not None}
    return jwt.encode({"alg": "ES256", "kid": issuer._key.kid, **(header or {})}, claims, issuer._key)


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


async def test_a_token_holds_for_twelve_hours(issuer: DevelopmentIssuer) -> None:
    token = issuer.issue_token(LOGIN, now=NOW)
    assert (await verifier(issuer)(token)).identity.subject == LOGIN
    assert (await verifier(issuer, NOW + timedelta(hours=12))(token)).identity.subject == LOGIN
    with pytest.raises(NotAuthenticated) as refused:
        await verifier(issuer, NOW + timedelta(hours=12, minutes=1))(token)
    assert refused.value.code == "invalidAccessToken"


async def test_every_process_of_a_data_folder_signs_alike(tmp_path: Path, issuer: DevelopmentIssuer) -> None:
    token = DevelopmentIssuer(tmp_path).issue_token(LOGIN, now=NOW)
    assert (await verifier(issuer)(token)).identity.subject == LOGIN


def test_the_key_is_readable_by_its_owner_only_and_published_without_its_private_half(
    tmp_path: Path, issuer: DevelopmentIssuer
) -> None:
    for key in (tmp_path / "keys").iterdir():
        assert key.stat().st_mode & 0o777 == 0o600
        assert "d" in json.loads(key.read_text())
    assert all("d" not in member for member in issuer.jwks()["keys"])


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": ["another", "yet another"]},
        {"aud": None},
        {"aud": {"niss-desk": True}, "iss": "x"},
        {"exp": int(NOW.timestamp()) - 3600},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"nbf": int(NOW.timestamp()) + 3600},
        {"iat": int(NOW.timestamp()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a" * 300},
        {"sub": "alice\x00"},
    ],
)
async def test_claims_that_do_not_hold_are_refused(issuer: DevelopmentIssuer, changes: dict[str, Any]) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        await verifier(issuer)(signed(issuer, changes))
    assert refused.value.code == "invalidAccessToken"


async def test_one_of_several_audiences_is_enough(issuer: DevelopmentIssuer) -> None:
    assert (await verifier(issuer)(signed(issuer, {"aud": ["another", AUDIENCE]}))).identity.subject == LOGIN


def _unsigned(issuer: DevelopmentIssuer) -> str:
    token = signed(issuer, {})
    return f"{b64(json.dumps({'alg': 'none'}).encode())}.{token.split('.')[1]}."


def _none_with_signature(issuer: DevelopmentIssuer) -> str:
    _, payload, signature = signed(issuer, {}).split(".")
    return f"{b64(json.dumps({'alg': 'None', 'kid': issuer._key.kid}).encode())}.{payload}.{signature}"


def _public_key_as_secret(issuer: DevelopmentIssuer) -> str:
    payload = signed(issuer, {}).split(".")[1]
    head = b64(json.dumps({"alg": "HS256", "kid": issuer._key.kid}).encode())
    signature = hmac.digest(issuer._key.as_pem(private=False), f"{head}.{payload}".encode(), "sha256")
    return f"{head}.{payload}.{b64(signature)}"


def _another_key_of_the_same_name(issuer: DevelopmentIssuer) -> str:
    other = ECKey.generate_key("P-256")
    claims = json.loads(base64.urlsafe_b64decode(signed(issuer, {}).split(".")[1] + "=="))
    return jwt.encode({"alg": "ES256", "kid": issuer._key.kid}, claims, other)


def _key_in_the_header(issuer: DevelopmentIssuer) -> str:
    other = ECKey.generate_key("P-256")
    claims = json.loads(base64.urlsafe_b64decode(signed(issuer, {}).split(".")[1] + "=="))
    return jwt.encode({"alg": "ES256", "jwk": other.as_dict(private=False)}, claims, other)


def _unknown_key(issuer: DevelopmentIssuer) -> str:
    return signed(issuer, {}, header={"kid": "unknown"})


def _claims_exchanged(issuer: DevelopmentIssuer) -> str:
    header, _, signature = signed(issuer, {}).split(".")
    return f"{header}.{signed(issuer, {'sub': 'dave@desk.example'}).split('.')[1]}.{signature}"


def _critical_header(issuer: DevelopmentIssuer) -> str:
    token = signed(issuer, {})
    header = {"alg": "ES256", "kid": issuer._key.kid, "crit": ["exp"], "exp": 1}
    return f"{b64(json.dumps(header).encode())}.{token.split('.')[1]}.{token.split('.')[2]}"


@pytest.mark.parametrize(
    "attack",
    [
        _unsigned,
        _none_with_signature,
        _public_key_as_secret,
        _another_key_of_the_same_name,
        _key_in_the_header,
        _unknown_key,
        _claims_exchanged,
        _critical_header,
        lambda issuer: signed(issuer, {}) + "x",
        lambda issuer: signed(issuer, {}).rsplit(".", 1)[0],
        lambda _: "a.b.c",
        lambda _: "é.é.é",
        lambda _: "x" * 100_000,
        lambda _: b64(b"[]") + ".e30.e30",
    ],
)
async def test_attacks_are_refused(issuer: DevelopmentIssuer, attack: Callable[[DevelopmentIssuer], str]) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        await verifier(issuer)(attack(issuer))
    assert refused.value.code == "invalidAccessToken"


class Issuer:
    """An OpenID Connect issuer behind a transport: counts what is asked of it."""

    url = "https://login.example"
    terms = IssuerTerms(key="there", issuer=url, audience="desk")

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
        self.asked = 0
        self.up = True
        self.named = self.url

    def transport(self) -> httpx.MockTransport:
        def answer(request: httpx.Request) -> httpx.Response:
            self.asked += 1
            if not self.up:
                raise httpx.ConnectError("refused")
            if request.url.path.endswith("openid-configuration"):
                return httpx.Response(200, json={"issuer": self.named, "jwks_uri": f"{self.url}/keys"})
            return httpx.Response(200, json={"keys": [self.key.as_dict(private=False)]})

        return httpx.MockTransport(answer)

    def token(self) -> str:
        claims = {"iss": self.url, "aud": "desk", "sub": LOGIN, "exp": int(NOW.timestamp()) + 60}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


async def test_the_keys_of_an_external_issuer_are_discovered_cached_and_refreshed() -> None:
    there = Issuer()
    clock = [0.0]
    keys = DiscoveredKeys(there.url, transport=there.transport(), clock=lambda: clock[0])
    verify = TokenVerifier(keys, terms=there.terms, now=lambda: NOW)

    await asyncio.gather(*(verify(there.token()) for _ in range(5)))
    assert there.asked == 2

    there.key = RSAKey.generate_key(2048, {"kid": "k2", "use": "sig"})
    with pytest.raises(NotAuthenticated):  # too soon after the last time: anybody can invent key ids
        await verify(there.token())
    assert there.asked == 2
    clock[0] = 31.0
    assert (await verify(there.token())).identity.subject == LOGIN
    assert there.asked == 4


async def test_an_issuer_that_is_away_is_said_to_be_away() -> None:
    there = Issuer()
    there.up = False
    verify = TokenVerifier(DiscoveredKeys(there.url, transport=there.transport()), terms=there.terms, now=lambda: NOW)
    with pytest.raises(Unavailable):
        await verify(there.token())
    there.up = True
    assert (await verify(there.token())).identity.subject == LOGIN


async def test_a_discovery_document_of_somebody_else_is_refused() -> None:
    there = Issuer()
    there.named = "https://elsewhere.example"
    with pytest.raises(Unavailable):
        await DiscoveredKeys(there.url, transport=there.transport()).keys("k1")


def test_only_signing_keys_are_read() -> None:
    good = ECKey.generate_key("P-256", {"kid": "good"})
    document = {
        "keys": [
            good.as_dict(private=True),
            good.as_dict(private=False) | {"kid": "enc", "use": "enc"},
            {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
            {"kty": "EC", "kid": "broken", "crv": "P-256", "x": "AA"},
            "nonsense",
        ]
    }
    assert list(read_jwks(document)) == ["good"]
    assert read_jwks({"keys": None}) == {}
