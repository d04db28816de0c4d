"""Server-Sent Events, over a real connection: what was missed first, then what comes, and an end when it must."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from access.sessions import COOKIE, SessionTerms
from api import events
from runtime.server import Server, configured
from service import people, sessions
from store.logbook import ConsultationRow
from tests.api.desk import Desk

PATIENCE = 10


@dataclass
class Served:
    """The application behind a real server."""

    server: Server
    serving: asyncio.Task[None]

    async def stop(self) -> float:
        """Seconds that the stop took."""
        started = time.monotonic()
        self.server.should_exit = True
        await asyncio.wait_for(asyncio.shield(self.serving), PATIENCE)
        return time.monotonic() - started


@pytest.fixture
async def served(desk: Desk) -> AsyncIterator[Served]:
    server = configured(desk.app, host="127.0.0.1", port=0)
    made = Served(server, asyncio.create_task(server.serve()))
    while not server.started:
        assert not made.serving.done()
        await asyncio.sleep(0.01)
    yield made
    await made.stop()


class Stream:
    """One listener: its events as they come, and every line."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.comments = 0
        self.commented = asyncio.Event()
        self._lines = answer.aiter_lines()

    async def event(self) -> dict[str, Any]:
        """The next event, data and id."""
        async with asyncio.timeout(PATIENCE):
            return await self._event()

    async def _event(self) -> dict[str, Any]:
        found: dict[str, str] = {}
        async for line in self._lines:
            if not line:
                if "data" in found:
                    assert found["event"] == "notification"
                    data: dict[str, Any] = json.loads(found["data"])
                    assert found["id"] == data["id"]
                    return data
                found = {}
            elif line.startswith(":"):
                self.comments += 1
                if self.comments == 3:
                    self.commented.set()
            else:
                name, _, value = line.partition(": ")
                found[name] = value
        raise EOFError

    async def ends(self) -> None:
        with pytest.raises(EOFError):
            await self.event()


@asynccontextmanager
async def listening(desk: Desk, served: Served, who: str | None, **headers: str) -> AsyncIterator[Stream]:
    port = served.server.servers[0].sockets[0].getsockname()[1]
    given = {**desk.as_(who).headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream("GET", f"http://127.0.0.1:{port}/v1/events", headers=given) as answer,
    ):
        yield Stream(answer)


async def test_what_is_told_comes_at_once_and_as_in_the_collection(desk: Desk, served: Served) -> None:
    async with listening(desk, served, "bob") as stream, listening(desk, served, "bea") as other:
        assert stream.answer.headers["content-type"].startswith("text/event-stream")
        assert stream.answer.headers["cache-control"] == "no-store"
        of_bob = await desk.in_review("bob")
        await desk.in_review("bea")
        event = await stream.event()
        assert (event["requestId"], event["kind"], event["read"]) == (of_bob, "inReview", False)
        assert event["summary"] == "The identification request for Maria Tienpont is in progress"
        assert (await desk.as_("bob").get("/v1/notifications")).json()["items"] == [event]
        assert (await other.event())["id"] != event["id"]


def _streamed(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        found = select(ConsultationRow).where(ConsultationRow.what == "notifications").order_by(col(ConsultationRow.id))
        return list(session.exec(found))


async def test_who_is_told_by_the_stream_is_noted(desk: Desk, served: Served) -> None:
    async with listening(desk, served, "bob", BelGov_Trace_Id="a-stream") as stream:
        assert _streamed(desk) == [], "nothing was shown yet"
        first = await desk.in_review("bob")
        await stream.event()
        second = await desk.in_review("bob")
        await stream.event()
    bob = await desk.id_of("bob")
    rows = [(row.person_id, row.role, row.request_ids, row.trace_id) for row in _streamed(desk)]
    assert rows == [(bob, "requester", [one], "a-stream") for one in (first, second)]


async def test_what_was_missed_is_sent_first_oldest_first_and_never_twice(desk: Desk, served: Served) -> None:
    async with listening(desk, served, "bob") as stream:
        await desk.in_review("bob")
        last = await stream.event()
    missed = [await desk.in_review("bob") for _ in range(3)]
    async with listening(desk, served, "bob", Last_Event_ID=last["id"]) as stream:
        found = [await stream.event() for _ in missed]
        assert [event["requestId"] for event in found] == missed
        more = await desk.in_review("bob")
        assert (await stream.event())["requestId"] == more
    # Without it, or with what is nobody's, it goes on from now.
    async with listening(desk, served, "bob", Last_Event_ID="unknown") as stream, listening(desk, served, "bob") as new:
        more = await desk.in_review("bob")
        assert (await stream.event())["requestId"] == (await new.event())["requestId"] == more


async def test_much_that_was_missed_comes_whole(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.notifications.AT_ONCE", 2)
    first = await desk.in_review("bob")
    last = (await desk.as_("bob").get("/v1/notifications")).json()["items"][0]["id"]
    missed = [await desk.in_review("bob") for _ in range(5)]
    async with listening(desk, served, "bob", Last_Event_ID=last) as stream:
        assert [(await stream.event())["requestId"] for _ in missed] == missed
    assert first not in missed


async def test_silence_is_broken_by_comments(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    async with listening(desk, served, "bob") as stream:
        told = asyncio.create_task(stream.event())
        await stream.commented.wait()
        await desk.in_review("bob")
        await told


async def test_it_ends_with_the_server_which_it_does_not_hold_up(desk: Desk, served: Served) -> None:
    async with listening(desk, served, "bob") as stream:
        stopping = asyncio.create_task(served.stop())
        await stream.ends()
    assert await stopping < 1.5


async def test_it_ends_with_the_token(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    # A token is believed for some seconds after its end; a stream is not.
    token = desk.issuer.issue_token("bob@acme.example", now=datetime.now(UTC), lifetime=timedelta(seconds=1))
    async with listening(desk, served, "bob", authorization=f"Bearer {token}") as stream:
        assert stream.answer.status_code == 200
        await stream.ends()


async def test_it_ends_with_the_place_in_the_company(desk: Desk, served: Served) -> None:
    alice = desk.as_("alice")
    members = (await alice.get("/v1/company/members")).json()["items"]
    bea = next(one["id"] for one in members if one["name"].startswith("Bea"))
    request_id = await desk.submitted("bea")
    async with listening(desk, served, "bea") as stream:
        assert (await alice.delete(f"/v1/company/members/{bea}")).status_code == 204
        desk.conclude(request_id)
        await stream.ends()


async def test_what_may_no_longer_be_opened_is_not_told(desk: Desk, served: Served) -> None:
    of_acme = await desk.submitted("sam", onBehalfOf="0999000129")
    own = await desk.submitted("sam")
    (mandate,) = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
    assert (await desk.as_("alice").delete(f"/v1/company/mandates/{mandate['id']}")).status_code == 204
    async with listening(desk, served, "sam") as stream:
        desk.conclude(of_acme)
        desk.conclude(own)
        assert (await stream.event())["requestId"] == own
    assert [item["requestId"] for item in (await desk.as_("sam").get("/v1/notifications")).json()["items"]] == [own]


async def test_a_wrong_last_event_id_is_400_and_agents_have_no_stream(desk: Desk) -> None:
    answer = await desk.as_("bob").get("/v1/events", headers={"Last-Event-ID": "a b"})
    assert answer.status_code == 400
    assert [(issue["in"], issue["name"]) for issue in answer.json()["issues"]] == [("header", "Last-Event-ID")]
    assert (await desk.as_("dave").get("/v1/events")).status_code == 403


async def test_a_session_of_the_portal_may_listen_and_it_ends_with_it(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    bob = people.caller_of(desk.tools, "bob@acme.example")
    secret = sessions.open_session(desk.tools, SessionTerms(), bob.person_id)
    async with listening(desk, served, None, cookie=f"{COOKIE}={secret}") as stream:
        request_id = await desk.in_review("bob")
        assert (await stream.event())["requestId"] == request_id
        sessions.end_by_secret(desk.tools, secret)
        await stream.ends()
