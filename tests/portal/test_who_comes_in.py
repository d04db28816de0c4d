"""Companies and people at the first sign-in: who is let in, as whom, and what strangers are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from access.issuers import ClaimNames, IssuerTerms
from access.sessions import COOKIE
from service import members, people, staff
from service.console import ops
from store.session_tables import SessionRow
from store.tables import Company, Person
from store.trail_tables import SERVICE, TrailRow
from tests.api.conftest import on_both
from tests.api.desk import Desk
from tests.portal.other_issuer import CLIENT, OtherIssuer, running
from tests.portal.test_code_flow import away, believe

NEW = "0403170701"
ADMINISTRATOR = {
    "sub": "u-1",
    "name": "Ann Peters",
    "email": "ann@new.example",
    "email_verified": True,
    "enterprise_number": NEW,
    "company_name": "New NV",
    "administrator": True,
}


@pytest.fixture
async def issuer(desk: Desk) -> AsyncIterator[OtherIssuer]:
    async with running(OtherIssuer({})) as there:
        believe(desk, IssuerTerms(key="other", issuer=there.url, client_id=CLIENT))
        yield there


async def come(desk: Desk, issuer: OtherIssuer, claims: dict[str, Any], key: str = "other") -> httpx.Response:
    """What the portal answers to somebody of whom the issuer says so."""
    issuer.claims = claims
    browser = await desk.browser(None)
    return await browser.get(await away(browser, key))


def entered(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and f"{COOKIE}=" in answer.headers["set-cookie"]


def person(desk: Desk, email: str) -> Person:
    with desk.tools.store.reading() as session:
        return session.exec(select(Person).where(Person.email == email)).one()


@on_both
async def test_a_company_comes_to_exist_with_its_main_access_administrator(desk: Desk, issuer: OtherIssuer) -> None:
    assert entered(await come(desk, issuer, ADMINISTRATOR))
    assert entered(await come(desk, issuer, ADMINISTRATOR))
    made = person(desk, "ann@new.example")
    assert (made.role, made.state, made.name) == ("administrator", "active", "Ann Peters")
    with desk.tools.store.reading() as session:
        company = session.get_one(Company, made.company_id)
        assert (company.enterprise_number, company.name) == (NEW, "New NV")
    second = {**ADMINISTRATOR, "sub": "u-2", "email": "ed@new.example", "company_name": "Another name"}
    assert entered(await come(desk, issuer, second))
    assert person(desk, "ed@new.example").company_id == made.company_id
    with desk.tools.store.reading() as session:
        lines = session.exec(select(TrailRow).where(TrailRow.company_id == made.company_id)).all()
    kinds = sorted((line.kind, line.codes.get("role")) for line in lines)
    assert kinds == [("companyRegistered", None), ("memberJoined", "administrator"), ("memberJoined", "administrator")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"administrator": False}, "its main access administrator signs in first"),
        ({"administrator": None}, "its main access administrator signs in first"),
        ({"administrator": "yes"}, "its main access administrator signs in first"),
        ({"enterprise_number": "0403170702"}, "ask the main access administrator of your company to invite you"),
        ({"enterprise_number": None}, "ask the main access administrator of your company to invite you"),
        ({"enterprise_number": "0999000129", "administrator": False}, "Your company is known here, and you are not"),
        ({"email_verified": False}, "Your sign-in names no verified mail address"),
        ({"email_verified": None}, "Your sign-in names no verified mail address"),
        ({"email": None}, "Your sign-in names no verified mail address"),
        ({"email": "bob@acme.example"}, "You are known here for another company"),
    ],
)
async def test_a_stranger_is_told_what_to_do_and_whom_to_ask(
    desk: Desk, issuer: OtherIssuer, changes: dict[str, Any], told: str
) -> None:
    with desk.tools.store.reading() as session:
        before = len(session.exec(select(Person)).all()), len(session.exec(select(Company)).all())
    answer = await come(desk, issuer, {**ADMINISTRATOR, **changes})
    assert answer.status_code == 403
    assert told in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")
    with desk.tools.store.reading() as session:
        assert before == (len(session.exec(select(Person)).all()), len(session.exec(select(Company)).all()))


@on_both
async def test_who_was_invited_comes_in_by_a_verified_address_and_then_by_their_subject_only(
    desk: Desk, issuer: OtherIssuer
) -> None:
    alice = people.caller_of(desk.tools, "alice@acme.example")
    members.invite(desk.tools, alice, email="eve@acme.example")
    claims = {"sub": "u-7", "email": "EVE@acme.example", "name": "Eve"}
    assert (await come(desk, issuer, {**claims, "email_verified": False})).status_code == 403
    assert (await come(desk, issuer, claims)).status_code == 403
    assert person(desk, "eve@acme.example").state == "invited"
    assert entered(await come(desk, issuer, {**claims, "email_verified": True}))
    assert person(desk, "eve@acme.example").state == "active"
    squatter = await come(desk, issuer, {**claims, "sub": "u-8", "email_verified": True})
    assert squatter.status_code == 403, "the address alone is nobody"
    moved = {"sub": "u-7", "email": "eve@elsewhere.example"}
    assert entered(await come(desk, issuer, moved)), "the subject is who they are"


async def test_the_same_subject_at_another_issuer_is_somebody_else(desk: Desk, issuer: OtherIssuer) -> None:
    assert entered(await come(desk, issuer, ADMINISTRATOR))
    async with running(OtherIssuer({})) as second:
        believe(
            desk, IssuerTerms("other", issuer.url, client_id=CLIENT), IssuerTerms("2", second.url, client_id=CLIENT)
        )
        same_word = {"sub": "u-1", "name": "Mallory"}
        assert (await come(desk, second, same_word, "2")).status_code == 403
        of_a_login = {"sub": "alice@acme.example", "email": "alice@acme.example", "email_verified": True}
        assert (await come(desk, second, of_a_login, "2")).status_code == 403, "its subjects are no logins"
        taken = await come(desk, second, {**ADMINISTRATOR, "sub": "u-3"}, "2")
        assert taken.status_code == 403, "the address is of somebody who came in already"


@on_both
async def test_who_was_removed_is_a_stranger_until_invited_again(desk: Desk, issuer: OtherIssuer) -> None:
    alice = people.caller_of(desk.tools, "alice@acme.example")
    eve = members.invite(desk.tools, alice, email="eve@acme.example").view
    claims = {"sub": "u-7", "email": "eve@acme.example", "email_verified": True}
    assert entered(await come(desk, issuer, claims))
    members.remove(desk.tools, alice, eve.id)
    assert (await come(desk, issuer, claims)).status_code == 403
    members.invite(desk.tools, alice, email="eve@acme.example")
    assert (await come(desk, issuer, {**claims, "email_verified": False})).status_code == 403, "no longer by subject"
    assert entered(await come(desk, issuer, {**claims, "sub": "u-9"})), "whoever has the address now"


async def test_the_main_access_administrator_of_a_known_company_is_one_here(desk: Desk, issuer: OtherIssuer) -> None:
    believe(desk, IssuerTerms("other", issuer.url, client_id=CLIENT, subject_is_login=True))
    claims = {"sub": "bob@acme.example", "enterprise_number": "0999.000.129", "administrator": True}
    assert entered(await come(desk, issuer, {**claims, "enterprise_number": "0999001218"}))
    assert person(desk, "bob@acme.example").role == "requester", "administrator of another company"
    assert entered(await come(desk, issuer, claims))
    assert person(desk, "bob@acme.example").role == "administrator"
    assert entered(await come(desk, issuer, {"sub": "bob@acme.example"}))
    assert person(desk, "bob@acme.example").role == "administrator", "given here it is taken here"


@on_both
async def test_staff_come_and_go_with_the_issuers_roles(desk: Desk, issuer: OtherIssuer) -> None:
    roles = {"desk": "agent", "machines": "ops"}
    believe(desk, IssuerTerms("other", issuer.url, client_id=CLIENT, staff_roles=roles))
    claims = {"sub": "s-1", "name": "Ida", "email": "ida@desk.example", "email_verified": True}
    assert (await come(desk, issuer, {**claims, "role": "desk2"})).status_code == 403
    assert entered(await come(desk, issuer, {**claims, "role": ["x", "desk"]}))
    assert (person(desk, "ida@desk.example").role, person(desk, "ida@desk.example").company_id) == ("agent", None)
    assert entered(await come(desk, issuer, {**claims, "role": "machines"}))
    assert person(desk, "ida@desk.example").role == "ops"
    ida = person(desk, "ida@desk.example").id
    with desk.tools.store.reading() as session:
        assert session.exec(select(SessionRow).where(SessionRow.person_id == ida)).all()
    gone = await come(desk, issuer, claims)
    assert (gone.status_code, "gives you no role here" in gone.text) == (403, True)
    assert person(desk, "ida@desk.example").state == "removed"
    with desk.tools.store.reading() as session:
        assert session.exec(select(SessionRow).where(SessionRow.person_id == ida)).all() == [], "signed out as well"
        noted = session.exec(select(TrailRow).where(TrailRow.subject_id == ida).order_by(col(TrailRow.id))).all()
    assert [(row.kind, row.company_id, row.codes) for row in noted] == [
        ("memberJoined", SERVICE, {"role": "agent"}),
        ("memberRoleChanged", SERVICE, {"role": "ops", "before": "agent"}),
        ("memberRemoved", SERVICE, {}),
    ]
    assert entered(await come(desk, issuer, {**claims, "role": "desk"})), "and back with the role"
    staff.remove(desk.tools, ops(), person(desk, "ida@desk.example").id)
    assert (await come(desk, issuer, claims)).status_code == 403


async def test_claims_are_found_where_the_settings_say(desk: Desk, issuer: OtherIssuer) -> None:
    names = ClaimNames(
        subject="person.id", email="https://x.example/mail", enterprise_number="org.number", administrator="org.roles"
    )
    here = IssuerTerms(
        "other", issuer.url, client_id=CLIENT, claims=names, administrator_values=("RMA",), trusts_email=True
    )
    believe(desk, here)
    claims = {
        "sub": "ignored",
        "person": {"id": "p-1"},
        "https://x.example/mail": "zoe@new.example",
        "org": {"number": NEW, "roles": ["USER", "RMA"]},
    }
    assert entered(await come(desk, issuer, claims))
    assert person(desk, "zoe@new.example").role == "administrator"
    with desk.tools.store.reading() as session:
        company = session.get_one(Company, person(desk, "zoe@new.example").company_id)
    assert company.name == "0403.170.701"
