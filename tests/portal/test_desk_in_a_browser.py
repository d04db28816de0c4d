"""What scripts add to the desk: the lease that renews while one looks, and the keys of the page viewer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from service import people
from tests.api.desk import ADDRESS, COENIG, LOGINS, UNKNOWN, Desk
from tests.api.desk import page as scan
from tests.portal.chromium import chromium, served
from tests.portal.test_accessibility import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
expect.set_options(timeout=60_000)
LEASE = timedelta(minutes=10)


@asynccontextmanager
async def looking(desk: Desk, request_id: str, *, clock: bool = False, language: str = "en") -> AsyncIterator[Page]:
    """Dave's browser at a case; with a clock that a test turns."""
    async with served(desk) as port, chromium() as browser:
        page = await signed_in(browser, f"http://127.0.0.1:{port}", "dave", language, 1360)
        page.set_default_timeout(60_000)
        if clock:
            await page.clock.install()
        await page.goto(f"http://127.0.0.1:{port}/desk/requests/{request_id}")
        yield page


async def claimed(desk: Desk) -> str:
    request_id = await desk.in_review()
    answer = await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/claim")
    assert answer.status_code == 200, answer.text
    return request_id


async def held_until(desk: Desk, request_id: str) -> datetime:
    file = (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()
    return datetime.fromisoformat(file["claimedUntil"])


def minutes(number: float) -> int:
    """Milliseconds."""
    return int(number * 60_000)


async def test_the_lease_is_renewed_while_somebody_looks(desk: Desk) -> None:
    desk.under(claim_lease=LEASE)
    request_id = await claimed(desk)
    async with looking(desk, request_id, clock=True) as page:
        before = await held_until(desk, request_id)
        async with page.expect_response(f"**/desk/requests/{request_id}/claim") as renewal:
            await page.clock.run_for(minutes(4))
        answer = await renewal.value
        assert answer.status == 200
        after = await held_until(desk, request_id)
        assert after > before
        said = (await answer.json())["heldUntil"]
        await expect(page.locator("[data-held-until]")).to_have_text(said)
        await expect(page.locator("#lease-lost")).to_be_hidden()
        # Behind another tab nobody looks: it runs out by itself.
        await page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
        asked: list[str] = []
        page.on("request", lambda call: asked.append(call.url))
        await page.clock.run_for(minutes(8))
        assert not [url for url in asked if url.endswith("/claim")]
        assert await held_until(desk, request_id) == after


async def test_a_lease_that_was_lost_is_said_and_not_asked_for_again(desk: Desk) -> None:
    desk.under(claim_lease=LEASE)
    request_id = await claimed(desk)
    erin = people.caller_of(desk.tools, LOGINS["erin"]).person_id
    async with looking(desk, request_id, clock=True) as page:
        given = await desk.as_("sven").put(f"/v1/desk/requests/{request_id}/assignment", json={"assignee": erin})
        assert given.status_code == 200, given.text
        await expect(page.locator("#lease-lost")).to_be_hidden()
        async with page.expect_response(f"**/desk/requests/{request_id}/claim") as renewal:
            await page.clock.run_for(minutes(4))
        assert (await renewal.value).status in (303, 409)
        await expect(page.locator("#lease-lost")).to_be_visible()
        await expect(page.locator("#lease-lost")).to_contain_text("This case is no longer yours")
        asked: list[str] = []
        page.on("request", lambda call: asked.append(call.url))
        await page.clock.run_for(minutes(8))
        assert not [url for url in asked if url.endswith("/claim")]
    file = (await desk.as_("erin").get(f"/v1/desk/requests/{request_id}")).json()
    assert file["assignee"]["id"] == erin


@pytest.mark.parametrize("language", ["de", "en", "fr", "nl"])
async def test_the_common_case_needs_no_scrolling(desk: Desk, language: str) -> None:
    """One candidate who is not sure: people, fields, page and decisions at once in a window of 1360 by 900."""
    request_id = await desk.in_review(person={**COENIG, "surname": "Reuters", "givenNames": "Conrad"})
    await desk.as_("dave").post(f"/v1/desk/requests/{request_id}/claim")
    async with looking(desk, request_id, language=language) as page:
        await page.set_viewport_size({"width": 1360, "height": 900})
        await expect(page.locator(".candidate")).to_have_count(1)
        edges = {
            name: await page.locator(name).first.evaluate("one => one.getBoundingClientRect().bottom")
            for name in (".candidate", "table.fields", ".decide", ".viewer .tools")
        }
        assert await page.evaluate("scrollY") == 0
        assert edges["table.fields"] <= await page.locator(".decide").evaluate("one => one.getBoundingClientRect().top")
        assert max(edges.values()) <= 900, edges


async def two_sided(desk: Desk) -> str:
    """A case whose document has a front and a back."""
    request_id, bob = await desk.opened(), desk.as_("bob")
    sides = [scan(), scan("backs")]
    assert (await bob.put(f"/v1/requests/{request_id}/documents/identityCard", files=sides)).status_code == 200
    assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=UNKNOWN)).status_code == 200
    assert (await bob.put(f"/v1/requests/{request_id}/address", json=ADDRESS)).status_code == 200
    assert (await bob.post(f"/v1/requests/{request_id}/submission")).status_code == 202
    desk.conclude(request_id)
    return request_id


async def shown(page: Page) -> list[int]:
    """Which pages are to be seen, from 1."""
    found: list[int] = await page.evaluate(
        "[...document.querySelectorAll('[data-page]')].flatMap((one, place) => one.hidden ? [] : [place + 1])"
    )
    return found


async def test_pages_by_key(desk: Desk) -> None:
    request_id = await two_sided(desk)
    async with looking(desk, request_id) as page:
        first = page.locator("[data-page] img").first
        await expect(first).to_be_visible()
        assert await shown(page) == [1]
        for key, expected in (("]", [2]), ("]", [1]), ("[", [2]), ("[", [1]), ("b", [1, 2]), ("b", [1])):
            await page.keyboard.press(key)
            assert await shown(page) == expected, key
        await page.keyboard.press("b")
        boxes = [await one.bounding_box() for one in await page.locator("[data-page]").all()]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=2), "beside each other"
        assert boxes[0]["x"] < boxes[1]["x"]
        await page.keyboard.press("b")
        await page.keyboard.press("-")
        assert await first.evaluate("one => one.style.width") == "80%"
        await page.keyboard.press("0")
        assert await first.evaluate("one => one.style.width") == "100%"
        for pressed, ending in (("true", "?straight=1"), ("false", "/1")):
            async with page.expect_response(lambda answer: "/pages/1" in answer.url):
                await page.keyboard.press("l")
            assert await page.locator("[data-act=straighten]").get_attribute("aria-pressed") == pressed
            assert str(await first.get_attribute("src")).endswith(ending)
            await page.wait_for_function("() => document.querySelector('[data-page] img').naturalWidth > 0")
