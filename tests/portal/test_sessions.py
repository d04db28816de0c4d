"""Being signed in: what the browser keeps, what is kept of it, how it ends, and what cannot be planted or forged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import select

from access.sessions import COOKIE, SessionTerms, digest, form_token
from domain.errors import NotAuthenticated, NotFound
from service import members, people, sessions
from store.session_tables import SessionRow
from tests.api.conftest import on_both
from tests.api.desk import ORIGIN, Desk, sign_in, through_the_issuer

TERMS = SessionTerms(idle=timedelta(minutes=30), lifetime=timedelta(hours=12))


def secret_in(browser: httpx.AsyncClient) -> str:
    return str(browser.cookies[COOKIE])


def at(desk: Desk, moment: datetime) -> Desk:
    """The same desk at another moment."""
    desk.tools = replace(desk.tools, now=lambda: moment)
    return desk


def person_id(desk: Desk, login: str) -> str:
    return people.caller_of(desk.tools, login).person_id


async def test_the_cookie_is_out_of_reach(desk: Desk) -> None:
    browser = await desk.browser(None)
    answer = await sign_in(browser, "bob@acme.example")
    given = next(cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith(f"{COOKIE}="))
    name, _, rest = given.partition("=")
    value, *flags = rest.split("; ")
    assert name.startswith("__Host-")
    assert {flag.lower() for flag in flags} == {"path=/", "secure", "httponly", "samesite=lax"}
    assert len(value) == 43


@on_both
async def test_the_database_alone_opens_nothing(desk: Desk) -> None:
    browser = await desk.browser("bob")
    secret = secret_in(browser)
    with desk.tools.store.reading() as session:
        (row,) = session.exec(select(SessionRow)).all()
    kept = " ".join(str(value) for value in row.model_dump().values())
    assert secret not in kept
    assert form_token(secret) not in kept
    nobody = await desk.browser(None)
    for value, status in ((row.digest, 303), (row.id, 303), (digest(secret)[:43], 303), (secret, 200)):
        assert (await nobody.get("/sessions", headers={"Cookie": f"{COOKIE}={value}"})).status_code == status


async def test_a_secret_planted_before_the_sign_in_holds_nothing_after_it(desk: Desk) -> None:
    """Session fixation: neither one's own valid session nor an invented one survives as the victim's."""
    attacker = await desk.browser("carol")
    planted = secret_in(attacker)
    victim = await desk.browser(None)
    page = (await victim.get("/sign-in")).text
    link = re.search(r'href="([^"]+)"[^>]*>bob@acme', page)
    assert link
    victim.cookies.set(COOKIE, planted)
    answer = await through_the_issuer(victim, unescape(link[1]))
    assert answer.status_code == 303
    assert f"{COOKIE}={planted}" not in answer.headers["set-cookie"]
    assert (await attacker.get("/sessions")).status_code == 303, "what was planted is over"


@on_both
async def test_it_ends_when_nobody_uses_it_and_in_any_case_some_day(desk: Desk) -> None:
    start = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    bob = person_id(desk, "bob@acme.example")
    secret = sessions.open_session(at(desk, start).tools, TERMS, bob)

    def used(after: timedelta, *, counts: bool = True) -> bool:
        try:
            sessions.signed_in(at(desk, start + after).tools, TERMS, secret, used=counts)
        except NotAuthenticated:
            return False
        return True

    assert used(timedelta(minutes=29))
    assert used(timedelta(minutes=50), counts=False)
    assert not used(timedelta(minutes=60)), "listening is no use"
    secret = sessions.open_session(at(desk, start).tools, TERMS, bob)
    for minutes in range(20, 720, 20):
        assert used(timedelta(minutes=minutes))
    assert not used(timedelta(hours=12))
    assert not used(timedelta(hours=11)), "what has ended does not come back"


async def test_what_has_ended_is_tidied_up(desk: Desk) -> None:
    start = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    bob = person_id(desk, "bob@acme.example")
    for _ in range(3):
        sessions.open_session(at(desk, start).tools, TERMS, bob)
    sessions.open_session(at(desk, start + timedelta(hours=1)).tools, TERMS, bob)
    with desk.tools.store.reading() as session:
        assert len(session.exec(select(SessionRow)).all()) == 1


@on_both
async def test_one_sees_and_ends_ones_own_sessions_only(desk: Desk) -> None:
    here, there, carol = await desk.browser("bob"), await desk.browser("bob"), await desk.browser("carol")
    listed = (await here.get("/sessions")).text
    ids = re.findall(r"/sessions/([0-9a-f]{32})/end", listed)
    assert len(ids) == 2
    assert listed.count("this one") == 1
    (of_carol,) = re.findall(r"/sessions/([0-9a-f]{32})/end", (await carol.get("/sessions")).text)
    token = {"form_token": form_token(secret_in(here))}
    assert (await here.post(f"/sessions/{of_carol}/end", data=token)).status_code == 404
    assert (await carol.get("/sessions")).status_code == 200
    (mine,) = re.findall(r"/sessions/([0-9a-f]{32})/end", listed.split("this one")[1])[:1]
    (other,) = set(ids) - {mine}
    assert (await here.post(f"/sessions/{other}/end", data=token)).headers["location"] == "/sessions"
    assert (await there.get("/sessions")).status_code == 303
    assert (await here.get("/sessions")).status_code == 200
    with pytest.raises(NotFound):
        sessions.end_session(desk.tools, people.caller_of(desk.tools, "bob@acme.example"), other)


@on_both
async def test_sign_out_everywhere(desk: Desk) -> None:
    here, there, bea = await desk.browser("bob"), await desk.browser("bob"), await desk.browser("bea")
    answer = await here.post("/sessions/end", data={"form_token": form_token(secret_in(here))})
    assert (answer.status_code, urlsplit(answer.headers["location"]).path) == (303, "/issuer/end-session")
    assert (await here.get(answer.headers["location"])).headers["location"] == f"{ORIGIN}/sign-in"
    assert (await there.get("/sessions")).status_code == 303
    assert (await bea.get("/sessions")).status_code == 200


async def test_sign_out_ends_it_here_and_in_the_database(desk: Desk) -> None:
    browser = await desk.browser("bob")
    secret = secret_in(browser)
    answer = await browser.post("/sign-out", data={"form_token": form_token(secret)})
    assert answer.headers["location"].startswith(f"{ORIGIN}/issuer/end-session?client_id=")
    assert "id_token_hint" not in answer.headers["location"]
    assert COOKIE not in browser.cookies
    assert "cache" in answer.headers["clear-site-data"]
    with pytest.raises(NotAuthenticated):
        sessions.signed_in(desk.tools, TERMS, secret)


async def test_who_is_removed_is_signed_out(desk: Desk) -> None:
    browser = await desk.browser("bob")
    alice = people.caller_of(desk.tools, "alice@acme.example")
    members.remove(desk.tools, alice, person_id(desk, "bob@acme.example"))
    assert (await browser.get("/sessions")).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://desk.evil.example"},
        {"Origin": "http://desk"},
        {"Origin": "null"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": "", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_a_form_of_elsewhere_is_refused_even_with_the_token(desk: Desk, headers: dict[str, str]) -> None:
    browser = await desk.browser("bob")
    token = form_token(secret_in(browser))
    answer = await browser.post("/sign-out", data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert (await browser.get("/sessions")).status_code == 200


async def test_what_is_no_browser_says_nothing_of_where_a_form_comes_from_and_needs_its_token(desk: Desk) -> None:
    browser = await desk.browser("bob")
    token = form_token(secret_in(browser))
    del browser.headers["origin"], browser.headers["sec-fetch-site"]
    for wrong in ({"other": ""}, {"form_token": token[:-1]}):
        assert (await browser.post("/sign-out", data=wrong)).status_code == 403
    assert (await browser.post("/sign-out", data={"form_token": token})).status_code == 303


async def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    browser, other = await desk.browser("bob"), await desk.browser("bob")
    of_another = form_token(secret_in(other))
    for fields in ({"other": ""}, {"form_token": ""}, {"form_token": of_another}, {"form_token": secret_in(browser)}):
        assert (await browser.post("/sign-out", data=fields)).status_code == 403
    in_json = await browser.post("/sign-out", json={"form_token": form_token(secret_in(browser))})
    assert in_json.status_code == 415
    as_text = {"Content-Type": "text/plain"}
    content = f"form_token={form_token(secret_in(browser))}"
    assert (await browser.post("/sign-out", content=content, headers=as_text)).status_code == 415
    assert (await browser.get("/sessions")).status_code == 200


async def test_a_session_opens_the_stream_of_events_and_nothing_else_of_the_api(desk: Desk) -> None:
    browser = await desk.browser("dave")
    assert (await browser.get("/v1/events")).status_code == 403, "agents have no stream"
    browser = await desk.browser("bob")
    for path in ("/v1/requests", "/v1/notifications", "/v1/company"):
        answer = await browser.get(path)
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:problem-type:belgif:noAccessToken")
    assert (await browser.post("/v1/requests", json={})).status_code == 401
    nobody = await desk.browser(None)
    assert (await nobody.get("/v1/events")).status_code == 401
    nobody.cookies.set(COOKIE, "A" * 43)
    assert (await nobody.get("/v1/events")).status_code == 401
