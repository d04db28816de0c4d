"""What an issuer says when somebody has signed out there: OpenID Connect Back-Channel Logout 1.0, logout tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc.jws import extract_compact

from access.tokens import check_claims, instant

EVENT = "http://schemas.openid.net/event/backchannel-logout"
#: A logout is told when it happens: an older token is somebody's from before.
OLDEST = timedelta(minutes=10)
#: For so long a token that counted is remembered: longer than it can be accepted.
REMEMBERED = 2 * OLDEST
_TYPES = ("logout+jwt", "application/logout+jwt", "jwt")
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Ended:
    """Whose sessions end: all of a `subject`, or the one called `sid`; of both, that one if it is theirs."""

    issuer: str
    token_id: str
    subject: str | None
    sid: str | None


def read_ended(token: str, claims: Mapping[str, Any], *, issuer: str, client_id: str, now: datetime) -> Ended:
    """What a logout token says whose signature holds (2.6 of the specification). Raises one of tokens.WRONG."""
    kind = extract_compact(token.encode("ascii")).headers().get("typ", "jwt")
    if str(kind).lower() not in _TYPES:
        raise ValueError("kind of token")
    check_claims(claims, issuer=issuer, audience=client_id, now=now)
    if not now.timestamp() - instant(claims["iat"]) < OLDEST.total_seconds():
        raise ValueError("too old")
    events = claims["events"]
    if not isinstance(events, Mapping) or not isinstance(events.get(EVENT), Mapping):
        raise ValueError("event")
    # An ID token has one: it must never pass for a logout.
    if "nonce" in claims:
        raise ValueError("nonce")
    subject, sid = _word(claims, "sub"), _word(claims, "sid")
    if subject is None and sid is None:
        raise ValueError("nobody")
    token_id = _word(claims, "jti")
    if token_id is None:
        raise ValueError("no id")
    return Ended(issuer.rstrip("/"), token_id, subject, sid)


def _word(claims: Mapping[str, Any], name: str) -> str | None:
    """A claim's text, None where it is not there. Raises ValueError for anything else."""
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise ValueError("not a word")
    return value
