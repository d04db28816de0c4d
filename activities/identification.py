"""Asking the register: who is it, and give a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.failures import translated
from domain.findings import Finding
from domain.identification import Created, DecisionKind
from domain.ports import Recorder, Register

_FINDING = {
    DecisionKind.IDENTIFIED: Finding.IDENTIFIED,
    DecisionKind.AMBIGUOUS: Finding.AMBIGUOUS,
    DecisionKind.UNKNOWN: Finding.UNKNOWN,
}


@dataclass(frozen=True)
class IdentifyOrder:
    """Whom to identify; the answer is kept under `key`."""

    request_id: str
    key: str


@dataclass(frozen=True)
class AssignOrder:
    """For whom to create a number, by which ruling; idempotent by what is stated in this review of the request."""

    request_id: str
    ruling_id: str


@dataclass(frozen=True)
class IdentificationActivities:
    """Both keep the person in the database and answer with a code."""

    register: Register
    records: Recorder
    now: Callable[[], datetime]

    @activity.defn
    @translated
    def identify(self, order: IdentifyOrder) -> Finding:
        """Search, score and decide; what is missing is completed from the person kept here.

        Whoever is sure is not told so where a document says otherwise.
        """
        doubtful = self.records.documents_doubtful(order.request_id, self.now())
        decision = self.register.identify(self.records.stated(order.request_id))
        vetoed = doubtful and decision.kind is DecisionKind.IDENTIFIED
        kept = self.records.remember(
            order.request_id,
            order.key,
            finding=Finding.DOCUMENT_DOUBT if vetoed else _FINDING[decision.kind],
            reason=Finding.DOCUMENT_DOUBT if vetoed else decision.reason,
            person=None if vetoed else decision.person,
            at=self.now(),
        )
        return Finding(kept)

    @activity.defn
    @translated
    def assign_number(self, order: AssignOrder) -> Finding:
        """Search again and create: `created`, or `lookAlikesFound` when somebody was not ruled out."""
        answer = self.register.create(
            self.records.stated(order.request_id),
            key=self.records.creation_key(order.request_id),
            different_from=self.records.different_from(order.ruling_id),
            at=self.now(),
        )
        created = isinstance(answer, Created)
        kept = self.records.remember(
            order.request_id,
            order.ruling_id,
            finding=Finding.CREATED if created else Finding.LOOK_ALIKES_FOUND,
            reason="created" if created else "lookAlikesFound",
            person=answer.person if isinstance(answer, Created) else None,
            at=self.now(),
        )
        return Finding(kept)
