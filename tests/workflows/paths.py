"""Every path of docs/story.md, walked by the people of a World. A path returns its request's id when it has ended.

The names are those of docs/story.md, of the stored histories and of their fingerprints.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from domain.document import DocumentKind
from domain.errors import MailDeferred, Undeliverable
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.records import RecordKind
from domain.request import Phase
from tests.workflows.world import DOUBTFUL, KNOWN, REGISTERED, UNKNOWN, World, add_to_register, until

Walk = Callable[[World], Awaitable[str]]

MARIA = RegisteredPerson(
    ssin=Niss("91630200259"),
    surname="Tienpont",
    given_names="Maria",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1991, 3, 2),
)
DRAWN = ["opened", "documentUploaded", "personalDataStated", "addressStated"]
SENT = [*DRAWN, "submitted"]


@dataclass(frozen=True)
class Path:
    """A way through the story, and what everybody has been told at its end."""

    walk: Walk
    outcome: str
    history: list[str]
    mails: list[tuple[str, str]]
    environ: dict[str, str] = field(default_factory=dict)


PATHS: dict[str, Path] = {}


def path(
    outcome: str, history: list[str], mails: list[str | tuple[str, str]], **environ: str
) -> Callable[[Walk], Walk]:
    """Name a walk by its function; mails without a state are `sent`."""

    def named(walk: Walk) -> Walk:
        name = walk.__name__.replace("_", "-")
        told = [mail if isinstance(mail, tuple) else (mail, "sent") for mail in mails]
        PATHS[name] = Path(walk, outcome, history, told, environ)
        return walk

    return named


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
    await _tried_in_the_open(world, request_id)
    world.switch_register()
    return request_id


@path("identified", [*SENT, "inReview", "identified"], ["inProgress", "numberReady"], NISS_IDENTIFY_DEADLINE="PT5M")
async def register_away_until_the_deadline(world: World) -> str:
    world.switch_register(failing=True)
    request_id = await world.sent(KNOWN)
    await _tried_in_the_open(world, request_id)
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


@path("numberCreated", [*SENT, "inReview", "numberCreated"], ["inProgress", "numberReady"])
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
    await _tried_in_the_open(world, request_id)
    world.switch_register()
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


# Questions.

ASKED = [*SENT, "inReview", "informationRequested"]
TOLD_SO = ["inProgress", "informationNeeded"]


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
    await _tried_in_the_open(world, request_id)
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
    await _lost_in_the_open(world, request_id, RecordKind.IN_REVIEW)
    await world.rule(request_id, kind="reject", reason="other")
    return request_id


@path("identified", [*ASKED, "informationAdded", "identified"], [*TOLD_SO, "numberReady"])
async def answered_before_the_story_knew_of_the_question(world: World) -> str:
    request_id = await world.reviewed(DOUBTFUL)
    world.recorder.losing[RecordKind.INFORMATION_REQUESTED] = 3
    await world.rule(request_id, kind="requestInformation", fields=["birthPlace"], reason="incomplete")
    await _lost_in_the_open(world, request_id, RecordKind.INFORMATION_REQUESTED)
    await world.state(request_id, KNOWN)
    return request_id


async def _lost_in_the_open(world: World, request_id: str, kind: RecordKind) -> None:
    """Wait until the row has the conclusion, the story does not, and its activity waits for the next attempt."""
    await _tried_in_the_open(world, request_id)
    await until(lambda: not world.recorder.losing[kind])


async def _tried_in_the_open(world: World, request_id: str) -> None:
    """Wait until the first try has failed and the activity is scheduled where ops see it."""

    async def scheduled() -> bool:
        activities = [
            event.activity_task_scheduled_event_attributes.activity_type.name
            for event in await world.events(request_id)
            if event.HasField("activity_task_scheduled_event_attributes")
        ]
        return bool(activities) and activities[-1] in ("identify", "assign_number", "record")

    await until(scheduled)
