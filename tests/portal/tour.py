"""Every page of the requester in every state that looks different, errors included."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page

from tests.api.desk import COENIG, Desk, image

Steps = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True)
class Stop:
    """A page: its name, its address, who looks, what is done there before it is looked at.

    `ends` is the path at which one is then, where that is another one.
    """

    name: str
    path: str
    who: str | None = "bob"
    does: Steps | None = None
    ends: str = ""


def sends(form: str, **typed: str) -> Steps:
    """Fill in some fields of the form with this id or action, and send it."""

    async def steps(page: Page) -> None:
        for name, value in typed.items():
            await page.fill(f"#{name.replace('_', '-')}", value)
        await page.evaluate(
            "which => (document.getElementById(which) || document.querySelector(`form[action='${which}']`)).submit()",
            form,
        )
        await page.wait_for_load_state()
        await page.locator("#problem").wait_for()

    return steps


async def opens_everything(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


async def uploads_nothing_good(page: Page) -> None:
    await page.check("input[name=kind][value=identityCard]")
    await page.set_input_files(
        "#files", {"name": "small.png", "mimeType": "image/png", "buffer": image(size=(300, 200))}
    )
    await page.locator(".tag.wait").first.wait_for()
    await page.set_input_files("#files", {"name": "no.gif", "mimeType": "image/gif", "buffer": b"GIF89a"})
    await page.locator("#problem").wait_for()
    await opens_everything(page)


async def searches(page: Page) -> None:
    await page.fill("#reason", "The person asks.")
    await page.click("#search button")
    await page.locator("#found").wait_for()


async def lets_software_in(page: Page) -> None:
    await opens_everything(page)
    await page.fill("#name", "Payroll robot")
    await page.fill("#email", "it@acme.example")
    await page.locator("form[data-once] .button").click()
    await page.locator("#client-secret").wait_for()


async def asks_who_one_is(page: Page) -> None:
    await page.locator("main p > a[href^='/sign-in/start/']").last.click()
    await page.locator("form[action='/issuer/authorize']").wait_for()


async def comes_from_no_company(page: Page) -> None:
    await asks_who_one_is(page)
    await page.fill("#name", "Nora Nieuw")
    await page.fill("#email", "nora@new.example")
    await page.fill("#number", "0999009928")
    await page.locator("form[action='/issuer/authorize'] .actions .button").click()
    await page.wait_for_url("**/sign-in/callback/**")


#: Of whoever is not signed in.
DOORS = (
    Stop("sign-in", "/sign-in", None),
    Stop("sign-in-refused", "/sign-in/callback/development?code=none&state=none", None),
    Stop("development-issuer", "/sign-in", None, asks_who_one_is, ends="/issuer/authorize"),
    Stop("unknown-company", "/sign-in", None, comes_from_no_company, ends="/sign-in/callback/development"),
)


async def tour(desk: Desk) -> list[Stop]:
    """The stops, with a request in every state behind them."""
    identified = await desk.identified()
    waiting = await desk.submitted(person={**COENIG, "surname": "Dupont"})
    review = await desk.in_review()
    asked = await desk.asked(document=True, fields=["birthPlace", "official"], message="Page 1 is blurred.")
    draft = await desk.opened()
    filled = await desk.filled()
    poor = await desk.filled(person={"surname": "Peeters", "birthDate": "1980"})
    belgian = {"street": "Markt", "postalCode": "9000", "municipality": "Gent", "country": "BE"}
    await desk.as_("bob").put(f"/v1/requests/{poor}/address", json={"official": belgian})
    rejected = await desk.in_review()
    await desk.ruled(rejected, kind="reject", reason="other", message="Not the person of the document.")
    desk.conclude(rejected)
    objected = await desk.objected()
    colleague = await desk.id_of("bea")
    software = await desk.client_of("alice")
    mandate = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"][0]["id"]
    at = "/requests/{}".format
    return [
        *DOORS,
        Stop("overview", "/"),
        Stop("overview-of-the-company", "/?scope=company"),
        Stop("overview-nothing-found", "/?state=expired"),
        Stop("overview-of-somebody-new", "/", "carol"),
        Stop("before-you-start", "/requests/new"),
        Stop("before-you-start-with-a-mandate", "/requests/new", "sam"),
        Stop("draft", at(draft)),
        Stop("documents", f"{at(draft)}/documents"),
        Stop("documents-wrong", f"{at(draft)}/documents", does=uploads_nothing_good),
        Stop("personal-data", f"{at(filled)}/personal-data", does=opens_everything),
        Stop(
            "personal-data-wrong",
            f"{at(filled)}/personal-data",
            does=sends("step", surname=" ", birthDate_year="2090", documentExpiry_year="1999"),
        ),
        Stop("address", f"{at(filled)}/address", does=opens_everything),
        Stop("address-wrong", f"{at(filled)}/address", does=sends("step", official_street="", contact_postalCode="1")),
        Stop("check", f"{at(filled)}/check"),
        Stop("check-something-missing", f"{at(draft)}/check", does=sends("step")),
        Stop("check-minimum-missing", f"{at(poor)}/check", does=sends("step")),
        Stop("waiting", f"{at(waiting)}/sent"),
        Stop("the-number", f"{at(identified)}/sent"),
        Stop("in-review", f"{at(review)}/sent"),
        Stop("all-data", at(identified)),
        Stop("all-data-asked", at(asked)),
        Stop("all-data-rejected", at(rejected)),
        Stop("all-data-objected", at(objected)),
        Stop("answer-document", f"{at(asked)}/documents"),
        Stop("answer-correction", f"{at(asked)}/personal-data"),
        Stop("withdraw", f"{at(review)}/withdraw"),
        Stop("objection", f"{at(identified)}/objection"),
        Stop("objection-wrong", f"{at(identified)}/objection", does=sends("step", message="")),
        Stop("company", "/company"),
        Stop("company-administered", "/company", "alice", opens_everything),
        Stop("company-wrong", "/company", "alice", sends("/company/members")),
        Stop("member", f"/company/members/{colleague}", "alice"),
        Stop("mandate", f"/company/mandates/{mandate}", "alice"),
        Stop("software", "/company/clients", "alice"),
        Stop("software-wrong", "/company/clients", "alice", sends("/company/clients")),
        Stop("secret-shown-once", "/company/clients", "alice", lets_software_in),
        Stop("client", f"/company/clients/{software}", "alice"),
        Stop("trail", "/company/trail", "alice"),
        Stop("log", "/audit", "ada"),
        Stop("log-wrong", "/audit", "ada", sends("search")),
        Stop("log-found", "/audit", "ada", searches),
        Stop("trail-of-a-company", "/audit/trail?company=0999000129", "ada"),
        Stop("service", "/service", "oscar"),
        Stop("statistics", "/desk/statistics", "sven"),
        Stop("assignment", f"/desk/requests/{review}/assignment", "sven"),
        Stop("sessions", "/sessions"),
        Stop("not-there", "/nothing"),
        Stop("not-allowed", f"/company/members/{colleague}"),
    ]
