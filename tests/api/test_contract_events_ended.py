"""A stream tells nothing any more once its session or token has ended, however much there would be to tell."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from access.sessions import COOKIE, form_token
from api import events
from service import clients
from tests.api import test_contract_events
from tests.api.desk import Desk
from tests.api.test_contract_clients import CLIENTS, bearer
from tests.api.test_contract_events import Served, listening

served = test_contract_events.served


async def _software(desk: Desk, headers: dict[str, str]) -> None:
    """The desk's calls as "software" are those of this token from now on."""
    desk.clients["software"] = httpx.AsyncClient(
        transport=desk.transport, base_url="http://desk", headers={**headers, "Accept-Language": "en"}
    )


async def test_who_has_signed_out_is_told_nothing_that_comes_at_once(desk: Desk, served: Served) -> None:
    browser = await desk.browser("bob")
    cookie = browser.cookies[COOKIE]
    request_id = await desk.submitted("bob")
    async with listening(desk, served, None, cookie=f"{COOKIE}={cookie}") as stream:
        assert (await browser.post("/sign-out", data={"form_token": form_token(cookie)})).is_redirect
        desk.conclude(request_id)
        await stream.ends()


@pytest.mark.parametrize("how", ["rotated", "revoked"])
async def test_software_is_told_nothing_once_its_token_has_ended(desk: Desk, served: Served, how: str) -> None:
    client_id, alice = await desk.client_of("alice"), desk.as_("alice")
    headers = await bearer(desk, client_id)
    await _software(desk, headers)
    first, second = await desk.submitted("software"), await desk.submitted("software")
    async with listening(desk, served, None, **headers) as stream:
        desk.conclude(first)
        assert (await stream.event())["requestId"] == first
        if how == "rotated":
            assert (await alice.post(f"{CLIENTS}/{client_id}/rotation")).status_code == 200
        else:
            assert (await alice.delete(f"{CLIENTS}/{client_id}")).status_code == 204
        desk.conclude(second)
        await stream.ends()


async def test_a_silent_stream_of_software_ends_with_its_new_secret(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    client_id = await desk.client_of("alice")
    async with listening(desk, served, None, **await bearer(desk, client_id)) as stream:
        assert (await desk.as_("alice").post(f"{CLIENTS}/{client_id}/rotation")).status_code == 200
        await stream.ends()


async def test_a_stream_of_software_ends_with_the_token_and_not_later(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token was there before the stream: no comment's silence of 15 s is waited for either."""
    monkeypatch.setattr(clients, "TOKEN_LIFETIME", timedelta(seconds=6))
    headers = await bearer(desk, await desk.client_of("alice"))
    monkeypatch.setattr(clients, "TOKEN_LIFETIME", timedelta(hours=1))
    async with listening(desk, served, None, **headers) as stream:
        assert stream.answer.status_code == 200
        await stream.ends()
    assert stream.comments == 0
