"""Bearer tokens: verified by the keys, and read by the terms, of the issuer that each of them names."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc.jws import extract_compact

from access.issuers import Identity, IssuerTerms, identity_of
from access.keys import KeySource
from access.tokens import LONGEST_TOKEN, WRONG, check_claims, check_level, instant, read_signed
from domain.errors import NotAuthenticated

#: 9999-12-31T23:59:59Z: no calendar of ours goes further.
_LAST_MOMENT = 253_402_300_799.0
#: Kinds of token (RFC 8725, 3.11) that may open a call: an access token (RFC 9068), or one that does not say.
_TYPES = ("jwt", "at+jwt", "application/at+jwt")
#: Only tokens of other kinds have these: ID tokens the first four, messages of an event (logout tokens) the last.
_OF_OTHER_KINDS = ("nonce", "at_hash", "c_hash", "s_hash", "events")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid bearer token says: of whom it is, and until when."""

    identity: Identity
    expires_at: datetime | None = None


class TokenVerifier:
    """Verifies bearer tokens of one issuer, for the audience of its terms."""

    def __init__(self, source: KeySource, *, terms: IssuerTerms, now: Callable[[], datetime]) -> None:
        self._source = source
        self._terms = terms
        self._now = now

    async def __call__(self, token: str) -> Claims:
        """What the token says. Raises NotAuthenticated (`invalidAccessToken`) where it does not hold."""
        terms = self._terms
        try:
            claims = await read_signed(token, self._source)
            _check_kind(token, claims, nonce_tells=terms.audience == terms.client_id)
            check_claims(claims, issuer=terms.issuer, audience=terms.audience, now=self._now())
            check_level(claims, terms.acr)
            expires = min(instant(claims["exp"]), _LAST_MOMENT)
            # By the same terms as at the sign-in: another claim than the one that was bound there is somebody else's.
            return Claims(identity_of(claims, terms), datetime.fromtimestamp(expires, UTC))
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


def _check_kind(token: str, claims: Mapping[str, Any], *, nonce_tells: bool) -> None:
    """Raise ValueError for an ID token or a logout token: an issuer signs them by the same keys as access tokens.

    Some issuers put the nonce into access tokens too: where these have an audience of their own, it tells nothing.
    """
    kind = extract_compact(token.encode("ascii")).headers().get("typ", "jwt")
    told = _OF_OTHER_KINDS if nonce_tells else tuple(name for name in _OF_OTHER_KINDS if name != "nonce")
    if str(kind).lower() not in _TYPES or any(name in claims for name in told):
        raise ValueError("kind of token")


def _named_issuer(token: str) -> str:
    """The issuer that a token names, of which nothing is believed yet; empty where there is none."""
    try:
        payload = token[:LONGEST_TOKEN].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        named = claims["iss"]
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error, RecursionError):
        return ""
    return named.rstrip("/") if isinstance(named, str) else ""
