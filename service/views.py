"""What a reader is shown: rows gathered into one value, before any language or media type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from domain.document import IdentityDocument
from domain.document_check import DocumentCheck
from domain.identification import DecisionRecord, Extent, ReviewReason
from domain.niss import Niss
from domain.people import Role
from domain.records import Outgoing
from domain.request import Outcome, Phase, RulingKind, Step

__all__ = [
    "Accepted",
    "ActionExpected",
    "CompanyRef",
    "ConsultationView",
    "DeskView",
    "HistoryLine",
    "MandateView",
    "MemberView",
    "NotificationLine",
    "ObjectionView",
    "Outgoing",
    "PersonRef",
    "Rejection",
    "RequestView",
    "RulingView",
    "SameDocument",
    "SimilarRequest",
    "Slice",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as named to others."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CompanyRef:
    """A company as named to others."""

    enterprise_number: str
    name: str


@dataclass(frozen=True, slots=True)
class ActionExpected:
    """What the requester is still asked for: `newDocument` wins over `correction`. `fields` are API names.

    `first` is the kind that was asked for at the question's beginning.
    """

    kind: str
    first: str
    fields: tuple[str, ...]
    reason: str
    message: str | None
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a request was rejected; requesters see `suspectedFraud` as `notIdentifiable` (already replaced here)."""

    reason: str
    message: str | None


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection: "this is not my employee". State open, numberUpheld, numberReplaced or numberWithdrawn."""

    state: str
    at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """Another request of the same company for what may be the same person."""

    id: str
    phase: Phase
    ssin: Niss | None


@dataclass(frozen=True, slots=True)
class SameDocument:
    """Another request with the same page or document number; `company` only where it is another one's."""

    id: str
    phase: Phase
    company: CompanyRef | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as one reader sees it. `employee` and `address` hold API members; `steps` is True where done.

    `check` compares its documents with what was stated, `confirmed` names what was said to be right all the same; both
    are empty in lists.
    """

    id: str
    phase: Phase
    outcome: Outcome | None
    steps: Mapping[Step, bool]
    employee: Mapping[str, str]
    completed: tuple[str, ...]
    address: Mapping[str, Any] | None
    documents: tuple[IdentityDocument, ...]
    ssin: Niss | None
    registered_name: tuple[str, str | None] | None
    action_expected: ActionExpected | None
    rejection: Rejection | None
    requester: PersonRef
    email: str | None
    company: CompanyRef
    mandatary: CompanyRef | None
    reference: str | None
    language: str
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    closed_at: datetime | None
    deadline: datetime | None
    version: int
    objection: ObjectionView | None = None
    similar_to: tuple[SimilarRequest, ...] = ()
    check: DocumentCheck = field(default_factory=DocumentCheck)
    confirmed: tuple[str, ...] = ()
    same_document: tuple[SameDocument, ...] = ()
    former_ssin: Niss | None = None

    @property
    def has_open_objection(self) -> bool:
        """Whether agents are looking at an objection."""
        return self.objection is not None and self.objection.state == "open"

    @property
    def may_be_withdrawn(self) -> bool:
        """As far as a requester sees: an agent's ruling may be accepted already, which the withdrawal then says."""
        return self.phase is not Phase.CLOSED and self.objection is None

    @property
    def may_be_objected_to(self) -> bool:
        """Whether it was closed with a number, and nobody objects to that now."""
        return self.phase is Phase.CLOSED and self.ssin is not None and not self.has_open_objection


@dataclass(frozen=True, slots=True)
class RulingView:
    """An agent's ruling. `body` holds the members of the call besides `kind`; state proposed|confirmed|delivered."""

    id: str
    kind: RulingKind
    body: Mapping[str, Any]
    by: PersonRef
    at: datetime
    confirmed_by: PersonRef | None
    needs_confirmation: bool
    state: str
    deliver_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskView:
    """The file an agent works on. `candidates` hold API members of the candidate shape, best first; () in the queue.

    In their evidence `document` says whether a zone has what was stated. `decision` is the register's latest one;
    `answer_expiry` how long an answer has time.
    """

    request: RequestView
    review_reason: ReviewReason | None
    assignee: PersonRef | None
    claimed_until: datetime | None
    escalated_at: datetime | None
    candidates: tuple[Mapping[str, Any], ...]
    ruling: RulingView | None
    desk_version: int
    answer_expiry: timedelta
    extent: Extent = Extent.WHOLE
    register_away: bool = False
    decision: DecisionRecord | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """What an agent's own search found: API members of candidates, best first, and whether there are more."""

    candidates: tuple[Mapping[str, Any], ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class ReplacementView:
    """A number that was replaced, the one that holds today, and how many requests had it."""

    ssin: Niss
    replaced_by: Niss
    requests: int


@dataclass(frozen=True, slots=True)
class MemberView:
    """A colleague; `state` is active or invited."""

    id: str
    name: str
    email: str
    role: Role
    state: str


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate seen from one side: the other company's number and name, `direction` granted or received."""

    id: str
    enterprise_number: str
    name: str
    direction: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One immutable line; `by` is None where the reader may not see who, `reason` for whoever is not at the desk.

    `returned`: a ruling could not be carried out. `mail` of it: pending, sent, undeliverable; None: there is none.
    """

    id: str
    at: datetime
    kind: str
    by: PersonRef | None
    mail: str | None = None
    reason: str | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """Something told to the caller, with the request it is about; `later` are the kinds told of it since."""

    id: str
    kind: str
    at: datetime
    read: bool
    request: RequestView
    later: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """Who was shown what, as an auditor reads it. `people` counts those of the register; `company` is a number."""

    id: str
    at: datetime
    by: PersonRef
    role: str
    company: str | None
    what: str
    requests: tuple[str, ...]
    people: int
    fields: tuple[str, ...]
    reason: str | None
    trace_id: str | None


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page of a collection. `cursor` leads to the next page, None on the last; `total` counts all pages."""

    items: tuple[T, ...]
    total: int
    cursor: str | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Accepted(Generic[T]):
    """An accepted change: what to show, and what to signal."""

    view: T
    outgoing: tuple[Outgoing, ...] = ()
