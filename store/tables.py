"""The tables of the service. Instants are UTC; JSON columns hold what is only ever read as a whole.

Personal data stand in `statements`, in the answer columns of `requests`, in `identifications`, `zone_readings` and
`people`: nowhere else, so that erasing a person is one transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field

from store.client_tables import ClientRow, ClientTokenRow
from store.columns import Table, instant, metadata
from store.invitation_tables import InvitationMailRow
from store.logbook import ConsultationRow, ConsultedRow, ErasedSubjectRow, SealRow
from store.session_tables import IdentityRow, SessionRow, SignInRow
from store.trail_tables import TrailRow

__all__ = [
    "ClientRow",
    "ClientTokenRow",
    "ConsultationRow",
    "ConsultedRow",
    "ErasedSubjectRow",
    "IdentityRow",
    "InvitationMailRow",
    "SealRow",
    "SessionRow",
    "SignInRow",
    "TrailRow",
    "metadata",
]


class Company(Table, table=True):
    """An employer or a social secretariat. `id` is opaque: it is what Temporal sees."""

    __tablename__: ClassVar[str] = "companies"
    id: str = Field(primary_key=True)
    enterprise_number: str = Field(unique=True)
    name: str


class Person(Table, table=True):
    """Somebody who uses the service; `login` is what the token's subject names. Belongs to one company at most.

    `told` counts their notifications.
    """

    __tablename__: ClassVar[str] = "members"
    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    email: str
    name: str
    role: str
    company_id: str | None = Field(default=None, foreign_key="companies.id", index=True)
    state: str = "active"
    told: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Mandate(Table, table=True):
    """`employer_id` lets `mandatary_id` ask in its name, from..until, both days included (Brussels)."""

    __tablename__: ClassVar[str] = "mandates"
    id: str = Field(primary_key=True)
    employer_id: str = Field(foreign_key="companies.id", index=True)
    mandatary_id: str = Field(foreign_key="companies.id", index=True)
    valid_from: date
    valid_until: date | None = None


class Request(Table, table=True):
    """The row that decides what is accepted.

    `last_seq` is the last fact's number; `version` changes with what the requester sees, `desk_version` with the file.
    `asked` is the open question: {document, fields, reason, message, put, arrived}: the parts put since, and those of
    them that have arrived.
    `recorded_key` is the last conclusion written.
    `objection` is the latest one: {state, at, message, by}; `objections` counts them: each has a run of its own.
    `former_ssin` is the number that `ssin` has replaced since the request was closed.
    `completed` maps API names of fields taken over from the register to their values.
    """

    __tablename__: ClassVar[str] = "requests"
    __table_args__ = (
        Index("ix_requests_company_updated", "company_id", "updated_at"),
        Index("ix_requests_requester_updated", "requester_id", "updated_at"),
        Index("ix_requests_mandatary_updated", "mandatary_id", "updated_at"),
        Index("ix_requests_phase_submitted", "phase", "submitted_at"),
    )
    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="companies.id")
    mandatary_id: str | None = Field(default=None, foreign_key="companies.id")
    requester_id: str = Field(foreign_key="members.id")
    sender_id: str | None = Field(default=None, foreign_key="members.id")
    reference: str | None = None
    language: str
    email: str | None = None
    phase: str
    outcome: str | None = None
    review_reason: str | None = None
    last_seq: int = 0
    version: int = 1
    desk_version: int = 1
    created_at: datetime = instant()
    submitted_at: datetime | None = instant(nullable=True)
    updated_at: datetime = instant()
    closed_at: datetime | None = instant(nullable=True)
    deadline: datetime | None = instant(nullable=True)
    in_review_since: datetime | None = instant(nullable=True)
    escalated_at: datetime | None = instant(nullable=True)
    workflow_started: bool = False
    recorded_key: str | None = None
    delays: dict[str, float] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    question_rounds: int = 3
    rounds_used: int = 0
    asked: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    ssin: str | None = Field(default=None, index=True)
    former_ssin: str | None = Field(default=None, index=True)
    registered_surname: str | None = None
    registered_given_names: str | None = None
    completed: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    objection: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    objections: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    rejection_reason: str | None = None
    rejection_message: str | None = None
    assignee_id: str | None = Field(default=None, foreign_key="members.id")
    claimed_until: datetime | None = instant(nullable=True)


class StatementRow(Table, table=True):
    """What the requester stated, as API members; `words` are the plain parts of every name, for the query by name.

    `confirmed` names what was said to be right, when it was sent, although a document's zone says otherwise.
    """

    __tablename__: ClassVar[str] = "statements"
    request_id: str = Field(primary_key=True, foreign_key="requests.id")
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    personal_data: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    address: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    confirmed: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class LikenessKeyRow(Table, table=True):
    """Under which keys (matching/keys.py) a stated person is found again within one company."""

    __tablename__: ClassVar[str] = "likeness_keys"
    company_id: str = Field(primary_key=True, foreign_key="companies.id")
    key: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    request_id: str = Field(primary_key=True, foreign_key="requests.id", index=True)


class IdempotencyRow(Table, table=True):
    """An accepted call's `Idempotency-Key`: of the body only a keyed hash, of the answer only whose it is."""

    __tablename__: ClassVar[str] = "idempotency_keys"
    person_id: str = Field(primary_key=True, foreign_key="members.id")
    key: str = Field(primary_key=True)
    path: str
    digest: str
    resource_id: str | None = None
    at: datetime = instant(index=True)


class PageRow(Table, table=True):
    """One stored image of a document; `blob` is its key in the blob store, `turn` brings it upright, clockwise."""

    __tablename__: ClassVar[str] = "pages"
    request_id: str = Field(primary_key=True, foreign_key="requests.id")
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    side: str
    media_type: str
    width: int
    height: int
    verdict: str
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    blob: str
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class FactRow(Table, table=True):
    """An accepted fact, and the outbox of signals: undelivered ones are sent again by the relay."""

    __tablename__: ClassVar[str] = "facts"
    request_id: str = Field(primary_key=True, foreign_key="requests.id")
    seq: int = Field(primary_key=True)
    fact_id: str = Field(unique=True)
    kind: str
    by_id: str | None = Field(default=None, foreign_key="members.id")
    at: datetime = instant()
    codes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    delivered_at: datetime | None = instant(nullable=True)


Index(
    "ix_facts_undelivered",
    FactRow.__table__.c.at,  # type: ignore[attr-defined]
    sqlite_where=FactRow.__table__.c.delivered_at.is_(None),  # type: ignore[attr-defined]
    postgresql_where=FactRow.__table__.c.delivered_at.is_(None),  # type: ignore[attr-defined]
)


class HistoryRow(Table, table=True):
    """A line of a history, immutable; by its `key` a repeat writes nothing twice. `reason` is a code, for agents."""

    __tablename__: ClassVar[str] = "history"
    __table_args__ = (UniqueConstraint("request_id", "key"),)
    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="requests.id")
    key: str
    at: datetime = instant()
    position: int
    kind: str
    by_id: str | None = Field(default=None, foreign_key="members.id")
    reason: str | None = None


class NotificationRow(Table, table=True):
    """Something told to one person. `seq` numbers a person's in the order in which they were committed."""

    __tablename__: ClassVar[str] = "notifications"
    __table_args__ = (
        UniqueConstraint("request_id", "key", "person_id"),
        Index("ix_notifications_person_seq", "person_id", "seq", unique=True),
    )
    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="requests.id")
    key: str
    person_id: str = Field(foreign_key="members.id")
    seq: int = Field(sa_column_kwargs={"server_default": "0"})
    kind: str
    at: datetime = instant()
    read_at: datetime | None = instant(nullable=True)


class MailRow(Table, table=True):
    """The outbox of mails. `state` is pending, sent or undeliverable; the recipient stands on the request."""

    __tablename__: ClassVar[str] = "mails"
    __table_args__ = (UniqueConstraint("request_id", "key"),)
    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="requests.id")
    key: str
    notice: str
    at: datetime = instant()
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = "pending"
    attempts: int = 0
    last_error: str | None = None
    settled_at: datetime | None = instant(nullable=True)


Index(
    "ix_mails_pending",
    MailRow.__table__.c.at,  # type: ignore[attr-defined]
    sqlite_where=MailRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
    postgresql_where=MailRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
)


class RulingRow(Table, table=True):
    """An agent's ruling: proposed, confirmed (or not needing it), then delivered as a fact when its undo is over."""

    __tablename__: ClassVar[str] = "rulings"
    __table_args__ = (Index("ix_rulings_state_deliver", "state", "deliver_at"),)
    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="requests.id", index=True)
    kind: str
    body: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_id: str = Field(foreign_key="members.id")
    at: datetime = instant()
    confirmed_by_id: str | None = Field(default=None, foreign_key="members.id")
    needs_confirmation: bool = False
    state: str
    deliver_at: datetime | None = instant(nullable=True)


class IdentificationRow(Table, table=True):
    """What the register answered to one try, kept so that a repeat gives the same; `key` is made in the workflow.

    `answer` is the identified person as API members, `ssin` among them. `documents`: what zones said of what was
    stated when the register was asked, `same` or `different` by field; no value of any.
    """

    __tablename__: ClassVar[str] = "identifications"
    __table_args__ = (Index("ix_identifications_request_at", "request_id", "at"),)
    request_id: str = Field(primary_key=True, foreign_key="requests.id")
    key: str = Field(primary_key=True)
    at: datetime = instant()
    finding: str
    reason: str
    answer: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    documents: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
