"""What supervisors do: give a case to somebody else, and see how much waits, without anybody's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import InvalidInput, Issue
from domain.request import Phase
from service import consultations, desk, rows
from service.context import Tools
from service.views import DeskView, PersonRef
from store.tables import Person, Request, RulingRow

_LATELY = timedelta(days=30)
NO_AGENT = Issue("assignee", "must be the id of an agent")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of submitted requests. Ages in seconds, 0 where nothing waits; `outcomes` are of the last 30 days."""

    phases: Mapping[str, int]
    reasons: Mapping[str, int]
    unclaimed: int
    late: int
    to_confirm: int
    oldest_review_seconds: float
    oldest_answer_seconds: float
    outcomes: Mapping[str, int]


def statistics(tools: Tools, caller: Caller) -> Statistics:
    """How much waits at the desk, and what has come out lately."""
    policy.require(caller, Permission.SUPERVISE)
    now = tools.now()
    in_review = Request.phase == Phase.IN_REVIEW
    free = col(Request.assignee_id).is_(None) | (col(Request.claimed_until) <= now)
    with tools.store.reading() as session:
        phases = _by(session, Request.phase, col(Request.submitted_at).is_not(None))
        awaiting = select(func.min(Request.updated_at)).where(Request.phase == Phase.AWAITING_INFORMATION)
        proposed = select(func.count()).select_from(RulingRow).join(Request, col(Request.id) == RulingRow.request_id)
        return Statistics(
            phases={phase.value: phases.get(phase.value, 0) for phase in Phase if phase is not Phase.COLLECTING},
            reasons=_by(session, Request.review_reason, in_review),
            unclaimed=_count(session, in_review, free),
            late=_count(session, in_review, col(Request.escalated_at).is_not(None)),
            to_confirm=session.execute(proposed.where(RulingRow.state == "proposed", in_review)).scalar_one(),
            oldest_review_seconds=_age(
                session.exec(select(func.min(Request.in_review_since)).where(in_review)).one(), now
            ),
            oldest_answer_seconds=_age(session.exec(awaiting).one(), now),
            outcomes=_by(session, Request.outcome, col(Request.closed_at) > now - _LATELY),
        )


def assign(tools: Tools, caller: Caller, request_id: str, *, assignee: str) -> DeskView:
    """Give the lease on a request in review to an agent, whoever holds it now.

    Raises InvalidInput where the person is no agent who works here.
    """
    policy.require(caller, Permission.SUPERVISE)
    searched = desk.search(tools, caller, request_id)
    with tools.store.writing() as session:
        row = _given(session, tools, caller, request_id, assignee)
        return desk.show(session, tools, caller, row, searched)


def give(tools: Tools, caller: Caller, request_id: str, *, assignee: str) -> None:
    """The same, and show nothing: no register is asked."""
    policy.require(caller, Permission.SUPERVISE)
    with tools.store.writing() as session:
        _given(session, tools, caller, request_id, assignee)


def agents(tools: Tools, caller: Caller) -> tuple[PersonRef, ...]:
    """To whom a case may be given, by name."""
    policy.require(caller, Permission.SUPERVISE)
    with tools.store.writing() as session:
        here = select(Person).where(
            col(Person.role).in_(policy.roles_with(Permission.DECIDE)), Person.state != "removed"
        )
        found = session.exec(here.order_by(col(Person.name), col(Person.id))).all()
        consultations.record(session, tools, caller, "members", consultations.of_members("name"))
        return tuple(PersonRef(person.id, person.name) for person in found)


def _given(session: Session, tools: Tools, caller: Caller, request_id: str, assignee: str) -> Request:
    row = rows.visible(session, caller, request_id, tools.today(), lock=True)
    person = session.get(Person, assignee)
    if person is None or person.state == "removed" or not policy.gives(person.role, Permission.DECIDE):
        raise InvalidInput("The case is not given to somebody else.", issues=[NO_AGENT])
    desk.in_review(row)
    row.assignee_id = person.id
    row.claimed_until = tools.now() + tools.terms.claim_lease
    row.desk_version += 1
    return row


def _by(session: Session, column: object, *where: object) -> dict[str, int]:
    counted = select(column, func.count()).where(*where).group_by(column)  # type: ignore[call-overload]
    return {str(name): number for name, number in session.execute(counted).all() if name is not None}


def _count(session: Session, *where: object) -> int:
    counted = select(func.count()).select_from(Request).where(*where)  # type: ignore[arg-type]
    return int(session.execute(counted).scalar_one())


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, round((now - since).total_seconds(), 1))
