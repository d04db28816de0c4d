"""Verification of tokens by their issuer's public keys. Asymmetric algorithms only."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from access.keys import ALGORITHMS, Key, KeySource
from domain.errors import NotAuthenticated

LEEWAY_SECONDS = 10
_LONGEST_TOKEN = 8_192
_LONGEST_SUBJECT = 254
#: 9999-12-31T23:59:59Z: no calendar of ours goes further.
_LAST_MOMENT = 253_402_300_799.0
#: What a wrong token, or a part of it of a wrong kind, ends in.
WRONG = (JoseError, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: `login` is its subject at `issuer`, and the login itself where `by_login`."""

    login: str
    expires_at: datetime | None = None
    issuer: str | None = None
    by_login: bool = True


class TokenVerifier:
    """Verifies bearer tokens of one issuer for one audience."""

    def __init__(
        self,
        source: KeySource,
        *,
        issuer: str,
        audience: str,
        now: Callable[[], datetime],
        by_login: bool = True,
    ) -> None:
        self._source = source
        self.issuer = issuer
        self._audience = audience
        self._now = now
        self._by_login = by_login

    async def __call__(self, token: str) -> Claims:
        """What the token says. Raises NotAuthenticated (`invalidAccessToken`) where it does not hold."""
        try:
            claims = await read_signed(token, self._source)
            check_claims(claims, issuer=self.issuer, audience=self._audience, now=self._now())
            expires = min(instant(claims["exp"]), _LAST_MOMENT)
            until = datetime.fromtimestamp(expires, UTC)
            return Claims(subject_of(claims["sub"]), until, self.issuer.rstrip("/"), self._by_login)
        except WRONG as wrong:
            # Which check failed is for nobody outside to know, and the token's text for no log.
            raise NotAuthenticated("The access token does not hold.", code="invalidAccessToken") from wrong


class SeveralIssuers:
    """Verifies bearer tokens of several issuers: each token by the keys of the issuer that it names, and no other's."""

    def __init__(self, verifiers: Mapping[str, Callable[[str], Awaitable[Claims]]]) -> None:
        """`verifiers` by issuer."""
        self._verifiers = {issuer.rstrip("/"): verifier for issuer, verifier in verifiers.items()}

    async def __call__(self, token: str) -> Claims:
        """What the token says. Raises NotAuthenticated where it does not hold, or is of nobody we know."""
        verifier = self._verifiers.get(_named_issuer(token))
        if verifier is None:
            raise NotAuthenticated("The access token does not hold.", code="invalidAccessToken")
        return await verifier(token)


async def read_signed(token: str, source: KeySource) -> Mapping[str, Any]:
    """The claims of a token that one of the keys has signed; nothing of them is checked. Raises one of WRONG."""
    if len(token) > _LONGEST_TOKEN:
        raise ValueError("too long")
    header = jws.extract_compact(token.encode("ascii")).headers()
    return jwt.decode(token, await _key(header, source), algorithms=list(ALGORITHMS)).claims


def check_claims(claims: Mapping[str, Any], *, issuer: str, audience: str, now: datetime) -> None:
    """Raise one of WRONG unless a token is of this issuer, for this audience, and holds now."""
    moment = now.timestamp()
    if not same_issuer(claims["iss"], issuer):
        raise ValueError("issuer")
    if audience not in audiences(claims):
        raise ValueError("audience")
    # Written so that a NaN never passes.
    if not moment < instant(claims["exp"]) + LEEWAY_SECONDS:
        raise ValueError("expired")
    for name in ("nbf", "iat"):
        if name in claims and not instant(claims[name]) <= moment + LEEWAY_SECONDS:
            raise ValueError("not yet")


def same_issuer(named: object, issuer: str) -> bool:
    """Whether a name is this issuer's; a slash at the end makes no other issuer."""
    return isinstance(named, str) and named.rstrip("/") == issuer.rstrip("/")


def audiences(claims: Mapping[str, Any]) -> list[Any]:
    """Whom a token is for: one, or a list."""
    found = claims["aud"]
    return [found] if isinstance(found, str) else list(found)


def instant(value: object) -> float:
    """A number of seconds. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not an instant")
    return float(value)


def subject_of(subject: object) -> str:
    """A subject that can be kept and shown. Raises ValueError."""
    if not isinstance(subject, str) or not subject.strip() or len(subject) > _LONGEST_SUBJECT:
        raise ValueError("subject")
    if not subject.isprintable():
        raise ValueError("subject")
    return subject


async def _key(header: Mapping[str, Any], source: KeySource) -> Key:
    if header.get("alg") not in ALGORITHMS:
        raise ValueError("algorithm")
    kid = header.get("kid")
    if kid is not None and not isinstance(kid, str):
        raise ValueError("key id")
    keys = await source.keys(kid)
    if kid is None and len(keys) == 1:
        return next(iter(keys.values()))
    return keys[kid]


def _named_issuer(token: str) -> str:
    """The issuer that a token names, of which nothing is believed yet; empty where there is none."""
    try:
        payload = token[:_LONGEST_TOKEN].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        named = claims["iss"]
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error, RecursionError):
        return ""
    return named.rstrip("/") if isinstance(named, str) else ""
