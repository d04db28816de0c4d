"""Every role, company and mandate at every route: each cell is called, and answers are searched for what is another's.

The routes are those of the application as it is served, hidden ones too.

A cell is called with an unknown query parameter. It is refused last (400), so "allowed" is seen without an effect, and
401, 403 and 404 come before it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import text

from api.app import create_app
from tests.api.desk import COENIG, Desk
from tests.api.matrix import COLUMNS, DEVELOPMENT, MATRIX, OPEN, expected
from tests.conftest import PROJECT

#: Who calls: the role's columns, and the company they belong to.
ACTORS = {
    "bob": ("requester", "acme"),
    "alice": ("administrator", "acme"),
    "carol": ("requester", "globex"),
    "gina": ("administrator", "globex"),
    "sam": ("requester", "payroll"),
    "pia": ("administrator", "payroll"),
    "dave": ("agent", None),
    "sven": ("supervisor", None),
    "ada": ("auditor", None),
    "oscar": ("ops", None),
    "software of acme": ("software", "acme"),
    "software of globex": ("software", "globex"),
    "software of payroll": ("software", "payroll"),
    "software of payroll for acme": ("software", "payroll"),
    "reading software of acme": ("reading software", "acme"),
}
#: Software, by the administrator who lets it in.
SOFTWARE: dict[str, tuple[str, dict[str, Any]]] = {
    "software of acme": ("alice", {}),
    "software of globex": ("gina", {}),
    "software of payroll": ("pia", {}),
    "software of payroll for acme": ("pia", {"onBehalfOf": "0999000129"}),
    "reading software of acme": ("alice", {"scopes": ["requests:read"]}),
}
PEOPLE = {who: place for who, place in ACTORS.items() if who not in SOFTWARE}
#: Requests by who asked, and the companies that may open them while the mandate of payroll for acme holds.
SUBJECTS = {
    "acme's": {"acme"},
    "acme's by payroll": {"acme", "payroll"},
    "globex's": {"globex"},
    "payroll's": {"payroll"},
}
CANARY = {"acme": "Kanarieacme", "globex": "Kanarieglobex", "payroll": "Kanariepayroll", "both": "Kanarieboth"}
STATUS = {"A": 400, "3": 403, "4": 404}


class World:
    """Requests of every company in review, a notification of each, and a member and a mandate of acme's."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.requests: dict[str, str] = {}
        self.addresses: dict[str, str] = {}

    async def fill(self) -> None:
        desk = self.desk
        asked: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
            ("acme's", "bob", "acme", {}),
            ("globex's", "carol", "globex", {}),
            ("payroll's", "sam", "payroll", {}),
        )
        for subject, who, canary, body in asked:
            self.requests[subject] = await self._in_review(who, canary, **body)
        self.requests["acme's by payroll"] = await self._in_review("sam", "both", onBehalfOf="0999000129")
        told = (await desk.as_("bob").get("/v1/notifications")).json()["items"]
        granted = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
        self.addresses = {
            "member_id": await desk.id_of("bea"),
            "mandate_id": granted[0]["id"],
            "notification_id": told[0]["id"],
            "client_id": await desk.client_of("alice"),
            "kind": "passport",
            "number": "1",
            "name": "1",
        }
        for who, (administrator, terms) in SOFTWARE.items():
            client_id = await desk.client_of(administrator, **terms)
            form = {"grant_type": "client_credentials", "client_id": client_id}
            form["client_secret"] = desk.secrets[client_id]
            granted = (await desk.as_(None).post("/oauth/token", data=form)).json()["access_token"]
            headers = {"Accept-Language": "en", "Authorization": f"Bearer {granted}"}
            desk.clients[who] = httpx.AsyncClient(transport=desk.transport, base_url="http://desk", headers=headers)

    async def _in_review(self, who: str, canary: str, **body: Any) -> str:
        person = {**COENIG, "surname": CANARY[canary], "birthDate": "1971-01-02"}
        request_id = await self.desk.submitted(who, person, **body)
        self.desk.conclude(request_id)
        return request_id

    async def status(self, who: str | None, route: tuple[str, str], subject: str) -> int:
        url = route[1].format(request_id=self.requests[subject], **self.addresses)
        answer = await self.desk.as_(who).request(route[0], f"{url}?unknown=1", content=b"{not json")
        return answer.status_code

    def revoke(self) -> None:
        with self.desk.tools.store.engine.begin() as connection:
            connection.execute(text("DELETE FROM mandates"))


@pytest.fixture
async def world(desk: Desk) -> World:
    made = World(desk)
    await made.fill()
    return made


def column(who: str, route: tuple[str, str], subject: str, *, mandate: bool) -> str:
    """In which column of the table a caller stands, for what is at the address."""
    role, company = ACTORS[who]
    if company is None:
        return role
    if who == "software of payroll for acme":
        own = mandate and subject == "acme's by payroll"
        # Of the mandates it sees the one it acts under, as its colleagues do.
        own |= "{mandate_id}" in route[1]
    elif "{notification_id}" in route[1]:
        own = who == "bob"
    elif "{member_id}" in route[1] or "{client_id}" in route[1]:
        own = company == "acme"
    elif "{mandate_id}" in route[1]:
        own = company in {"acme", "payroll"}
    else:
        own = company in (SUBJECTS[subject] if mandate or company != "payroll" else SUBJECTS[subject] - {"payroll"})
        own |= subject == "payroll's" and company == "payroll"
    return f"{role} {'own' if own else 'foreign'}"


async def test_every_cell_is_as_the_table_says(world: World, record_property: Callable[[str, object], None]) -> None:
    cells: Counter[str] = Counter()
    leaks: list[str] = []
    for mandate in (True, False):
        if not mandate:
            world.revoke()
        for route in MATRIX:
            for subject in SUBJECTS if "{request_id}" in route[1] else ["acme's"]:
                if not mandate and "{mandate_id}" in route[1]:
                    continue
                for who in ACTORS:
                    cell = column(who, route, subject, mandate=mandate)
                    wanted = expected(route, cell)
                    found = await world.status(who, route, subject)
                    cells[wanted] += 1
                    if found != (STATUS[wanted] if route[1] != "/metrics" or wanted != "A" else found):
                        leaks.append(f"{who} ({cell}, mandate {mandate}) {' '.join(route)} on {subject}: {found}")
                for nobody, status in ((None, 401), ("stranger", 403)):
                    cells["nobody"] += 1
                    found = await world.status(nobody, route, subject)
                    if found != status:
                        leaks.append(f"{nobody} {' '.join(route)}: {found}")
    record_property("figure", f"matrix of the interface: {sum(cells.values())} cells, leaks {len(leaks)}")
    assert leaks == []
    assert set(cells) == {"A", "3", "4", "nobody"}
    assert f"| {sum(cells.values()):,} cells, leaks 0 |" in (PROJECT / "docs" / "access.md").read_text("utf-8")


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """The route table of an application, whether the document names them or not."""
    found = [(one.path or "", one.methods or ()) for one in iter_route_contexts(app.routes)]
    return {(method, path) for path, methods in found for method in methods}


async def test_a_route_without_a_row_is_not_there(desk: Desk) -> None:
    assert routes(desk.app) == {*MATRIX, *OPEN, *DEVELOPMENT}
    assert routes(create_app(replace(desk.app.state.house, development=False))) == {*MATRIX, *OPEN}
    described = desk.app.openapi()["paths"]
    assert {(method.upper(), path) for path in described for method in described[path]} <= routes(desk.app)
    assert {len(row.replace(" ", "")) for row in MATRIX.values()} == {len(COLUMNS)}


async def test_what_is_open_shows_nothing_of_anybody(world: World) -> None:
    called = 0
    for method, path in (*OPEN, *DEVELOPMENT):
        for who in (None, "stranger", *ACTORS):
            answer = await world.desk.as_(who).request(method, path.format(**world.addresses))
            assert answer.status_code in (200, 400, 401, 404, 405), (who, method, path)
            assert "access_token" not in answer.text
            assert [canary for canary in CANARY.values() if canary in answer.text] == []
            called += 1
    assert called == len({*OPEN, *DEVELOPMENT}) * (len(ACTORS) + 2)


#: What each sees of the canaries in everything that it may read.
SEEN = {
    "bob": {"acme", "both"},
    "alice": {"acme", "both"},
    "carol": {"globex"},
    "gina": {"globex"},
    "sam": {"payroll", "both"},
    "pia": {"payroll", "both"},
    "dave": set(CANARY),
    "sven": set(CANARY),
    "ada": set[str](),
    "oscar": set[str](),
    "software of acme": {"acme", "both"},
    "software of globex": {"globex"},
    "software of payroll": {"payroll", "both"},
    "software of payroll for acme": {"both"},
    "reading software of acme": {"acme", "both"},
}
READ = [
    *(("GET", path) for path in ("/v1/requests?scope=company&pageSize=100", "/v1/requests", "/v1/notifications")),
    *(("GET", path) for path in ("/v1/company/members", "/v1/company/mandates", "/v1/company", "/v1/desk/requests")),
    *(("GET", path) for path in ("/v1/desk/statistics", "/metrics")),
    ("POST", "/v1/requests/query"),
    ("POST", "/v1/audit/consultations/query"),
]


@pytest.mark.parametrize("mandate", [True, False])
async def test_no_answer_holds_what_is_anothers(world: World, mandate: bool) -> None:  # noqa: FBT001 - a column
    if not mandate:
        world.revoke()
    for who, canaries in SEEN.items():
        seen = canaries if mandate or ACTORS[who][1] != "payroll" else canaries - {"both"}
        read = []
        for method, path in READ:
            body = {"scope": "company", "q": "kanarie"} if path.endswith("requests/query") else {}
            more: dict[str, Any] = {"json": body} if method == "POST" else {}
            read.append((await world.desk.as_(who).request(method, path, **more)).text)
        for subject, request_id in world.requests.items():
            for path in (f"/v1/requests/{request_id}", f"/v1/requests/{request_id}/history"):
                answer = await world.desk.as_(who).get(path)
                read.append(answer.text if answer.status_code == 200 else "")
            if request_id in read[0]:
                assert ACTORS[who][1] in SUBJECTS[subject], (who, subject)
        everything = json.dumps(read)
        found = {company for company, canary in CANARY.items() if canary in everything}
        assert found == seen, who
