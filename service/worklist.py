"""The desk on the agents' screen: what is most urgent, who holds what, the next case, what I decided today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import Conflict, NotFound
from domain.identification import ReviewReason
from domain.request import Phase, RulingKind
from service import consultations, desk, reasons, rows
from service.context import BRUSSELS, Tools
from service.views import PersonRef, RequestView
from store import requests, rulings
from store.logbook import ConsultationRow
from store.tables import Request, RulingRow

PAGE_SIZE = 25
#: An agent who decides two hundred a day sees the whole day.
DAY_SIZE = 500
#: Another agent may take a case between our look and our claim; so often we look again.
_TRIES = 5
#: So many cases may be skipped one after the other.
_LOOKED_THROUGH = 500


class Filter(StrEnum):
    """Which of the requests in review are shown; `waiting` are those that wait for the requester."""

    ALL = "all"
    FREE = "free"
    MINE = "mine"
    LATE = "late"
    TO_CONFIRM = "toConfirm"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the worklist. `due` is when the review escalates (or the answer's deadline), `late` once it has.

    `proposed_by` made a ruling that a second agent must confirm.
    """

    request: RequestView
    reason: ReviewReason | None
    since: datetime
    due: datetime | None
    late: bool
    holder: PersonRef | None
    held_until: datetime | None
    proposed_by: PersonRef | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of cases, most urgent first; `counts` by filter; `pages` is at least 1."""

    cases: tuple[Case, ...]
    counts: Mapping[Filter, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling of mine, or one I confirmed; `state` is proposed, confirmed, delivered, past, returned or undone."""

    request: RequestView
    kind: RulingKind
    at: datetime
    state: str
    confirmed_by_me: bool


def worklist(tools: Tools, caller: Caller, chosen: Filter = Filter.ALL, *, page: int = 1) -> Worklist:
    """Requests before the agents, most urgent first: escalated ones, then by how long they have been in review."""
    policy.require(caller, Permission.READ_DESK)
    now = tools.now()
    with tools.store.writing() as session:
        counts = {each: _count(session, _where(each, caller, now)) for each in Filter}
        pages = max(1, -(-counts[chosen] // PAGE_SIZE))
        page = min(max(1, page), pages)
        query = (
            select(Request)
            .where(*_where(chosen, caller, now))
            .order_by(*_URGENCY)
            .offset((page - 1) * PAGE_SIZE)
            .limit(PAGE_SIZE)
        )
        found = list(session.exec(query))
        cases = _cases(session, caller, found, now)
        consultations.record(session, tools, caller, "queue", consultations.of_views(case.request for case in cases))
        return Worklist(cases, counts, page, pages)


def waiting(tools: Tools, caller: Caller) -> int:
    """How many requests are in review: the number beside the queue's name."""
    policy.require(caller, Permission.READ_DESK)
    with tools.store.reading() as session:
        return _count(session, _where(Filter.ALL, caller, tools.now()))


def take_next(tools: Tools, caller: Caller, *, after: str | None = None) -> str | None:
    """Claim the next case and give back the one that is left; None where there is no next.

    `after` goes back to whoever comes next unless something was decided on it.
    """
    taken = None
    for _ in range(_TRIES):
        found = next_case(tools, caller, after=after)
        if found is None:
            break
        try:
            desk.renew(tools, caller, found)
        except (Conflict, NotFound):
            continue
        taken = found
        break
    if after is not None:
        _skip(tools, caller, after)
    return taken


def _skip(tools: Tools, caller: Caller, request_id: str) -> None:
    """Give back a lease of the caller's own on a case without a ruling; nothing where there is none."""
    with tools.store.writing() as session:
        row = session.get(Request, request_id, with_for_update=True)
        held = row is not None and desk.holder(row, tools.now()) == caller.person_id
        if row is not None and held and rulings.current(session, row) is None:
            desk.give_back(row)


def next_case(tools: Tools, caller: Caller, *, after: str | None = None) -> str | None:
    """The id of the most urgent request that nobody else holds and nobody has decided.

    `after` is the one that the agent leaves: the next is the one behind it, and after the last comes the first again.
    """
    desk.agent_only(caller)
    now = tools.now()
    mine_or_free = or_(*(and_(*_where(each, caller, now)) for each in (Filter.FREE, Filter.MINE)))
    query = select(Request.id).where(mine_or_free, ~_ruled(("proposed", "confirmed", "delivered")))
    with tools.store.reading() as session:
        waiting = list(session.exec(query.order_by(*_URGENCY).limit(_LOOKED_THROUGH)))
    behind = waiting.index(after) + 1 if after in waiting else 0
    return next((each for each in (*waiting[behind:], *waiting[:behind]) if each != after), None)


def decided_today(tools: Tools, caller: Caller) -> tuple[Decided, ...]:
    """What the caller decided or confirmed since midnight in Brussels, newest first."""
    policy.require(caller, Permission.READ_DESK)
    midnight = datetime.combine(tools.today(), time(), BRUSSELS)
    mine = or_(
        and_(col(RulingRow.by_id) == caller.person_id, col(RulingRow.at) >= midnight),
        # A ruling is delivered right after its confirmation.
        and_(col(RulingRow.confirmed_by_id) == caller.person_id, col(RulingRow.deliver_at) >= midnight),
    )
    query = (
        select(RulingRow, Request)
        .where(RulingRow.request_id == Request.id, mine)
        .order_by(col(RulingRow.at).desc())
        .limit(DAY_SIZE)
    )
    with tools.store.writing() as session:
        found = list(session.exec(query))
        shown = list({row.id: row for _, row in found}.values())
        views = {view.id: view for view in rows.views(session, shown, caller)}
        consultations.record(session, tools, caller, "day", consultations.of_views(views.values()))
        return tuple(
            Decided(
                views[row.id],
                RulingKind(ruling.kind),
                ruling.at,
                ruling.state,
                confirmed_by_me=ruling.confirmed_by_id == caller.person_id,
            )
            for ruling, row in found
        )


def asks_for_reason(tools: Tools, caller: Caller, request_id: str) -> bool:
    """Whether it is noted why the case is opened: not in the caller's queue, nor to be confirmed, nor theirs.

    Whoever had it open within the length of a lease is not asked again; having seen it beside another case is not that.
    """
    policy.require(caller, Permission.READ_DESK)
    now = tools.now()
    mine = or_(
        col(RulingRow.by_id) == caller.person_id,
        col(RulingRow.confirmed_by_id) == caller.person_id,
        col(RulingRow.state) == "proposed",
    )
    opened = select(ConsultationRow).where(
        ConsultationRow.person_id == caller.person_id,
        col(ConsultationRow.what).in_(("file", "opening")),
        ConsultationRow.at >= now - tools.terms.claim_lease,
    )
    with tools.store.reading() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        if not desk.needs_reason(row, caller, now):
            return False
        decided = select(func.count()).select_from(RulingRow).where(RulingRow.request_id == row.id, mine)
        return session.exec(decided).one() == 0 and not any(_opens(one, row.id) for one in session.exec(opened))


def open_case(tools: Tools, caller: Caller, request_id: str, *, reason: str) -> None:
    """Note why the caller opens a case outside their queue: for the length of a lease they are not asked again.

    Raises InvalidInput where the reason is none, or names somebody (service/reasons.py).
    """
    policy.require(caller, Permission.READ_DESK)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        shown = consultations.of_request(row.id, row.ssin)
        read = reasons.read_reason(reason, reasons.names_of(session, row))
        consultations.record(session, tools, caller, "opening", shown, reason=read)


def _opens(noted: ConsultationRow, request_id: str) -> bool:
    return noted.request_ids[:1] == [request_id]


_URGENCY = (
    col(Request.escalated_at).is_(None),
    col(Request.in_review_since),
    col(Request.submitted_at),
    col(Request.id),
)


def _ruled(states: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(col(RulingRow.request_id) == Request.id, col(RulingRow.state).in_(states))


def _where(chosen: Filter, caller: Caller, now: datetime) -> tuple[ColumnElement[bool], ...]:
    held = and_(col(Request.assignee_id).is_not(None), col(Request.claimed_until) > now)
    if chosen is Filter.WAITING:
        return (col(Request.phase) == Phase.AWAITING_INFORMATION,)
    narrower: Mapping[Filter, tuple[ColumnElement[bool], ...]] = {
        Filter.FREE: (or_(col(Request.assignee_id).is_(None), col(Request.claimed_until) <= now),),
        Filter.MINE: (held, col(Request.assignee_id) == caller.person_id),
        Filter.LATE: (col(Request.escalated_at).is_not(None),),
        Filter.TO_CONFIRM: (_ruled(("proposed",)),),
    }
    return (
        col(Request.phase) == Phase.IN_REVIEW,
        col(Request.submitted_at).is_not(None),
        *narrower.get(chosen, ()),
    )


def _count(session: Session, where: tuple[ColumnElement[bool], ...]) -> int:
    return session.exec(select(func.count()).select_from(Request).where(*where)).one()


def _cases(session: Session, caller: Caller, found: Sequence[Request], now: datetime) -> tuple[Case, ...]:
    ids = [row.id for row in found]
    proposed = select(RulingRow).where(col(RulingRow.request_id).in_(ids), RulingRow.state == "proposed")
    proposals = {ruling.request_id: ruling.by_id for ruling in session.exec(proposed)}
    people = requests.people_by_id(session, [*(row.assignee_id for row in found), *proposals.values()])
    views = rows.views(session, found, caller)

    def named(person_id: str | None) -> PersonRef | None:
        return PersonRef(person_id, people[person_id].name) if person_id else None

    return tuple(
        Case(
            request=view,
            reason=ReviewReason(row.review_reason) if row.review_reason else None,
            since=row.in_review_since or row.updated_at,
            due=_due(row),
            late=row.escalated_at is not None,
            holder=named(desk.holder(row, now)),
            held_until=row.claimed_until,
            proposed_by=named(proposals.get(row.id)),
        )
        for row, view in zip(found, views, strict=True)
    )


def _due(row: Request) -> datetime | None:
    if row.phase == Phase.AWAITING_INFORMATION:
        return row.deadline
    if row.in_review_since is None:
        return None
    return row.in_review_since + timedelta(seconds=row.delays["review_escalation"])
