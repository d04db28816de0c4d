"""Sending a request: the last step, with which it leaves the requester's hands."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from sqlmodel import Session, select

from access import policy
from access.caller import Caller
from domain.errors import BlobStoreUnavailable, Conflict, InvalidInput, Issue, NotAllowed
from domain.request import FactKind, Phase, Step
from domain.statement import mail_address, minimum_data_missing
from service import document_checks, once, questions, rows, zones
from service.context import Tools
from service.views import Accepted, RequestView
from store import facts, requests
from store.document_tables import ZoneRow
from store.tables import PageRow, Request


def submit(
    tools: Tools, caller: Caller, request_id: str, *, email: str | None, confirmed: Collection[str] = ()
) -> Accepted[RequestView]:
    """Send the request: all steps done, the minimum data there, and no document that says otherwise.

    The row is identifying from here on. A zone that is still to be read is waited for a moment; what it says later, an
    agent sees.

    Args:
        tools: what use cases are made of.
        caller: who sends it.
        request_id: which.
        email: where mails go; the requester's own where None.
        confirmed: what differs from a document's zone and is right all the same (domain.document_check.CONFIRMABLE).
    """
    try:
        return _send(tools, caller, request_id, email, confirmed, whatever_is_pending=False)
    except _ToBeRead as first:
        for pending in first.zones:
            with suppress(BlobStoreUnavailable):
                zones.finish(tools, pending, patience=zones.AT_SUBMISSION)
    return _send(tools, caller, request_id, email, confirmed, whatever_is_pending=True)


class _ToBeRead(Exception):
    """Zones that are to be read before the request is sent."""

    def __init__(self, pending: list[ZoneRow]) -> None:
        super().__init__()
        self.zones = pending


def _send(
    tools: Tools,
    caller: Caller,
    request_id: str,
    email: str | None,
    confirmed: Collection[str],
    *,
    whatever_is_pending: bool,
) -> Accepted[RequestView]:
    """Send it. Raises _ToBeRead, and has done nothing, where zones are to be read first."""
    asking(caller)
    now = tools.now()
    address = caller.email if email is None else _email(email)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(rows.shown(session, tools, caller, row))
        if row.phase == Phase.CLOSED:
            raise Conflict("The request is closed.", code="requestClosed")
        if row.phase != Phase.COLLECTING:
            raise Conflict("The request was sent already.", code="alreadySubmitted")
        questions.in_time(row, now)
        _ready(session, row)
        pending = [] if whatever_is_pending else zones.pending_of(session, row.id)
        if pending:
            for zone in pending:
                session.expunge(zone)
            raise _ToBeRead(pending)
        document_checks.ready(session, row, tools.today(), confirmed)
        requests.statement_row(session, row.id).confirmed = sorted(set(confirmed)) or None
        once.accepted_now(session, caller, row.id)
        if email is None:
            address = requests.people_by_id(session, [row.requester_id])[row.requester_id].email
        requests.changed(row, now)
        row.email = address
        row.phase = Phase.IDENTIFYING
        row.sender_id = caller.person_id
        row.submitted_at = now
        row.deadline = None
        fact = facts.accept(session, row, FactKind.SUBMITTED, by=caller.person_id, at=now)
        requests.told(session, row, FactKind.SUBMITTED, key=fact.fact_id, at=now, by=caller.person_id)
        return Accepted(rows.shown(session, tools, caller, row), (facts.outgoing(row, fact),))


def asking(caller: Caller) -> None:
    """Raise NotAllowed for whoever asks for nobody."""
    if not policy.asks(caller):
        raise NotAllowed("Only people of a company state and send requests.")


def _email(value: str) -> str:
    try:
        return mail_address(value)
    except ValueError as wrong:
        raise InvalidInput("The e-mail address is not accepted.", issues=[Issue("email", str(wrong))]) from None


def _ready(session: Session, row: Request) -> None:
    statement_row = requests.statements_of(session, [row.id]).get(row.id)
    statement = requests.statement_of(statement_row)
    has_pages = session.exec(select(PageRow.number).where(PageRow.request_id == row.id).limit(1)).first()
    missing = [
        step
        for step, done in (
            (Step.DOCUMENT, has_pages is not None),
            (Step.PERSONAL_DATA, statement.personal_data is not None),
            (Step.ADDRESS, statement.addresses is not None),
        )
        if not done
    ]
    if missing:
        raise Conflict(
            "Not all steps are done.", code="stepsMissing", issues=[Issue(step, "is missing") for step in missing]
        )
    lacking = minimum_data_missing(statement)
    if lacking:
        raise Conflict(
            "The minimum data for a number are not there.",
            code="minimumDataMissing",
            issues=[Issue(name, "is missing for a number to be created") for name in lacking],
        )
