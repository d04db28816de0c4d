"""The way in: who is nobody yet, where one is led, and what every page says to the browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import httpx
import pytest
from sqlmodel import select

from access.limits import Limits
from access.relying import new_attempt
from portal.visitors import local_path
from service import attempts
from store.session_tables import SignInRow
from tests.api.desk import LOGINS, ORIGIN, Desk, sign_in


class Buttons(HTMLParser):
    """What the links and buttons of a page say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if tag in ("a", "button"):
            self._inside = True
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "button"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.said[-1] += data


async def test_in_development_one_button_per_demo_person_bears_the_login(desk: Desk) -> None:
    browser = await desk.browser(None)
    said = Buttons((await browser.get("/sign-in")).text).said
    everybody = {f"{name}@acme.example" for name in ("alice", "bob", "bea")} | set(LOGINS.values())
    for login in everybody - {LOGINS["stranger"]}:
        assert sum(login in words for words in said) == 1, login


async def test_who_is_not_signed_in_comes_to_the_sign_in_page_and_back(desk: Desk) -> None:
    browser = await desk.browser(None)
    answer = await browser.get("/sessions?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fsessions%3Fx%3D1")
    answer = await sign_in(browser, "bob@acme.example", target="/sessions?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sessions?x=1")
    assert (await browser.get("/sign-in")).headers["location"] == "/"


@pytest.mark.parametrize(
    ("who", "first"),
    [("bob", "/"), ("alice", "/"), ("dave", "/desk"), ("oscar", "/service"), ("ada", "/audit"), ("sven", "/desk")],
)
async def test_everybody_is_led_to_their_work(desk: Desk, who: str, first: str) -> None:
    browser = await desk.browser(None)
    answer = await sign_in(browser, {"sven": "sven@desk.example"}.get(who) or LOGINS.get(who, f"{who}@acme.example"))
    assert answer.headers["location"] == first


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/sign-out",
        "/sign-in?next=/sign-in",
        "/é",
        "/" + "x" * 2_000,
        "",
    ],
)
async def test_nobody_is_led_elsewhere(desk: Desk, elsewhere: str) -> None:
    assert local_path(elsewhere) == "/"
    browser = await desk.browser(None)
    shown = await browser.get("/sign-in", params={"next": elsewhere})
    assert shown.status_code == 200
    ways = re.findall(r'href="(/sign-in/start/[^"]+)"', shown.text)
    assert len(ways) > 5
    assert not [way for way in ways if "next=" in way]
    begun = await browser.get("/sign-in/start/development", params={"next": elsewhere})
    assert begun.headers["location"].startswith(f"{ORIGIN}/issuer/authorize?")
    answer = await sign_in(browser, "bob@acme.example", target=elsewhere)
    assert answer.headers["location"] == "/"


async def test_another_site_starts_no_sign_in(desk: Desk) -> None:
    browser = await desk.browser(None)
    for site in ("cross-site", "same-site"):
        answer = await browser.get("/sign-in/start/development", headers={"Sec-Fetch-Site": site})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert "set-cookie" not in answer.headers


async def test_every_page_forbids_what_it_does_not_need(desk: Desk) -> None:
    browser = await desk.browser(None)
    for path in ("/sign-in", "/sessions", "/nowhere", "/sign-out"):
        headers = (await browser.get(path)).headers
        policy = dict(part.partition(" ")[::2] for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers, "development is by plain http"


async def test_what_is_not_there_is_told_in_kind(desk: Desk) -> None:
    browser = await desk.browser(None)
    page = await browser.get("/nowhere")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    call = await browser.get("/nowhere", headers={"Accept": "application/json"})
    assert (call.status_code, call.headers["content-type"]) == (404, "application/problem+json")
    call = await browser.get("/v1/nowhere")
    assert call.headers["content-type"] == "application/problem+json"
    assert (await browser.put("/sign-in")).status_code == 405


async def test_nobody_begins_sign_ins_without_end(desk: Desk) -> None:
    desk.start_limits = Limits(30, clock=lambda: 0.0)
    desk.open()
    at = [f"192.0.2.{place}" for place in (1, 2)]
    answers: list[httpx.Response] = []
    for address in [at[0]] * 31 + [at[1]]:
        elsewhere = httpx.ASGITransport(desk.app, client=(address, 1))
        async with httpx.AsyncClient(transport=elsewhere, base_url=ORIGIN) as browser:
            answers.append(await browser.get("/sign-in/start/development", headers={"Accept-Language": "en"}))
    assert [answer.status_code for answer in answers] == [303] * 30 + [429, 303]
    assert int(answers[30].headers["retry-after"]) >= 1
    assert "Too many calls" in answers[30].text
    with desk.tools.store.reading() as session:
        assert len(session.exec(select(SignInRow)).all()) == 31, "a refused one is no row"
    later = replace(desk.tools, now=lambda: datetime.now(UTC) + attempts.PATIENCE)
    attempts.remember(later, new_attempt("x", way_back="", target="/"), "secret")
    with desk.tools.store.reading() as session:
        assert len(session.exec(select(SignInRow)).all()) == 1, "they go with their time"
