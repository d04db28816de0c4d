"""Whoever signs in to the portal and whoever calls with a bearer token of the same issuer: one person, by one claim."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from joserfc import jwt

from access.issuers import ClaimNames, IssuerTerms
from service import members, people
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.other_issuer import CLIENT, OtherIssuer, running
from tests.portal.test_code_flow import believe
from tests.portal.test_who_comes_in import ADMINISTRATOR, come, entered


@pytest.fixture
async def issuer() -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer({})) as there:
        yield there


async def called(desk: Desk, issuer: OtherIssuer, **claims: Any) -> httpx.Response:
    """What `GET /v1/company/members` answers to an access token of the issuer."""
    now = int(time.time())
    full = {"iss": issuer.url, "aud": "niss-desk", "iat": now, "exp": now + 60, **claims}
    token = jwt.encode({"alg": "RS256", "kid": issuer.key.kid}, full, issuer.key)
    return await desk.as_(None).get("/v1/company/members", headers={"Authorization": f"Bearer {token}"})


@on_both
async def test_the_claim_that_the_portal_binds_is_the_one_that_calls_are_made_by(
    desk: Desk, issuer: OtherIssuer
) -> None:
    names = ClaimNames(subject="person.id")
    believe(desk, IssuerTerms("other", issuer.url, client_id=CLIENT, claims=names))
    ann = {**ADMINISTRATOR, "sub": "p-2", "person": {"id": "p-1"}}
    eve = {"sub": "p-1", "person": {"id": "p-2"}, "name": "Eve", "email": "eve@new.example", "email_verified": True}
    assert entered(await come(desk, issuer, ann))
    own = await called(desk, issuer, **ann)
    assert [member["email"] for member in own.json()["items"]] == ["ann@new.example"]
    # Under `sub` alone the one would be the other.
    assert (await called(desk, issuer, **eve)).status_code == 403
    assert (await called(desk, issuer, sub="p-1")).status_code == 401, "without the claim nobody"
    alice = people.caller_of(desk.tools, "alice@acme.example")
    members.invite(desk.tools, alice, email="eve@new.example")
    assert entered(await come(desk, issuer, eve))
    of_acme = (await called(desk, issuer, **eve)).json()["items"]
    assert {"eve@new.example", "alice@acme.example"} <= {member["email"] for member in of_acme}
    assert [member["email"] for member in (await called(desk, issuer, **ann)).json()["items"]] == ["ann@new.example"]


@on_both
async def test_a_subject_that_is_bound_is_nobody_else_who_has_it_as_a_login(desk: Desk, issuer: OtherIssuer) -> None:
    believe(desk, IssuerTerms("other", issuer.url, client_id=CLIENT, subject_is_login=True))
    alice, gina = (people.caller_of(desk.tools, login) for login in ("alice@acme.example", "gina@globex.example"))
    members.invite(desk.tools, gina, email="mia@globex.example")
    mia = {"sub": "mia@elsewhere.example", "email": "mia@globex.example", "email_verified": True}
    assert entered(await come(desk, issuer, mia))
    members.invite(desk.tools, alice, email="mia@elsewhere.example")
    assert entered(await come(desk, issuer, mia)), "as before: of Globex"
    seen = {member["email"] for member in (await called(desk, issuer, **mia)).json()["items"]}
    assert ("mia@globex.example" in seen, "alice@acme.example" in seen) == (True, False)


async def test_an_id_token_of_the_sign_in_opens_no_call(desk: Desk, issuer: OtherIssuer) -> None:
    """Where the audience of calls is the portal's own name, only the kind of token tells them apart."""
    believe(desk, IssuerTerms("other", issuer.url, client_id=CLIENT, audience=CLIENT))
    made: list[str] = []

    def kept(there: OtherIssuer, claims: dict[str, Any]) -> str:
        made.append(jwt.encode({"alg": "RS256", "kid": there.key.kid}, claims, there.key))
        return made[-1]

    issuer.sign = kept
    assert entered(await come(desk, issuer, ADMINISTRATOR))
    answer = await desk.as_(None).get("/v1/company", headers={"Authorization": f"Bearer {made[-1]}"})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:problem-type:belgif:invalidAccessToken")
    opened = await called(desk, issuer, **ADMINISTRATOR, aud=CLIENT)
    assert opened.status_code == 200, "an access token for the same audience does"
