"""What a path is, and the ways that many of them take. A path returns its request's id when it has ended.

The names are those of docs/story.md, of the stored histories and of their fingerprints.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.records import RecordKind
from tests.workflows.world import World, until

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
ASKED = [*SENT, "inReview", "informationRequested"]
TOLD_SO = ["inProgress", "informationNeeded"]


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


async def lost_in_the_open(world: World, request_id: str, kind: RecordKind) -> None:
    """Wait until the row has the conclusion, the story does not, and its activity waits for the next attempt."""
    await tried_in_the_open(world, request_id)
    await until(lambda: not world.recorder.losing[kind])


async def tried_in_the_open(world: World, request_id: str) -> None:
    """Wait until the first try has failed and the activity is scheduled where ops see it."""

    async def scheduled() -> bool:
        activities = [
            event.activity_task_scheduled_event_attributes.activity_type.name
            for event in await world.events(request_id)
            if event.HasField("activity_task_scheduled_event_attributes")
        ]
        return bool(activities) and activities[-1] in ("identify", "assign_number", "record")

    await until(scheduled)
