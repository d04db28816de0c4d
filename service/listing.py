"""Lists of requests: filters, order, and cursors that stay right while rows change."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from access.caller import Caller
from domain.request import Outcome, Phase
from service import cursors
from store.tables import Mandate, Person, Request, StatementRow

#: What a person calls the state of a request: its phases, and outcomes where it is closed.
STATES: Mapping[str, tuple[tuple[Phase, ...], tuple[Outcome, ...]]] = {
    "draft": ((Phase.COLLECTING,), ()),
    "inProgress": ((Phase.IDENTIFYING, Phase.IN_REVIEW), ()),
    "actionExpected": ((Phase.AWAITING_INFORMATION,), ()),
    "numbered": ((Phase.CLOSED,), (Outcome.IDENTIFIED, Outcome.NUMBER_CREATED)),
    "rejected": ((Phase.CLOSED,), (Outcome.REJECTED,)),
    "withdrawn": ((Phase.CLOSED,), (Outcome.WITHDRAWN,)),
    "expired": ((Phase.CLOSED,), (Outcome.EXPIRED,)),
}
SORTS = {"updatedAt": Request.updated_at, "createdAt": Request.created_at, "requester": Person.name}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for, in API values; `words` are plain upper-case parts that begin a word of a name.

    `state` is one of STATES; `since` leaves out what has not changed since that instant.
    """

    scope: str
    requester: str | None
    phase: str | None
    outcome: str | None
    sort: str
    words: tuple[str, ...]
    state: str | None = None
    since: datetime | None = None


def openable(caller: Caller, today: date) -> ColumnElement[bool]:
    """Which requests the caller may open: the company's own, and those it was asked for while its mandate holds."""
    bound = true() if caller.employer_id is None else col(Request.company_id) == caller.employer_id
    return bound & or_(
        col(Request.company_id) == caller.company_id,
        and_(
            col(Request.mandatary_id) == caller.company_id,
            select(Mandate.id)
            .where(
                Mandate.employer_id == Request.company_id,
                Mandate.mandatary_id == caller.company_id,
                Mandate.valid_from <= today,
                or_(col(Mandate.valid_until).is_(None), col(Mandate.valid_until) >= today),
            )
            .exists(),
        ),
    )


def matching(caller: Caller, criteria: Criteria, today: date) -> SelectOfScalar[Request]:
    """The requests that the caller may open and that fit."""
    query = select(Request).join(Person, col(Person.id) == Request.requester_id).where(openable(caller, today))
    if criteria.words:
        query = query.join(StatementRow, col(StatementRow.request_id) == Request.id)
    if criteria.requester is not None:
        query = query.where(Request.requester_id == criteria.requester)
    elif criteria.scope == "mine":
        query = query.where(Request.requester_id == caller.person_id)
    if criteria.phase is not None:
        query = query.where(Request.phase == criteria.phase)
    if criteria.outcome is not None:
        query = query.where(Request.outcome == criteria.outcome)
    if criteria.state is not None:
        phases, outcomes = STATES[criteria.state]
        query = query.where(col(Request.phase).in_(phases))
        query = query.where(col(Request.outcome).in_(outcomes)) if outcomes else query
    if criteria.since is not None:
        query = query.where(col(Request.updated_at) >= criteria.since)
    for word in criteria.words:
        query = query.where(col(StatementRow.words).like(f"% {word}%"))
    return query


def page(
    session: Session, query: SelectOfScalar[Request], sort: str, size: int, cursor: str | None
) -> tuple[list[Request], int, str | None]:
    """One page by keyset: (rows, total of all pages, cursor of the next page or None)."""
    key = sort.lstrip("-")
    descending = sort.startswith("-")
    column = col(SORTS[key])
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    if cursor is not None:
        after, last_id = _decode(cursor, key)
        beyond = column < after if descending else column > after
        same = and_(column == after, col(Request.id) < last_id if descending else col(Request.id) > last_id)
        query = query.where(or_(beyond, same))
    order = (column.desc(), col(Request.id).desc()) if descending else (column.asc(), col(Request.id).asc())
    found = list(session.exec(query.order_by(*order).limit(size + 1)))
    more = len(found) > size
    found = found[:size]
    return found, total, _encode(session, found[-1], key) if more else None


def _encode(session: Session, row: Request, key: str) -> str:
    value: str = {
        "updatedAt": row.updated_at.isoformat(),
        "createdAt": row.created_at.isoformat(),
        "requester": row.requester_id,
    }[key]
    if key == "requester":
        # The name itself may not stand in a URL: the person's id does, and is resolved again.
        value = session.get_one(Person, row.requester_id).id
    return base64.urlsafe_b64encode(json.dumps([key, value, row.id]).encode()).decode().rstrip("=")


def _decode(cursor: str, key: str) -> tuple[Any, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        sorted_by, value, last_id = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, RecursionError):  # binascii.Error is a ValueError
        raise cursors.refused() from None
    if sorted_by != key:
        raise cursors.refused()
    last_id = cursors.identifier(last_id)
    if key == "requester":
        return select(Person.name).where(Person.id == cursors.identifier(value)).scalar_subquery(), last_id
    return cursors.instant(value), last_id
