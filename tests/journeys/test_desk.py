"""Agents decide in a browser, on the whole service: ten cases with the keyboard alone; two agents on one case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.hand import PATIENCE, Hand, chromium
from tests.journeys.service import DAVE, ERIN, LOUIS, LOUIS_NISS, Walk

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.browser, pytest.mark.timeout(900)]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def _agent(browser: Browser, walk: Walk, login: str) -> Hand:
    context = browser.new_context(locale="en-GB", viewport={"width": 1360, "height": 900})
    hand = Hand(context, walk.service.urls["portal"].rstrip("/"))
    hand.signs_in(login)
    return hand


def _tab_to(page: Page, selector: str) -> None:
    """Go there as somebody without a mouse does."""
    for _ in range(80):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def _decides(page: Page, kind: str) -> None:
    match kind:
        case "ask":
            page.keyboard.press("a")
            page.wait_for_url("**/ask")
            _tab_to(page, "#ask-birthPlace")
            page.keyboard.press("Space")
            _tab_to(page, "input[name=reason]")
            page.keyboard.press("Space")
            _tab_to(page, "textarea")
            page.keyboard.type("Please state the place.")
            expect(page.locator("#preview")).to_contain_text("the place of birth")
            _tab_to(page, "main .button:not(.second)")
        case "reject":
            page.keyboard.press("x")
            page.wait_for_url("**/reject")
            _tab_to(page, "input[name=reason]")
            page.keyboard.press("Space")
            _tab_to(page, "main .button.stop")
        case "create":
            page.keyboard.press("c")
            page.wait_for_url("**/create")
            for box in page.locator("input[name=differentFrom]").all():
                _tab_to(page, f"#{box.get_attribute('id')}")
                page.keyboard.press("Space")
            _tab_to(page, "main .button:not(.second)")
        case _:
            page.keyboard.press("s")
            page.wait_for_url("**/search")
            _tab_to(page, "#ssin")
            page.keyboard.type(LOUIS_NISS)
            page.keyboard.press("Enter")
            expect(page.locator("#found")).to_be_visible()
            _tab_to(page, ".candidate button")
    page.keyboard.press("Enter")


def test_ten_cases_with_the_keyboard_alone(browser: Browser, walk: Walk) -> None:
    kinds = ["create", "ask", "reject", "identify", "create", "reject", "ask", "create", "reject", "create"]
    waiting = [walk.in_review() for _ in kinds]
    dave = _agent(browser, walk, DAVE)
    page = dave.page
    decided: dict[str, str] = {}
    for kind in kinds:
        page.keyboard.press("n")
        page.wait_for_url(lambda url: "/desk/requests/" in url and url.rpartition("/")[2] not in decided)
        expect(page.locator("[data-held-until]")).to_be_visible()
        request_id = dave.request_id
        _decides(page, kind)
        page.wait_for_url(f"**/desk/requests/{request_id}")
        decided[request_id] = kind
    assert set(decided) == set(waiting)
    phases = {"ask": "awaitingInformation"}
    outcomes = {"create": "numberCreated", "reject": "rejected", "identify": "identified"}
    for request_id, kind in decided.items():
        found = walk.comes_to(request_id, phases.get(kind, "closed"))
        assert found.get("outcome") == outcomes.get(kind)
    dave.goes("/desk/day")
    assert page.locator("tbody tr").count() >= len(kinds)
    assert [said for said in dave.complaints if "Failed to load" not in said] == []
    dave.context.close()


def test_two_agents_on_one_case(browser: Browser, walk: Walk) -> None:
    request_id = walk.in_review()
    dave, erin = _agent(browser, walk, DAVE), _agent(browser, walk, ERIN)
    for one in (dave, erin):
        one.goes(f"/desk/requests/{request_id}")
    dave.presses("Take this case")
    expect(dave.page.locator("[data-held-until]")).to_be_visible()
    erin.page.keyboard.press("x")
    erin.page.wait_for_url("**/reject")
    erin.page.locator("input[name=reason]").first.check()
    erin.presses("Reject the request")
    expect(erin.page.locator("#problem")).to_contain_text("Another agent holds this request.")
    assert erin.page.title().startswith("Error:")
    assert walk.bob.reads(request_id)["phase"] == "inReview"
    dave.presses("Release")
    for one in (dave, erin):
        one.context.close()


def test_keys_are_listed_and_can_be_switched_off(browser: Browser, walk: Walk) -> None:
    dave = _agent(browser, walk, DAVE)
    page = dave.page
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    _tab_to(page, "#keys-off")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    before = page.url
    page.keyboard.press("n")
    page.goto(f"{dave.base}/desk/day")
    page.keyboard.press("q")
    assert page.url == f"{dave.base}/desk/day"
    assert before.endswith("/desk")
    dave.context.close()


def test_pages_turn_and_grow(browser: Browser, walk: Walk) -> None:
    request_id = walk.in_review()
    dave = _agent(browser, walk, DAVE)
    dave.goes(f"/desk/requests/{request_id}")
    image = dave.page.locator("[data-page] img").first
    expect(image).to_be_visible()
    dave.page.keyboard.press("r")
    assert "rotate(90deg)" in (image.get_attribute("style") or "")
    dave.page.keyboard.press("+")
    assert "125%" in (image.get_attribute("style") or "")
    dave.page.keyboard.press("0")
    assert "rotate(0deg)" in (image.get_attribute("style") or "")
    assert LOUIS["surname"] not in dave.page.url
    dave.context.close()
