"""Every route of the requester's pages: who may open it, what is noted, how much it asks of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import event
from sqlmodel import col, select

from portal import company, opening, overview, reading, scans, sending, stating
from store.tables import ConsultationRow
from tests.api.desk import Desk

REQUEST = "/requests/{request_id}"
NOWHERE = "0b8a0c6e-0000-4000-8000-000000000000"
#: What is opened: which request there must be, as whom, and as what it is noted (None: nothing personal is shown).
READ: dict[str, tuple[str | None, str, str | None]] = {
    "/": ("identified", "bob", "requests"),
    "/history.csv": ("identified", "bob", "requests"),
    "/requests/new": (None, "bob", None),
    f"{REQUEST}/documents": ("filled", "bob", "request"),
    f"{REQUEST}/personal-data": ("filled", "bob", "request"),
    f"{REQUEST}/address": ("filled", "bob", "request"),
    f"{REQUEST}/check": ("filled", "bob", "request"),
    f"{REQUEST}/sent": ("identified", "bob", "request"),
    f"{REQUEST}/sent/state": ("identified", "bob", "request"),
    REQUEST: ("identified", "bob", "request"),
    f"{REQUEST}/answer": ("asked", "bob", "request"),
    f"{REQUEST}/documents/{{kind}}/{{number}}": ("identified", "bob", "page"),
    f"{REQUEST}/withdraw": ("in_review", "bob", "request"),
    f"{REQUEST}/objection": ("identified", "bob", "request"),
    "/company": (None, "bob", "members"),
    "/company/members/{member_id}": (None, "alice", "member"),
    "/company/mandates/{mandate_id}": (None, "alice", "mandates"),
}
#: What is sent; each has its own test.
SENT = {
    "/filter",
    "/notifications/read",
    "/notifications/{notification_id}/read",
    "/requests/new",
    f"{REQUEST}/documents",
    f"{REQUEST}/documents/{{kind}}/{{number}}/{{change}}",
    f"{REQUEST}/personal-data",
    f"{REQUEST}/address",
    f"{REQUEST}/check",
    f"{REQUEST}/withdraw",
    f"{REQUEST}/objection",
    "/company/members",
    "/company/members/{member_id}/role",
    "/company/members/{member_id}/remove",
    "/company/mandates",
    "/company/mandates/{mandate_id}/end",
}
#: Statements a page may take, whatever is in the tables. The front page gathers four lists.
STATEMENTS = {"/": 42, "/history.csv": 20}
AT_MOST = 24
KILOBYTES = 150


def routes() -> Iterator[tuple[str, str]]:
    for router in (
        overview.router,
        opening.router,
        scans.router,
        stating.router,
        sending.router,
        reading.router,
        company.router,
    ):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield from ((method, route.path) for method in route.methods or ())


async def url_of(desk: Desk, path: str) -> str:
    state = READ[path][0] if path in READ else "filled"
    request_id = ""
    if state is not None and "{request_id}" in path:
        request_id = await getattr(desk, state)(**({"document": True} if state == "asked" else {}))
    elif state is not None:
        await getattr(desk, state)()
    member_id = mandate_id = ""
    if "{member_id}" in path or "{mandate_id}" in path:
        member_id = await desk.id_of("bea")
        mandate_id = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"][0]["id"]
    filled = {"request_id": request_id, "kind": "passport", "number": "1", "member_id": member_id}
    return path.format(**filled, mandate_id=mandate_id, notification_id=NOWHERE, change="remove")


def noted(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id))))


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    statements: list[str] = []

    def seen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = desk.tools.store.engine
    event.listen(engine, "before_cursor_execute", seen)
    yield statements
    event.remove(engine, "before_cursor_execute", seen)


def test_no_route_is_forgotten() -> None:
    found = set(routes())
    assert {path for method, path in found if method == "GET"} == set(READ)
    assert {path for method, path in found if method == "POST"} == SENT
    assert {method for method, _ in found} == {"GET", "POST"}


@pytest.mark.parametrize("path", READ)
async def test_a_page_is_there_is_noted_and_asks_little(desk: Desk, path: str) -> None:
    _, who, what = READ[path]
    url = await url_of(desk, path)
    browser = await desk.browser(who)
    before = len(noted(desk))
    with counted(desk) as statements:
        answer = await browser.get(url)
    assert answer.status_code == (303 if path.endswith("/answer") else 200), answer.text
    assert what in [None, *(row.what for row in noted(desk)[before:])]
    assert len(statements) <= STATEMENTS.get(path, AT_MOST), statements
    if answer.headers.get("content-type", "").startswith("text/html"):
        weight = len(answer.content)
        for file in set(answer.text.split('"/static/')[1:]):
            weight += len((await browser.get("/static/" + file.split('"')[0])).content)
        assert weight < KILOBYTES * 1000
        assert "style=" not in answer.text
        assert " onclick" not in answer.text


@pytest.mark.parametrize("path", [path for path in READ if "{request_id}" in path])
async def test_nobody_else_knows_of_a_request(desk: Desk, path: str) -> None:
    url = await url_of(desk, path)
    carol = await desk.browser("carol")
    answer = await carol.get(url)
    assert answer.status_code == 404
    assert "There is no such request." in answer.text or "There is no such page." in answer.text
    assert (await carol.get(url.replace(url.split("/")[2], NOWHERE))).text == answer.text.replace(
        url.split("/")[2], NOWHERE
    )


@pytest.mark.parametrize("path", READ)
async def test_who_is_not_signed_in_signs_in_first(desk: Desk, path: str) -> None:
    url = await url_of(desk, path)
    answer = await (await desk.browser(None)).get(url)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", sorted(SENT))
async def test_nothing_is_sent_from_elsewhere(desk: Desk, path: str) -> None:
    url = await url_of(desk, path)
    browser = await desk.browser("alice")
    facts = len(desk.sent)
    for wrong in ({"form_token": "x"}, {"form_token": ""}):
        answer = await browser.post(url, data=wrong)
        assert answer.status_code == 403, answer.text
    elsewhere = await browser.post(url, data={"form_token": "x"}, headers={"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    assert len(desk.sent) == facts


@pytest.mark.parametrize("path", ["/requests/new", "/company", REQUEST + "/documents"])
async def test_agents_ask_for_nobody(desk: Desk, path: str) -> None:
    answer = await (await desk.browser("dave")).get(await url_of(desk, path))
    assert answer.status_code == 403
    assert "You may not do this" in answer.text


async def test_the_link_of_a_mail_leads_to_the_request_after_signing_in(desk: Desk) -> None:
    request_id = await desk.identified()
    browser = await desk.browser(None)
    answer = await browser.get(f"/requests/{request_id}")
    assert answer.headers["location"] == f"/sign-in?next=%2Frequests%2F{request_id}"
    page = (await browser.get(answer.headers["location"])).text
    link = re.search(r'href="([^"]+)"[^>]*>bob@acme', page)
    assert link
    answer = await browser.get(unescape(link[1]), follow_redirects=True)
    assert answer.url.path == f"/requests/{request_id}"
    assert "Coenig Reuter" in answer.text
    led = await (await desk.browser("dave")).get(f"/requests/{request_id}")
    assert led.headers["location"] == f"/desk/requests/{request_id}"


async def test_what_is_away_is_said_on_a_page(desk: Desk) -> None:
    bob = await desk.browser("bob")
    missing = await bob.get("/nothing/here", headers={"Accept-Language": "fr"})
    assert missing.status_code == 404
    assert "Cette page n’existe pas" in missing.text
    assert (await bob.put("/requests/new")).status_code == 405
    for name in ("page.css", "page.js"):
        assert (await bob.get(f"/static/{name}")).headers["cache-control"].startswith("public")
    for name in ("..%2Fapp.py", "nothing.css"):
        assert (await bob.get(f"/static/{name}")).status_code == 404
