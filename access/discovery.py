"""What an OpenID Connect issuer says of itself: discovery (OpenID Connect Discovery 1.0), then its keys."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from access.keys import Keys, read_jwks
from domain.errors import Unavailable

TIMEOUT_SECONDS = 5.0
#: An unknown key id asks the issuer again, but not more often than this: anybody can invent key ids.
REFRESH_SECONDS = 30.0
#: A key that the issuer took back is believed no longer than this.
STALE_SECONDS = 3_600.0
#: While the issuer does not answer, what it said last counts for so long.
OUTAGE_SECONDS = 86_400.0
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an issuer is asked for what. `names_itself`: its answers carry `iss` (RFC 9207).

    `tells_of_logouts`: it sends logout tokens (OpenID Connect Back-Channel Logout 1.0).
    """

    authorization: str
    token: str
    end_session: str | None
    names_itself: bool
    tells_of_logouts: bool = False


class DiscoveredKeys:
    """Keys and endpoints of an issuer: cached, asked again where an unknown key id comes, and every hour."""

    def __init__(
        self,
        issuer: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = issuer.rstrip("/")
        self._transport = transport
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: Keys = {}
        self._found: Mapping[str, Any] = {}
        self._asked_at = self._told_at = -math.inf

    async def keys(self, kid: str | None) -> Keys:
        """Known keys, after one refresh where `kid` is new. Raises Unavailable."""
        await self._refresh(kid)
        return self._keys

    async def endpoints(self) -> Endpoints:
        """Where to send people and codes. Raises Unavailable, also where the issuer offers no code flow."""
        await self._refresh(None)
        found = self._found
        try:
            end_session = found.get("end_session_endpoint")
            return Endpoints(
                authorization=self._safe(found["authorization_endpoint"]),
                token=self._safe(found["token_endpoint"]),
                end_session=None if end_session is None else self._safe(end_session),
                names_itself=found.get("authorization_response_iss_parameter_supported") is True,
                tells_of_logouts=found.get("backchannel_logout_supported") is True,
            )
        except (KeyError, ValueError) as wrong:
            raise Unavailable("The issuer offers no code flow.", code="issuerUnavailable") from wrong

    def origins(self) -> frozenset[str]:
        """Origins to which people are sent, as far as they are known by now."""
        known = (self.issuer, *(self._found.get(f"{name}_endpoint") for name in ("authorization", "end_session")))
        return frozenset(origin(url) for url in known if isinstance(url, str))

    async def _refresh(self, kid: str | None) -> None:
        if self._fresh(kid):
            return
        async with self._lock:
            # Whoever waited for the lock finds what the first one fetched.
            if self._fresh(kid):
                return
            self._asked_at = self._clock()
            try:
                self._found, self._keys = await self._fetch()
                self._told_at = self._clock()
            except Unavailable:
                if not self._known(kid) or self._clock() - self._told_at > OUTAGE_SECONDS:
                    raise

    def _known(self, kid: str | None) -> bool:
        return bool(self._keys) and (kid is None or kid in self._keys)

    def _fresh(self, kid: str | None) -> bool:
        if self._known(kid) and self._clock() - self._told_at < STALE_SECONDS:
            return True
        return bool(self._keys) and self._clock() - self._asked_at < REFRESH_SECONDS

    async def _fetch(self) -> tuple[Mapping[str, Any], Keys]:
        try:
            async with (
                asyncio.timeout(2 * TIMEOUT_SECONDS),
                httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as client,
            ):
                found = await self._get(client, f"{self.issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self.issuer:
                    raise ValueError("another issuer")
                return found, read_jwks(await self._get(client, self._safe(found["jwks_uri"])))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, KeyError) as away:
            raise Unavailable("The issuer of access tokens does not answer.", code="issuerUnavailable") from away

    async def _get(self, client: httpx.AsyncClient, url: str) -> Mapping[str, Any]:
        answer = await client.get(url, headers={"Accept": "application/json"})
        answer.raise_for_status()
        if len(answer.content) > _LARGEST_BYTES:
            raise ValueError("too long")
        content = answer.json()
        if not isinstance(content, dict):
            raise ValueError("not a JSON object")
        return content

    def _safe(self, url: object) -> str:
        """An address that is reached as safely as the issuer itself. Raises ValueError."""
        if not isinstance(url, str) or not url.startswith(("https://", f"{urlsplit(self.issuer).scheme}://")):
            raise ValueError("not a safe address")
        return url


def origin(url: str) -> str:
    """`https://login.example.org` of an address there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
