"""The issuers at which people sign in, and the portal as the client of each."""

from __future__ import annotations

from collections.abc import Iterable

import httpx
from fastapi import FastAPI, Request

from access.codes import Codes
from access.issuers import IssuerTerms
from access.relying import RelyingParty
from domain.errors import NotFound
from portal import development_issuer
from portal.visitors import own_origin
from runtime.house import House

_MOST_ADDRESSES = 20


class Parties:
    """One relying party an issuer, for as long as the process lives: it remembers what was discovered.

    The embedded issuer is asked by the same calls as any other, without a network: it is in this very process, and may
    be at an address that only the browser can reach.
    """

    def __init__(self, house: House, codes: Codes | None, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._now = house.now
        self._codes = codes
        self._others = {terms.key: RelyingParty(terms, now=house.now, transport=transport) for terms in house.issuers}
        self._embedded: dict[str, RelyingParty] = {}
        self._within: httpx.AsyncBaseTransport | None = None
        if codes is not None:
            apart = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
            apart.state.house, apart.state.codes = house, codes
            apart.include_router(development_issuer.router)
            self._within = httpx.ASGITransport(apart)

    @property
    def embedded(self) -> bool:
        """Whether the sign-in page has the people of development on it."""
        return self._codes is not None

    def ways(self) -> tuple[IssuerTerms, ...]:
        """The issuers of the settings, in their order."""
        return tuple(party.terms for party in self._others.values())

    def of(self, request: Request, key: str) -> RelyingParty:
        """The portal at one issuer. Raises NotFound for a key of none."""
        if self._codes is not None and key == development_issuer.KEY:
            return self._at(own_origin(request), self._codes)
        party = self._others.get(key)
        if party is None:
            raise NotFound("There is nothing at this address.")
        return party

    def at_issuer(self, request: Request, issuer: str) -> RelyingParty | None:
        """The portal at the issuer that vouched for a session, while it is among the settings."""
        everybody: Iterable[RelyingParty] = self._others.values()
        if self._codes is not None:
            everybody = (*everybody, self._at(own_origin(request), self._codes))
        return next((party for party in everybody if party.terms.issuer.rstrip("/") == issuer), None)

    def origins(self) -> frozenset[str]:
        """Where a form of ours may lead: who signs out goes on to the issuer."""
        return frozenset(origin for party in self._others.values() for origin in party.origins())

    def _at(self, base: str, codes: Codes) -> RelyingParty:
        if base not in self._embedded:
            if len(self._embedded) >= _MOST_ADDRESSES:
                self._embedded.clear()
            terms = development_issuer.terms_at(base, codes)
            self._embedded[base] = RelyingParty(terms, now=self._now, transport=self._within)
        return self._embedded[base]


def parties_of(request: Request) -> Parties:
    """The parties the portal was made with."""
    parties = request.app.state.parties
    if not isinstance(parties, Parties):
        raise TypeError("the application has no parties")
    return parties
