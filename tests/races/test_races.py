"""Ten races: one winner each, the loser told so, and workflow and row agree afterwards.

`make races` runs each fifty times on both databases (`NISS_RACES=50`), `make test` three times.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import func, select

from access.caller import Caller, Once
from api.render import request_answer
from domain.document import DocumentKind, UploadedFile
from domain.errors import Conflict
from domain.request import Outcome, Phase
from service import desk, objections, requests, rulings, steps, submission
from store.tables import FactRow, Request
from tests.races.racing import agree, losers, race, signal
from tests.workflows.cast import ADDRESS, KNOWN, MARIA, SCAN, UNKNOWN
from tests.workflows.world import World, until

pytestmark = pytest.mark.engine


def erin(world: World) -> Caller:
    return world.caller("erin@desk.example")


def answered(accepted: Any) -> str:
    """The body of the answer to a requester's call."""
    return request_answer(accepted.view, "fr").model_dump_json()


def kinds_signalled(events: list[Any]) -> list[str]:
    """The facts that a run was told."""
    told = [event.workflow_execution_signaled_event_attributes.signal_name for event in events]
    return [name for name in told if name]


def numbers_of_the_new_person(world: World) -> list[str]:
    """Every number the register has for whoever is called so."""
    found = world.tools.register.search(MARIA).candidates
    return [str(candidate.person.ssin) for candidate in found if candidate.person.surname == "Tienpont"]


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
    assert world.row(request_id).outcome == expected


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
    await agree(world, request_id, Phase.CLOSED)
    assert world.row(request_id).outcome == Outcome.EXPIRED
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
    """All get the one answer; of another body under the key one is told. Then the same for a call that is a fact."""
    bob = world.bob

    def open_under(key: str, body: str) -> Any:
        once = replace(bob, once=Once(key, "/v1/requests", body))
        return requests.open_request(world.tools, once, on_behalf_of=None, reference=body, language="fr")

    results = await race(*[lambda: open_under("one-key", "the same body")] * 3)
    assert losers(results) == []
    assert len({answered(result) for result in results}) == 1
    two_bodies = await race(*[lambda body=body: open_under("another-key", body) for body in ("a", "b")])
    assert losers(two_bodies) == ["idempotencyKeyReused"]
    (other,) = [result.view for result in two_bodies if not isinstance(result, Conflict)]
    with world.tools.store.reading() as session:
        assert set(session.scalars(select(Request.reference))) == {"the same body", other.reference}
        assert session.execute(select(func.count()).select_from(Request)).scalar_one() == 2

    request_id = await world.drafted(KNOWN)
    sent = replace(bob, once=Once("a-third-key", f"/v1/requests/{request_id}/submission", "{}"))
    results = await race(*[lambda: submission.submit(world.tools, sent, request_id, email=None)] * 2)
    await signal(world, results)
    assert losers(results) == []
    assert len({answered(result) for result in results}) == 1
    assert sorted(len(result.outgoing) for result in results) == [0, 1]
    await agree(world, request_id, Phase.CLOSED)
    assert world.history(request_id).count("submitted") == 1
    assert kinds_signalled(await world.events(request_id)).count("submitted") == 1


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
    create: dict[str, object] = {"kind": "createNumber"}
    results = await race(
        lambda: rulings.rule(world.tools, world.dave, first, create),
        lambda: rulings.rule(world.tools, erin(world), second, create),
    )
    await asyncio.gather(*(signal(world, [result]) for result in results))
    # Who comes so late that the other's number is a look-alike already is told at once; else the creation finds out.
    assert losers(results) in ([], ["lookAlikesNotRuledOut"])

    def settled() -> bool:
        return Phase.CLOSED in (world.row(first).phase, world.row(second).phase)

    await until(settled)
    won, lost = (first, second) if world.row(first).phase == Phase.CLOSED else (second, first)
    if losers(results):
        assert isinstance(results[[first, second].index(lost)], Conflict)
    else:
        await until(lambda: world.row(lost).review_reason == "lookAlikesFound")
    await agree(world, won, Phase.CLOSED)
    await agree(world, lost, Phase.IN_REVIEW)
    number = world.row(won).ssin
    assert (world.row(won).outcome, world.row(lost).outcome, world.row(lost).ssin) == ("numberCreated", None, None)
    assert numbers_of_the_new_person(world) == [number]

    # Whoever has the lost one before them now sees the other's number, and may take it.
    agent = world.dave if lost == first else erin(world)
    assert [person["ssin"] for person in desk.read_file(world.tools, agent, lost).candidates] == [number]
    identify: dict[str, object] = {"kind": "identify", "ssin": str(number)}
    await signal(world, [rulings.rule(world.tools, agent, lost, identify)])
    await agree(world, lost, Phase.CLOSED)
    assert (world.row(lost).outcome, world.row(lost).ssin) == ("identified", number)
    assert numbers_of_the_new_person(world) == [number]
