"""Verification of access tokens by the issuer's JWKS. Asymmetric algorithms only, and only those named here."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from domain.errors import NotAuthenticated, Unavailable

#: No `none`, and no HS…: a public key must never serve as a shared secret.
ALGORITHMS: tuple[str, ...] = ("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
LEEWAY_SECONDS = 10
TIMEOUT_SECONDS = 5.0
#: An unknown key id asks the issuer again, but not more often than this: anybody can invent key ids.
REFRESH_SECONDS = 30.0
_LONGEST_TOKEN = 8_192
_LONGEST_SUBJECT = 254
_LEAST_RSA_BITS = 2048
#: 9999-12-31T23:59:59Z: no calendar of ours goes further.
_LAST_MOMENT = 253_402_300_799.0

Key = ECKey | RSAKey
Keys = Mapping[str | None, Key]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says. `login` is its subject."""

    login: str
    expires_at: datetime | None = None


class KeySource(Protocol):
    """Where an issuer's public keys come from. Raises Unavailable where it does not answer."""

    async def keys(self, kid: str | None) -> Keys:
        """Keys by key id; asked for again where `kid` is not among the known ones."""
        ...


class FixedKeys:
    """Keys that are at hand: the embedded issuer's."""

    def __init__(self, jwks: Mapping[str, Any]) -> None:
        self._keys = read_jwks(jwks)

    async def keys(self, kid: str | None) -> Keys:  # noqa: ARG002 - the protocol's
        """The keys given."""
        return self._keys


class DiscoveredKeys:
    """Keys of an OpenID Connect issuer: discovery, then JWKS, cached, refreshed when an unknown key id comes."""

    def __init__(
        self,
        issuer: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer.rstrip("/")
        self._transport = transport
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: Keys = {}
        self._asked_at = -math.inf

    async def keys(self, kid: str | None) -> Keys:
        """Known keys, after one refresh where `kid` is new. Raises Unavailable."""
        if self._fresh(kid):
            return self._keys
        async with self._lock:
            # Whoever waited for the lock finds what the first one fetched.
            if not self._fresh(kid):
                self._asked_at = self._clock()
                self._keys = await self._fetch()
        return self._keys

    def _fresh(self, kid: str | None) -> bool:
        if self._keys and (kid is None or kid in self._keys):
            return True
        return bool(self._keys) and self._clock() - self._asked_at < REFRESH_SECONDS

    async def _fetch(self) -> Keys:
        try:
            async with (
                asyncio.timeout(2 * TIMEOUT_SECONDS),
                httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as client,
            ):
                found = await self._get(client, f"{self._issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self._issuer:
                    raise ValueError("another issuer")
                return read_jwks(await self._get(client, str(found["jwks_uri"])))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, KeyError) as away:
            raise Unavailable("The issuer of access tokens does not answer.", code="issuerUnavailable") from away

    async def _get(self, client: httpx.AsyncClient, url: str) -> Mapping[str, Any]:
        answer = await client.get(url, headers={"Accept": "application/json"})
        answer.raise_for_status()
        content = answer.json()
        if not isinstance(content, dict):
            raise ValueError("not a JSON object")
        return content


def read_jwks(document: Mapping[str, Any]) -> Keys:
    """The signing keys of a JWKS by key id; what is for encryption, symmetric, weak or unknown is left out."""
    found: dict[str | None, Key] = {}
    members = document.get("keys")
    for member in members if isinstance(members, list) else []:
        if not isinstance(member, dict) or member.get("use", "sig") != "sig":
            continue
        public = {name: value for name, value in member.items() if name not in ("d", "p", "q", "dp", "dq", "qi", "oth")}
        try:
            key: Key
            if member.get("kty") == "EC":
                key = ECKey.import_key(public)
            elif member.get("kty") == "RSA":
                key = RSAKey.import_key(public)
                if key.raw_value.key_size < _LEAST_RSA_BITS:
                    continue
            else:
                continue
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        found[member.get("kid")] = key
    return found


class TokenVerifier:
    """Verifies bearer tokens of one issuer for one audience."""

    def __init__(self, source: KeySource, *, issuer: str, audience: str, now: Callable[[], datetime]) -> None:
        self._source = source
        self._issuer = issuer
        self._audience = audience
        self._now = now

    async def __call__(self, token: str) -> Claims:
        """What the token says. Raises NotAuthenticated (`invalidAccessToken`) where it does not hold."""
        try:
            if len(token) > _LONGEST_TOKEN:
                raise ValueError("too long")
            header = jws.extract_compact(token.encode("ascii")).headers()
            key = await self._key(header)
            claims = jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
            self._check(claims)
            expires = min(_instant(claims["exp"]), _LAST_MOMENT)
            return Claims(login=_subject(claims), expires_at=datetime.fromtimestamp(expires, UTC))
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
            # Which check failed is for nobody outside to know, and the token's text for no log.
            raise NotAuthenticated("The access token does not hold.", code="invalidAccessToken") from wrong

    async def _key(self, header: Mapping[str, Any]) -> Key:
        if header.get("alg") not in ALGORITHMS:
            raise ValueError("algorithm")
        kid = header.get("kid")
        if kid is not None and not isinstance(kid, str):
            raise ValueError("key id")
        keys = await self._source.keys(kid)
        if kid is None and len(keys) == 1:
            return next(iter(keys.values()))
        return keys[kid]

    def _check(self, claims: Mapping[str, Any]) -> None:
        now = self._now().timestamp()
        if claims["iss"] != self._issuer:
            raise ValueError("issuer")
        audience = claims["aud"]
        if self._audience not in ([audience] if isinstance(audience, str) else list(audience)):
            raise ValueError("audience")
        # Written so that a NaN never passes.
        if not now < _instant(claims["exp"]) + LEEWAY_SECONDS:
            raise ValueError("expired")
        for name in ("nbf", "iat"):
            if name in claims and not _instant(claims[name]) <= now + LEEWAY_SECONDS:
                raise ValueError("not yet")


def _instant(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not an instant")
    return float(value)


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.strip() or len(subject) > _LONGEST_SUBJECT:
        raise ValueError("subject")
    if not subject.isprintable():
        raise ValueError("subject")
    return subject
