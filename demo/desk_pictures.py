"""The desk's pages for docs/pictures/desk: cases near somebody of the register, and what is looked at of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from demo import people
from demo.people import Hire
from demo.portal_shots import ALICE, Shot
from demo.running import until
from demo.specimens import draw, filename, media_type
from demo.steps import DAVE, ERIN, Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

SUPERVISOR, AUDITOR, OPS = "sven@desk.example", "ada@audit.example", "oscar@ops.example"
_SEEN: tuple[Shot, ...] = (
    ("queue", "/desk", DAVE),
    ("case", "/desk/requests/{first}", DAVE),
    ("ask", "/desk/requests/{first}/ask", DAVE),
    ("create", "/desk/requests/{first}/create", DAVE),
    ("create-something-wrong", "/desk/requests/{first}/create", DAVE),
    ("reject", "/desk/requests/{first}/reject", DAVE),
    ("search", "/desk/requests/{first}/search", DAVE),
    ("register", "/desk/register", DAVE),
    ("keys", "/desk", DAVE),
    ("to-confirm", "/desk/requests/{second}", DAVE),
    ("proposed", "/desk/requests/{second}", ERIN),
    ("reason", "/desk/requests/{known}", DAVE),
    ("my-day", "/desk/day", DAVE),
)
#: Every picture of the desk, and of those who look after people and the service.
SHOTS: tuple[Shot, ...] = (
    *_SEEN,
    ("case-for-a-supervisor", "/desk/requests/{first}", SUPERVISOR),
    ("give-to-somebody", "/desk/requests/{first}/assignment", SUPERVISOR),
    ("counts", "/desk/statistics", SUPERVISOR),
    ("log", "/audit", AUDITOR),
    ("log-found", "/audit", AUDITOR),
    ("trail-of-a-company", "/audit/trail?company=0999000129", AUDITOR),
    ("service", "/service", OPS),
    ("software", "/company/clients", ALICE),
    ("client", "/company/clients/{client}", ALICE),
    ("trail", "/company/trail", ALICE),
)


def cases(story: Story) -> dict[str, str]:
    """Three requests that state Dupond where passport and register have Dupont.

    Of the second a number is proposed, of the third a correction is asked for.
    """
    first, second, corrected = _near(story), _near(story), _near(story)
    others = [one["ssin"] for one in story.erin.claims(second)["candidates"] if one["lookAlike"]]
    story.erin.rules(second, "createNumber", differentFrom=others)
    message = "Le passeport dit un autre lieu de naissance."
    story.erin.claims(corrected)
    asked = {"fields": ["surname", "birthPlace"], "reason": "dataMismatch", "message": message}
    story.erin.rules(corrected, "requestInformation", **asked)
    until(lambda: story.bob.reads(corrected)["phase"] == "awaitingInformation", "a correction is asked for")
    return {"first": first, "second": second, "corrected": corrected}


def sent_again(story: Story) -> str:
    """A request that was sent and that nobody has answered yet."""
    hire, bob = people.HANS, story.bob
    request_id = str(bob.opens(language="fr")["id"])
    _shows_the_passport(story, request_id, hire)
    bob.states(request_id, hire.personal_data)
    bob.locates(request_id, hire.addresses)
    bob.submits(request_id, wait=0)
    return request_id


def _shows_the_passport(story: Story, request_id: str, hire: Hire) -> None:
    scan = (filename(hire.kind, hire.look), draw(hire.person, hire.kind, hire.look, 7), media_type(hire.look))
    story.bob.uploads(request_id, hire.kind.value, [scan])


def _near(story: Story) -> str:
    hire, bob = people.LOUIS, story.bob
    request_id = str(bob.opens(language="fr")["id"])
    _shows_the_passport(story, request_id, hire)
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
    page.fill("#reason", "Une collègue demande conseil")
    page.fill("#surname", "Dupont")
    page.fill("#birthDate", "1995")
    page.locator("#search .button").click()
    page.locator("#found").wait_for()


def _finds_who_looked(page: Page) -> None:
    page.fill("#reason", "La personne demande qui a vu ses données.")
    page.fill("#ssin", people.COENIG.line.split()[-1])
    page.select_option("#what", "page")
    page.click("#search button")
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
    "log-found": _finds_who_looked,
    "keys": _opens_the_keys,
}
