"""A request's file as its row tells it: what a new run starts from where Temporal has lost the old one.

The row is the arbiter, so its present state is the whole story: nothing is told again, and nothing is done twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from domain.question import Question
from domain.request import Fact, FactKind, Outcome, Part, Phase, RequestFile, Step
from domain.terms import Delays
from store import facts, requests, rulings
from store.tables import FactRow, HistoryRow, Request


def snapshot(session: Session, row: Request) -> RequestFile:
    """The file of a locked row, every fact up to `last_seq` taken in.

    Keys of conclusions begin beyond all earlier ones: each of those has raised `desk_version`.
    """
    phase = Phase(row.phase)
    since = _since(row, phase)
    objected = row.objection is not None and row.objection["state"] == "open"
    return RequestFile(
        phase=phase,
        outcome=Outcome(row.outcome) if phase is Phase.CLOSED and row.outcome else None,
        done=_done(session, row, phase),
        last_seq=row.last_seq,
        awaited=_awaited(row, phase),
        rounds=row.rounds_used,
        since=since,
        reminded=_reminded(session, row, since),
        escalated=phase is Phase.IN_REVIEW and row.escalated_at is not None,
        ruling=_ruling(session, row) if phase is Phase.IN_REVIEW else None,
        objections=int(objected),
        review_reason=row.review_reason,
        conclusions=row.desk_version,
    )


def ended(row: Request) -> RequestFile:
    """The file of a run that only sends a mail, whatever the request's own run is doing."""
    outcome = Outcome(row.outcome) if row.outcome else None
    return RequestFile(phase=Phase.CLOSED, outcome=outcome, done=list(Step), last_seq=row.last_seq)


def _since(row: Request, phase: Phase) -> datetime:
    if phase is Phase.AWAITING_INFORMATION and row.deadline is not None:
        return row.deadline - Delays.of_seconds(row.delays).answer_expiry
    if phase is Phase.IN_REVIEW and row.in_review_since is not None:
        return row.in_review_since
    return row.created_at if phase is Phase.COLLECTING else row.updated_at


def _done(session: Session, row: Request, phase: Phase) -> list[Step]:
    if phase is not Phase.COLLECTING:
        return list(Step)
    statement = requests.statement_of(requests.statements_of(session, [row.id]).get(row.id))
    done = {
        Step.DOCUMENT: bool(requests.pages_of(session, [row.id])),
        Step.PERSONAL_DATA: statement.personal_data is not None,
        Step.ADDRESS: statement.addresses is not None,
    }
    return [step for step, there in done.items() if there]


def _awaited(row: Request, phase: Phase) -> list[Part]:
    if phase is not Phase.AWAITING_INFORMATION or row.asked is None:
        return []
    return [part for part in Question.of(row.asked).parts if part not in row.asked["arrived"]]


def _reminded(session: Session, row: Request, since: datetime) -> bool:
    query = select(HistoryRow.id).where(
        HistoryRow.request_id == row.id, HistoryRow.kind == "reminded", col(HistoryRow.at) >= since
    )
    return session.exec(query.limit(1)).first() is not None


def _ruling(session: Session, row: Request) -> Fact | None:
    """The ruling of this review that has been delivered and waits to be carried out."""
    ruling = rulings.current(session, row)
    if ruling is None or ruling.state != "delivered":
        return None
    query = select(FactRow).where(FactRow.request_id == row.id, FactRow.kind == FactKind.RULED)
    told = [facts.fact_of(fact) for fact in session.exec(query.order_by(col(FactRow.seq).desc()))]
    return next((fact for fact in told if fact.ruling_id == ruling.id), None)
