"""Signing in and out in a real browser, by plain http as in development."""

from __future__ import annotations

import pytest

from access.sessions import PLAIN_COOKIE
from tests.api.desk import Desk
from tests.portal.chromium import chromium, served
from tests.portal.other_issuer import CLIENT, OtherIssuer, running
from tests.portal.test_code_flow import believe, terms

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_somebody_signs_in_sees_their_session_and_signs_out(desk: Desk, host: str) -> None:
    async with served(desk) as port, chromium() as browser:
        context = await browser.new_context(locale="en-GB")
        page = await context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        home = f"http://{host}:{port}"
        await page.goto(f"{home}/sessions")
        assert page.url == f"{home}/sign-in?next=%2Fsessions"
        await page.get_by_text("bob@acme.example").click()
        await page.wait_for_url(f"{home}/sessions")
        (kept,) = [cookie for cookie in await context.cookies() if "niss" in cookie["name"]]
        assert (kept["name"], kept["secure"], kept["httpOnly"], kept["sameSite"]) == (PLAIN_COOKIE, False, True, "Lax")
        assert await page.evaluate("document.cookie") == ""
        assert await page.get_by_text("Chrome, Linux (this one)").is_visible()
        await page.get_by_role("button", name="Sign out everywhere").click()
        await page.wait_for_url(f"{home}/sign-in")
        assert await context.cookies() == []
        await page.goto(f"{home}/sessions")
        assert page.url == f"{home}/sign-in?next=%2Fsessions"
        assert not [text for text in complaints if "Security" in text]


async def test_the_code_flow_over_two_sites(desk: Desk) -> None:
    """The issuer is another site to the browser, as in production: cookies and policies must let one through."""
    claims = {"sub": "bob@acme.example"}
    async with (
        running(OtherIssuer(claims, client_secret="s3cret"), host="localhost") as issuer,
        chromium() as browser,
    ):
        believe(desk, terms(issuer, client_secret="s3cret"))
        async with served(desk) as port:
            context = await browser.new_context(locale="en-GB")
            page = await context.new_page()
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))
            home = f"http://127.0.0.1:{port}"
            await page.goto(f"{home}/sessions")
            await page.get_by_text("Sign in with The ministry").click()
            await page.wait_for_url(f"{home}/sessions")
            await page.get_by_role("button", name="Sign out everywhere").click()
            await page.wait_for_url(f"{home}/sign-in")
            assert issuer.signed_out == [{"client_id": CLIENT, "post_logout_redirect_uri": f"{home}/sign-in"}]
            assert await context.cookies() == []
            assert not [text for text in complaints if "Security" in text]
