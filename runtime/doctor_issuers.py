"""What `niss doctor` looks at of the issuers whose tokens are believed."""

from __future__ import annotations

from access.discovery import DiscoveredKeys
from access.issuers import IssuerTerms
from domain.errors import Unavailable
from runtime.doctor_keys import State
from runtime.issuers import read_issuers
from runtime.settings import Settings, WrongSetting

Said = tuple[State, str, str]


async def issuers_examined(settings: Settings) -> list[Said]:
    """(state, what is so, what to do) of each: whether tokens can be verified, and people can sign in."""
    try:
        issuers = read_issuers(settings)
    except WrongSetting as wrong:
        return [("wrong", str(wrong), "see docs/access.md")]
    if not issuers and settings.development:
        return [("ok", "the embedded one of development", "")]
    if not issuers:
        return [("wrong", "there is none", "set NISS_OIDC_ISSUER")]
    found = [await _examined(terms) for terms in issuers]
    embedded = settings.development and settings.oidc_issuer is None
    if not embedded and not any(terms.vouches_for_staff or terms.staff_roles for terms in issuers):
        do = "give one of them staffRoles, or vouchesForStaff: docs/access.md"
        found.append(("warning", "no issuer vouches for the service's own people: no agent comes in", do))
    return found


async def _examined(terms: IssuerTerms) -> Said:
    issuer, discovered = terms.issuer, DiscoveredKeys(terms.issuer)
    try:
        keys = await discovered.keys(None)
    except Unavailable:
        do = "<issuer>/.well-known/openid-configuration must answer and name the same issuer"
        return "wrong", f"{issuer} does not answer", do
    if not keys:
        return "wrong", f"{issuer} names no key that signs", "ask who runs the issuer"
    try:
        await discovered.endpoints()
    except Unavailable:
        says = f"{issuer} verifies tokens, but names no code flow: nobody can sign in to the portal by it"
        return "warning", says, "ask who runs the issuer"
    if terms.audience == terms.client_id:
        says = f"{issuer}: the audience of calls is the portal's own name there, {terms.client_id}"
        do = "give calls an audience of their own (NISS_OIDC_AUDIENCE, or audience in the file): docs/access.md"
        return "warning", says, do
    return "ok", f"{issuer} answers with {len(keys)} keys", ""
