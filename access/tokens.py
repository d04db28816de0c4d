"""What every token must hold to, by its issuer's public keys. Asymmetric algorithms only. Bearer tokens: bearer.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from access.keys import ALGORITHMS, Key, KeySource

LEEWAY_SECONDS = 10
LONGEST_TOKEN = 8_192
_LONGEST_SUBJECT = 254
#: What a wrong token, or a part of it of a wrong kind, ends in.
WRONG = (JoseError, ValueError, TypeError, KeyError, AttributeError)


async def read_signed(token: str, source: KeySource) -> Mapping[str, Any]:
    """The claims of a token that one of the keys has signed; nothing of them is checked. Raises one of WRONG."""
    if len(token) > LONGEST_TOKEN:
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


def check_level(claims: Mapping[str, Any], enough: Iterable[str]) -> None:
    """Raise ValueError for a token below the issuer's floor of assurance; where there is none, any is enough."""
    levels = tuple(enough)
    if levels and claims.get("acr") not in levels:
        raise ValueError("level of assurance")


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
