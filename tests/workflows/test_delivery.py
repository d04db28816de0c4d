"""However facts travel, the story comes out the same: late, twice, out of order, by the relay alone, after a loss."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select
from temporalio.testing import WorkflowEnvironment

from domain.errors import Conflict
from domain.request import FactKind, Phase
from runtime import relay
from service import requests
from store.tables import FactRow
from tests.workflows.cast import DOUBTFUL, KNOWN, UNKNOWN
from tests.workflows.conftest import MakeWorld
from tests.workflows.world import World, until
from workflows import options
from workflows.request import RequestWorkflow

pytestmark = pytest.mark.timeskipping


@pytest.fixture
async def world(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    async with make_world(time_skipping.client) as made:
        made.environment = time_skipping
        yield made


@pytest.fixture
def eager_relay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The relay waits for nothing."""
    monkeypatch.setattr(relay, "UNDELIVERED_AFTER", timedelta())
    monkeypatch.setattr(relay, "SILENT_AFTER", timedelta())


def undelivered(world: World) -> int:
    with world.tools.store.reading() as session:
        return len(session.exec(select(FactRow).where(FactRow.delivered_at == None)).all())  # noqa: E711 - SQL


@pytest.mark.parametrize("seed", range(5))
async def test_facts_out_of_order_and_twice(world: World, seed: int) -> None:
    world.delivering = False
    request_id = await world.sent(KNOWN)
    on_their_way = world.held * 2
    random.Random(seed).shuffle(on_their_way)  # noqa: S311 - any order will do, the same at every run
    for outgoing in on_their_way:
        await world.gateway.deliver(outgoing)
    assert await world.outcome(request_id) == "identified"
    assert world.history(request_id)[-2:] == ["submitted", "identified"]


async def test_a_fact_held_back_holds_the_story_and_nothing_is_lost(world: World) -> None:
    world.delivering = False
    request_id = await world.sent(KNOWN)
    late = world.held.pop(1)
    await world.send_held()
    story = world.story(request_id)
    assert await story.query(RequestWorkflow.phase) == "collecting"
    assert await story.query(RequestWorkflow.missing_steps) == ["personalData", "address", "submission"]
    await world.gateway.deliver(late)
    assert await world.outcome(request_id) == "identified"


@pytest.mark.usefixtures("eager_relay")
async def test_facts_delivered_by_the_relay_alone(world: World) -> None:
    world.delivering = False
    request_id = await world.sent(KNOWN)
    assert undelivered(world) == 4
    await world.relay().once()
    assert undelivered(world) == 0
    assert world.row(request_id).workflow_started
    assert await world.outcome(request_id) == "identified"


@pytest.mark.usefixtures("eager_relay")
async def test_two_relays_beside_each_other_do_no_harm(world: World) -> None:
    world.delivering = False
    request_id = await world.sent(KNOWN)
    await asyncio.gather(world.relay().once(), world.relay().once(), world.relay().once())
    assert await world.outcome(request_id) == "identified"
    assert world.history(request_id).count("identified") == 1
    assert world.mails(request_id) == [("numberReady", "sent")]


async def test_the_relay_leaves_young_facts_to_the_api(world: World) -> None:
    world.delivering = False
    await world.sent(KNOWN)
    await world.relay().once()
    assert undelivered(world) == 4


@pytest.mark.usefixtures("eager_relay")
async def test_a_silent_draft_is_reminded_and_expires(world: World) -> None:
    request_id = world.open()
    await world.relay().once()
    assert world.row(request_id).workflow_started
    await world.relay().once()
    assert await world.outcome(request_id) == "expired"
    assert world.mails(request_id) == [("reminder", "sent"), ("expired", "sent")]


@pytest.mark.parametrize("reminder", ["PT60S", "PT61S"])
async def test_a_silent_draft_is_started_in_time_for_its_reminder(
    make_world: MakeWorld, time_skipping: WorkflowEnvironment, reminder: str
) -> None:
    async with make_world(time_skipping.client, NISS_DRAFT_REMINDER=reminder, NISS_DRAFT_EXPIRY="PT2M") as world:
        world.environment = time_skipping
        request_id = world.open()
        await world.relay().once()
        assert world.row(request_id).workflow_started is (reminder == "PT60S")
        if world.row(request_id).workflow_started:
            assert await world.outcome(request_id) == "expired"
            assert world.mails(request_id) == [("reminder", "sent"), ("expired", "sent")]


@pytest.mark.usefixtures("eager_relay")
async def test_a_draft_closed_before_its_workflow_was_started(world: World) -> None:
    world.delivering = False
    request_id = world.open()
    await world.withdraw(request_id)
    await world.relay().once()
    assert await world.outcome(request_id) == "withdrawn"
    assert world.mails(request_id) == [("withdrawn", "sent")]


@pytest.mark.usefixtures("eager_relay")
async def test_a_lost_workflow_is_told_again(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    await world.relay().once()
    await world.story(request_id).terminate("a lost Temporal database")
    world.delivering = False
    await world.rule(request_id, kind="reject", reason="notEligible")
    await world.relay().once()
    assert await world.outcome(request_id) == "rejected"
    assert world.history(request_id)[-3:] == ["submitted", "inReview", "rejected"]
    assert world.mails(request_id) == [("inProgress", "sent"), ("rejected", "sent")]


@pytest.mark.usefixtures("eager_relay")
async def test_a_lost_workflow_is_found_and_goes_on_where_it_stood(world: World) -> None:
    request_id = await world.asked(DOUBTFUL, fields=["birthPlace"])
    await world.relay().once()  # notes what has been delivered
    await world.story(request_id).terminate("a lost Temporal database")
    await world.relay().find_lost()
    await world.until_phase(request_id, Phase.AWAITING_INFORMATION)
    assert world.row(request_id).rounds_used == 1
    await world.state(request_id, KNOWN)
    assert await world.outcome(request_id) == "identified"
    assert [notice for notice, _ in world.mails(request_id)] == ["inProgress", "informationNeeded", "numberReady"]


@pytest.mark.usefixtures("eager_relay")
async def test_a_lost_workflow_asks_nothing_twice_and_waits_for_the_other_part(world: World) -> None:
    request_id = await world.asked(DOUBTFUL, document=True, fields=["birthPlace"])
    await world.upload(request_id)
    await world.relay().once()  # notes what has been delivered
    await world.story(request_id).terminate("a lost Temporal database")
    await world.relay().find_lost()
    await world.until_phase(request_id, Phase.AWAITING_INFORMATION)
    assert (world.row(request_id).asked or {})["arrived"] == ["document"]
    await world.state(request_id, KNOWN)
    assert await world.outcome(request_id) == "identified"
    assert world.row(request_id).rounds_used == 1
    assert [notice for notice, _ in world.mails(request_id)] == ["inProgress", "informationNeeded", "numberReady"]


@pytest.mark.usefixtures("eager_relay")
async def test_a_ruling_after_a_question_and_a_loss_is_carried_out(world: World) -> None:
    request_id = await world.asked(UNKNOWN, document=True)
    await world.upload(request_id)
    await world.until_phase(request_id, Phase.IN_REVIEW)
    await world.relay().once()
    await world.story(request_id).terminate("a lost Temporal database")
    world.delivering = False
    await world.rule(request_id, kind="createNumber")
    await world.relay().once()
    assert await world.outcome(request_id) == "numberCreated"
    assert world.row(request_id).phase == Phase.CLOSED


@pytest.mark.usefixtures("eager_relay")
async def test_a_withdrawal_after_a_loss_is_told(world: World) -> None:
    request_id = await world.reviewed(UNKNOWN)
    await world.relay().once()
    await world.story(request_id).terminate("a lost Temporal database")
    world.delivering = False
    await world.withdraw(request_id)
    await world.relay().once()
    assert await world.outcome(request_id) == "withdrawn"
    assert world.mails(request_id)[-1] == ("withdrawn", "sent")


@pytest.mark.usefixtures("eager_relay")
async def test_a_ruling_is_delivered_when_its_undo_time_is_over(
    make_world: MakeWorld, time_skipping: WorkflowEnvironment
) -> None:
    async with make_world(time_skipping.client, NISS_RULING_UNDO="PT0.3S") as world:
        world.environment = time_skipping
        request_id = await world.reviewed(UNKNOWN)
        ruled = await world.rule(request_id, kind="reject", reason="notEligible")
        assert ruled.ruling is not None
        assert ruled.ruling.state == "confirmed"
        assert world.row(request_id).phase == Phase.IN_REVIEW
        with pytest.raises(Conflict, match="decided"):
            requests.withdraw(world.tools, world.bob, request_id)

        async def delivered() -> bool:
            await world.relay().once()
            return undelivered(world) == 0 and world.row(request_id).phase == Phase.CLOSED

        await until(delivered)
        assert await world.outcome(request_id) == "rejected"


async def test_a_signal_that_lands_before_run(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> None:
    async with make_world(time_skipping.client, working=False) as world:
        world.delivering = False
        request_id = await world.sent(KNOWN)
        for outgoing in world.held:
            await world.gateway.deliver(outgoing)
    async with make_world(time_skipping.client) as world:
        world.environment = time_skipping
        assert await world.outcome(request_id) == "identified"
        assert world.mails(request_id) == [("numberReady", "sent")]


async def test_two_requests_for_one_new_person_at_the_same_instant_give_one_number(world: World) -> None:
    first, second = await world.reviewed(UNKNOWN), await world.reviewed(UNKNOWN)
    world.delivering = False
    await world.rule(first, kind="createNumber")
    await world.rule(second, kind="createNumber")
    await asyncio.gather(*(world.gateway.deliver(outgoing) for outgoing in world.held))
    await until(lambda: Phase.CLOSED in (world.row(first).phase, world.row(second).phase))
    created, other = (first, second) if world.row(first).phase == Phase.CLOSED else (second, first)
    await until(lambda: world.row(other).review_reason == "lookAlikesFound")
    number = world.view(created).ssin
    assert number is not None
    world.delivering = True
    await world.rule(other, kind="identify", ssin=number.digits)
    assert {await world.outcome(created), await world.outcome(other)} == {"numberCreated", "identified"}
    assert world.view(other).ssin == number


async def test_rounds_of_questions_are_bounded(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> None:
    async with make_world(time_skipping.client, NISS_QUESTION_ROUNDS="2") as world:
        world.environment = time_skipping
        request_id = await world.reviewed(UNKNOWN)
        for used in (1, 2):
            await world.ask(request_id, document=True)
            assert world.row(request_id).rounds_used == used
            await world.upload(request_id)
            await world.until_phase(request_id, Phase.IN_REVIEW)
        with pytest.raises(Conflict) as refused:
            await world.ask(request_id, document=True)
        assert refused.value.code == "questionRoundsUsed"
        await world.rule(request_id, kind="createNumber")
        assert await world.outcome(request_id) == "numberCreated"


async def test_facts_of_a_closed_request_need_no_workflow(world: World) -> None:
    world.delivering = False
    request_id = await world.sent(KNOWN)
    sent = list(world.held)
    await world.send_held()
    assert await world.outcome(request_id) == "identified"
    for outgoing in sent:
        if outgoing.opening is not None:
            await world.gateway.deliver(outgoing)
    assert world.history(request_id).count("identified") == 1


async def test_ops_read_the_story_and_nobodys_name(world: World) -> None:
    request_id = await world.asked(DOUBTFUL, document=True, fields=["sex"])
    story = world.story(request_id)
    attributes = (await story.describe()).typed_search_attributes
    assert attributes[options.REQUEST_PHASE] == "awaitingInformation"
    assert attributes[options.COMPANY_ID] == world.row(request_id).company_id
    deadline = world.row(request_id).deadline
    assert deadline is not None
    assert abs(attributes[options.DEADLINE] - deadline) < timedelta(seconds=1)
    assert attributes[options.DEADLINE] - attributes[options.AWAITING_SINCE] == timedelta(days=21)
    assert await story.query(RequestWorkflow.deadline) == attributes[options.DEADLINE].isoformat()
    await world.withdraw(request_id)
    assert await world.outcome(request_id) == "withdrawn"
    for event in await world.events(request_id):
        kind = event.WhichOneof("attributes") or ""
        if kind.startswith(("activity_task_scheduled", "timer_started", "marker_recorded")):
            assert event.user_metadata.summary.data


def test_every_fact_is_a_signal_of_the_same_name() -> None:
    signals = set(RequestWorkflow.__temporal_workflow_definition.signals)  # type: ignore[attr-defined]
    assert signals == {kind.value for kind in FactKind}
