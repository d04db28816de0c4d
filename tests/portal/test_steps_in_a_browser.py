"""What scripts add to the requester's pages: dropping, the camera, a bar for each file, the contact address."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from store.tables import Request
from tests.api.desk import Desk, image
from tests.portal.chromium import chromium, served
from tests.portal.test_accessibility import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
expect.set_options(timeout=60_000)


@asynccontextmanager
async def looking(desk: Desk, path: str, *, width: int = 1280) -> AsyncIterator[Page]:
    """Bob's browser at a page, in English."""
    async with served(desk) as port, chromium() as browser:
        page = await signed_in(browser, f"http://127.0.0.1:{port}", "bob", "en", width)
        page.set_default_timeout(60_000)
        await page.goto(f"http://127.0.0.1:{port}{path}")
        yield page


async def dropped(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files on the place for pages, as somebody does who drags them there."""
    given = [{"name": name, "bytes": base64.b64encode(content).decode()} for name, content in files]
    transfer = await page.evaluate_handle(
        """given => { const all = new DataTransfer();
            for (const { name, bytes } of given) {
                const content = Uint8Array.from(atob(bytes), one => one.charCodeAt(0));
                all.items.add(new File([content], name, { type: "image/png" }));
            }
            return all; }""",
        given,
    )
    await page.dispatch_event("#drop", "dragover", {"dataTransfer": transfer})
    assert await page.evaluate("document.getElementById('drop').classList.contains('over')")
    await page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    assert not await page.evaluate("document.getElementById('drop').classList.contains('over')")


async def test_files_are_dropped_and_go_by_themselves(desk: Desk) -> None:
    request_id = await desk.opened()
    async with looking(desk, f"/requests/{request_id}/documents") as page:
        await expect(page.get_by_text("You can also drop files here.")).to_be_visible()
        await page.check("input[name=kind][value=passport]")
        await dropped(page, ("one.png", image()), ("two.png", image(size=(901, 600))))
        await expect(page.locator(".scan")).to_have_count(2)
        await expect(page.locator("#uploads li")).to_have_count(0)
    documents = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["documents"]
    assert [(one["kind"], [page["width"] for page in one["pages"]]) for one in documents] == [("passport", [900, 901])]


async def test_what_is_dropped_before_the_kind_is_chosen_goes_with_the_choice(desk: Desk) -> None:
    request_id = await desk.opened()
    async with looking(desk, f"/requests/{request_id}/documents") as page:
        await dropped(page, ("one.png", image()))
        await expect(page.locator(".scan")).to_have_count(0)
        await page.check("input[name=kind][value=identityCard]")
        await expect(page.locator(".scan")).to_have_count(1)


async def test_a_phone_takes_the_picture_with_the_camera_at_its_back(desk: Desk) -> None:
    request_id = await desk.opened()
    async with looking(desk, f"/requests/{request_id}/documents", width=360) as page:
        camera = page.locator("#camera")
        assert await camera.get_attribute("capture") == "environment"
        assert await camera.get_attribute("accept") == "image/*"
        await page.check("input[name=kind][value=passport]")
        await camera.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": image("JPEG")})
        await expect(page.locator(".scan")).to_have_count(1)
    documents = (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["documents"]
    assert [page["mediaType"] for page in documents[0]["pages"]] == ["image/jpeg"]


async def test_each_file_has_a_bar_that_fills(desk: Desk) -> None:
    request_id = await desk.opened()
    # Behind the picture's end: bytes that take their time, and that nobody draws.
    heavy = image() + bytes(1_500_000)
    async with looking(desk, f"/requests/{request_id}/documents") as page:
        await page.check("input[name=kind][value=passport]")
        line = await page.context.new_cdp_session(page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500_000}
        await line.send("Network.emulateNetworkConditions", slow)
        files = [{"name": f"page {n}.png", "mimeType": "image/png", "buffer": heavy} for n in (1, 2)]
        await page.set_input_files("#files", files)  # type: ignore[arg-type]
        bars = page.locator("#uploads progress")
        await expect(bars).to_have_count(2)
        assert [await bar.get_attribute("aria-label") for bar in await bars.all()] == ["page 1.png", "page 2.png"]
        await page.wait_for_function(
            "() => [...document.querySelectorAll('progress')].some(one => one.value > 0 && one.value < 1)"
        )
        slow["uploadThroughput"] = -1
        await line.send("Network.emulateNetworkConditions", slow)
        await expect(page.locator("#uploads li")).to_have_count(0)
        await expect(page.locator(".scan")).to_have_count(2)


async def test_a_file_that_did_not_get_through_is_named(desk: Desk) -> None:
    request_id = await desk.opened()
    async with looking(desk, f"/requests/{request_id}/documents") as page:
        await page.check("input[name=kind][value=passport]")
        await page.context.set_offline(True)
        await page.set_input_files("#files", {"name": "one.png", "mimeType": "image/png", "buffer": image()})
        await expect(page.locator("#uploads .error")).to_have_text("one.png could not be sent. Try again.")
        await expect(page.locator("#uploads progress")).to_have_count(0)


async def test_a_contact_address_is_asked_for_somebody_who_lives_abroad(desk: Desk) -> None:
    request_id = await desk.opened()
    async with looking(desk, f"/requests/{request_id}/address") as page:
        contact = page.locator("#contact")
        await page.select_option("#official-country", "DE")
        await expect(contact).to_be_visible()
        await page.select_option("#official-country", "BE")
        await expect(contact).to_be_hidden()
        await page.select_option("#official-country", "FR")
        await page.fill("#contact-street", "Kerkstraat")
        await page.select_option("#official-country", "BE")
        await expect(contact).to_be_visible()


async def test_the_history_of_a_period(desk: Desk) -> None:
    old, fresh = await desk.opened(), await desk.opened()
    with desk.tools.store.writing() as session:
        before = datetime.now(UTC) - timedelta(days=20)
        session.execute(update(Request).where(col(Request.id) == old).values(updated_at=before))
    async with looking(desk, "/") as page:
        lines = page.locator("#lines .line")
        await expect(lines).to_have_count(2)
        for period, shown in (("7", {fresh}), ("30", {old, fresh})):
            await page.select_option("#period", period)
            await page.get_by_role("button", name="Show", exact=True).click()
            await page.wait_for_url(f"**/?period={period}")
            assert await page.input_value("#period") == period
            links = [str(await one.get_attribute("href")) for one in await lines.get_by_role("link").all()]
            assert {link.split("/")[2] for link in links} == shown
