"""The code flow of the embedded issuer: what a client asks for, and codes that count once."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge

from access.issuer import LIFETIME, DevelopmentIssuer
from access.keys import FixedKeys
from access.tokens import WRONG, check_claims, read_signed
from domain.errors import InvalidInput

#: The portal, as a client of the embedded issuer.
CLIENT_ID = "niss-desk-portal"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CODE_LIFETIME = timedelta(seconds=60)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class FlowError(InvalidInput):
    """What RFC 6749 calls an error: `code` is its word."""

    def __init__(self, code: str) -> None:
        super().__init__("The call is not understood.", code=code)


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request that may be answered at its `redirect_uri`."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for. `claims` say who signed in."""

    asked: Asked
    issuer: str
    claims: Mapping[str, Any]
    ends_at: datetime


def read_request(query: Mapping[str, str], *, way_back: str) -> Asked:
    """An authorization request of the portal. Raises InvalidInput where it cannot even be answered, else FlowError."""
    if query.get("client_id") != CLIENT_ID or query.get("redirect_uri") != way_back:
        raise InvalidInput("The call is not understood.")
    if query.get("response_type") != "code":
        raise FlowError("unsupported_response_type")
    if "openid" not in query.get("scope", "").split():
        raise FlowError("invalid_scope")
    challenge = query.get("code_challenge", "")
    if query.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise FlowError("invalid_request")
    if not query.get("nonce"):
        raise FlowError("invalid_request")
    return Asked(way_back, query.get("state", ""), query["nonce"], challenge)


@dataclass
class Codes:
    """Codes that are out. In memory: after a restart one signs in again."""

    issuer: DevelopmentIssuer
    now: Callable[[], datetime]
    _out: dict[str, Grant] = field(default_factory=dict)
    _assertions: dict[str, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, asked: Asked, *, issuer: str, claims: Mapping[str, Any]) -> str:
        """A code for one minute."""
        code, now = secrets.token_urlsafe(32), self.now()
        with self._lock:
            self._out = {known: grant for known, grant in self._out.items() if grant.ends_at > now}
            self._out[code] = Grant(asked, issuer, claims, now + _CODE_LIFETIME)
        return code

    async def redeem(self, form: Mapping[str, str], *, token_endpoint: str) -> dict[str, Any]:
        """The answer of the token endpoint. Raises FlowError; a code that was shown once is over, right or wrong."""
        if form.get("grant_type") != "authorization_code":
            raise FlowError("unsupported_grant_type")
        await self._check_client(form, token_endpoint)
        now = self.now()
        with self._lock:
            grant = self._out.pop(form.get("code", ""), None)
        if grant is None or now >= grant.ends_at or form.get("redirect_uri") != grant.asked.redirect_uri:
            raise FlowError("invalid_grant")
        verifier = form.get("code_verifier", "")
        if not secrets.compare_digest(create_s256_code_challenge(verifier).encode(), grant.asked.challenge.encode()):
            raise FlowError("invalid_grant")
        access_token = self.issuer.issue_token(str(grant.claims["sub"]), now=now)
        moment = int(now.timestamp())
        times = {"iat": moment, "auth_time": moment, "exp": moment + 300}
        claims = {"iss": grant.issuer, "aud": CLIENT_ID, "nonce": grant.asked.nonce, **times, **grant.claims}
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": int(LIFETIME.total_seconds()),
            "id_token": self.issuer.issue_id_token(claims, access_token=access_token),
        }

    async def _check_client(self, form: Mapping[str, str], token_endpoint: str) -> None:
        """`private_key_jwt` (RFC 7523), each assertion once."""
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise FlowError("invalid_client")
        keys = FixedKeys({"keys": [self.issuer.portal_key.as_dict(private=False)]})
        now = self.now()
        try:
            claims = await read_signed(form.get("client_assertion", ""), keys)
            check_claims(claims, issuer=CLIENT_ID, audience=token_endpoint, now=now)
            once = str(claims["jti"])
            if claims["sub"] != CLIENT_ID:
                raise ValueError("subject")
        except WRONG:
            raise FlowError("invalid_client") from None
        with self._lock:
            self._assertions = {known: at for known, at in self._assertions.items() if now - at < timedelta(hours=2)}
            if once in self._assertions:
                raise FlowError("invalid_client")
            self._assertions[once] = now
