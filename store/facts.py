"""Facts: accepted under the row's lock, and signalled from here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, update
from sqlmodel import Session, col, select

from domain.records import Opening, Outgoing
from domain.request import Fact, FactKind, Part, RulingKind
from store.replacements import MAIL_KEY
from store.tables import FactRow, MailRow, Request


def accept(session: Session, row: Request, kind: FactKind, *, by: str | None, at: datetime, **codes: Any) -> Fact:  # noqa: ANN401 - codes are a Fact's own fields
    """Insert the next fact of a locked row and return it."""
    row.last_seq += 1
    fact = Fact(fact_id=uuid.uuid4().hex, seq=row.last_seq, kind=kind, version=row.version, **codes)
    kept = {k: v for k, v in asdict(fact).items() if k not in ("fact_id", "seq", "kind") and v}
    session.add(FactRow(request_id=row.id, seq=fact.seq, fact_id=fact.fact_id, kind=kind, by_id=by, at=at, codes=kept))
    return fact


def fact_of(row: FactRow) -> Fact:
    """The domain's fact of a stored one."""
    codes = dict(row.codes)
    if "part" in codes:
        codes["part"] = Part(codes["part"])
    if "ruling" in codes:
        codes["ruling"] = RulingKind(codes["ruling"])
    codes["asks"] = [Part(part) for part in codes.get("asks", [])]
    return Fact(fact_id=row.fact_id, seq=row.seq, kind=FactKind(row.kind), **codes)


def newer(session: Session, request_id: str, seq: int) -> list[Fact]:
    """The facts after `seq`, in order."""
    rows = session.exec(
        select(FactRow).where(FactRow.request_id == request_id, FactRow.seq > seq).order_by(col(FactRow.seq))
    )
    return [fact_of(row) for row in rows]


def undelivered(session: Session, before: datetime, limit: int = 200) -> list[tuple[Request, Fact]]:
    """Facts accepted before an instant and not yet signalled, oldest first, each request's in order."""
    rows = session.exec(
        select(Request, FactRow)
        .join(FactRow, col(FactRow.request_id) == Request.id)
        .where(col(FactRow.delivered_at).is_(None), FactRow.at < before)
        .order_by(col(FactRow.at), col(FactRow.request_id), col(FactRow.seq))
        .limit(limit)
    )
    return [(request, fact_of(fact)) for request, fact in rows]


def mark_delivered(session: Session, delivered: Iterable[tuple[str, int]], at: datetime) -> None:
    """Note which facts (request id, seq) have been signalled; their workflows have then been started."""
    # A request's row before its facts, and in order: two of these beside each other, or an agent's, never embrace.
    pairs = sorted(delivered)
    mark_started(session, {request_id for request_id, _ in pairs})
    for request_id, seq in pairs:
        session.execute(
            update(FactRow)
            .where(col(FactRow.request_id) == request_id, col(FactRow.seq) == seq)
            .values(delivered_at=at)
        )


def mark_started(session: Session, request_ids: Iterable[str]) -> None:
    """Note that these requests have a workflow."""
    for request_id in sorted(request_ids):
        session.execute(
            update(Request)
            .where(col(Request.id) == request_id, col(Request.workflow_started).is_(False))
            .values(workflow_started=True)
        )


def silent_drafts(session: Session, now: datetime, after: timedelta, limit: int = 200) -> list[Request]:
    """Drafts that have had no fact and no workflow for so long; those that are reminded of before then, at once."""
    reminder = Request.__table__.c.delays["draft_reminder"].as_float()  # type: ignore[attr-defined]
    return list(
        session.exec(
            select(Request)
            .where(
                Request.phase == "collecting",
                col(Request.workflow_started).is_(False),
                Request.last_seq == 0,
                or_(col(Request.created_at) < now - after, reminder <= after.total_seconds()),
            )
            .limit(limit)
        )
    )


def opening(row: Request) -> Opening | None:
    """What starts the row's workflow; None where it is known to have been started.

    Read it before the fact is accepted: an objection's run begins after the facts there are now.
    """
    return None if row.workflow_started else opening_of(row)


def opening_of(row: Request) -> Opening:
    """What starts the row's present run."""
    if row.objection is None:
        return Opening(row.id, row.company_id, row.created_at, dict(row.delays))
    after = int(row.objection["after_seq"])
    return Opening(row.id, row.company_id, row.created_at, dict(row.delays), row.objections, after)


def outgoing(row: Request, fact: Fact) -> Outgoing:
    """A fact on its way to the run it belongs to; with what starts that run, where it may not be started."""
    if row.objection is not None and fact.seq <= row.objection["after_seq"]:
        return Outgoing(row.id, fact, objection=row.objections - 1)
    return Outgoing(row.id, fact, opening(row), row.objections)


def mark_all_delivered(session: Session, request_id: str, up_to: int, at: datetime) -> None:
    """A new run has begun with everything up to this fact."""
    mine = (col(FactRow.request_id) == request_id, col(FactRow.seq) <= up_to, col(FactRow.delivered_at).is_(None))
    session.execute(update(FactRow).where(*mine).values(delivered_at=at))


def withdrawal_told(session: Session, request_id: str) -> bool:
    """Whether the story has told that the request was withdrawn."""
    query = select(MailRow.id).where(MailRow.request_id == request_id, MailRow.notice == "withdrawn")
    return session.exec(query.limit(1)).first() is not None


def mails_on_their_way(session: Session, request_id: str) -> list[str]:
    """The outbox ids of a request's mails that are neither sent nor given up, oldest first."""
    mine = (MailRow.request_id == request_id, MailRow.state == "pending")
    query = select(MailRow.id).where(*mine, col(MailRow.key).not_like(f"{MAIL_KEY}%"))
    return list(session.exec(query.order_by(col(MailRow.at))))


def running(session: Session, before: datetime, after_id: str, limit: int = 500) -> list[Request]:
    """Requests that should have an open run and have been quiet since an instant, by id.

    Open ones, and closed ones that still have a mail on its way.
    """
    mail = exists().where(
        col(MailRow.request_id) == Request.id,
        col(MailRow.state) == "pending",
        col(MailRow.at) < before,
        col(MailRow.key).not_like(f"{MAIL_KEY}%"),
    )
    query = select(Request).where(
        (col(Request.phase) != "closed") | mail,
        col(Request.workflow_started).is_(True),
        Request.updated_at < before,
        Request.id > after_id,
    )
    return list(session.exec(query.order_by(col(Request.id)).limit(limit)))
