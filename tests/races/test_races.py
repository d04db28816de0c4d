"""Ten races: one winner each, the loser told so, and workflow and row agree afterwards.

`make races` runs each fifty times on both databases (`NISS_RACES=50`), `make test` three times.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import func, select

from access.caller import Caller, Once
from domain.document import DocumentKind, UploadedFile
from domain.errors import Conflict
from domain.request import Outcome, Phase
from service import desk, objections, requests, rulings, steps, submission
from store.tables import FactRow, Request
from tests.workflows.cast import ADDRESS, KNOWN, SCAN, UNKNOWN
from tests.workflows.world import World, until
from workflows import options
from workflows.request import RequestWorkflow

pytestmark = pytest.mark.engine


async def race(*calls: Callable[[], Any]) -> list[Any]:
    """All calls at once, each in a thread of its own: what each returned, or the Conflict it was told."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except Conflict as told:
            return told

    return await asyncio.gather(*(asyncio.to_thread(run, call) for call in calls))


def losers(results: list[Any]) -> list[str]:
    return [result.code for result in results if isinstance(result, Conflict)]


async def signal(world: World, results: list[Any]) -> None:
    for result in results:
        for outgoing in getattr(result, "outgoing", ()):
            await world.gateway.deliver(outgoing)


async def agree(world: World, request_id: str, phase: Phase, *, objection: int = 0) -> None:
    """Row and workflow come to the same phase."""
    handle = world.client.get_workflow_handle(options.workflow_id(request_id, objection))

    async def same() -> bool:
        told = await handle.query(RequestWorkflow.phase)
        return world.row(request_id).phase == told == phase.value

    await until(same)


def erin(world: World) -> Caller:
    return world.caller("erin@desk.example")


async def test_withdraw_against_ruling(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    ruling = {"kind": "reject", "reason": "notEligible"}
    results = await race(
        lambda: requests.withdraw(world.tools, world.bob, request_id),
        lambda: rulings.rule(world.tools, world.dave, request_id, ruling),
    )
    await signal(world, results)
    assert losers(results) in (["rulingAccepted"], ["requestClosed"])
    await agree(world, request_id, Phase.CLOSED)
    expected = Outcome.REJECTED if losers(results) == ["rulingAccepted"] else Outcome.WITHDRAWN
    assert world.row(request_id).outcome == expected == await world.outcome(request_id)


async def test_two_claims(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    results = await race(
        lambda: desk.claim(world.tools, world.dave, request_id),
        lambda: desk.claim(world.tools, erin(world), request_id),
    )
    assert losers(results) == ["claimedByAnother"]
    winner = world.dave if isinstance(results[1], Conflict) else erin(world)
    assert world.row(request_id).assignee_id == winner.person_id
    await agree(world, request_id, Phase.IN_REVIEW)


async def test_two_rulings(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    reject = {"kind": "reject", "reason": "other"}
    create = {"kind": "createNumber"}
    results = await race(
        lambda: rulings.rule(world.tools, world.dave, request_id, reject),
        lambda: rulings.rule(world.tools, erin(world), request_id, create),
    )
    await signal(world, results)
    assert losers(results) in (["claimedByAnother"], ["rulingPending"], ["requestClosed"])
    await agree(world, request_id, Phase.CLOSED)
    expected = Outcome.NUMBER_CREATED if isinstance(results[0], Conflict) else Outcome.REJECTED
    assert world.row(request_id).outcome == expected


async def test_two_submissions(world: World) -> None:
    request_id = await world.drafted(KNOWN)
    call = lambda: submission.submit(world.tools, world.bob, request_id, email=None)  # noqa: E731 - the same twice
    results = await race(call, call)
    await signal(world, results)
    assert losers(results) in (["alreadySubmitted"], ["requestClosed"])
    await agree(world, request_id, Phase.CLOSED)
    assert world.history(request_id).count("submitted") == 1


async def test_document_against_expiry(world: World) -> None:
    """Documents come until the draft's deadline has passed: each accepted one counts, the first refused one is late."""
    request_id = world.open()
    await world.start_silent(request_id)
    accepted = 0
    files = [UploadedFile("pages[0]", SCAN)]

    def upload() -> Any:
        kind = DocumentKind.PASSPORT
        return steps.upload_document(world.tools, world.bob, request_id, kind, pages=files)

    async with asyncio.timeout(30):
        while True:
            results = await race(upload)
            await signal(world, results)
            if losers(results):
                break
            accepted += 1
    assert losers(results) == ["requestClosed"]
    assert await world.outcome(request_id) == world.row(request_id).outcome == Outcome.EXPIRED
    with world.tools.store.reading() as session:
        kept = session.execute(
            select(func.count()).select_from(FactRow).where(FactRow.request_id == request_id)
        ).scalar_one()
    assert kept == accepted == world.row(request_id).last_seq > 0


async def test_undo_against_delivery(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    rulings.rule(world.tools, world.dave, request_id, {"kind": "reject", "reason": "other"})
    ruling = desk.read_file(world.tools, world.dave, request_id).ruling
    assert ruling is not None
    assert ruling.deliver_at is not None
    due = ruling.deliver_at
    await until(lambda: world.tools.now() >= due)
    undone, delivered = await race(
        lambda: rulings.undo(world.tools, world.dave, request_id),
        lambda: rulings.deliver_due(world.tools),
    )
    if isinstance(undone, Conflict):
        assert undone.code == "noRuling"
        for outgoing in delivered:
            await world.gateway.deliver(outgoing)
        await agree(world, request_id, Phase.CLOSED)
    else:
        assert delivered == []
        await agree(world, request_id, Phase.IN_REVIEW)
        assert desk.read_file(world.tools, world.dave, request_id).ruling is None


async def test_two_identical_idempotency_keys(world: World) -> None:
    bob = replace(world.bob, once=Once("one-key", "/v1/requests", "the same body"))

    def open_once() -> Any:
        return requests.open_request(world.tools, bob, on_behalf_of=None, reference=None, language="fr")

    results = await race(open_once, open_once, open_once)
    assert losers(results) == []
    assert len({result.view.id for result in results}) == 1
    with world.tools.store.reading() as session:
        assert session.execute(select(func.count()).select_from(Request)).scalar_one() == 1


async def test_step_against_submission(world: World) -> None:
    request_id = await world.drafted(UNKNOWN)
    results = await race(
        lambda: steps.state_address(world.tools, world.bob, request_id, ADDRESS),
        lambda: submission.submit(world.tools, world.bob, request_id, email=None),
    )
    await signal(world, results)
    assert losers(results) in ([], ["alreadySubmitted"])
    assert not isinstance(results[1], Conflict)
    history = world.history(request_id)
    if not losers(results):
        assert history.index("submitted") > max(i for i, kind in enumerate(history) if kind == "addressStated")
    await agree(world, request_id, Phase.IN_REVIEW)


async def test_objection_twice(world: World) -> None:
    request_id = await world.sent(KNOWN)
    await world.outcome(request_id)
    call = lambda: objections.object_to(world.tools, world.bob, request_id, message="not mine")  # noqa: E731 - said once, called twice
    results = await race(call, call)
    await signal(world, results)
    assert losers(results) == ["alreadySubmitted"]
    assert world.row(request_id).objections == 1
    await agree(world, request_id, Phase.IN_REVIEW, objection=1)
    upheld = rulings.rule(
        world.tools, world.dave, request_id, {"kind": "identify", "ssin": str(world.row(request_id).ssin)}
    )
    await signal(world, [upheld])
    await agree(world, request_id, Phase.CLOSED, objection=1)
    objection = world.row(request_id).objection
    assert objection is not None
    assert objection["state"] == "numberUpheld"


async def test_same_new_person_by_two_companies(world: World) -> None:
    first = await world.reviewed(UNKNOWN)
    carol = world.caller("carol@globex.example")
    second = requests.open_request(world.tools, carol, on_behalf_of=None, reference=None, language="en").view.id
    files = [UploadedFile("pages[0]", SCAN)]
    for accepted in (
        steps.upload_document(world.tools, carol, second, DocumentKind.PASSPORT, pages=files),
        steps.state_personal_data(world.tools, carol, second, UNKNOWN),
        steps.state_address(world.tools, carol, second, ADDRESS),
        submission.submit(world.tools, carol, second, email=None),
    ):
        await signal(world, [accepted])
    await world.until_phase(second, Phase.IN_REVIEW)
    results = await race(
        lambda: rulings.rule(world.tools, world.dave, first, {"kind": "createNumber"}),
        lambda: rulings.rule(world.tools, erin(world), second, {"kind": "createNumber"}),
    )
    await asyncio.gather(*(signal(world, [result]) for result in results))
    if losers(results):
        # The one came so late that the other's number was a look-alike already.
        assert losers(results) == ["lookAlikesNotRuledOut"]
        return

    def settled() -> bool:
        rows = [world.row(first), world.row(second)]
        closed = [row for row in rows if row.phase == Phase.CLOSED]
        back = [row for row in rows if row.review_reason == "lookAlikesFound"]
        return len(closed) == len(back) == 1

    await until(settled)
    numbers = [row.ssin for row in (world.row(first), world.row(second)) if row.ssin]
    assert len(numbers) == 1
