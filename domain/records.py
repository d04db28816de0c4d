"""What the story writes into the rows, and what it needs to read: identifiers and codes, but for what never travels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.request import Fact


class RecordKind(StrEnum):
    """What the workflow concludes; the history knows most of them by the same name."""

    IN_REVIEW = "inReview"
    INFORMATION_REQUESTED = "informationRequested"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    IDENTIFIED = "identified"
    NUMBER_CREATED = "numberCreated"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Opening:
    """What starts a request's workflow. Opaque ids, instants and durations (seconds).

    An objection has a run of its own: `objection` counts them from 1, `after_seq` is the last fact before it.
    """

    request_id: str
    company_id: str
    opened_at: datetime
    delays: dict[str, float]
    objection: int = 0
    after_seq: int = 0


@dataclass(frozen=True)
class Outgoing:
    """A fact that has been committed and waits to be signalled; `opening` where its workflow may not be started.

    `objection` says which of the request's runs it belongs to.
    """

    request_id: str
    fact: Fact
    opening: Opening | None = None
    objection: int = 0


@dataclass(frozen=True)
class Transition:
    """A compare-and-set on the request's row.

    `key` is made in the workflow and makes a repeat write nothing twice; `last_seq` is the last fact the story has
    seen. `answer` is the key of the identification whose person is the answer; `deadline` is the requester's.
    """

    request_id: str
    key: str
    last_seq: int
    kind: RecordKind
    reason: str | None = None
    ruling_id: str | None = None
    answer: str | None = None
    deadline: datetime | None = None


@dataclass(frozen=True)
class Recorded:
    """`newer` facts: nothing was written, apply these and decide again. Else `mails` are the outbox ids to be sent."""

    newer: list[Fact] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MailOrder:
    """A mail to be composed. Read when it is sent; personal data in it never travel through Temporal.

    `objection`: what it asks for is asked after an objection. `explained`: the agent has written a message.
    """

    mail_id: str
    request_id: str
    key: str
    notice: str
    language: str
    recipient: str
    employee_name: str | None
    reference: str | None
    at: datetime
    deadline: datetime | None = None
    reason: str | None = None
    asks: tuple[str, ...] = ()
    objection: bool = False
    explained: bool = True


@dataclass(frozen=True)
class ComposedMail:
    """An RFC 5322 message with its envelope."""

    sender: str
    recipient: str
    message: bytes
