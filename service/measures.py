"""How much waits: what a monitor looks at. Numbers of everybody together, so nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from domain.request import Phase
from service.context import Tools
from store.tables import FactRow, InvitationMailRow, MailRow, Request

_OPEN = tuple(phase for phase in Phase if phase is not Phase.CLOSED)


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts, and ages in seconds of the oldest: 0 where nothing waits. `open_requests` has every phase but closed."""

    open_requests: Mapping[str, int]
    undelivered_facts: int
    oldest_fact_seconds: float
    pending_mails: int
    oldest_mail_seconds: float
    oldest_review_seconds: float


def take(tools: Tools) -> Measures:
    """As it is now."""
    now = tools.now()
    by_phase = select(Request.phase, func.count()).where(col(Request.phase).in_(_OPEN)).group_by(Request.phase)
    facts = select(func.count(), func.min(FactRow.at)).where(col(FactRow.delivered_at).is_(None))
    mails = select(func.count(), func.min(MailRow.at)).where(MailRow.state == "pending")
    review = select(func.min(Request.in_review_since)).where(Request.phase == Phase.IN_REVIEW)
    invited = select(func.count(), func.min(InvitationMailRow.at)).where(InvitationMailRow.state == "pending")
    with tools.store.reading() as session:
        counted: dict[str, int] = dict(session.exec(by_phase).all())
        fact_number, first_fact = session.exec(facts).one()
        mail_number, first_mail = session.exec(mails).one()
        invited_number, first_invited = session.exec(invited).one()
        first_review = session.exec(review).one()
    return Measures(
        open_requests={phase.value: counted.get(phase, 0) for phase in _OPEN},
        undelivered_facts=fact_number,
        oldest_fact_seconds=_age(first_fact, now),
        pending_mails=mail_number + invited_number,
        oldest_mail_seconds=max(_age(first_mail, now), _age(first_invited, now)),
        oldest_review_seconds=_age(first_review, now),
    )


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
