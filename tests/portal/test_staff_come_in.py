"""The service's own people come by issuers that vouch for them, and call in the role that their issuer gives."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from joserfc import jwt

from access.issuers import IssuerTerms
from service import members, people, staff
from service.console import ops
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.other_issuer import CLIENT, OtherIssuer, running
from tests.portal.test_code_flow import believe
from tests.portal.test_who_comes_in import come, entered, person

ROLES = {"desk": "agent", "machines": "ops"}
NEW_AGENT = {"sub": "s-9", "name": "Nora", "email": "nora@desk.example", "email_verified": True}


@pytest.fixture
async def issuer() -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer({})) as there:
        yield there


def terms(issuer: OtherIssuer, **more: Any) -> IssuerTerms:
    return IssuerTerms("other", issuer.url, client_id=CLIENT, **more)


async def called(desk: Desk, issuer: OtherIssuer, path: str = "/v1/desk/requests", **claims: Any) -> httpx.Response:
    now = int(time.time())
    full = {"iss": issuer.url, "aud": "niss-desk", "iat": now, "exp": now + 60, **claims}
    token = jwt.encode({"alg": "RS256", "kid": issuer.key.kid}, full, issuer.key)
    desk.clients.pop("nobody", None)  # it may be of the service under its former terms
    return await desk.as_(None).get(path, headers={"Authorization": f"Bearer {token}"})


@on_both
async def test_an_entry_at_the_console_counts_where_staff_are_vouched_for(desk: Desk, issuer: OtherIssuer) -> None:
    staff.enter(desk.tools, ops(), email="nora@desk.example", name=None, role="agent")
    believe(desk, terms(issuer))
    # As anybody's organisation, which runs its own issuer, may say of anybody.
    assert (await come(desk, issuer, NEW_AGENT)).status_code == 403
    assert (await come(desk, issuer, {**NEW_AGENT, "role": "desk"})).status_code == 403
    assert person(desk, "nora@desk.example").state == "invited"
    believe(desk, terms(issuer, vouches_for_staff=True))
    assert entered(await come(desk, issuer, NEW_AGENT))
    assert person(desk, "nora@desk.example").role == "agent"
    assert (await called(desk, issuer, sub="s-9")).status_code == 200
    believe(desk, terms(issuer))
    assert (await come(desk, issuer, NEW_AGENT)).status_code == 403, "nor does what was bound, once it vouches no more"
    assert (await called(desk, issuer, sub="s-9")).status_code == 403


async def test_a_login_is_staffs_only_where_staff_are_vouched_for(desk: Desk, issuer: OtherIssuer) -> None:
    dave, bob = {"sub": "dave@desk.example"}, {"sub": "bob@acme.example"}
    believe(desk, terms(issuer, subject_is_login=True))
    assert (await come(desk, issuer, dave)).status_code == 403
    assert (await called(desk, issuer, **dave)).status_code == 403
    assert entered(await come(desk, issuer, bob))
    assert (await called(desk, issuer, "/v1/company", **bob)).status_code == 200
    believe(desk, terms(issuer, subject_is_login=True, vouches_for_staff=True))
    assert entered(await come(desk, issuer, dave))
    assert (await called(desk, issuer, **dave)).status_code == 200


@on_both
async def test_a_role_of_staff_comes_before_an_invitation(desk: Desk, issuer: OtherIssuer) -> None:
    believe(desk, terms(issuer, staff_roles=ROLES))
    staff.enter(desk.tools, ops(), email="nora@desk.example", name="Nora", role="agent")
    assert entered(await come(desk, issuer, {**NEW_AGENT, "role": "machines"})), "the entry is theirs"
    assert person(desk, "nora@desk.example").role == "ops"
    alice = people.caller_of(desk.tools, "alice@acme.example")
    members.invite(desk.tools, alice, email="max@desk.example")
    max_ = {**NEW_AGENT, "sub": "s-10", "email": "max@desk.example"}
    answer = await come(desk, issuer, {**max_, "role": "desk"})
    assert (answer.status_code, "let you go first" in answer.text) == (403, True), "no agent becomes a requester unseen"
    assert person(desk, "max@desk.example").state == "invited"
    assert entered(await come(desk, issuer, max_)), "without a role here the invitation is all there is"
    assert person(desk, "max@desk.example").role == "requester"


async def test_staff_call_in_the_role_that_their_token_gives(desk: Desk, issuer: OtherIssuer) -> None:
    believe(desk, terms(issuer, staff_roles=ROLES))
    assert entered(await come(desk, issuer, {**NEW_AGENT, "role": "desk"}))
    assert (await called(desk, issuer, sub="s-9", role="desk")).status_code == 200
    assert (await called(desk, issuer, sub="s-9", role="machines")).status_code == 403
    assert (await called(desk, issuer, "/metrics", sub="s-9", role=["x", "machines"])).status_code == 200
    without: tuple[dict[str, Any], ...] = ({}, {"role": "retired"}, {"role": []})
    for withdrawn in without:
        answer = await called(desk, issuer, sub="s-9", **withdrawn)
        assert (answer.status_code, "gives you no role here" in answer.json()["detail"]) == (403, True), withdrawn
    kept = person(desk, "nora@desk.example")
    assert (kept.role, kept.state) == ("agent", "active"), "a call changes nobody's place here"
