"""A page of a list asks the database no more for twelve lines than for one."""

from __future__ import annotations

from tests.api.desk import Desk
from tests.portal.test_every_page import counted

#: The pages that show lists, and who looks.
LISTS = {
    "/": "bob",
    "/?scope=company": "bob",
    "/?state=actionExpected": "bob",
    "/history.csv": "bob",
    "/sessions": "bob",
    "/company": "alice",
    "/company/clients": "alice",
    "/company/trail": "alice",
    "/desk": "dave",
    "/desk?show=waiting": "dave",
    "/desk/day": "dave",
    "/desk/statistics": "sven",
    "/audit/trail?company=0999000129": "ada",
}


async def grows(desk: Desk, number: int) -> None:
    """So many requests of each kind, pieces of software, invited colleagues and sessions more."""
    alice = desk.as_("alice")
    for _ in range(number):
        await desk.in_review()
        await desk.identified()
        await desk.asked(document=True)
        await desk.asked(fields=["birthPlace"], reason="other", message="Where?")
        await desk.client_of("alice")
        place = len((await alice.get("/v1/company/members")).json()["items"])
        invited = await alice.post("/v1/company/members", json={"email": f"new{place}@acme.example"})
        assert invited.status_code == 201, invited.text
        await desk.browser("bob")


async def asked_for(desk: Desk) -> dict[str, int]:
    """Statements by page, of a second look: what a first one keeps is kept."""
    found = {}
    for path, who in LISTS.items():
        browser = await desk.browser(who)
        assert (await browser.get(path)).status_code == 200, path
        with counted(desk) as statements:
            assert (await browser.get(path)).status_code == 200, path
        found[path] = len(statements)
    return found


async def test_twelve_lines_cost_as_many_statements_as_one(desk: Desk) -> None:
    await grows(desk, 1)
    few = await asked_for(desk)
    await grows(desk, 11)
    assert await asked_for(desk) == few
