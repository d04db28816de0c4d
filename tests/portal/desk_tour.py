"""Every page of the desk in every state that looks different, errors included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from playwright.async_api import Page

from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from tests.api.desk import COENIG, Desk
from tests.portal.tour import Steps, Stop, opens_everything, sends

MARIA = {
    "surname": "Tienpont", "givenNames": "Maria", "sex": "F", "birthDate": "1991-11-03", "birthPlace": "Gent",
}  # fmt: skip
TWIN = RegisteredPerson(
    ssin=Niss("91710301275"),
    surname="Tienpont",
    given_names="Marie",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1991, 11, 3),
    birth_place="Gent",
    birth_country="BE",
)
OTHER_TWIN = replace(TWIN, ssin=Niss("91710302760"), given_names="Mariette")
DEAD = replace(TWIN, ssin=Niss("91710303255"), given_names="Margot", deceased_on=date(2020, 1, 2))


def searches(**typed: str) -> Steps:
    async def steps(page: Page) -> None:
        for name, value in typed.items():
            await page.fill(f"#{name}", value)
        await page.locator("#search .button").click()
        await page.locator("#found").wait_for()
        await opens_everything(page)

    return steps


async def asks_for_the_place(page: Page) -> None:
    await page.check("#ask-birthPlace")
    await page.locator("input[name=reason]").first.check()
    await page.locator("#no-preview").wait_for(state="hidden")


async def opens_the_keys(page: Page) -> None:
    await page.keyboard.press("?")
    await page.locator("#keys").wait_for()


async def identifies_nobody(page: Page) -> None:
    await page.locator("input[name=ssin]").evaluate("one => { one.value = '12345678901'; }")
    await page.locator("[data-key=i]").click()
    await page.locator("#problem").wait_for()


async def gives_the_reason(page: Page) -> None:
    await page.fill("#reason", "A colleague asks me")
    await page.locator(".desk .button").first.click()
    await page.locator(".case").wait_for()


async def tour(desk: Desk) -> list[Stop]:
    """The stops, with a case in every state behind them."""
    returned = await desk.in_review(person={**MARIA, "givenNames": "Mia"})
    await desk.ruled(returned, kind="createNumber")
    desk.register.add([TWIN, OTHER_TWIN, DEAD, replace(TWIN, ssin=Niss("91710304146"), given_names="Mia")])
    desk.conclude(returned)
    asked = await desk.asked(document=True, message="Page 1 is blurred.")
    rejected = await desk.in_review()
    await desk.ruled(rejected, kind="reject", reason="other")
    desk.conclude(rejected)
    objected = await desk.objected()
    alike = await desk.in_review(person=MARIA)
    free = await desk.in_review(person={**COENIG, "surname": "Петров", "givenNames": "Иван"})
    bare = await desk.in_review(person={"surname": "Peeters", "birthDate": "1980"})
    desk.under(four_eyes="lookalikes", ruling_undo=timedelta(hours=1))
    proposed = await desk.in_review(person=MARIA)
    file = (await desk.as_("erin").get(f"/v1/desk/requests/{proposed}")).json()
    others = [one["ssin"] for one in file["candidates"] if one["lookAlike"]]
    assert others
    await desk.ruled(proposed, "erin", kind="createNumber", differentFrom=others)
    counting = await desk.in_review()
    await desk.ruled(counting, kind="reject", reason="notEligible")
    held = await desk.in_review(person=MARIA)
    assert (await desk.as_("erin").post(f"/v1/desk/requests/{held}/claim")).status_code == 200
    assert (await desk.as_("dave").post(f"/v1/desk/requests/{alike}/claim")).status_code == 200
    at = "/desk/requests/{}".format
    stops = (
        Stop("queue", "/desk"),
        Stop("queue-nothing-left", "/desk?done=1"),
        Stop("queue-empty-list", "/desk?show=late"),
        Stop("queue-waiting", "/desk?show=waiting"),
        Stop("queue-keys", "/desk", does=opens_the_keys),
        Stop("case", at(alike), does=opens_everything),
        Stop("case-of-the-dead", f"{at(alike)}?candidate=3"),
        Stop("case-other-letters", at(free)),
        Stop("case-bare", at(bare)),
        Stop("case-objection", at(objected)),
        Stop("case-to-confirm", at(proposed)),
        Stop("case-proposed", at(proposed), "erin"),
        Stop("case-about-to-be-delivered", at(counting)),
        Stop("case-came-back", at(returned)),
        Stop("case-closed", at(rejected)),
        Stop("case-waiting", at(asked)),
        Stop("case-reason-wrong", at(held), does=sends(f"{at(held)}/open", reason=" ")),
        Stop("case-held", at(held), does=gives_the_reason),
        Stop("case-refused", f"{at(alike)}?candidate=2", does=identifies_nobody),
        Stop("ask", f"{at(alike)}/ask", does=asks_for_the_place),
        Stop("ask-wrong", f"{at(alike)}/ask", does=sends("decision", message=" ")),
        Stop("reject", f"{at(alike)}/reject"),
        Stop("reject-wrong", f"{at(alike)}/reject", does=sends("decision")),
        Stop("create", f"{at(alike)}/create"),
        Stop("create-wrong", f"{at(alike)}/create", does=sends("decision")),
        Stop("create-minimum-missing", f"{at(bare)}/create"),
        Stop("create-nobody-alike", f"{at(free)}/create"),
        Stop("search-for-a-case", f"{at(alike)}/search", does=searches()),
        Stop("register", "/desk/register"),
        Stop(
            "register-found",
            "/desk/register",
            does=searches(reason="A colleague asks", surname="Tienpont", birthDate="1991"),
        ),
        Stop("register-nobody", "/desk/register", does=searches(reason="A colleague asks", surname="Nobodyatall")),
        Stop("register-wrong", "/desk/register", does=sends("search", surname="Reuter", birthDate="24 mei")),
        Stop("day", "/desk/day"),
        Stop("not-there", "/desk/nothing"),
        Stop("not-a-case", at("0b8a0c6e-0000-4000-8000-000000000000")),
    )
    own = [replace(stop, who="dave") if stop.who == "bob" else stop for stop in stops]
    return [*own, Stop("day-empty", "/desk/day", "sven"), Stop("case-supervised", at(free), "sven")]
