"""What each conclusion of the story changes in a request's row, and who is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from domain.notification import Notice
from domain.question import Question
from domain.records import RecordKind, Transition
from domain.request import Outcome, Phase
from store import requests, rulings
from store.answers import apply_answer
from store.tables import IdentificationRow, MailRow, Request, RulingRow

REPLACED = "numberReplaced"
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


def conclude(session: Session, row: Request, transition: Transition, at: datetime) -> list[str]:
    """Write one conclusion into a locked row; the outbox ids of the mails that tell of it."""
    told = _CHANGES[transition.kind](session, row, transition, at)
    return _tell(session, row, transition, at, told) if told else []


def _tell(session: Session, row: Request, transition: Transition, at: datetime, told: str) -> list[str]:
    """History, notifications and the mail of one conclusion. A withdrawal's history line is the fact's own."""
    kind = transition.kind
    if kind is not RecordKind.WITHDRAWN:
        requests.changed(row, at)
        by = None
        if transition.ruling_id is not None:
            by = session.get_one(RulingRow, transition.ruling_id).by_id
        why = transition.reason if kind is RecordKind.IN_REVIEW else None
        requests.told(session, row, told, key=transition.key, at=at, by=by, reason=why)
    if kind not in _NOTICE:
        return []
    requests.notified(session, row, "reminder" if kind is RecordKind.REMINDED else told, key=transition.key, at=at)
    mail = MailRow(
        id=uuid.uuid4().hex,
        request_id=row.id,
        key=transition.key,
        notice=Notice.NUMBER_REPLACED if told == REPLACED else _NOTICE[kind],
        at=at,
        details=_details(session, row, kind, told),
    )
    session.add(mail)
    return [mail.id]


def _details(session: Session, row: Request, kind: RecordKind, told: str) -> dict[str, object]:
    """What the mail says besides the name: codes and the deadline."""
    details: dict[str, object] = {}
    if row.asked is not None and kind in (RecordKind.INFORMATION_REQUESTED, RecordKind.REMINDED):
        question = Question.of(row.asked)
        statement = requests.statement_of(requests.statements_of(session, [row.id]).get(row.id))
        asks = (["document"] if question.lacks_document() else []) + list(question.lacks(statement))
        details = {"reason": row.asked["reason"], "asks": asks, "objection": _objected(row)}
        details["explained"] = row.asked["message"] is not None
    elif kind is RecordKind.REJECTED:
        details = {"reason": row.rejection_reason, "explained": row.rejection_message is not None}
    elif told == REPLACED:
        details = {"objection": True}
    if row.deadline is not None:
        details["deadline"] = row.deadline.isoformat()
    return details


def _as_it_is(_session: Session, _row: Request, transition: Transition, _at: datetime) -> str:
    return transition.kind.value


def _in_review(session: Session, row: Request, transition: Transition, at: datetime) -> str | None:
    """To the agents. The mail and the notification are for the first time; a ruling that comes back is a line alone."""
    again = row.phase == Phase.IN_REVIEW
    if again:
        rulings.returned(session, row)
        requests.changed(row, at)
        requests.told(session, row, transition.kind.value, key=transition.key, at=at, reason=transition.reason)
    row.phase = Phase.IN_REVIEW
    row.review_reason = transition.reason
    rulings.review_begins(session, row, at)
    row.escalated_at = None
    row.asked = None
    row.deadline = None
    row.desk_version += 1
    return None if again else RecordKind.IN_REVIEW.value


def _information_requested(session: Session, row: Request, transition: Transition, _at: datetime) -> str | None:
    body = _ruling(session, transition).body
    row.phase = Phase.AWAITING_INFORMATION
    row.deadline = transition.deadline
    row.rounds_used += 1
    row.asked = {
        "document": bool(body.get("document")),
        "fields": list(body.get("fields", [])),
        "reason": body["reason"],
        "message": body.get("message"),
        "put": [],
        "arrived": [],
    }
    _release(row)
    return transition.kind.value


def _escalated(_session: Session, row: Request, _transition: Transition, at: datetime) -> str | None:
    row.escalated_at = at
    row.desk_version += 1
    return None


def _answered(session: Session, row: Request, transition: Transition, at: datetime) -> str | None:
    if transition.answer is not None:
        answer = session.get_one(IdentificationRow, (row.id, transition.answer)).answer
    else:
        answer = _ruling(session, transition).body["person"]
    if answer is None:
        raise ValueError("an identification without a person is no answer")
    outcome, told = Outcome(transition.kind.value), transition.kind.value
    if _objected(row):
        upheld = answer["ssin"] == row.ssin
        outcome = Outcome(row.outcome) if upheld and row.outcome else outcome
        told = RecordKind.IDENTIFIED.value if upheld else REPLACED
        _settle_objection(row, "numberUpheld" if upheld else "numberReplaced")
    apply_answer(session, row, answer)
    _close(row, outcome, at)
    return told


def _rejected(session: Session, row: Request, transition: Transition, at: datetime) -> str | None:
    body = _ruling(session, transition).body
    row.rejection_reason = body["reason"]
    row.rejection_message = body.get("message")
    if _objected(row):
        _settle_objection(row, "numberWithdrawn")
        row.ssin = row.former_ssin = row.registered_surname = row.registered_given_names = row.completed = None
    _close(row, Outcome.REJECTED, at)
    return transition.kind.value


def _expired(_session: Session, row: Request, transition: Transition, at: datetime) -> str | None:
    _close(row, Outcome.EXPIRED, at)
    return transition.kind.value


def _objected(row: Request) -> bool:
    return row.objection is not None and row.objection["state"] == "open"


def _settle_objection(row: Request, state: str) -> None:
    row.objection = {**(row.objection or {}), "state": state}


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


_CHANGES: dict[RecordKind, Callable[[Session, Request, Transition, datetime], str | None]] = {
    RecordKind.IN_REVIEW: _in_review,
    RecordKind.INFORMATION_REQUESTED: _information_requested,
    RecordKind.REMINDED: _as_it_is,
    RecordKind.ESCALATED: _escalated,
    RecordKind.IDENTIFIED: _answered,
    RecordKind.NUMBER_CREATED: _answered,
    RecordKind.REJECTED: _rejected,
    RecordKind.WITHDRAWN: _as_it_is,
    RecordKind.EXPIRED: _expired,
}
