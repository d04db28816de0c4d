"""Asking the register: who is it, and give a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.failures import translated
from domain.findings import Finding
from domain.identification import Agreement, Created, DecisionKind, StatedPerson
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
    """Both keep the person in the database and answer with a code.

    With `creates` a number is given without an agent where neither register nor request asks for one.
    """

    register: Register
    records: Recorder
    now: Callable[[], datetime]
    creates: bool = False

    # Nobody waits any more: it ends by itself. An exception thrown into its thread could land in a commit.
    @activity.defn(no_thread_cancel_exception=True)
    @translated
    def identify(self, order: IdentifyOrder) -> Finding:
        """Search, score and decide; what is missing is completed from the person kept here.

        Whoever is sure is not told so where a document says otherwise; nor is a number then created without an agent.
        What the documents say of each field is kept with the answer, and changes nothing else about it.
        """
        stated = self.records.stated(order.request_id)
        if self.creates and self._given_before(order):
            return self._create(order, stated)
        said = self.records.documents_say(order.request_id, self.now())
        decision = self.register.identify(stated)
        nobody = (decision.kind, decision.reason) == (DecisionKind.UNKNOWN, "none")
        may_create = self.creates and nobody and not said.doubtful
        if may_create and self.records.may_be_automatic(order.request_id, self.now()):
            return self._create(order, stated, said.fields)
        vetoed = said.doubtful and decision.kind is DecisionKind.IDENTIFIED
        kept = self.records.remember(
            order.request_id,
            order.key,
            finding=Finding.DOCUMENT_DOUBT if vetoed else _FINDING[decision.kind],
            reason=Finding.DOCUMENT_DOUBT if vetoed else decision.reason,
            person=None if vetoed else decision.person,
            at=self.now(),
            documents=said.fields,
        )
        return Finding(kept)

    def _given_before(self, order: IdentifyOrder) -> bool:
        """Whether an earlier try came as far as the number: then it is that person, and not somebody found."""
        return self.register.given(self.records.creation_key(order.request_id)) is not None

    def _create(
        self, order: IdentifyOrder, stated: StatedPerson, documents: Mapping[str, Agreement] | None = None
    ) -> Finding:
        """Under the lock of every creation, searched again: who turns up meanwhile is an agent's affair."""
        key = self.records.creation_key(order.request_id)
        answer = self.register.create(stated, key=key, at=self.now())
        created = isinstance(answer, Created)
        kept = self.records.remember(
            order.request_id,
            order.key,
            finding=Finding.CREATED if created else Finding.AMBIGUOUS,
            reason="created" if created else "notSure",
            person=answer.person if isinstance(answer, Created) else None,
            at=self.now(),
            documents=documents,
        )
        return Finding(kept)

    @activity.defn(no_thread_cancel_exception=True)
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
