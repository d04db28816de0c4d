"""What a document says is taken over by the person alone: one field or all, with JavaScript or without."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.api.conftest import on_both
from tests.api.desk import COENIG, LOGINS, Desk
from tests.api.zones import upload
from tests.portal.chromium import chromium, served
from tests.portal.person import Person
from tests.portal.test_accessibility import RULES

TYPED = {"surname": "Reutter", "givenNames": "", "birthPlace": "Aachen", "birthDate-day": "", "birthDate-year": "x"}
BORN = {"birthDate-day": "24", "birthDate-month": "05", "birthDate-year": "1983"}


async def presses(bob: Person, request_id: str, use: str, **typed: str) -> dict[str, str]:
    """The form as it stands after the button that takes over `use`, sent with what was typed."""
    action = f"/requests/{request_id}/personal-data"
    form = bob.form(action)
    bob.answer = await bob.browser.post(action, data={**form.fields, **TYPED, **typed, "use": use})
    assert bob.status == 200, bob.text
    return bob.form(action).fields


async def at_the_data(desk: Desk) -> tuple[Person, str]:
    request_id = await desk.opened()
    await upload(desk, request_id)
    return await Person(await desk.browser("bob")).goes(f"/requests/{request_id}/personal-data"), request_id


@on_both
async def test_one_field_is_filled_in_and_nothing_is_kept(desk: Desk) -> None:
    bob, request_id = await at_the_data(desk)
    offered = {value for name, value in bob.form(f"/requests/{request_id}/personal-data").buttons if name == "use"}
    assert offered == {
        *("all", "surname", "givenNames", "sex", "birthDate", "nationality", "documentNumber", "documentExpiry")
    }
    then = await presses(bob, request_id, "birthDate")
    assert {name: then[name] for name in (*BORN, "surname", "birthPlace")} == {
        **BORN,
        "surname": "Reutter",
        "birthPlace": "Aachen",
    }, "the field alone; what else was typed stays, right or wrong"
    assert then.get("sex", "") == ""
    left = {value for name, value in bob.form(f"/requests/{request_id}/personal-data").buttons if name == "use"}
    assert "birthDate" not in left
    assert "surname" in left
    seen = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()
    assert (seen["employee"], seen["steps"]["personalData"]) == ({}, "missing")
    history = (await desk.as_("bob").get(f"/v1/requests/{request_id}/history")).json()["items"]
    assert "personalDataStated" not in {line["kind"] for line in history}


async def test_all_that_the_document_says(desk: Desk) -> None:
    bob, request_id = await at_the_data(desk)
    then = await presses(bob, request_id, "all", formerSurname="Müller")
    assert {name: then[name] for name in then if name not in ("form_token", "birthCountry")} == {
        "surname": "REUTER",
        "givenNames": "COENIG",
        "formerSurname": "Müller",
        "birthPlace": "Aachen",
        "sex": "M",
        "nationality": "DE",
        "documentNumber": "C01X0006H",
        **BORN,
        "documentExpiry-day": "10",
        "documentExpiry-month": "04",
        "documentExpiry-year": "2099",
    }
    assert (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["employee"] == {}
    await bob.fills(f"/requests/{request_id}/personal-data", button="on")
    stated = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["employee"]
    assert (stated["surname"], stated["birthDate"]) == ("REUTER", "1983-05-24")
    await bob.goes(f"/requests/{request_id}/personal-data")
    assert 'name="use"' not in bob.text, "nothing is offered that is stated already"


async def test_nothing_that_is_not_offered_is_filled_in(desk: Desk) -> None:
    bob, request_id = await at_the_data(desk)
    for wish in ("birthPlace", "formerSurname", "", "ssin"):
        then = await presses(bob, request_id, wish)
        assert {name: then[name] for name in ("surname", "givenNames", "birthPlace")} == {
            name: TYPED[name] for name in ("surname", "givenNames", "birthPlace")
        }
        assert then["formerSurname"] == ""


async def test_only_while_the_step_is_open_and_for_who_may_see_it(desk: Desk) -> None:
    bob, request_id = await at_the_data(desk)
    token = bob.form(f"/requests/{request_id}/personal-data").fields["form_token"]
    carol = await desk.browser("carol")
    theirs = (await Person(carol).goes("/")).read().forms[0].fields["form_token"]
    path = f"/requests/{request_id}/personal-data"
    refused = await carol.post(path, data={"form_token": theirs, "use": "all"})
    assert refused.status_code == 404
    assert "REUTER" not in refused.text
    await desk.as_("bob").put(f"/v1/requests/{request_id}/personalData", json={**COENIG, "surname": "Reutter"})
    assert (await desk.as_("bob").delete(f"/v1/requests/{request_id}")).status_code == 204
    closed = await bob.browser.post(path, data={"form_token": token, "use": "all"})
    assert (closed.status_code, closed.headers["location"]) == (303, f"/requests/{request_id}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Alles gebruiken wat het document vermeldt"),
        ("fr", "Utiliser tout ce que mentionne le document"),
        ("de", "Alles verwenden, was im Dokument steht"),
    ],
)
async def test_in_every_language(desk: Desk, language: str, words: str) -> None:
    bob, request_id = await at_the_data(desk)
    await bob.goes(f"/requests/{request_id}/personal-data", **{"Accept-Language": language})
    assert words in bob.words


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with it"])
async def test_in_a_browser_by_keyboard(desk: Desk, *, script: bool) -> None:
    request_id = await desk.opened()
    await upload(desk, request_id)
    async with served(desk) as port, chromium() as browser:
        home = f"http://127.0.0.1:{port}"
        context = await browser.new_context(locale="en", java_script_enabled=script)
        context.set_default_timeout(60_000)
        page = await context.new_page()
        await page.goto(f"{home}/sign-in")
        await page.get_by_role("link", name=LOGINS.get("bob", "bob@acme.example")).click()
        await page.goto(f"{home}/requests/{request_id}/personal-data")
        await page.fill("#surname", "Reutter")
        if script:
            found = (await Axe().run(page, options=RULES)).response
            assert found["violations"] == []
        await page.locator("[data-use=birthDate]").press("Enter")
        await expect(page.locator("#birthDate-year")).to_have_value("1983")
        await expect(page.locator("#surname")).to_have_value("Reutter")
        await _kept_nothing(desk, request_id)
        await page.locator("[data-use-all]").press("Enter")
        await expect(page.locator("#surname")).to_have_value("REUTER")
        await expect(page.locator("input[name=sex][value=M]")).to_be_checked()
        await _kept_nothing(desk, request_id)
        await _goes_on(page)
    stated = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["employee"]
    assert (stated["surname"], stated["sex"], stated["birthDate"]) == ("REUTER", "M", "1983-05-24")


async def _kept_nothing(desk: Desk, request_id: str) -> None:
    assert (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["employee"] == {}


async def _goes_on(page: Page) -> None:
    """Enter in a field continues, and takes over nothing."""
    await page.fill("#surname", "REUTER")
    await page.press("#surname", "Enter")
    await page.wait_for_url("**/address")
