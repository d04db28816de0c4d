"""What the story writes: each conclusion is a compare-and-set under the row's lock."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from domain.notification import Notice
from sqlmodel import Session, select

from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.records import MailOrder, Recorded, RecordKind, Transition
from domain.request import Outcome, Phase
from domain.statement import Statement
from store import facts, requests
from store.answers import answer_members, apply_answer
from store.tables import IdentificationRow, MailRow, Person, Request, RulingRow
from store.unit_of_work import Store

#: What a conclusion is called in a mail; kinds without an entry send none.
_NOTICE = {
    RecordKind.IN_REVIEW: Notice.IN_PROGRESS,
    RecordKind.INFORMATION_REQUESTED: Notice.INFORMATION_NEEDED,
    RecordKind.REMINDED: Notice.REMINDER,
    RecordKind.IDENTIFIED: Notice.NUMBER_READY,
    RecordKind.NUMBER_CREATED: Notice.NUMBER_READY,
    RecordKind.REJECTED: Notice.REJECTED,
    RecordKind.WITHDRAWN: Notice.WITHDRAWN,
    RecordKind.EXPIRED: Notice.EXPIRED,
}
_NOTIFICATION = {RecordKind.REMINDED: "reminder"}


class Recorder:
    """domain.ports.Recorder on the service's database."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._write: dict[RecordKind, Callable[[Session, Request, Transition, datetime], bool]] = {
            RecordKind.IN_REVIEW: _in_review,
            RecordKind.INFORMATION_REQUESTED: _information_requested,
            RecordKind.REMINDED: lambda *_: True,
            RecordKind.ESCALATED: _escalated,
            RecordKind.IDENTIFIED: _answered,
            RecordKind.NUMBER_CREATED: _answered,
            RecordKind.REJECTED: _rejected,
            RecordKind.WITHDRAWN: lambda *_: True,
            RecordKind.EXPIRED: _expired,
        }

    def record(self, transition: Transition, at: datetime) -> Recorded:
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            row = requests.locked(session, transition.request_id)
            if row.last_seq > transition.last_seq:
                return Recorded(newer=facts.newer(session, row.id, transition.last_seq))
            written = session.exec(
                select(MailRow.id).where(MailRow.request_id == row.id, MailRow.key == transition.key)
            ).all()
            if written or row.recorded_key == transition.key:
                return Recorded(mails=list(written))
            row.recorded_key = transition.key
            tell = self._write[transition.kind](session, row, transition, at)
            return Recorded(mails=_tell(session, row, transition, at) if tell else [])

    def stated(self, request_id: str) -> StatedPerson:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            rows = requests.statements_of(session, [request_id])
            return stated_person(requests.statement_of(rows.get(request_id)))

    def remember(
        self, request_id: str, key: str, *, finding: str, reason: str, person: RegisteredPerson | None, at: datetime
    ) -> str:
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            kept = session.get(IdentificationRow, (request_id, key))
            if kept is None:
                answer = None if person is None else answer_members(person)
                kept = IdentificationRow(
                    request_id=request_id, key=key, at=at, finding=finding, reason=reason, answer=answer
                )
                session.add(kept)
            return kept.finding

    def different_from(self, ruling_id: str) -> Sequence[Niss]:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            row = session.get(RulingRow, ruling_id)
            return [] if row is None else [Niss.parse(ssin) for ssin in row.body.get("differentFrom", [])]

    def mail_order(self, mail_id: str) -> MailOrder | None:
        """See domain.ports.Recorder."""
        with self._store.reading() as session:
            mail = session.get(MailRow, mail_id)
            if mail is None or mail.state != "pending":
                return None
            row = session.get_one(Request, mail.request_id)
            statement = requests.statements_of(session, [row.id]).get(row.id)
            members = (statement.personal_data if statement else None) or {}
            name = " ".join(part for part in (members.get("givenNames"), members.get("surname")) if part)
            deadline = mail.details.get("deadline")
            return MailOrder(
                mail_id=mail.id,
                request_id=row.id,
                key=mail.key,
                notice=mail.notice,
                language=row.language,
                recipient=row.email or session.get_one(Person, row.requester_id).email,
                employee_name=name or None,
                reference=row.reference,
                at=mail.at,
                deadline=datetime.fromisoformat(deadline) if deadline else None,
                reason=mail.details.get("reason"),
                asks=tuple(mail.details.get("asks", ())),
            )

    def settle_mail(self, mail_id: str, *, state: str, error: str | None, at: datetime) -> None:
        """See domain.ports.Recorder."""
        with self._store.writing() as session:
            mail = session.get(MailRow, mail_id)
            if mail is None or mail.state != "pending":
                return
            mail.attempts += 1
            mail.last_error = error
            mail.state = state
            if state != "pending":
                mail.settled_at = at


def stated_person(statement: Statement) -> StatedPerson:
    """What the register is searched for. A statement without personal data is a bug of ours: ValueError."""
    person = statement.personal_data
    if person is None:
        raise ValueError("nothing has been stated")
    return StatedPerson(
        surname=person.surname,
        birth_date=person.birth_date,
        given_names=person.given_names,
        sex=person.sex,
        birth_place=person.birth_place,
        birth_country=person.birth_country,
        nationality=person.nationality,
        former_surname=person.former_surname,
        official=statement.addresses.official if statement.addresses else None,
    )


def _tell(session: Session, row: Request, transition: Transition, at: datetime) -> list[str]:
    """History, notifications and the mail of one conclusion. A withdrawal's history line is the fact's own."""
    kind = transition.kind
    if kind is not RecordKind.WITHDRAWN:
        requests.changed(row, at)
        by = None
        if transition.ruling_id is not None:
            by = session.get_one(RulingRow, transition.ruling_id).by_id
        requests.told(session, row, kind, key=transition.key, at=at, by=by)
    if kind not in _NOTICE:
        return []
    requests.notified(session, row, _NOTIFICATION.get(kind, kind), key=transition.key, at=at)
    details: dict[str, object] = {}
    if row.asked is not None and kind in (RecordKind.INFORMATION_REQUESTED, RecordKind.REMINDED):
        asks = (["document"] if row.asked["document"] else []) + row.asked["fields"]
        details = {"reason": row.asked["reason"], "asks": asks}
    elif kind is RecordKind.REJECTED:
        details = {"reason": row.rejection_reason}
    if row.deadline is not None:
        details["deadline"] = row.deadline.isoformat()
    mail = MailRow(
        id=uuid.uuid4().hex, request_id=row.id, key=transition.key, notice=_NOTICE[kind], at=at, details=details
    )
    session.add(mail)
    return [mail.id]


def _in_review(_session: Session, row: Request, transition: Transition, at: datetime) -> bool:
    """To the agents. Told once: look-alikes found while in review are the agents' affair alone."""
    again = row.phase == Phase.IN_REVIEW
    row.phase = Phase.IN_REVIEW
    row.review_reason = transition.reason
    row.in_review_since = at
    row.escalated_at = None
    row.asked = None
    row.deadline = None
    row.desk_version += 1
    return not again


def _information_requested(session: Session, row: Request, transition: Transition, _at: datetime) -> bool:
    body = _ruling(session, transition).body
    row.phase = Phase.AWAITING_INFORMATION
    row.deadline = transition.deadline
    row.rounds_used += 1
    row.asked = {
        "document": bool(body.get("document")),
        "fields": list(body.get("fields", [])),
        "reason": body["reason"],
        "message": body.get("message"),
        "arrived": [],
    }
    _release(row)
    return True


def _escalated(_session: Session, row: Request, _transition: Transition, at: datetime) -> bool:
    row.escalated_at = at
    row.desk_version += 1
    return False


def _answered(session: Session, row: Request, transition: Transition, at: datetime) -> bool:
    if transition.answer is not None:
        answer = session.get_one(IdentificationRow, (row.id, transition.answer)).answer
    else:
        answer = _ruling(session, transition).body["person"]
    if answer is None:
        raise ValueError("an identification without a person is no answer")
    apply_answer(session, row, answer)
    _close(row, Outcome(transition.kind.value), at)
    return True


def _rejected(session: Session, row: Request, transition: Transition, at: datetime) -> bool:
    body = _ruling(session, transition).body
    row.rejection_reason = body["reason"]
    row.rejection_message = body.get("message")
    _close(row, Outcome.REJECTED, at)
    return True


def _expired(_session: Session, row: Request, _transition: Transition, at: datetime) -> bool:
    _close(row, Outcome.EXPIRED, at)
    return True


def _ruling(session: Session, transition: Transition) -> RulingRow:
    if transition.ruling_id is None:
        raise ValueError("this conclusion rests on a ruling")
    return session.get_one(RulingRow, transition.ruling_id)


def _release(row: Request) -> None:
    row.assignee_id = None
    row.claimed_until = None


def _close(row: Request, outcome: Outcome, at: datetime) -> None:
    row.phase = Phase.CLOSED
    row.outcome = outcome
    row.closed_at = at
    row.deadline = None
    row.asked = None
    _release(row)
