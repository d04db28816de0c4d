"""WCAG 2.2 AA as far as axe-core sees it, and what it does not: the keyboard, the focus, the width of a phone.

In short in one language; `make a11y` (NISS_A11Y=full) in all four.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from locales.catalogue import LANGUAGES
from tests.api.desk import LOGINS, Desk
from tests.portal import desk_tour
from tests.portal.chromium import chromium, served
from tests.portal.tour import Stop, tour

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
#: The longest words.
SHORT = ("de",)
CHOSEN = LANGUAGES if os.environ.get("NISS_A11Y") == "full" else SHORT
WIDTHS, HEIGHT = (360, 1280), 800


async def signed_in(browser: Browser, home: str, who: str | None, language: str, width: int) -> Page:
    context = await browser.new_context(locale=language, viewport={"width": width, "height": HEIGHT})
    page = await context.new_page()
    if who is not None:
        await page.goto(f"{home}/sign-in")
        await page.get_by_role("link", name=LOGINS.get(who, f"{who}@acme.example")).click()
        await page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


async def looked_at(page: Page, stop: Stop, home: str, width: int) -> list[str]:
    """What is wrong with a page, a line each."""
    await page.goto(f"{home}{stop.path}")
    if stop.does is not None:
        await stop.does(page)
    where = urlsplit(page.url).path
    # What is wrong in a form is said at the address it was sent to.
    if (stop.does is None or stop.ends) and where != (stop.ends or stop.path.partition("?")[0]):
        return [f"{stop.name}: led to {where}"]
    # The whole page at once: what a bar that stays in sight happens to lie on depends on how far one has scrolled.
    height = await page.evaluate("document.documentElement.scrollHeight")
    await page.set_viewport_size({"width": width, "height": max(HEIGHT, height)})
    found: dict[str, Any] = (await Axe().run(page, options=RULES)).response
    await page.set_viewport_size({"width": width, "height": HEIGHT})
    wrong = [
        f"{stop.name}: {violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    if await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append(f"{stop.name}: wider than the window")
    if await page.evaluate("document.documentElement.lang") != await page.evaluate("navigator.language.slice(0, 2)"):
        wrong.append(f"{stop.name}: another language")
    problem = page.locator("#problem")
    if await problem.count() and not await problem.evaluate("one => one === document.activeElement"):
        wrong.append(f"{stop.name}: the focus is not on what is wrong")
    small = await page.evaluate(
        """() => [...document.querySelectorAll("a.button, button, select, input:not([type=hidden])")].filter(one => {
            const box = one.getBoundingClientRect();
            // Agents have a mouse and a keyboard, and much to see at once; on a phone a finger is a finger.
            const least = one.closest(".desk") && innerWidth > 640 ? 36 : 44;
            return box.width && !one.closest(".unseen") && !one.classList.contains("unseen")
                && !["radio", "checkbox"].includes(one.type) && box.height < least;
        }).map(one => one.outerHTML.slice(0, 120))"""
    )
    return wrong + [f"{stop.name}: small: {one}" for one in small]


#: What can be reached, by its place on the page; of radio buttons one for all of a name.
CONTROLS = """() => {
    const shown = one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0;
    const modal = document.querySelector("dialog[open]");
    const kinds = "a[href], button, input, select, textarea, summary, [tabindex]";
    const all = [...(modal || document).querySelectorAll(kinds)];
    return [...new Set(all.filter(shown).map(NAME))];
}"""
NAME = """one => one.type === "radio" ? `radio ${one.name}`
    : `${[...document.querySelectorAll("*")].indexOf(one)} ${one.outerHTML.slice(0, 80)}`"""
FOCUS = """() => {
    const one = document.activeElement;
    const label = one.labels?.[0];
    const drawn = [one, label].some(each => each && getComputedStyle(each).outlineStyle !== "none");
    return one === document.body ? ["", true] : [(NAME)(one), drawn];
}"""


async def reached(page: Page, stop: Stop) -> list[str]:
    """What the keyboard does not reach, or reaches without showing it, a line each."""
    wanted: list[str] = await page.evaluate(CONTROLS.replace("NAME", NAME))
    await page.evaluate("() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); }")
    wrong, found = [], set()
    for _ in range(2 * len(wanted) + 10):
        await page.keyboard.press("Tab")
        name, drawn = await page.evaluate(FOCUS.replace("NAME", NAME))
        if name and not drawn:
            wrong.append(f"{stop.name}: no focus is seen: {name}")
        found.add(name)
        if found >= set(wanted):
            break
    return wrong + [f"{stop.name}: not reached: {name}" for name in wanted if name not in found]


async def seen(desk: Desk, stops: list[Stop], language: str, width: int) -> list[str]:
    """What is wrong with the pages of a tour; with the keyboard once, in one language."""
    wrong: list[str] = []
    async with served(desk) as port, chromium() as browser:
        home = f"http://127.0.0.1:{port}"
        pages = {who: await signed_in(browser, home, who, language, width) for who in {stop.who for stop in stops}}
        for stop in stops:
            wrong += await looked_at(pages[stop.who], stop, home, width)
            if language == SHORT[0]:
                wrong += await reached(pages[stop.who], stop)
    return wrong


@pytest.mark.parametrize("language", CHOSEN)
@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page(desk: Desk, language: str, width: int) -> None:
    wrong = await seen(desk, await tour(desk), language, width)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", CHOSEN)
@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page_of_the_desk(desk: Desk, language: str, width: int) -> None:
    wrong = await seen(desk, await desk_tour.tour(desk), language, width)
    assert not wrong, "\n".join(wrong)


async def test_the_keyboard_reaches_everything(desk: Desk) -> None:
    """From the skip link through a step: every control in the order of the page, each with a visible focus."""
    request_id = await desk.filled()
    async with served(desk) as port, chromium() as browser:
        home = f"http://127.0.0.1:{port}"
        page = await signed_in(browser, home, "bob", "en", 1280)
        await page.goto(f"{home}/requests/{request_id}/personal-data")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Enter")
        reached = []
        for _ in range(40):
            await page.keyboard.press("Tab")
            name, drawn = await page.evaluate(
                """() => { const one = document.activeElement;
                    return [one.id || one.value || one.textContent, getComputedStyle(one).outlineStyle]; }"""
            )
            assert drawn != "none", name
            reached.append(name)
            if name == "later":
                break
        for wanted in ("surname", "givenNames", "birthDate-day", "birthCountry", "nationality", "formerSurname", "on"):
            assert wanted in reached, (wanted, reached)


async def test_enter_goes_on_and_changes_no_language(desk: Desk) -> None:
    request_id = await desk.filled()
    async with served(desk) as port, chromium() as browser:
        home = f"http://127.0.0.1:{port}"
        page = await signed_in(browser, home, "bob", "en", 1280)
        await page.goto(f"{home}/requests/{request_id}/personal-data")
        await page.press("#surname", "Enter")
        await page.wait_for_url("**/check")
        assert await page.evaluate("document.documentElement.lang") == "en"


async def test_the_end_of_a_session_takes_nothing_that_was_typed(desk: Desk) -> None:
    request_id = await desk.filled()
    async with served(desk) as port, chromium() as browser:
        home = f"http://127.0.0.1:{port}"
        page = await signed_in(browser, home, "bob", "en", 1280)
        await page.clock.install()
        await page.goto(f"{home}/requests/{request_id}/personal-data")
        await page.fill("#surname", "Half typed")
        await page.check("input[name=sex][value=F]")
        await page.clock.run_for(29 * 60 * 1000)
        assert await page.locator("#ending").is_visible()
        await page.context.clear_cookies()
        await page.clock.run_for(2 * 60 * 1000)
        assert await page.locator("#ended").is_visible()
        await page.locator("#ended a").click()
        await page.get_by_role("link", name="bob@acme.example").click()
        await page.wait_for_url("**/personal-data")
        assert await page.input_value("#surname") == "Half typed"
        assert await page.is_checked("input[name=sex][value=F]")
        assert await page.evaluate("sessionStorage.length") == 0
