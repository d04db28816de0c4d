"""A number created without an agent, where the policy says so and nothing asks for one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from activities.identification import IdentificationActivities, IdentifyOrder
from domain.findings import Finding
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.request import Phase
from runtime import wiring
from tests.workflows.cast import DOUBTFUL, UNKNOWN
from tests.workflows.conftest import MakeWorld
from tests.workflows.world import World, add_to_register

pytestmark = pytest.mark.timeskipping
BELGIAN = {"official": {"street": "Markt", "postalCode": "9000", "municipality": "Gent", "country": "BE"}}


@pytest.fixture
async def world(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    async with make_world(time_skipping.client, NISS_NUMBER_CREATION="automatic") as made:
        made.environment = time_skipping
        yield made


def _activities(world: World) -> IdentificationActivities:
    return IdentificationActivities(world.register, world.recorder, wiring.utc_now, creates=True)


async def test_somebody_new_gets_a_number_at_once(world: World) -> None:
    request_id = await world.sent(UNKNOWN)
    assert await world.outcome(request_id) == "numberCreated"
    assert world.history(request_id)[-2:] == ["submitted", "numberCreated"]
    assert [notice for notice, _ in world.mails(request_id)] == ["numberReady"]
    ssin = world.view(request_id).ssin
    assert ssin is not None
    registered = world.register.person(ssin)
    assert registered is not None
    assert registered.given_names == "Maria"
    # Whoever asks for her next is answered.
    again = await world.sent(UNKNOWN)
    assert await world.outcome(again) == "identified"
    assert world.view(again).ssin == ssin


@pytest.mark.parametrize(
    "stated",
    [
        DOUBTFUL,  # somebody looks alike
        {**UNKNOWN, "birthDate": f"{wiring.utc_now().year - 15}-03-02"},  # too young to work
    ],
)
async def test_what_asks_for_an_agent_comes_to_one(world: World, stated: dict[str, Any]) -> None:
    request_id = await world.sent(stated)
    await world.until_phase(request_id, Phase.IN_REVIEW)


async def test_after_a_question_an_agent_decides(world: World) -> None:
    request_id = await world.reviewed(DOUBTFUL)
    await world.ask(request_id, fields=["birthDate"])
    await world.state(request_id, UNKNOWN)
    await world.until_phase(request_id, Phase.IN_REVIEW)
    assert world.row(request_id).review_reason == "unknown"


async def test_a_try_whose_answer_was_lost_gives_the_same_number_and_no_other_outcome(world: World) -> None:
    world.delivering = False
    request_id = await world.sent(UNKNOWN)
    stated, key = world.recorder.stated(request_id), world.recorder.creation_key(request_id)
    world.register.create(stated, key=key, at=wiring.utc_now())
    assert _activities(world).identify(IdentifyOrder(request_id, "identification-0")) is Finding.CREATED


async def test_whoever_turns_up_at_the_last_moment_is_an_agents_affair(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.delivering = False
    request_id = await world.sent(UNKNOWN)
    maria = RegisteredPerson(
        Niss("93451204619"), "Tienpont", PartialDate(1991, 3, 2), "Maria", Sex.FEMALE, "Gouda", None, "NL"
    )
    may_be = world.recorder.may_be_automatic

    def meanwhile(*asked: Any) -> bool:
        add_to_register(world, [maria])
        return bool(may_be(*asked))

    monkeypatch.setattr(world.recorder, "may_be_automatic", meanwhile, raising=False)
    assert _activities(world).identify(IdentifyOrder(request_id, "identification-0")) is Finding.AMBIGUOUS
    assert [found.person.ssin for found in world.register.search_by_name("Tienpont").candidates] == [maria.ssin]
