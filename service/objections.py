"""An objection: "this is not my employee". The request goes back to the agents; its number stays until they decide."""

from __future__ import annotations

from access import policy
from access.caller import Caller
from domain.errors import Conflict, InvalidInput, Issue, NotAllowed
from domain.request import FactKind, Phase
from domain.statement import MESSAGE_LENGTH, text
from service import once, rows
from service.context import Tools
from service.views import Accepted, RequestView
from store import facts, requests, rulings


def object_to(tools: Tools, caller: Caller, request_id: str, *, message: object) -> Accepted[RequestView]:
    """Object to the number a request was closed with. Never answered automatically; one may object again later."""
    if not policy.asks(caller):
        raise NotAllowed("Only people of a company object.")
    try:
        if message is None:
            raise ValueError("is required")
        said = text(message, limit=MESSAGE_LENGTH, lines=True)
    except ValueError as wrong:
        raise InvalidInput("The objection is not accepted.", issues=[Issue("message", str(wrong))]) from None
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(rows.shown(session, tools, caller, row))
        if row.objection is not None and row.objection["state"] == "open":
            raise Conflict("An objection is open already.", code="alreadySubmitted")
        if row.phase != Phase.CLOSED or row.ssin is None:
            raise Conflict("The request was not closed with a number.", code="notIdentified")
        requests.changed(row, now)
        row.phase = Phase.IN_REVIEW
        row.review_reason = "objection"
        rulings.review_begins(session, row, now)
        row.escalated_at = row.closed_at = None
        row.rounds_used = 0
        row.objections += 1
        row.workflow_started = False
        row.objection = {
            "state": "open",
            "at": now.isoformat(),
            "message": said,
            "by": caller.person_id,
            "after_seq": row.last_seq,
        }
        fact = facts.accept(session, row, FactKind.OBJECTED, by=caller.person_id, at=now)
        requests.told(session, row, FactKind.OBJECTED, key=fact.fact_id, at=now, by=caller.person_id)
        once.accepted_now(session, caller, row.id)
        return Accepted(rows.shown(session, tools, caller, row), (facts.outgoing(row, fact),))
