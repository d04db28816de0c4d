"""The portal as a client of an issuer: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636, S256).

Against mixed-up issuers: every issuer has a way back of its own, the state belongs to one issuer, and an answer that
names its issuer (RFC 9207) must name that one.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import ECKey
from joserfc.jws import extract_compact

from access.back_channel import Ended, read_ended
from access.discovery import TIMEOUT_SECONDS, DiscoveredKeys
from access.issuers import Identity, IssuerTerms, identity_of
from access.tokens import WRONG, audiences, check_claims, check_level, instant, read_signed, same_issuer
from domain.errors import NotAuthenticated, Unavailable

#: An ID token is made for this sign-in: an older one is somebody's from before.
_OLDEST_SECONDS = 600
_LARGEST_BYTES = 100_000
_log = logging.getLogger("niss.access")


class SignInRefused(NotAuthenticated):
    """The issuer's answer does not hold; `reason` is a word for the log."""

    code = "signInRefused"

    def __init__(self, reason: str) -> None:
        super().__init__("The sign-in did not work; try again.")
        self.reason = reason
        _log.warning("sign-in refused: %s", reason)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in on its way: what only this browser and this service know of it."""

    issuer_key: str
    state: str
    nonce: str
    verifier: str
    way_back: str
    target: str


def new_attempt(issuer_key: str, *, way_back: str, target: str) -> Attempt:
    """An attempt under new secrets, 256 random bits each."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(issuer_key, state, nonce, verifier, way_back, target)


class RelyingParty:
    """The portal at one issuer."""

    def __init__(
        self,
        terms: IssuerTerms,
        *,
        now: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.terms = terms
        self._now = now
        self._transport = transport
        self._discovered = DiscoveredKeys(terms.issuer, transport=transport)

    def origins(self) -> frozenset[str]:
        """Where people may be sent by a form of ours (sign-out)."""
        return self._discovered.origins()

    async def address(self, attempt: Attempt, *, hint: str | None = None) -> str:
        """Where the person goes to sign in. Raises Unavailable."""
        found = await self._discovered.endpoints()
        return str(
            prepare_grant_uri(
                found.authorization,
                self.terms.client_id,
                "code",
                redirect_uri=attempt.way_back,
                scope=list(self.terms.scopes),
                state=attempt.state,
                nonce=attempt.nonce,
                code_challenge=create_s256_code_challenge(attempt.verifier),
                code_challenge_method="S256",
                acr_values=" ".join(self.terms.acr) or None,
                login_hint=hint,
            )
        )

    async def end_session_address(self, back: str) -> str | None:
        """Where the person signs out of the issuer too, if it offers that (OpenID Connect RP-Initiated Logout 1.0).

        Without `id_token_hint`: an ID token names somebody, and no address of ours does.
        """
        try:
            found = (await self._discovered.endpoints()).end_session
        except Unavailable:
            return None
        if found is None:
            return None
        query = urlencode({"client_id": self.terms.client_id, "post_logout_redirect_uri": back})
        return f"{found}{'&' if '?' in found else '?'}{query}"

    async def redeem(self, attempt: Attempt, *, code: str, named_issuer: str | None) -> Identity:
        """Who has signed in. Raises SignInRefused, or Unavailable where the issuer does not answer."""
        found = await self._discovered.endpoints()
        if named_issuer is None and found.names_itself:
            raise SignInRefused("issuer not named")
        if named_issuer is not None and not same_issuer(named_issuer, self.terms.issuer):
            raise SignInRefused("issuer")
        answer = await self._exchange(found.token, attempt, code)
        try:
            return identity_of(await self._checked(answer, attempt), self.terms)
        except WRONG as wrong:
            raise SignInRefused(_told(wrong)) from wrong

    async def tells_of_logouts(self) -> bool:
        """Whether the issuer says that it sends logout tokens. Raises Unavailable."""
        return (await self._discovered.endpoints()).tells_of_logouts

    async def read_logout(self, token: str) -> Ended:
        """Whose sessions a logout token ends. Raises SignInRefused, or Unavailable where the issuer does not answer."""
        try:
            claims = await read_signed(token, self._discovered)
            return read_ended(token, claims, issuer=self.terms.issuer, client_id=self.terms.client_id, now=self._now())
        except WRONG as wrong:
            raise SignInRefused(f"logout: {_told(wrong)}") from wrong

    async def _exchange(self, url: str, attempt: Attempt, code: str) -> Mapping[str, Any]:
        body = prepare_token_request(
            "authorization_code", redirect_uri=attempt.way_back, code=code, code_verifier=attempt.verifier
        )
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        uri, headers, body = self._client_auth().prepare("POST", url, headers, body)
        try:
            async with httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as client:
                answer = await client.post(uri, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as away:
            raise Unavailable("The issuer does not answer.", code="issuerUnavailable") from away
        if answer.status_code >= 500:
            raise Unavailable("The issuer does not answer.", code="issuerUnavailable")
        if answer.status_code != 200 or len(answer.content) > _LARGEST_BYTES:
            raise SignInRefused("code")
        try:
            content = answer.json()
        except ValueError:
            raise SignInRefused("answer") from None
        if not isinstance(content, dict) or not isinstance(content.get("id_token"), str):
            raise SignInRefused("no ID token")
        return content

    def _client_auth(self) -> ClientAuth:
        terms = self.terms
        if terms.client_key is not None:
            kid = terms.client_key.kid
            header = None if kid is None else {"kid": kid}
            signing = PrivateKeyJWT(headers=header, alg="ES256" if isinstance(terms.client_key, ECKey) else "RS256")
            return ClientAuth(terms.client_id, terms.client_key, signing)
        if terms.client_secret is not None:
            return ClientAuth(terms.client_id, terms.client_secret, "client_secret_basic")
        return ClientAuth(terms.client_id, None, "none")

    async def _checked(self, answer: Mapping[str, Any], attempt: Attempt) -> Mapping[str, Any]:
        """The ID token's claims, all of OpenID Connect Core 3.1.3.7 checked. Raises one of WRONG."""
        token, client_id = answer["id_token"], self.terms.client_id
        claims = await read_signed(token, self._discovered)
        check_claims(claims, issuer=self.terms.issuer, audience=client_id, now=self._now())
        if (len(audiences(claims)) > 1 and "azp" not in claims) or claims.get("azp", client_id) != client_id:
            raise ValueError("authorized party")
        if not self._now().timestamp() - instant(claims["iat"]) < _OLDEST_SECONDS:
            raise ValueError("too old")
        nonce = claims["nonce"]
        if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), attempt.nonce.encode()):
            raise ValueError("nonce")
        check_level(claims, self.terms.acr)
        if "at_hash" in claims and claims["at_hash"] != _half_hash(token, str(answer.get("access_token"))):
            raise ValueError("access token")
        return claims


def _told(wrong: Exception) -> str:
    """Our own words only: what a library says may repeat the token."""
    ours = type(wrong) is ValueError and wrong.args and str(wrong.args[0]).isascii()
    return str(wrong) if ours and len(str(wrong)) < 30 else type(wrong).__name__


def _half_hash(id_token: str, access_token: str) -> str:
    """`at_hash`: the left half of the hash that the ID token's algorithm uses (OpenID Connect Core 3.1.3.6)."""
    bits = extract_compact(id_token.encode()).headers()["alg"][-3:]
    whole = hashlib.new(f"sha{bits}", access_token.encode()).digest()
    return urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()
