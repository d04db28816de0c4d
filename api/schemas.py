"""The shapes of answers. camelCase outside; absent values are left out; instants in UTC with `Z`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.answer import Answer, BirthDate, Outcome, Phase, Ssin, SsinFormatted
from api.document_schemas import DocumentAnswer

StepState = Literal["done", "missing"]
HistoryKind = Literal[
    "opened",
    "documentUploaded",
    "documentRemoved",
    "personalDataStated",
    "addressStated",
    "submitted",
    "inReview",
    "informationRequested",
    "informationAdded",
    "reminded",
    "identified",
    "numberCreated",
    "rejected",
    "withdrawn",
    "expired",
    "objected",
    "numberReplaced",
]
NotificationKind = Literal[
    "inReview",
    "informationRequested",
    "reminder",
    "identified",
    "numberCreated",
    "rejected",
    "withdrawn",
    "expired",
    "numberReplaced",
]


class PersonAnswer(Answer):
    """A person as named to others."""

    id: str
    name: str


class CompanyAnswer(Answer):
    """A company as named to others."""

    enterprise_number: Annotated[str, Field(pattern=r"^\d{10}$", examples=["0999000129"])]
    name: str


class StepsAnswer(Answer):
    """The four steps."""

    document: StepState
    personal_data: StepState
    address: StepState
    submission: StepState


class RegisteredNameAnswer(Answer):
    """The register's name."""

    surname: str
    given_names: str | None = None


class ActionExpectedAnswer(Answer):
    """What the requester is asked for."""

    kind: Literal["newDocument", "correction"]
    fields: list[str] | None = None
    reason: str
    message: str | None = None
    deadline: datetime


class RejectionAnswer(Answer):
    """Why it was rejected."""

    reason: str
    message: str | None = None


class EmployeeAnswer(Answer):
    """The person: as stated, and once identified what the register completed."""

    surname: str | None = None
    given_names: str | None = None
    sex: Literal["M", "F"] | None = None
    birth_date: BirthDate | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    document_number: str | None = None
    document_expiry: str | None = None
    former_surname: str | None = None


class PostalAddressAnswer(Answer):
    """One address."""

    street: str
    house_number: str | None = None
    box: str | None = None
    postal_code: str | None = None
    municipality: str
    country: str


class AddressAnswer(Answer):
    """The official address and, where stated, a contact address in Belgium."""

    official: PostalAddressAnswer
    contact: PostalAddressAnswer | None = None


class ObjectionAnswer(Answer):
    """What the company says of the number it was given, and what became of that."""

    state: Literal["open", "numberUpheld", "numberReplaced", "numberWithdrawn"]
    at: datetime
    message: str


class SimilarAnswer(Answer):
    """Another request of the same company for what may be the same person."""

    id: str
    phase: Phase
    ssin: Ssin | None = None


class SameDocumentAnswer(Answer):
    """Another request with the same page or document number; `company` for agents, where it is another one's."""

    id: str
    phase: Phase
    company: CompanyAnswer | None = None


class RequestAnswer(Answer):
    """A request. In lists without `address` and `documents`."""

    id: str
    phase: Phase
    outcome: Outcome | None = None
    steps: StepsAnswer
    employee: EmployeeAnswer
    completed: list[str] | None = None
    address: AddressAnswer | None = None
    documents: list[DocumentAnswer] | None = None
    ssin: Ssin | None = None
    ssin_formatted: SsinFormatted | None = None
    former_ssin: Ssin | None = None
    former_ssin_formatted: SsinFormatted | None = None
    registered_name: RegisteredNameAnswer | None = None
    similar_to: list[SimilarAnswer] | None = None
    same_document: list[SameDocumentAnswer] | None = None
    action_expected: ActionExpectedAnswer | None = None
    rejection: RejectionAnswer | None = None
    objection: ObjectionAnswer | None = None
    requester: PersonAnswer
    email: str | None = None
    company: CompanyAnswer
    mandatary: CompanyAnswer | None = None
    reference: str | None = None
    language: Literal["nl", "fr", "de", "en"]
    summary: str
    created_at: datetime
    submitted_at: datetime | None = None
    updated_at: datetime
    closed_at: datetime | None = None
    deadline: datetime | None = None
    links: dict[str, str]


class HistoryAnswer(Answer):
    """One immutable line."""

    id: str
    at: datetime
    kind: HistoryKind
    by: PersonAnswer | None = None


class NotificationAnswer(Answer):
    """Something told to the caller."""

    id: str
    kind: NotificationKind
    request_id: str
    at: datetime
    read: bool
    summary: str


class Page(Answer):
    """One page of a collection; `next` leads to the following one, `total` counts all."""

    next: str | None = None
    total: int


class RequestPage(Page):
    """Requests."""

    items: list[RequestAnswer]


class RequestQueryPage(Answer):
    """Requests found; `nextCursor` is to be sent back as `cursor`."""

    items: list[RequestAnswer]
    next_cursor: str | None = None
    total: int


class HistoryPage(Page):
    """A request's history, oldest first."""

    items: list[HistoryAnswer]


class NotificationPage(Page):
    """The caller's notifications, newest first."""

    items: list[NotificationAnswer]
    unread_count: int


class PartHealth(Answer):
    """One part's state."""

    status: Literal["UP", "DOWN"]


class Health(Answer):
    """The service's state; `details` only where they were looked at."""

    status: Literal["UP", "DEGRADED", "DOWN"]
    details: dict[str, PartHealth] | None = None


class ProblemIssue(Answer):
    """One thing that is wrong with the input."""

    in_: Annotated[Literal["body", "query", "path", "header"], Field(alias="in")]
    name: str
    detail: str


class Problem(Answer):
    """RFC 9457."""

    type: Annotated[str, Field(examples=["urn:problem-type:belgif:badRequest"])]
    title: str
    status: int
    detail: str
    instance: str
    issues: list[ProblemIssue] | None = None
