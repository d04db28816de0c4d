"""Pages about access: a company's software and audit trail, auditors, and who looks after the service."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlmodel import col, select

from portal import auditing, looking_after, software, trail
from portal.desk import supervising
from service import console, staff
from store.logbook import ConsultationRow
from tests.api.conftest import on_both
from tests.api.desk import COENIG, Desk
from tests.portal.person import Person
from tests.portal.test_every_page import counted

CASE = "/desk/requests/{request_id}"
#: What is opened: by whom, and as what it is noted.
READ: dict[str, tuple[str, str | None]] = {
    "/company/clients": ("alice", "clients"),
    "/company/clients/{client_id}": ("alice", "client"),
    "/company/trail": ("alice", "trail"),
    "/audit": ("ada", None),
    "/audit/trail": ("ada", "trail"),
    "/service": ("oscar", None),
    "/desk/statistics": ("sven", None),
    f"{CASE}/assignment": ("sven", "request"),
}
SENT = {
    "/company/clients",
    "/company/clients/{client_id}/rotate",
    "/company/clients/{client_id}/revoke",
    "/audit",
    f"{CASE}/assignment",
}
AT_MOST = 24
KILOBYTES = 150


def routes() -> Iterator[tuple[str, str]]:
    for router in (software.router, trail.router, auditing.router, looking_after.router, supervising.router):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield from ((method, route.path) for method in route.methods or ())


def test_no_route_is_forgotten() -> None:
    found = set(routes())
    assert {path for method, path in found if method == "GET"} == set(READ)
    assert {path for method, path in found if method == "POST"} == SENT


async def address(desk: Desk, path: str) -> str:
    filled = {"client_id": "", "request_id": ""}
    if "{client_id}" in path:
        filled["client_id"] = await desk.client_of("alice")
    if "{request_id}" in path:
        filled["request_id"] = await desk.in_review()
    return path.format(**filled) + ("?company=0999000129" if path == "/audit/trail" else "")


def noted(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id))))


@pytest.mark.parametrize("path", READ)
async def test_a_page_is_there_is_noted_and_asks_little(desk: Desk, path: str) -> None:
    who, what = READ[path]
    url, browser = await address(desk, path), await desk.browser(who)
    before = len(noted(desk))
    with counted(desk) as statements:
        answer = await browser.get(url)
    assert answer.status_code == 200, answer.text
    assert what in [None, *(row.what for row in noted(desk)[before:])]
    assert what is not None or len(noted(desk)) == before
    assert len(statements) <= AT_MOST, statements
    assert len(answer.content) < KILOBYTES * 1000
    assert "style=" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", sorted(SENT))
async def test_nothing_is_sent_from_elsewhere(desk: Desk, path: str) -> None:
    who = {"/audit": "ada", f"{CASE}/assignment": "sven"}.get(path, "alice")
    url, browser = await address(desk, path), await desk.browser(who)
    for wrong in ({"form_token": "x"}, {"form_token": ""}):
        assert (await browser.post(url, data=wrong)).status_code == 403
    elsewhere = await browser.post(url, data={"form_token": "x"}, headers={"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403


async def token_for(desk: Desk, client_id: str, secret: str) -> httpx.Response:
    credentials = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer: httpx.Response = await desk.as_(None).post("/oauth/token", data=credentials)
    return answer


def shown(person: Person, name: str) -> str:
    return person.text.partition(f'id="{name}">')[2].partition("<")[0]


@on_both
async def test_software_is_let_in_with_a_secret_that_is_shown_once(desk: Desk) -> None:
    alice = Person(await desk.browser("alice"))
    await alice.goes("/company")
    await alice.follows("Software")
    assert "No software is let in." in alice.text
    form = alice.form("/company/clients")
    await alice.fills("/company/clients", name=" ", email="none")
    assert alice.status == 400
    assert "Give the software a name." in alice.text
    assert alice.form("/company/clients").fields["email"] == "none"
    wanted = {**form.fields, "name": "Payroll robot", "email": "it@acme.example"}
    wanted.pop("requests:write")
    alice.answer = await alice.browser.post("/company/clients", data=wanted)
    assert alice.status == 200, alice.text
    client_id, secret = shown(alice, "client-id"), shown(alice, "client-secret")
    granted = (await token_for(desk, client_id, secret)).json()
    assert granted["scope"] == "requests:read"
    alice.answer = await alice.browser.post("/company/clients", data=wanted)
    assert alice.status == 200
    assert secret not in alice.text
    assert "The secret was shown before." in alice.text
    await alice.goes("/company/clients")
    assert secret not in alice.text
    assert alice.text.count("Payroll robot</th>") + alice.text.count("Payroll robot<br>") == 1
    await alice.follows("Change Payroll robot")
    await alice.fills(f"/company/clients/{client_id}/rotate")
    new = shown(alice, "client-secret")
    assert new not in ("", secret)
    assert (await token_for(desk, client_id, secret)).status_code == 401
    assert (await token_for(desk, client_id, new)).status_code == 200
    await alice.goes(f"/company/clients/{client_id}")
    await alice.fills(f"/company/clients/{client_id}/revoke")
    assert "Payroll robot" not in alice.text
    assert (await token_for(desk, client_id, new)).status_code == 401
    await alice.goes("/company/trail")
    for said in ("Software let in", "New secret for software", "Software shut out", "Read requests", "Alice"):
        assert said in alice.words
    assert "Make and change requests" not in alice.words


async def test_software_is_bound_to_an_employer_whose_mandate_is_held(desk: Desk) -> None:
    pia = Person(await desk.browser("pia"))
    await pia.goes("/company/clients")
    form = {**pia.form("/company/clients").fields, "name": "Robot", "onBehalfOf": "0999001218"}
    pia.answer = await pia.browser.post("/company/clients", data=form)
    assert pia.status == 400
    pia.answer = await pia.browser.post("/company/clients", data={**form, "onBehalfOf": "0999000129"})
    assert pia.status == 200, pia.text
    await pia.goes("/company/clients")
    assert "Acme NV" in pia.words


async def test_the_administrator_picks_who_takes_over(desk: Desk) -> None:
    request_id = await desk.in_review("bob")
    bob, bea = await desk.id_of("bob"), await desk.id_of("bea")
    alice = Person(await desk.browser("alice"))
    await alice.goes(f"/company/members/{bob}")
    stay = alice.form(f"/company/members/{bob}/remove").fields["takenOverBy"]
    assert stay == await desk.id_of("alice")
    await alice.fills(f"/company/members/{bob}/remove", takenOverBy=await desk.id_of("carol"))
    assert alice.status == 400
    assert "Choose a colleague who stays." in alice.text
    await alice.fills(f"/company/members/{bob}/remove", takenOverBy=bea)
    assert alice.status == 200, alice.text
    found = (await desk.as_("bea").get(f"/v1/requests/{request_id}")).json()
    assert found["requester"]["id"] == bea
    await alice.goes("/company/trail")
    assert "Removed" in alice.words


async def test_a_long_trail_is_leafed_through(desk: Desk) -> None:
    clients = [await desk.client_of("alice", name=f"Robot {n}") for n in range(51)]
    alice = Person(await desk.browser("alice"))
    await alice.goes("/company/trail")
    assert "50 of 51" in alice.words
    await alice.follows("Next page")
    assert "1 of 51" in alice.words
    await alice.follows("Back to the first page")
    assert "50 of 51" in alice.words
    assert clients


@on_both
async def test_an_auditor_finds_who_has_seen_a_person_and_says_why(desk: Desk) -> None:
    request_id = await desk.identified()
    await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/opening", json={"reason": "The embassy calls."})
    ada = Person(await desk.browser("ada"))
    await ada.goes("/")
    assert ada.path == "/audit"
    await ada.fills("/audit", ssin="83452416311")
    assert ada.status == 400
    assert "Write why you look" in ada.text
    assert ada.form("/audit").fields["ssin"] == "83452416311"
    await ada.fills("/audit", ssin="83452416312", since_day="31", since_month="2", since_year="2026", reason="asked")
    assert ada.status == 400
    assert "This is no NISS" in ada.text
    assert "Write the first day in figures" in ada.text
    await ada.goes("/audit")
    await ada.fills("/audit", ssin="83.45.24-163.11", reason="The person asks.", what="")
    assert "Dave Mertens" in ada.words
    assert "A case with its candidates" in ada.words
    assert "The embassy calls." in ada.words
    assert request_id in ada.words
    row = noted(desk)[-1]
    assert (row.what, row.reason, row.role) == ("consultations", "The person asks.", "auditor")
    assert "83452416311" not in ada.path
    today = desk.tools.now().astimezone()
    days = {"day": "1", "month": "1", "year": str(today.year + 1)}
    await ada.fills("/audit", reason="Again.", **{f"since_{part}": value for part, value in days.items()})
    assert "Nothing was found." in ada.words


async def test_a_long_log_is_leafed_through(desk: Desk) -> None:
    for _ in range(60):
        await desk.as_("alice").get("/v1/company/members")
    ada = Person(await desk.browser("ada"))
    await ada.goes("/audit")
    await ada.fills("/audit", reason="A sample.", what="members")
    assert "50 of 60" in ada.words
    again = next(form for form in ada.read().forms if "cursor" in form.fields)
    ada.answer = await ada.browser.post(again.action, data=again.fields)
    assert "Found: 60" in ada.words
    assert ada.words.count("A list of people") == 11, "ten, and the choice"


async def test_an_auditor_reads_any_companys_trail(desk: Desk) -> None:
    await desk.client_of("alice")
    ada = Person(await desk.browser("ada"))
    await ada.goes("/audit")
    await ada.follows("Companies")
    ada.answer = await ada.browser.get("/audit/trail", params={"company": "0999.000.129"})
    assert "Software let in" in ada.words
    ada.answer = await ada.browser.get("/audit/trail", params={"company": "0999001218"})
    assert "Nothing was changed yet." in ada.words
    ada.answer = await ada.browser.get("/audit/trail", params={"company": "12"})
    assert ada.status == 400
    assert "Write an enterprise number" in ada.text


async def test_an_auditor_reads_who_let_in_whom_at_the_desk(desk: Desk) -> None:
    one = staff.enter(desk.tools, console.ops(), email="fien@desk.example", name="Fien Aerts", role="agent")
    staff.change_role(desk.tools, console.ops(), one.id, role="supervisor")
    ada = Person(await desk.browser("ada"))
    await ada.goes("/audit/trail")
    await ada.follows("The service’s own people")
    assert "Fien Aerts" in ada.words
    assert "Role changed Agent → Supervisor" in ada.words
    assert console.ops().name in ada.words
    assert "Software let in" not in ada.words


async def test_who_looks_after_the_service_sees_its_parts_and_nobody(desk: Desk) -> None:
    await desk.identified()
    oscar = Person(await desk.browser("oscar"))
    await oscar.goes("/")
    assert oscar.path == "/service"
    assert "People can work." in oscar.words
    assert 'class="brand" href="/service"' in oscar.text
    assert COENIG["surname"] not in oscar.text
    desk.temporal = lambda: False
    await oscar.goes("/service")
    assert "Work goes on. Answers come when it is back." in oscar.words
