"""Paths of docs/story.md after the answer, and what goes wrong on the way: objections, mails, losses."""

from __future__ import annotations

from datetime import timedelta

from domain.errors import MailDeferred, Undeliverable
from domain.records import RecordKind
from domain.request import Phase
from tests.workflows.cast import DOUBTFUL, KNOWN, REGISTERED, UNKNOWN
from tests.workflows.walking import ASKED, SENT, TOLD_SO, lost_in_the_open, path
from tests.workflows.world import World, until

# Objections: a run of their own, for a human alone.

OBJECTED = [*SENT, "identified", "objected"]


@path("identified", [*OBJECTED, "identified"], ["numberReady", "numberReady"])
async def objected_and_upheld(world: World) -> str:
    request_id = await world.sent(KNOWN)
    await world.object_to(request_id)
    await world.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    return request_id


@path("numberCreated", [*OBJECTED, "numberReplaced"], ["numberReady", "numberReplaced"])
async def objected_and_replaced(world: World) -> str:
    request_id = await world.sent(KNOWN)
    await world.object_to(request_id)
    await world.rule(request_id, kind="createNumber", differentFrom=[REGISTERED.ssin.digits])
    return request_id


@path(
    "identified",
    [*OBJECTED, "informationRequested", "informationAdded", "identified"],
    ["numberReady", "informationNeeded", "numberReady"],
)
async def objected_and_explained(world: World) -> str:
    request_id = await world.sent(KNOWN)
    await world.object_to(request_id)
    await world.ask(request_id, fields=["birthPlace"])
    await world.state(request_id, KNOWN)
    await world.until_phase(request_id, Phase.IN_REVIEW)
    await world.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    return request_id


@path(
    "rejected",
    [*OBJECTED, "informationRequested", "reminded", "inReview", "rejected"],
    ["numberReady", "informationNeeded", "reminder", "inProgress", "rejected"],
)
async def objected_and_never_explained(world: World) -> str:
    request_id = await world.sent(KNOWN)
    await world.object_to(request_id)
    await world.ask(request_id, document=True)
    await world.passes(timedelta(days=22))
    await world.until_phase(request_id, Phase.IN_REVIEW)
    await world.rule(request_id, kind="reject", reason="noAnswer")
    return request_id


# Mail.


@path("identified", [*SENT, "identified"], ["numberReady"])
async def mail_deferred(world: World) -> str:
    world.postman.fail(MailDeferred("later"), MailDeferred("later"))
    return await world.sent(KNOWN)


@path("identified", [*SENT, "identified"], [("numberReady", "undeliverable")])
async def mail_refused(world: World) -> str:
    world.postman.fail(Undeliverable("never"))
    return await world.sent(KNOWN)


@path("identified", [*SENT, "identified"], [("numberReady", "undeliverable")], NISS_MAIL_DEADLINE="PT10M")
async def mail_given_up(world: World) -> str:
    world.postman.fail(*[MailDeferred("later") for _ in range(100)])
    return await world.sent(KNOWN)


# A conclusion was written, and the worker died (or the database hung up) before the story learned of it.


@path("rejected", [*SENT, "inReview", "rejected"], ["inProgress", "rejected"])
async def ruled_before_the_story_knew_of_the_review(world: World) -> str:
    world.recorder.losing[RecordKind.IN_REVIEW] = 3
    request_id = await world.sent(UNKNOWN)
    await lost_in_the_open(world, request_id, RecordKind.IN_REVIEW)
    await world.rule(request_id, kind="reject", reason="other")
    return request_id


@path("identified", [*ASKED, "informationAdded", "identified"], [*TOLD_SO, "numberReady"])
async def answered_before_the_story_knew_of_the_question(world: World) -> str:
    request_id = await world.reviewed(DOUBTFUL)
    world.recorder.losing[RecordKind.INFORMATION_REQUESTED] = 3
    await world.rule(request_id, kind="requestInformation", fields=["birthPlace"], reason="incomplete")
    await lost_in_the_open(world, request_id, RecordKind.INFORMATION_REQUESTED)
    await world.state(request_id, KNOWN)
    return request_id


# Temporal has lost the run: terminated, or gone with its database.


@path("identified", [*ASKED, "informationAdded", "identified"], [*TOLD_SO, "numberReady"])
async def lost_while_awaiting_information(world: World) -> str:
    request_id = await world.asked(DOUBTFUL, fields=["birthPlace"])
    await world.lose(request_id)
    await world.until_phase(request_id, Phase.AWAITING_INFORMATION)
    await world.state(request_id, KNOWN)
    return request_id


@path("withdrawn", [*SENT, "inReview", "withdrawn"], ["inProgress", "withdrawn"])
async def lost_while_in_review_and_withdrawn(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    await world.lose(request_id)
    await world.until_phase(request_id, Phase.IN_REVIEW)
    await world.withdraw(request_id)
    return request_id


@path("identified", [*SENT, "identified"], ["numberReady"])
async def lost_with_a_mail_on_its_way(world: World) -> str:
    world.postman.fail(*[MailDeferred("later") for _ in range(100)])
    request_id = await world.sent(KNOWN)
    await until(lambda: world.row(request_id).phase == Phase.CLOSED)
    await world.idle(request_id)
    await world.lose(request_id)
    world.postman.failures.clear()
    return request_id


@path("withdrawn", [*SENT, "inReview", "withdrawn"], ["inProgress", "withdrawn"])
async def lost_with_a_withdrawal_on_its_way(world: World) -> str:
    request_id = await world.reviewed(UNKNOWN)
    world.postman.fail(*[MailDeferred("later") for _ in range(100)])
    await world.withdraw(request_id)
    await until(lambda: len(world.mails(request_id)) == 2)
    await world.idle(request_id)
    await world.lose(request_id)
    world.postman.failures.clear()
    return request_id
