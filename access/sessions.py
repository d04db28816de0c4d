"""Being signed in: the secret in the browser, what is kept of it here, and how long it holds.

The secret is 256 random bits, so a plain hash of it is as good as a slow one: nobody can try them all. From the
database alone nobody gets in, and nobody can make a form's token.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

#: A browser takes `__Host-` only with Secure, Path=/ and no Domain: no other host and no plain http can plant it.
COOKIE = "__Host-niss"
#: Plain http that is not loopback: browsers refuse Secure there. In development only.
PLAIN_COOKIE = "niss-development"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_FORM = b"niss-desk form"


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """A session ends `idle` after it was last used, and `lifetime` after the sign-in in any case."""

    idle: timedelta = timedelta(minutes=30)
    lifetime: timedelta = timedelta(hours=12)

    def ends_at(self, started_at: datetime, seen_at: datetime) -> datetime:
        """When it ends, unless it is used again."""
        return min(started_at + self.lifetime, seen_at + self.idle)

    @property
    def worth_noting(self) -> timedelta:
        """A use is noted where the last noted one is at least this long ago: not every page is a write."""
        return min(timedelta(minutes=1), self.idle / 10)


def new_secret() -> str:
    """A secret for one browser: 43 characters."""
    return secrets.token_urlsafe(32)


def is_secret(given: str | None) -> bool:
    """Whether it could be one of ours."""
    return given is not None and _SECRET.fullmatch(given) is not None


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(secret: str) -> str:
    """The token that every form of this session bears: it follows from the secret, and does not tell it."""
    return hmac.new(secret.encode(), _FORM, hashlib.sha256).hexdigest()


def is_form_token(given: object, secret: str) -> bool:
    """Whether a form came from a page of this session."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), form_token(secret).encode())


def secret_of(cookies: Mapping[str, str], *, development: bool) -> str | None:
    """The session's secret among a call's cookies. The plain name counts in development only."""
    for name in (COOKIE, PLAIN_COOKIE) if development else (COOKIE,):
        found = cookies.get(name)
        if is_secret(found):
            return found
    return None
