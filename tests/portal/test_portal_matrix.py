"""Every role, company and mandate at every route of the portal: each cell is called with a real session and form token.

Forms have an effect here, so what a form changed is put back before the next cell. Every answer is searched for names
that are another company's, and what shows a name or a page must have left a row in the consultation log.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import func
from sqlmodel import select

from access.sessions import COOKIE, digest, form_token
from store.logbook import ConsultationRow
from store.session_tables import SessionRow
from tests.api.desk import COENIG, Desk
from tests.api.test_matrix import CANARY, SEEN, SUBJECTS, World
from tests.api.test_matrix import PEOPLE as ACTORS
from tests.api.test_matrix import column as column_of
from tests.portal import test_access_pages, test_desk_pages, test_every_page
from tests.portal.matrix import DEVELOPMENT, DRAFT, MATRIX, NOBODY_SHOWN, OF_PEOPLE, OPEN, expected

Route = tuple[str, str]
SOFTWARE = "software of acme"
STATUS = {"A": {200}, "L": {303}, "3": {403}, "4": {404}}
#: A form that is let in: its page with what is wrong in it or with what was found, or led on.
SENT = {200, 303, 400, 409}


def routes(desk: Desk) -> set[Route]:
    """The route table of the application as it is served."""
    found = [(one.path or "", one.methods or ()) for one in iter_route_contexts(desk.app.state.portal.routes)]
    return {(method, path) for path, methods in found for method in methods}


def column(who: str, route: Route, subject: str, *, mandate: bool) -> str:
    """As for the interface; a session is its owner's alone, and in the portal the employer alone ends a mandate."""
    role, company = ACTORS[who]
    if company is not None and "{session_id}" in route[1]:
        return f"{role} {'own' if who == 'bob' else 'foreign'}"
    if company is not None and "{mandate_id}" in route[1]:
        return f"{role} {'own' if company == 'acme' else 'foreign'}"
    return column_of(who, route, subject, mandate=mandate)


@dataclass
class Portal:
    """Browsers of everybody, on requests of every company, each as a draft and in review."""

    world: World
    saved: Path
    drafts: dict[str, str] = field(default_factory=dict)
    browsers: dict[str | None, httpx.AsyncClient] = field(default_factory=dict)
    secrets: dict[str | None, str] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.world.desk

    async def fill(self) -> None:
        await self.world.fill()
        asked = (("acme's", "bob", "acme"), ("globex's", "carol", "globex"), ("payroll's", "sam", "payroll"))
        for subject, asker, canary in asked:
            self.drafts[subject] = await self.desk.filled(asker, {**COENIG, "surname": CANARY[canary]})
        person = {**COENIG, "surname": CANARY["both"]}
        self.drafts["acme's by payroll"] = await self.desk.filled("sam", person, onBehalfOf="0999000129")
        for who in (*ACTORS, None):
            self.browsers[who] = await self.desk.browser(who)
            self.secrets[who] = self.browsers[who].cookies.get(COOKIE) or ""
            if who is not None:
                # In a header of its own: what signs out takes it from no browser here.
                self.browsers[who].headers["Cookie"] = f"{COOKIE}={self.secrets[who]}"
        another = (await self.desk.browser("bob")).cookies[COOKIE]
        with self.desk.tools.store.reading() as session:
            found = session.exec(select(SessionRow.id).where(SessionRow.digest == digest(another)))
            self.world.addresses["session_id"] = found.one()
        self.keep()

    def keep(self) -> None:
        _copied(self.desk.home / "niss.db", self.saved)

    def put_back(self) -> None:
        _copied(self.saved, self.desk.home / "niss.db")

    def consultations(self) -> int:
        with self.desk.tools.store.reading() as session:
            return session.exec(select(func.count()).select_from(ConsultationRow)).one()

    async def call(
        self, who: str | None, route: Route, subject: str, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        method, path = route
        requests = self.drafts if path in DRAFT else self.world.requests
        url = path.format(request_id=requests[subject], **self.world.addresses, change="up")
        browser = self.browsers[who]
        browser.cookies.clear()
        if method == "GET":
            return await browser.get(url, headers=headers)
        return await browser.post(url, data={"form_token": form_token(self.secrets[who])}, headers=headers)


def _copied(source: Path, target: Path) -> None:
    """A database as it stands, into one that is in use."""
    kept, other = sqlite3.connect(source), sqlite3.connect(target)
    other.execute("PRAGMA synchronous = OFF")
    kept.backup(other)
    kept.close()
    other.close()


@pytest.fixture
async def portal(desk: Desk, tmp_path: Path) -> Portal:
    made = Portal(World(desk), tmp_path / "saved.db")
    await made.fill()
    return made


def _wrong(answer: httpx.Response, route: Route, wanted: str) -> str | None:
    """What is not as the cell says."""
    allowed = SENT if wanted == "A" and route[0] == "POST" else STATUS[wanted]
    led = answer.headers.get("location", "")
    if answer.status_code not in allowed:
        return f"{answer.status_code}"
    if answer.status_code == 303 and led.startswith("/sign-in") and route[1] not in ("/sign-out", "/sessions/end"):
        return f"led to {led}"
    return None


async def _cell(
    portal: Portal, who: str, route: Route, subject: str, *, mandate: bool
) -> tuple[str, set[str], str | None]:
    """One cell: what the table says, whose names the answer showed, and what is not as it has to be."""
    cell = column(who, route, subject, mandate=mandate)
    wanted = expected(route, cell, other_side=ACTORS[who][1] == "payroll")
    rows, sent = portal.consultations(), len(portal.desk.sent)
    answer = await portal.call(who, route, subject)
    wrong = _wrong(answer, route, wanted)
    names = {company for company, canary in CANARY.items() if canary in answer.text}
    shown = names or answer.headers.get("content-type", "").startswith("image/")
    if shown and portal.consultations() == rows:
        wrong = "shown, and not noted"
    # Who may read a case and not decide it is told so on the case's page.
    if names - _may_see(who, mandate=mandate) or (wanted in "34" and len(portal.desk.sent) != sent):
        wrong = f"shown {names}, {len(portal.desk.sent) - sent} facts taken"
    if route[0] == "POST" and answer.status_code in SENT:
        portal.put_back()
    place = f"{who} ({cell}) {' '.join(route)} on {subject}"
    return wanted, names, wrong and f"{place}: wanted {wanted}, found {wrong}"


@pytest.mark.parametrize("mandate", [True, False])
async def test_every_cell_is_as_the_table_says(
    portal: Portal,
    mandate: bool,  # noqa: FBT001 - a column
    record_property: Callable[[str, object], None],
) -> None:
    cells: Counter[str] = Counter()
    leaks: list[str] = []
    seen: dict[str, set[str]] = {who: set() for who in ACTORS}
    if not mandate:
        portal.world.revoke()
        portal.keep()
    # Without a mandate there is no address of one.
    for route in (one for one in MATRIX if mandate or "{mandate_id}" not in one[1]):
        for subject in SUBJECTS if "{request_id}" in route[1] else ["acme's"]:
            for who in ACTORS:
                wanted, names, leak = await _cell(portal, who, route, subject, mandate=mandate)
                cells[wanted] += 1
                seen[who] |= names
                leaks += [leak] if leak else []
            answer = await portal.call(None, route, subject)
            cells["nobody"] += 1
            if answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in"):
                leaks.append(f"nobody {' '.join(route)}: {answer.status_code}")
            # A token of the interface opens no page: software is nobody here.
            bearer = portal.desk.as_(SOFTWARE).headers["Authorization"]
            answer = await portal.call(None, route, subject, headers={"Authorization": bearer})
            cells["software"] += 1
            if answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in"):
                leaks.append(f"{SOFTWARE} {' '.join(route)}: {answer.status_code}")
    held = "while the mandate holds" if mandate else "after it has ended"
    record_property("figure", f"matrix of the portal, {held}: {sum(cells.values())} cells, leaks {len(leaks)}")
    assert not leaks, "\n".join(leaks)
    assert set(cells) == {"A", "L", "3", "4", "nobody", "software"}
    assert seen == {who: _may_see(who, mandate=mandate) for who in ACTORS}


def _may_see(who: str, *, mandate: bool) -> set[str]:
    return SEEN[who] if mandate or ACTORS[who][1] != "payroll" else SEEN[who] - {"both"}


async def test_a_route_without_a_row_is_not_there(desk: Desk) -> None:
    assert routes(desk) == {*MATRIX, *OPEN, *DEVELOPMENT}
    assert {len(row.replace(" ", "")) for row in MATRIX.values()} == {len(OF_PEOPLE)}
    assert {path for _, path in MATRIX} >= DRAFT


def test_every_page_is_noted_or_shows_nobody() -> None:
    """The tables of the page tests say as what each page is noted; here: none is missing in all of them."""
    noted = {path for path, (_, _, what) in test_every_page.READ.items() if what is not None}
    noted |= {path for path, what in test_desk_pages.READ.items() if what is not None}
    noted |= {path for path, (_, what) in test_access_pages.READ.items() if what is not None}
    opened = {path for method, path in MATRIX if method == "GET"}
    assert noted | set(NOBODY_SHOWN) == opened
    assert noted & set(NOBODY_SHOWN) == set()
