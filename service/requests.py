"""Opening, reading, listing and withdrawing requests."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from domain.enterprise import parse_enterprise_number
from domain.errors import Conflict, InvalidInput, Issue, NotAllowed
from domain.request import FactKind, Outcome, Phase
from domain.statement import text
from matching.normalise import forms
from service import consultations, cursors, once, rows
from service.context import Tools
from service.listing import Criteria, matching, page
from service.views import Accepted, HistoryLine, Outgoing, PersonRef, RequestView, Slice
from store import facts, outbox, requests, rulings
from store.tables import Company, HistoryRow, Request

#: Lines of a history that only an agent's ruling writes under a name; whoever has left the desk stays unnamed.
_BY_AGENTS = frozenset(("informationRequested", "identified", "numberCreated", "rejected", "numberReplaced"))


def open_request(
    tools: Tools, caller: Caller, *, on_behalf_of: str | None, reference: str | None, language: str
) -> Accepted[RequestView]:
    """A new draft. `on_behalf_of` is an employer's enterprise number; its mandate is checked now and at every call."""
    if not policy.asks(caller) or caller.company_id is None:
        raise NotAllowed("Only people of a company ask for numbers.")
    now = tools.now()
    if reference is not None:
        try:
            reference = text(reference)
        except ValueError as wrong:
            raise InvalidInput("The reference is not accepted.", issues=[Issue("reference", str(wrong))]) from None
    number = None if on_behalf_of is None else _enterprise_number(on_behalf_of)
    with tools.store.writing() as session:
        known = once.accepted_before(session, caller, now)
        if known is not None:
            return Accepted(rows.shown(session, tools, caller, rows.visible(session, caller, known, tools.today())))
        company_id, mandatary_id = _for_whom(session, tools, caller.company_id, number)
        if caller.employer_id not in (None, company_id):
            raise NotAllowed("This software asks in the name of one employer only.")
        row = Request(
            id=str(uuid.uuid4()),
            company_id=company_id,
            mandatary_id=mandatary_id,
            requester_id=caller.person_id,
            reference=reference,
            language=language,
            phase=Phase.COLLECTING,
            created_at=now,
            updated_at=now,
            deadline=now + tools.terms.delays.draft_expiry,
            delays=tools.terms.delays.seconds(),
            question_rounds=tools.terms.question_rounds,
        )
        session.add(row)
        session.flush()
        requests.told(session, row, "opened", key="opened", at=now, by=caller.person_id)
        once.accepted_now(session, caller, row.id)
        return Accepted(rows.shown(session, tools, caller, row))


def _enterprise_number(value: str) -> str:
    try:
        return parse_enterprise_number(value)
    except ValueError:
        issue = Issue("onBehalfOf", "must be an enterprise number of ten digits with its check digits")
        raise InvalidInput("The enterprise number is not accepted.", issues=[issue]) from None


def _for_whom(session: Session, tools: Tools, own_id: str, number: str | None) -> tuple[str, str | None]:
    """(company for whom, mandatary): one's own number counts as left out."""
    own = session.get_one(Company, own_id)
    if number is None or number == own.enterprise_number:
        return own.id, None
    employer = session.exec(select(Company).where(Company.enterprise_number == number)).one_or_none()
    if employer is None or not requests.mandate_holds(session, employer.id, own.id, tools.today()):
        raise NotAllowed("Your company has no mandate of this employer.")
    return employer.id, own.id


def ensure_visible(tools: Tools, caller: Caller, request_id: str) -> None:
    """Raise NotFound where the caller may not know of the request; shows nothing."""
    with tools.store.reading() as session:
        rows.visible(session, caller, request_id, tools.today())


def read_request(tools: Tools, caller: Caller, request_id: str) -> RequestView:
    """One request, for its company, its mandatary, or an agent once it was submitted."""
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        return rows.shown(session, tools, caller, row)


def list_requests(  # noqa: PLR0913 - the call's own filters
    tools: Tools,
    caller: Caller,
    *,
    scope: str = "mine",
    requester: str | None = None,
    phase: str | None = None,
    outcome: str | None = None,
    sort: str = "-updatedAt",
    page_size: int = 20,
    cursor: str | None = None,
    words: tuple[str, ...] = (),
    state: str | None = None,
    since: datetime | None = None,
) -> Slice[RequestView]:
    """The caller's requests or the whole company's. Raises NotAllowed for those who ask for nobody."""
    if not policy.asks(caller):
        raise NotAllowed("Lists of requests are for the people of a company.")
    plain = tuple(part for word in words for part in _plain(word))
    criteria = Criteria(scope, requester, phase, outcome, sort, plain, state, since)
    with tools.store.writing() as session:
        found, total, following = page(session, matching(caller, criteria, tools.today()), sort, page_size, cursor)
        shown = rows.with_similar(session, found, rows.views(session, found, caller), caller, tools.today())
        consultations.record(session, tools, caller, "requests", consultations.of_views(shown))
        return Slice(tuple(shown), total, following)


def _plain(word: str) -> tuple[str, ...]:
    """A word as names are filed: upper case, without accents. What has no letters is found nowhere."""
    found = forms(word)
    return found[0] if found else ("?",)


def read_history(
    tools: Tools, caller: Caller, request_id: str, *, page_size: int = 20, cursor: str | None = None
) -> Slice[HistoryLine]:
    """A request's history, oldest first. Who the agents are is for agents only."""
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        every = session.exec(
            select(HistoryRow)
            .where(HistoryRow.request_id == row.id)
            .order_by(col(HistoryRow.position), col(HistoryRow.at), col(HistoryRow.id))
        ).all()
        start = _offset(cursor)
        shown = every[start : start + page_size]
        people = requests.people_by_id(session, [line.by_id for line in shown])
        mails = outbox.states(session, row.id)
        consultations.record(session, tools, caller, "history", consultations.of_request(row.id, None, "history"))
        lines = []
        for before, line in zip((None, *every)[start:], shown, strict=False):
            by = people.get(line.by_id or "")
            at_desk = policy.reads_desk(caller)
            hidden = line.kind in _BY_AGENTS and not at_desk
            lines.append(
                HistoryLine(
                    line.id,
                    line.at,
                    line.kind,
                    by=None if hidden or by is None else PersonRef(by.id, by.name),
                    mail=outbox.state_of(line, mails),
                    reason=line.reason if at_desk else None,
                    # Whatever else ends a review writes a line of its own.
                    returned=before is not None and before.kind == line.kind == "inReview",
                )
            )
        more = str(start + page_size) if len(every) > start + page_size else None
        return Slice(tuple(lines), len(every), more)


def _offset(cursor: str | None) -> int:
    """A history only grows at its end, so an offset is a stable cursor."""
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise cursors.refused()
    return int(cursor)


def withdraw(tools: Tools, caller: Caller, request_id: str) -> Accepted[None]:
    """End a request; refused once a closing ruling is accepted. Its pending question, if any, goes with it."""
    if not policy.asks(caller):
        raise NotAllowed("Only people of a company withdraw requests.")
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if row.phase == Phase.CLOSED:
            raise Conflict("The request is closed.", code="requestClosed")
        if row.objection is not None or rulings.closing_accepted(session, row):
            raise Conflict("An agent has decided already.", code="rulingAccepted")
        return Accepted(None, (close_as_withdrawn(session, row, by=caller.person_id, at=now),))


def close_as_withdrawn(session: Session, row: Request, *, by: str | None, at: datetime) -> Outgoing:
    """Close a locked row that may be withdrawn; the fact to be signalled. `by` is None at the console."""
    rulings.cancel(session, row)
    requests.changed(row, at)
    row.phase = Phase.CLOSED
    row.outcome = Outcome.WITHDRAWN
    row.closed_at = at
    row.deadline = None
    row.asked = None
    row.assignee_id = row.claimed_until = None
    fact = facts.accept(session, row, FactKind.WITHDRAWN, by=by, at=at)
    requests.told(session, row, "withdrawn", key=fact.fact_id, at=at, by=by)
    return facts.outgoing(row, fact)
