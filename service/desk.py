"""The agents' desk: the queue, the file, and who holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import Conflict, RegisterUnavailable
from domain.identification import Extent, ReviewReason, StatedPerson
from domain.niss import Niss
from domain.request import Phase, RulingKind
from domain.terms import Delays
from service import consultations, cursors, reasons, rows
from service.candidates import candidate_members
from service.context import Tools
from service.document_evidence import with_documents
from service.views import DeskView, PersonRef, RequestView, RulingView, Slice
from store import requests, rulings
from store.similar import stated_person
from store.tables import Person, Request, RulingRow

CANDIDATES_SHOWN = 50


def queue(
    tools: Tools,
    caller: Caller,
    *,
    phase: str = Phase.IN_REVIEW,
    assignee: str | None = None,
    page_size: int = 20,
    cursor: str | None = None,
) -> Slice[DeskView]:
    """Submitted requests of a phase, oldest `submittedAt` first. `assignee` is `none`, `me`, a person's id or None."""
    policy.require(caller, Permission.READ_DESK)
    now = tools.now()
    query = select(Request).where(Request.phase == phase, col(Request.submitted_at).is_not(None))
    held = and_(col(Request.assignee_id).is_not(None), col(Request.claimed_until) > now)
    if assignee == "none":
        query = query.where(or_(col(Request.assignee_id).is_(None), col(Request.claimed_until) <= now))
    elif assignee is not None:
        query = query.where(held, Request.assignee_id == (caller.person_id if assignee == "me" else assignee))
    with tools.store.writing() as session:
        total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if cursor is not None:
            # The last one shown may have left the queue since: its place in the order stays.
            last = session.get(Request, cursors.identifier(cursor))
            if last is None or last.submitted_at is None:
                raise cursors.refused()
            at_once = and_(col(Request.submitted_at) == last.submitted_at, col(Request.id) > last.id)
            query = query.where(or_(col(Request.submitted_at) > last.submitted_at, at_once))
        ordered = query.order_by(col(Request.submitted_at), col(Request.id)).limit(page_size + 1)
        found = list(session.exec(ordered))
        shown = found[:page_size]
        views = rows.with_similar(session, shown, rows.views(session, shown, caller), caller, tools.today())
        consultations.record(session, tools, caller, "queue", consultations.of_views(views))
        people = requests.people_by_id(session, [row.assignee_id for row in shown])
        files = tuple(
            _file(row, view, now, people, candidates=(), ruling=None) for row, view in zip(shown, views, strict=True)
        )
        return Slice(files, total, shown[-1].id if len(found) > page_size else None)


def read_file(tools: Tools, caller: Caller, request_id: str, *, reason: str | None = None) -> DeskView:
    """The file with its candidates, searched now, so that a register that has changed is never shown as it was.

    `reason` is what the agent types who opens a case that is not in their queue (see `needs_reason`); it is logged.
    """
    policy.require(caller, Permission.READ_DESK)
    searched = search(tools, caller, request_id)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        return show(session, tools, caller, row, searched, reason=reason)


def read_case(tools: Tools, caller: Caller, request_id: str) -> DeskView:
    """The case without anybody of the register, for whoever only writes about it; noted as the request."""
    policy.require(caller, Permission.READ_DESK)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        ruling = rulings.current(session, row)
        ids = [row.assignee_id, ruling.by_id if ruling else None, ruling.confirmed_by_id if ruling else None]
        people = requests.people_by_id(session, ids)
        view = rows.view(session, row, caller, tools.today())
        shown = consultations.of_views([view]) | consultations.of_ruling(ruling)
        consultations.record(session, tools, caller, "request", shown)
        return _file(row, view, tools.now(), people, candidates=(), ruling=ruling)


def needs_reason(row: Request, caller: Caller, now: datetime) -> bool:
    """Whether the case is outside the agent's queue: not in review, or another's."""
    return row.phase != Phase.IN_REVIEW or holder(row, now) not in (None, caller.person_id)


def claim(tools: Tools, caller: Caller, request_id: str) -> DeskView:
    """Take or renew the lease on a request in review."""
    agent_only(caller)
    searched = search(tools, caller, request_id)
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        in_review(row)
        held_by_another(row, caller, now)
        take(row, caller, now, tools)
        return show(session, tools, caller, row, searched)


def renew(tools: Tools, caller: Caller, request_id: str) -> datetime:
    """Take or renew the lease, and show nothing: no register is asked. Until when it holds."""
    agent_only(caller)
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        in_review(row)
        held_by_another(row, caller, now)
        take(row, caller, now, tools)
        return now + tools.terms.claim_lease


def release(tools: Tools, caller: Caller, request_id: str) -> None:
    """Give the lease back; no error where nobody holds it."""
    agent_only(caller)
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        held_by_another(row, caller, now)
        if row.assignee_id is not None:
            give_back(row)


def agent_only(caller: Caller) -> None:
    """Raise NotAllowed for everybody else."""
    policy.require(caller, Permission.DECIDE)


def in_review(row: Request) -> None:
    """Raise Conflict where the request is closed or not before the agents."""
    if row.phase == Phase.CLOSED:
        raise Conflict("The request is closed.", code="requestClosed")
    if row.phase != Phase.IN_REVIEW:
        raise Conflict("The request is not in review.", code="notInReview")


def held_by_another(row: Request, caller: Caller, now: datetime) -> None:
    """Raise Conflict while another agent's lease holds."""
    if holder(row, now) not in (None, caller.person_id):
        raise Conflict("Another agent holds this request.", code="claimedByAnother")


def holder(row: Request, now: datetime) -> str | None:
    """Whose lease holds now."""
    return row.assignee_id if row.claimed_until is not None and row.claimed_until > now else None


def take(row: Request, caller: Caller, now: datetime, tools: Tools) -> None:
    """Give the caller the lease."""
    row.assignee_id = caller.person_id
    row.claimed_until = now + tools.terms.claim_lease
    row.desk_version += 1


def give_back(row: Request) -> None:
    """Nobody has the lease."""
    row.assignee_id = row.claimed_until = None
    row.desk_version += 1


def show(
    session: Session, tools: Tools, caller: Caller, row: Request, searched: Searched, *, reason: str | None = None
) -> DeskView:
    """The file as it is now, without candidates while the register is away; every candidate shown is logged."""
    now = tools.now()
    if reason is not None:
        reason = reasons.read_reason(reason, reasons.names_of(session, row))
    try:
        searched = searched_now(session, tools, row, searched)
        candidates = searched.candidates or ()
        away = searched.candidates is None
    except RegisterUnavailable:
        candidates, away = (), True
    ruling = rulings.current(session, row)
    people = requests.people_by_id(
        session, [row.assignee_id, ruling.by_id if ruling else None, ruling.confirmed_by_id if ruling else None]
    )
    view = rows.view(session, row, caller, tools.today())
    shown = consultations.of_views([view]) | consultations.of_candidates(candidates)
    shown |= consultations.of_ruling(ruling)
    consultations.record(session, tools, caller, "file", shown, reason=reason, opened=row.id)
    file = _file(row, view, now, people, candidates=with_documents(candidates, view), ruling=ruling)
    decided = requests.latest_decision(session, row.id)
    return replace(file, extent=searched.extent, register_away=away, decision=decided)


@dataclass(frozen=True, slots=True)
class Searched:
    """What the register answered about a statement, None where it was erased; `candidates` is None while it is away.

    Whom earlier rulings have ruled out give way where the file has no place for everybody.
    """

    stated: StatedPerson | None
    ruled_out: frozenset[Niss]
    candidates: tuple[dict[str, Any], ...] | None
    extent: Extent = Extent.WHOLE


def search(tools: Tools, caller: Caller, request_id: str) -> Searched:
    """Search before the row is locked: a register that takes its time must not hold everybody else up."""
    with tools.store.reading() as session:
        stated = _stated(session, rows.visible(session, caller, request_id, tools.today()))
        ruled_out = rulings.ruled_out(session, request_id)
    return _ask(tools, stated, ruled_out)


def searched_now(session: Session, tools: Tools, row: Request, searched: Searched) -> Searched:
    """What was searched for, or anew where the statement, or who is ruled out, has changed since.

    Raises RegisterUnavailable while the register is away.
    """
    stated, ruled_out = _stated(session, row), rulings.ruled_out(session, row.id)
    if (stated, ruled_out) != (searched.stated, searched.ruled_out):
        searched = _ask(tools, stated, ruled_out)
    if searched.candidates is None:
        raise RegisterUnavailable("the register does not answer")
    return searched


def _ask(tools: Tools, stated: StatedPerson | None, ruled_out: frozenset[Niss]) -> Searched:
    if stated is None:
        return Searched(None, ruled_out, ())
    try:
        answer = tools.register.search(stated, limit=CANDIDATES_SHOWN + len(ruled_out))
    except RegisterUnavailable:
        return Searched(stated, ruled_out, None)
    found = answer.candidates
    unseen_first = sorted(found, key=lambda candidate: candidate.person.ssin in ruled_out)
    shown = {candidate.person.ssin for candidate in unseen_first[:CANDIDATES_SHOWN]}
    best = tuple(candidate_members(candidate) for candidate in found if candidate.person.ssin in shown)
    return Searched(stated, ruled_out, best, answer.extent)


def _stated(session: Session, row: Request) -> StatedPerson | None:
    statement = requests.statement_of(requests.statements_of(session, [row.id]).get(row.id))
    return stated_person(statement) if statement.personal_data else None


def _file(
    row: Request,
    view: RequestView,
    now: datetime,
    people: Mapping[str, Person],
    *,
    candidates: Sequence[Mapping[str, Any]],
    ruling: RulingRow | None,
) -> DeskView:
    held = holder(row, now)
    return DeskView(
        request=view,
        review_reason=ReviewReason(row.review_reason) if row.review_reason else None,
        assignee=PersonRef(held, people[held].name) if held else None,
        claimed_until=row.claimed_until if held else None,
        escalated_at=row.escalated_at,
        candidates=tuple(candidates),
        ruling=_ruling(ruling, people) if ruling else None,
        desk_version=row.desk_version,
        answer_expiry=Delays.of_seconds(row.delays).answer_expiry,
    )


def _ruling(ruling: RulingRow, people: Mapping[str, Person]) -> RulingView:
    confirmer = people.get(ruling.confirmed_by_id or "")
    body = {name: value for name, value in ruling.body.items() if name != "person"}
    if "ssin" in body:
        body["ssin"] = Niss(body["ssin"]).digits
    return RulingView(
        id=ruling.id,
        kind=RulingKind(ruling.kind),
        body=body,
        by=PersonRef(ruling.by_id, people[ruling.by_id].name),
        at=ruling.at,
        confirmed_by=PersonRef(confirmer.id, confirmer.name) if confirmer else None,
        needs_confirmation=ruling.needs_confirmation,
        state=ruling.state,
        deliver_at=ruling.deliver_at,
    )
