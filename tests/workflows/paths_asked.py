"""Paths of docs/story.md on which the requester is waited for: questions, drafts, withdrawals."""

from __future__ import annotations

from datetime import timedelta

from domain.request import Phase
from tests.workflows.cast import DOUBTFUL, KNOWN, UNKNOWN
from tests.workflows.walking import ASKED, DRAWN, SENT, TOLD_SO, path, tried_in_the_open
from tests.workflows.world import World, until
from workflows.request import RequestWorkflow

# Questions.


@path("identified", [*ASKED, "informationAdded", "identified"], [*TOLD_SO, "numberReady"])
async def corrected_and_identified_again(world: World) -> str:
    request_id = await world.asked(DOUBTFUL, fields=["birthPlace", "sex"])
    await world.state(request_id, KNOWN)
    return request_id


@path(
    "rejected",
    [*ASKED, "informationAdded", "inReview", "rejected"],
    [*TOLD_SO, "inProgress", "rejected"],
    NISS_QUESTION_ROUNDS="1",
)
async def document_added_and_still_unknown(world: World) -> str:
    request_id = await world.asked(UNKNOWN, document=True)
    await world.upload(request_id)
    await world.until_phase(request_id, Phase.IN_REVIEW)
    await world.rule(request_id, kind="reject", reason="notIdentifiable")
    return request_id


@path(
    "identified",
    [*ASKED, "informationAdded", "personalDataStated", "informationAdded", "informationAdded", "identified"],
    [*TOLD_SO, "numberReady"],
)
async def answered_in_parts(world: World) -> str:
    request_id = await world.asked(DOUBTFUL, document=True, fields=["birthPlace", "contact"])
    await world.upload(request_id)
    await world.state(request_id, DOUBTFUL)
    await world.address(request_id, contact={**_IN_BELGIUM})
    await world.state(request_id, KNOWN)
    return request_id


_IN_BELGIUM = {"street": "Nieuwstraat", "houseNumber": "2", "postalCode": "1000", "municipality": "Brussel"}


@path(
    "identified",
    [*ASKED, "informationAdded", "personalDataStated", "informationAdded", "informationAdded", "identified"],
    [*TOLD_SO, "numberReady"],
)
async def answer_taken_back(world: World) -> str:
    request_id = await world.asked(DOUBTFUL, fields=["birthPlace", "contact"])
    await world.state(request_id, KNOWN)
    await world.state(request_id, DOUBTFUL)
    await world.address(request_id, contact={**_IN_BELGIUM})
    assert await world.story(request_id).query(RequestWorkflow.phase) == Phase.AWAITING_INFORMATION
    await world.state(request_id, KNOWN)
    return request_id


@path("identified", [*ASKED, "reminded", "informationAdded", "identified"], [*TOLD_SO, "reminder", "numberReady"])
async def reminded_of_a_question_and_answered(world: World) -> str:
    request_id = await world.asked(DOUBTFUL, fields=["birthPlace"])
    await world.passes(timedelta(days=5, minutes=1))
    await until(lambda: "reminded" in world.history(request_id))
    await world.idle(request_id)
    await world.state(request_id, KNOWN)
    return request_id


@path("expired", [*ASKED, "reminded", "expired"], [*TOLD_SO, "reminder", "expired"])
async def question_never_answered(world: World) -> str:
    return await world.asked(UNKNOWN, document=True)


# Drafts.


@path("expired", ["opened", "documentUploaded", "reminded", "expired"], ["reminder", "expired"])
async def draft_expired(world: World) -> str:
    request_id = world.open()
    await world.upload(request_id)
    return request_id


@path("identified", [*DRAWN, "reminded", "submitted", "identified"], ["reminder", "numberReady"])
async def draft_reminded_and_sent(world: World) -> str:
    request_id = await world.drafted(KNOWN)
    await world.passes(timedelta(days=7, minutes=1))
    await until(lambda: "reminded" in world.history(request_id))
    await world.idle(request_id)
    await world.submit(request_id)
    return request_id


@path("expired", ["opened", "reminded", "expired"], ["reminder", "expired"])
async def silent_draft(world: World) -> str:
    request_id = world.open()
    await world.start_silent(request_id)
    return request_id


# Withdrawn from every phase.


@path("withdrawn", ["opened", "documentUploaded", "withdrawn"], ["withdrawn"])
async def withdrawn_while_collecting(world: World) -> str:
    request_id = world.open()
    await world.upload(request_id)
    await world.withdraw(request_id)
    return request_id


@path("withdrawn", [*SENT, "withdrawn"], ["withdrawn"])
async def withdrawn_while_the_register_is_away(world: World) -> str:
    world.switch_register(failing=True)
    request_id = await world.sent(KNOWN)
    await tried_in_the_open(world, request_id)
    await world.withdraw(request_id)
    return request_id


@path("withdrawn", [*SENT, "withdrawn"], ["withdrawn"])
async def withdrawn_while_the_register_hangs(world: World) -> str:
    request_id = await world.drafted(KNOWN)
    world.switch_register(delay=2.2)
    world.waiting = False
    await world.submit(request_id)

    async def asked_the_register() -> bool:
        kinds = [event.WhichOneof("attributes") for event in await world.events(request_id)]
        signals = kinds.count("workflow_execution_signaled_event_attributes")
        return signals == len(SENT) - 1 and kinds[-1] == "workflow_task_started_event_attributes"

    await until(asked_the_register)
    await world.withdraw(request_id)
    return request_id


@path("withdrawn", [*SENT, "inReview", "withdrawn"], ["inProgress", "withdrawn"])
async def withdrawn_while_in_review(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    await world.withdraw(request_id)
    return request_id


@path("withdrawn", [*ASKED, "withdrawn"], [*TOLD_SO, "withdrawn"])
async def withdrawn_while_awaiting_information(world: World) -> str:
    request_id = await world.asked(UNKNOWN, document=True)
    await world.withdraw(request_id)
    return request_id
