"""Paths of docs/story.md that the register or an agent ends."""

from __future__ import annotations

from datetime import timedelta

from domain.document import DocumentKind
from domain.request import Phase
from tests.workflows.cast import DOUBTFUL, KNOWN, REGISTERED, UNKNOWN
from tests.workflows.walking import DRAWN, MARIA, SENT, path, tried_in_the_open
from tests.workflows.world import World, add_to_register, until

# Without an agent.


@path("identified", [*SENT, "identified"], ["numberReady"])
async def identified_at_once(world: World) -> str:
    return await world.sent(KNOWN)


@path(
    "identified",
    [*DRAWN[:3], "documentUploaded", "documentUploaded", "documentRemoved", *SENT[2:], "identified"],
    ["numberReady"],
)
async def steps_in_any_order_and_repeated(world: World) -> str:
    request_id = world.open()
    await world.upload(request_id)
    await world.state(request_id, UNKNOWN)
    await world.upload(request_id, DocumentKind.IDENTITY_CARD)
    await world.upload(request_id)
    await world.remove(request_id)
    await world.state(request_id, KNOWN)
    await world.address(request_id)
    await world.submit(request_id)
    return request_id


@path("identified", [*SENT, "identified"], ["numberReady"])
async def register_back_in_time(world: World) -> str:
    world.switch_register(failing=True)
    request_id = await world.sent(KNOWN)
    await tried_in_the_open(world, request_id)
    world.switch_register()
    return request_id


@path("identified", [*SENT, "inReview", "identified"], ["inProgress", "numberReady"], NISS_IDENTIFY_DEADLINE="PT5M")
async def register_away_until_the_deadline(world: World) -> str:
    world.switch_register(failing=True)
    request_id = await world.sent(KNOWN)
    await tried_in_the_open(world, request_id)
    await world.passes(timedelta(minutes=6))
    await world.until_phase(request_id, Phase.IN_REVIEW)
    assert world.row(request_id).review_reason == "registerUnavailable"
    await world.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    return request_id


# With an agent.


@path("identified", [*SENT, "inReview", "identified"], ["inProgress", "numberReady"])
async def identified_by_an_agent(world: World) -> str:
    request_id = await world.reviewed(DOUBTFUL)
    assert world.row(request_id).review_reason == "ambiguous"
    await world.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    return request_id


@path("numberCreated", [*SENT, "inReview", "numberCreated"], ["inProgress", "numberReady"])
async def number_created(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    assert world.row(request_id).review_reason == "unknown"
    await world.rule(request_id, kind="createNumber")
    return request_id


@path("numberCreated", [*SENT, "inReview", "numberCreated"], ["inProgress", "numberReady"])
async def number_created_beside_a_look_alike(world: World) -> str:
    request_id = await world.reviewed(DOUBTFUL)
    await world.rule(request_id, kind="createNumber", differentFrom=[REGISTERED.ssin.digits])
    return request_id


@path("numberCreated", [*SENT, "inReview", "inReview", "numberCreated"], ["inProgress", "numberReady"])
async def look_alikes_found_at_creation(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    world.delivering = False
    await world.rule(request_id, kind="createNumber")
    add_to_register(world, [MARIA])
    world.delivering = True
    await world.send_held()
    await until(lambda: world.row(request_id).review_reason == "lookAlikesFound")
    await world.idle(request_id)
    assert world.row(request_id).assignee_id == world.dave.person_id
    await world.rule(request_id, kind="createNumber", differentFrom=[MARIA.ssin.digits])
    return request_id


@path("numberCreated", [*SENT, "inReview", "numberCreated"], ["inProgress", "numberReady"])
async def register_away_at_creation(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    world.switch_register(failing=True)
    await world.rule(request_id, kind="createNumber")
    await tried_in_the_open(world, request_id)
    world.switch_register()
    return request_id


@path(
    "numberCreated",
    [*SENT, "inReview", "inReview", "numberCreated"],
    ["inProgress", "numberReady"],
    NISS_IDENTIFY_DEADLINE="PT5M",
)
async def register_away_at_creation_until_the_deadline(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    world.switch_register(failing=True)
    await world.rule(request_id, kind="createNumber")
    await tried_in_the_open(world, request_id)
    await world.passes(timedelta(minutes=6))
    await until(lambda: world.row(request_id).review_reason == "registerUnavailable")
    await world.idle(request_id)
    world.switch_register()
    await world.rule(request_id, kind="createNumber")
    return request_id


@path("rejected", [*SENT, "inReview", "rejected"], ["inProgress", "rejected"])
async def rejected(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    await world.rule(request_id, kind="reject", reason="suspectedFraud", message="Non.")
    return request_id


@path("rejected", [*SENT, "inReview", "rejected"], ["inProgress", "rejected"])
async def agents_are_late(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    assert world.row(request_id).escalated_at is None
    await world.passes(timedelta(days=2, minutes=1))
    await until(lambda: world.row(request_id).escalated_at is not None)
    await world.idle(request_id)
    await world.rule(request_id, kind="reject", reason="notEligible")
    return request_id
