"""The pages of docs/pictures/portal: their names, their addresses, who looks, and what is done there first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOB, ALICE = "bob@acme.example", "alice@acme.example"
#: (name of the picture, address with the names of what it is about, who looks).
Shot = tuple[str, str, str | None]

#: What is looked at while the source document's people are all there is.
SHOTS: tuple[Shot, ...] = (
    ("sign-in", "/sign-in", None),
    ("sign-in-refused", "/sign-in/callback/development?code=none&state=none", None),
    ("development-issuer", "/sign-in", None),
    ("unknown-company", "/sign-in", None),
    ("overview", "/", BOB),
    ("overview-company", "/?scope=company", ALICE),
    ("before-you-start", "/requests/new", BOB),
    ("step-1-documents", "/requests/{draft}/documents", BOB),
    ("step-2-personal-data", "/requests/{draft}/personal-data", BOB),
    ("step-2-something-wrong", "/requests/{draft}/personal-data", BOB),
    ("step-3-address", "/requests/{draft}/address", BOB),
    ("step-4-check", "/requests/{draft}/check", BOB),
    ("draft", "/requests/{draft}", BOB),
    ("the-number", "/requests/{known}/sent", BOB),
    ("in-review", "/requests/{maria}/sent", BOB),
    ("all-data", "/requests/{known}", BOB),
    ("action-expected", "/requests/{jean}", BOB),
    ("new-document", "/requests/{jean}/documents", BOB),
    ("delete", "/requests/{maria}/withdraw", BOB),
    ("objection", "/requests/{known}/objection", BOB),
    ("company", "/company", ALICE),
    ("member", "/company/members/{member}", ALICE),
    ("mandate", "/company/mandates/{mandate}", ALICE),
    ("secret-shown-once", "/company/clients", ALICE),
    ("sessions", "/sessions", BOB),
    ("not-there", "/nothing", BOB),
)
#: Once a correction is asked for; and while nothing is answered yet.
CORRECTION: Shot = ("correction", "/requests/{corrected}/personal-data", BOB)
WAITING: Shot = ("waiting", "/requests/{waiting}/sent", BOB)
#: Where one is after what is done, where that is elsewhere.
ENDS = {"development-issuer": "/issuer/authorize", "unknown-company": "/sign-in/callback/development"}


def _something_wrong(page: Page) -> None:
    page.fill("#birthDate-year", "2090")
    page.fill("#surname", "")
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.locator("#problem").wait_for()


def _asks_who_one_is(page: Page) -> None:
    page.locator("main p > a[href^='/sign-in/start/']").last.click()
    page.locator("form[action='/issuer/authorize']").wait_for()


def _comes_from_no_company(page: Page) -> None:
    _asks_who_one_is(page)
    page.fill("#name", "Nora Nieuw")
    page.fill("#email", "nora@new.example")
    page.fill("#number", "0999009928")
    page.locator("form[action='/issuer/authorize'] .actions .button").click()
    page.wait_for_url("**/sign-in/callback/**")


def _lets_software_in(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    page.fill("#name", "Logiciel de paie")
    page.fill("#email", "it@acme.example")
    page.locator("form[data-once] .button").click()
    page.locator("#client-secret").wait_for()


DONE: dict[str, Callable[[Page], None]] = {
    "step-2-something-wrong": _something_wrong,
    "development-issuer": _asks_who_one_is,
    "unknown-company": _comes_from_no_company,
    "secret-shown-once": _lets_software_in,
}
