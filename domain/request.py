"""The request as a pure state machine: facts and findings go in, a phase comes out.

::

    collecting ── submitted ──> identifying ── identified, created ────────────> closed
        │                          ▲   │                                           ▲
        │                          │   └─ ambiguous, unknown, ──> inReview ────────┤ identify, createNumber, reject
        │                   all parts      register away           │   ▲           │
        │                    arrived                        question   look-alikes │
        │                          │                               ▼               │
        │                          └──────────────── awaitingInformation ──────────┤ expired
        └── expired, withdrawn (from any phase but under an accepted ruling) ──────┘

`RequestFile.apply` never raises: what comes late or twice is counted as ignored. Facts are applied in the order of
their sequence numbers; one that overtakes another is held back until the gap is filled. The row may be one conclusion
ahead (it was written, and the worker died before the story learned of it): a ruling or an answer that the row has
accepted since then is kept until the story has come to that conclusion too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.findings import (
    FOR_AN_AGENT,
    Asked,
    Escalated,
    Expired,
    Finding,
    Found,
    Rejected,
    Reminded,
    Unanswered,
)


class Phase(StrEnum):
    """Where a request stands."""

    COLLECTING = "collecting"
    IDENTIFYING = "identifying"
    IN_REVIEW = "inReview"
    AWAITING_INFORMATION = "awaitingInformation"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a request ended."""

    IDENTIFIED = "identified"
    NUMBER_CREATED = "numberCreated"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Step(StrEnum):
    """The four steps of a requester."""

    DOCUMENT = "document"
    PERSONAL_DATA = "personalData"
    ADDRESS = "address"
    SUBMISSION = "submission"


class FactKind(StrEnum):
    """What can have happened to a request from outside. A name each, in the past tense."""

    DOCUMENT_UPLOADED = "documentUploaded"
    PERSONAL_DATA_STATED = "personalDataStated"
    ADDRESS_STATED = "addressStated"
    SUBMITTED = "submitted"
    DOCUMENT_REMOVED = "documentRemoved"
    WITHDRAWN = "withdrawn"
    INFORMATION_ADDED = "informationAdded"
    RULED = "ruled"
    OBJECTED = "objected"


class RulingKind(StrEnum):
    """What an agent can decide."""

    IDENTIFY = "identify"
    CREATE_NUMBER = "createNumber"
    REQUEST_INFORMATION = "requestInformation"
    REJECT = "reject"


class Part(StrEnum):
    """What a question can ask for: each is one PUT of the API."""

    DOCUMENT = "document"
    PERSONAL_DATA = "personalData"
    ADDRESS = "address"


_STEP_OF = {
    FactKind.DOCUMENT_UPLOADED: Step.DOCUMENT,
    FactKind.PERSONAL_DATA_STATED: Step.PERSONAL_DATA,
    FactKind.ADDRESS_STATED: Step.ADDRESS,
}


@dataclass(frozen=True)
class Fact:
    """Something accepted under the row's lock. Identifiers, numbers and codes only; `seq` counts from 1 per request.

    `version` is the request's version after it. `part` belongs to informationAdded: it has arrived; on a step it says
    that this part is open again. `document` (its kind) belongs to documents, `documents_left` to documentRemoved;
    `ruling`, `ruling_id`, `reason` and `asks` to ruled.
    """

    fact_id: str
    seq: int
    kind: FactKind
    version: int = 0
    part: Part | None = None
    document: str | None = None
    documents_left: int = 0
    ruling: RulingKind | None = None
    ruling_id: str | None = None
    reason: str | None = None
    asks: list[Part] = field(default_factory=list)


Event = Fact | Found | Asked | Rejected | Expired | Unanswered | Reminded | Escalated


@dataclass
class RequestFile:
    """All that the story remembers of a request. Serialisable, so that a run can continue as a new one.

    `since` is when the present phase began; `reminded` and `escalated` belong to the present phase. `held` facts wait
    for those before them, `early` ones for a conclusion; `conclusions` counts those written to the row.
    """

    phase: Phase = Phase.COLLECTING
    outcome: Outcome | None = None
    done: list[Step] = field(default_factory=list)
    last_seq: int = 0
    held: list[Fact] = field(default_factory=list)
    early: list[Fact] = field(default_factory=list)
    conclusions: int = 0
    ignored: int = 0
    awaited: list[Part] = field(default_factory=list)
    rounds: int = 0
    since: datetime | None = None
    reminded: bool = False
    escalated: bool = False
    ruling: Fact | None = None
    objections: int = 0
    review_reason: str | None = None

    @classmethod
    def opened(cls, at: datetime, *, objection_after: int = 0) -> RequestFile:
        """A new request's file; or a closed one's, to which an objection after so many facts is going to come."""
        if not objection_after:
            return cls(since=at)
        return cls(phase=Phase.CLOSED, done=list(Step), last_seq=objection_after, since=at)

    @property
    def closed(self) -> bool:
        """Whether the request has an outcome."""
        return self.phase is Phase.CLOSED

    @property
    def missing(self) -> list[Step]:
        """The steps that are still to be done, in the order of the page."""
        return [step for step in Step if step not in self.done]

    def apply(self, event: Event, at: datetime | None = None) -> None:
        """Take one event in. Never raises; `at` is when the story learned of it."""
        if isinstance(event, Fact):
            self._receive(event, at)
        elif self.closed:
            self.ignored += 1
        else:
            self._find(event, at)

    def _receive(self, fact: Fact, at: datetime | None) -> None:
        if fact.seq <= self.last_seq or any(held.seq == fact.seq for held in self.held):
            self.ignored += 1
            return
        self.held = sorted([*self.held, fact], key=lambda held: held.seq)
        while self.held and self.held[0].seq == self.last_seq + 1:
            following = self.held.pop(0)
            self.last_seq = following.seq
            if not self._take(following, at):
                self.ignored += 1

    def _take(self, fact: Fact, at: datetime | None) -> bool:
        """Apply the next fact in order; False where it changes nothing."""
        if fact.kind is FactKind.OBJECTED:
            return self._object(at)
        if self.closed:
            return False
        if fact.kind is FactKind.WITHDRAWN:
            return self._close(Outcome.WITHDRAWN, at)
        match self.phase, fact.kind:
            case (Phase.COLLECTING, FactKind.SUBMITTED):
                self._do(Step.SUBMISSION)
                return self._enter(Phase.IDENTIFYING, at)
            case (Phase.COLLECTING, FactKind.DOCUMENT_REMOVED):
                if not fact.documents_left and Step.DOCUMENT in self.done:
                    self.done.remove(Step.DOCUMENT)
                return True
            case (Phase.COLLECTING, kind) if kind in _STEP_OF:
                self._do(_STEP_OF[kind])
                return True
            case (Phase.AWAITING_INFORMATION, kind) if kind is FactKind.INFORMATION_ADDED or kind in _STEP_OF:
                return self._arrive(fact, at)
            case (Phase.IN_REVIEW, FactKind.RULED) if self.ruling is None:
                self.ruling = fact
                return True
        return self._keep_early(fact)

    def _find(self, event: Event, at: datetime | None) -> None:
        """Apply what the story itself has found or done."""
        match event, self.phase:
            case Found(finding=Finding.IDENTIFIED), (Phase.IDENTIFYING | Phase.IN_REVIEW):
                self._close(Outcome.IDENTIFIED, at)
            case Found(finding=Finding.CREATED), (Phase.IDENTIFYING | Phase.IN_REVIEW):
                self._close(Outcome.NUMBER_CREATED, at)
            case Found(finding=finding), (Phase.IDENTIFYING | Phase.IN_REVIEW) if finding in FOR_AN_AGENT:
                self.review_reason = finding.value
                self._enter(Phase.IN_REVIEW, at)
            case Asked(), Phase.IN_REVIEW if self.ruling is not None:
                self.awaited = list(self.ruling.asks)
                self.rounds += 1
                self._enter(Phase.AWAITING_INFORMATION, event.at)
            case Rejected(), Phase.IN_REVIEW:
                self._close(Outcome.REJECTED, at)
            case Expired(), (Phase.COLLECTING | Phase.AWAITING_INFORMATION):
                self._close(Outcome.EXPIRED, at)
            case Unanswered(), Phase.AWAITING_INFORMATION:
                self.awaited = []
                self._enter(Phase.IN_REVIEW, at)
            case Reminded(), (Phase.COLLECTING | Phase.AWAITING_INFORMATION):
                self.reminded = True
            case Escalated(), Phase.IN_REVIEW:
                self.escalated = True
            case _:
                self.ignored += 1

    def _do(self, step: Step) -> None:
        if step not in self.done:
            self.done.append(step)

    def _arrive(self, fact: Fact, at: datetime | None) -> bool:
        """A part has arrived; or, stated again without something that was asked for, it is open again."""
        arrived = fact.kind is FactKind.INFORMATION_ADDED
        if fact.part is None or arrived is not (fact.part in self.awaited):
            return False
        if not arrived:
            self.awaited.append(fact.part)
            return True
        self.awaited.remove(fact.part)
        if not self.awaited:
            # Whoever objected said that the register's answer is wrong: only a human may answer again.
            self._enter(Phase.IN_REVIEW if self.objections else Phase.IDENTIFYING, at)
        return True

    def _object(self, at: datetime | None) -> bool:
        if not self.closed:
            return False
        self.objections += 1
        self.outcome = None
        self.review_reason = "objection"
        self.done = list(Step)
        return self._enter(Phase.IN_REVIEW, at)

    def _enter(self, phase: Phase, at: datetime | None) -> bool:
        self.phase = phase
        self.since = at
        self.reminded = self.escalated = False
        self.ruling = None
        early, self.early = self.early, []
        for fact in early:
            if not self._take(fact, at):
                self.ignored += 1
        return True

    def _keep_early(self, fact: Fact) -> bool:
        """Keep what the row can only have accepted after a conclusion that the story is about to come to."""
        ruled = fact.kind is FactKind.RULED and self.phase is not Phase.COLLECTING
        answered = fact.part is not None and self.phase is Phase.IN_REVIEW and self.ruling is not None
        if ruled or answered:
            self.early.append(fact)
        return ruled or answered

    def _close(self, outcome: Outcome, at: datetime | None) -> bool:
        self.outcome = outcome
        self.awaited = []
        return self._enter(Phase.CLOSED, at)
