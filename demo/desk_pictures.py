"""The desk's pages for docs/pictures/desk: two cases near somebody of the register, and what is looked at of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from demo import people
from demo.specimens import draw, filename, media_type
from demo.steps import DAVE, ERIN, Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

SUPERVISOR, AUDITOR, OPS, ALICE = "sven@desk.example", "ada@audit.example", "oscar@ops.example", "alice@acme.example"
#: (name of the picture, address, who looks).
Shot = tuple[str, str, str | None]


def cases(story: Story) -> tuple[str, str]:
    """Two requests that state Dupond where passport and register have Dupont; of the second a number is proposed."""
    first, second = _near(story), _near(story)
    others = [one["ssin"] for one in story.erin.claims(second)["candidates"] if one["lookAlike"]]
    story.erin.rules(second, "createNumber", differentFrom=others)
    return first, second


def shots(story: Story, first: str, second: str) -> Iterator[Shot]:
    """Every picture of the desk."""
    case, proposed = f"/desk/requests/{first}", f"/desk/requests/{second}"
    closed = f"/desk/requests/{story.requests[people.COENIG.name]['id']}"
    yield "queue", "/desk", DAVE
    yield "case", case, DAVE
    yield "ask", f"{case}/ask", DAVE
    yield "create", f"{case}/create", DAVE
    yield "create-something-wrong", f"{case}/create", DAVE
    yield "reject", f"{case}/reject", DAVE
    yield "search", f"{case}/search", DAVE
    yield "register", "/desk/register", DAVE
    yield "keys", "/desk", DAVE
    yield "to-confirm", proposed, DAVE
    yield "proposed", proposed, ERIN
    yield "reason", closed, DAVE
    yield "my-day", "/desk/day", DAVE
    yield "case-for-a-supervisor", case, SUPERVISOR
    yield "give-to-somebody", f"{case}/assignment", SUPERVISOR
    yield "counts", "/desk/statistics", SUPERVISOR
    yield "log", "/audit", AUDITOR
    yield "service", "/service", OPS
    yield "software", "/company/clients", ALICE
    yield "trail", "/company/trail", ALICE


def _near(story: Story) -> str:
    hire, bob = people.LOUIS, story.bob
    request_id = str(bob.opens(language="fr")["id"])
    scan = (filename(hire.kind, hire.look), draw(hire.person, hire.kind, hire.look, 7), media_type(hire.look))
    bob.uploads(request_id, hire.kind.value, [scan])
    bob.states(request_id, {**hire.personal_data, "surname": "Dupond", "birthPlace": "Roubaix"})
    bob.locates(request_id, hire.addresses)
    body = {"confirmed": ["surname"]}
    sent = bob.call("POST", f"/v1/requests/{request_id}/submission", json=body, headers={"Prefer": "wait=20"}).json()
    story.evidence.check(sent["phase"] == "inReview", "Dupond is not sure to be Dupont")
    return request_id


def _says_why(page: Page) -> None:
    reason = page.locator("#reason")
    if reason.count():
        reason.fill("Une collègue demande conseil")
        page.locator(".desk .button").first.click()
        page.locator(".case").wait_for()


def _takes(page: Page) -> None:
    take = page.locator("form[action$='/claim']:not([hidden]) button")
    if take.count():
        take.click()
        page.locator("[data-held-until]").wait_for()


def _asks(page: Page) -> None:
    page.check("#document")
    page.locator("input[name=reason]").first.check()
    page.locator("#no-preview").wait_for(state="hidden")


def _creates_too_soon(page: Page) -> None:
    page.locator("#decision .button").first.click()
    page.locator("#problem").wait_for()


def _searches(page: Page) -> None:
    page.fill("#surname", "Dupont")
    page.fill("#birthDate", "1995")
    page.locator("#search .button").click()
    page.locator("#found").wait_for()


def _opens_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    if not page.locator("#keys").is_visible():
        page.locator("#keys").evaluate("one => one.showModal()")


DONE: dict[str, Callable[[Page], None]] = {
    "case-for-a-supervisor": _says_why,
    "case": _takes,
    "ask": _asks,
    "create-something-wrong": _creates_too_soon,
    "register": _searches,
    "keys": _opens_the_keys,
}
