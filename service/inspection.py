"""What ops may know of requests: identifiers, codes, dates, what waits. Nothing personal, so nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import NotFound
from service.context import Tools
from store.tables import Company, FactRow, HistoryRow, MailRow, Request, RulingRow
from workflows.options import workflow_id


@dataclass(frozen=True, slots=True)
class Overview:
    """One request. `waiting_facts` are accepted and not yet signalled; `mails` counts them by state."""

    id: str
    phase: str
    outcome: str | None
    review_reason: str | None
    enterprise_number: str
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    closed_at: datetime | None
    deadline: datetime | None
    escalated_at: datetime | None
    waiting_facts: int
    mails: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One request more closely: its run in Temporal, and facts, rulings, mails and history as codes and instants."""

    overview: Overview
    workflow: str
    facts: Sequence[Mapping[str, Any]]
    rulings: Sequence[Mapping[str, Any]]
    mails: Sequence[Mapping[str, Any]]
    history: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which requests. `waiting`: facts undelivered or mails not sent. Newest change first."""

    phase: str | None = None
    outcome: str | None = None
    waiting: bool = False
    limit: int = 50


def overviews(tools: Tools, caller: Caller, wanted: Filter) -> tuple[Sequence[Overview], int]:
    """The requests asked for, and how many there are in all."""
    policy.require(caller, Permission.LOOK_AFTER)
    conditions: list[Any] = []
    if wanted.phase is not None:
        conditions.append(Request.phase == wanted.phase)
    if wanted.outcome is not None:
        conditions.append(Request.outcome == wanted.outcome)
    if wanted.waiting:
        undelivered = exists().where(col(FactRow.request_id) == Request.id, col(FactRow.delivered_at).is_(None))
        unsent = exists().where(col(MailRow.request_id) == Request.id, col(MailRow.state) != "sent")
        conditions.append(undelivered | unsent)
    with tools.store.reading() as session:
        total = session.exec(select(func.count()).select_from(Request).where(*conditions)).one()
        newest = select(Request).where(*conditions).order_by(col(Request.updated_at).desc(), col(Request.id))
        return _overviews(session, list(session.exec(newest.limit(wanted.limit)))), total


def inspect(tools: Tools, caller: Caller, request_id: str) -> Inspection:
    """One request. Raises NotFound."""
    policy.require(caller, Permission.LOOK_AFTER)
    with tools.store.reading() as session:
        row = session.get(Request, request_id)
        if row is None:
            raise NotFound("There is no such request.")
        return Inspection(
            overview=_overviews(session, [row])[0],
            workflow=workflow_id(row.id, row.objections),
            facts=[
                {"seq": fact.seq, "kind": fact.kind, "at": fact.at, "deliveredAt": fact.delivered_at}
                for fact in _rows(session, FactRow, row.id, FactRow.seq)
            ],
            rulings=[
                {"kind": ruling.kind, "state": ruling.state, "at": ruling.at, "deliverAt": ruling.deliver_at}
                for ruling in _rows(session, RulingRow, row.id, RulingRow.at)
            ],
            mails=[
                {
                    "notice": mail.notice,
                    "state": mail.state,
                    "at": mail.at,
                    "attempts": mail.attempts,
                    "lastError": mail.last_error,
                    "settledAt": mail.settled_at,
                }
                for mail in _rows(session, MailRow, row.id, MailRow.at)
            ],
            history=[
                {"kind": line.kind, "at": line.at, "reason": line.reason}
                for line in _rows(session, HistoryRow, row.id, HistoryRow.position)
            ],
        )


def _rows(session: Session, table: Any, request_id: str, order: Any) -> Iterable[Any]:  # noqa: ANN401 - any of our tables
    return session.exec(select(table).where(table.request_id == request_id).order_by(order, table.at))


def _overviews(session: Session, rows: Sequence[Request]) -> list[Overview]:
    ids = [row.id for row in rows]
    waiting: dict[str, int] = dict(
        session.exec(
            select(FactRow.request_id, func.count())
            .where(col(FactRow.request_id).in_(ids), col(FactRow.delivered_at).is_(None))
            .group_by(col(FactRow.request_id))
        ).all()
    )
    mails: dict[str, dict[str, int]] = {}
    counted = select(MailRow.request_id, MailRow.state, func.count()).where(col(MailRow.request_id).in_(ids))
    for request_id, state, count in session.exec(counted.group_by(col(MailRow.request_id), col(MailRow.state))):
        mails.setdefault(request_id, {})[state] = count
    companies = {row.company_id for row in rows}
    named = select(Company.id, Company.enterprise_number).where(col(Company.id).in_(companies))
    numbers: dict[str, str] = dict(session.exec(named).all())
    return [
        Overview(
            id=row.id,
            phase=row.phase,
            outcome=row.outcome,
            review_reason=row.review_reason,
            enterprise_number=numbers[row.company_id],
            created_at=row.created_at,
            submitted_at=row.submitted_at,
            updated_at=row.updated_at,
            closed_at=row.closed_at,
            deadline=row.deadline,
            escalated_at=row.escalated_at,
            waiting_facts=waiting.get(row.id, 0),
            mails=mails.get(row.id, {}),
        )
        for row in rows
    ]
