"""An agent's ruling: proposed, confirmed by a second agent where it must be, undone while it can be, delivered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import Conflict, InvalidInput, Issue, NotAllowed, RegisterUnavailable
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.question import Question
from domain.request import FactKind, RulingKind
from domain.ruling import ProposedRuling, read_ruling
from domain.ruling_state import RulingState, may_confirm, may_undo
from domain.statement import minimum_data_missing
from service import desk, once, rows
from service.context import Tools
from service.views import Accepted, DeskView, Outgoing
from store import facts, requests, rulings
from store.answers import answer_members
from store.tables import Request, RulingRow


def rule(tools: Tools, caller: Caller, request_id: str, members: Mapping[str, object]) -> Accepted[DeskView]:
    """Decide. Claims implicitly; delivered at once where there is nothing to confirm and no undo time."""
    desk.agent_only(caller)
    proposed = read_ruling(members)
    searched = desk.search(tools, caller, request_id)
    person: RegisteredPerson | None = None
    if proposed.kind is RulingKind.IDENTIFY:
        person = _person(tools, Niss(proposed.body["ssin"]))
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(desk.show(session, tools, caller, row, searched))
        desk.in_review(row)
        desk.held_by_another(row, caller, now)
        if rulings.current(session, row) is not None:
            raise Conflict("A ruling is waiting already.", code="rulingPending")
        needs_confirmation = _check(session, tools, row, proposed, person, searched)
        desk.take(row, caller, now, tools)
        ruling = RulingRow(
            id=uuid.uuid4().hex,
            request_id=row.id,
            kind=proposed.kind,
            body=proposed.body,
            by_id=caller.person_id,
            at=now,
            needs_confirmation=needs_confirmation,
            state="proposed" if needs_confirmation else "confirmed",
            deliver_at=None if needs_confirmation else now + tools.terms.ruling_undo,
        )
        session.add(ruling)
        outgoing = () if needs_confirmation else _deliver_if_due(session, tools, row, ruling, now)
        once.accepted_now(session, caller, row.id)
        session.flush()
        return Accepted(desk.show(session, tools, caller, row, searched), outgoing)


def confirm(tools: Tools, caller: Caller, request_id: str, *, seen: str | None = None) -> Accepted[DeskView]:
    """A second agent agrees; never the same one. A ruling confirmed already is no longer there to be confirmed.

    `seen` is the id of the ruling that the agent looked at: another one is not confirmed in its place.
    """
    policy.require(caller, Permission.CONFIRM)
    searched = desk.search(tools, caller, request_id)
    waiting = _waiting(tools, request_id)
    person = _found_now(tools, waiting)
    now = tools.now()
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(desk.show(session, tools, caller, row, searched))
        desk.in_review(row)
        ruling = rulings.current(session, row)
        if ruling is None or ruling.state != RulingState.PROPOSED:
            raise Conflict("There is no ruling to confirm.", code="noRuling")
        _as_seen(ruling, seen)
        if ruling.id == waiting:
            _look_again(ruling, person, accepted=False)
        if not may_confirm(caller.person_id, ruling.state, ruling.by_id):
            raise NotAllowed("Another agent must confirm this ruling.")
        ruling.state = "confirmed"
        ruling.confirmed_by_id = caller.person_id
        ruling.deliver_at = now + tools.terms.ruling_undo
        row.desk_version += 1
        outgoing = _deliver_if_due(session, tools, row, ruling, now)
        once.accepted_now(session, caller, row.id)
        session.flush()
        return Accepted(desk.show(session, tools, caller, row, searched), outgoing)


def undo(tools: Tools, caller: Caller, request_id: str, *, seen: str | None = None) -> None:
    """Take a ruling back: any agent while proposed, then its proposer or confirmer until it is delivered.

    `seen` is the id of the ruling that the agent looked at: another one is not undone in its place. Whoever may confirm
    may also say no, and take a confirmation back.
    """
    policy.require(caller, Permission.CONFIRM)
    with tools.store.writing() as session:
        row = rows.visible(session, caller, request_id, tools.today(), lock=True)
        desk.in_review(row)
        ruling = rulings.current(session, row)
        if ruling is None or ruling.state == RulingState.DELIVERED:
            raise Conflict("There is no ruling to undo.", code="noRuling")
        _as_seen(ruling, seen)
        if not may_undo(caller.person_id, ruling.state, ruling.by_id, ruling.confirmed_by_id):
            raise NotAllowed("Only who proposed or confirmed this ruling may undo it.")
        ruling.state = "undone"
        row.desk_version += 1


def lacking(tools: Tools, caller: Caller, request_id: str) -> tuple[str, ...]:
    """What the minimum-data rule misses of a request's statement, by field; () where a number may be created."""
    desk.agent_only(caller)
    with tools.store.reading() as session:
        row = rows.visible(session, caller, request_id, tools.today())
        return minimum_data_missing(requests.statement_of(requests.statements_of(session, [row.id]).get(row.id)))


def _as_seen(ruling: RulingRow, seen: str | None) -> None:
    if seen is not None and ruling.id != seen:
        raise Conflict("The ruling has changed meanwhile: look at the one that waits now.", code="noRuling")


def deliver_due(tools: Tools) -> list[Outgoing]:
    """Make facts of the rulings whose undo time is over."""
    now = tools.now()
    with tools.store.reading() as session:
        due = [(ruling.id, ruling.request_id) for ruling in rulings.due(session, now)]
    delivered: list[Outgoing] = []
    for ruling_id, request_id in due:
        person = _found_now(tools, ruling_id)
        with tools.store.writing() as session:
            row = requests.locked(session, request_id)
            ruling = session.get_one(RulingRow, ruling_id)
            if ruling.state == "confirmed":
                _look_again(ruling, person, accepted=True)
                delivered.extend(_deliver_if_due(session, tools, row, ruling, now))
    return delivered


def _deliver_if_due(
    session: Session, tools: Tools, row: Request, ruling: RulingRow, now: datetime
) -> tuple[Outgoing, ...]:
    if ruling.deliver_at is None or ruling.deliver_at > now:
        return ()
    ruling.state = "delivered"
    row.desk_version += 1
    fact = facts.accept(
        session,
        row,
        FactKind.RULED,
        by=ruling.by_id,
        at=tools.now(),
        ruling=RulingKind(ruling.kind),
        ruling_id=ruling.id,
        reason=ruling.body.get("reason"),
        asks=Question.of(ruling.body).parts,
    )
    return (facts.outgoing(row, fact),)


def _check(
    session: Session,
    tools: Tools,
    row: Request,
    proposed: ProposedRuling,
    person: RegisteredPerson | None,
    searched: desk.Searched,
) -> bool:
    """Check the ruling against the data; whether a second agent must confirm it."""
    always = tools.terms.four_eyes == "always"
    match proposed.kind:
        case RulingKind.IDENTIFY if person is not None:
            if person.deceased_on is not None:
                raise Conflict("This person has died.", code="personDeceased")
            proposed.body.update(ssin=person.ssin.digits, person=answer_members(person))
            return always
        case RulingKind.CREATE_NUMBER:
            look_alikes = _look_alikes(session, tools, row, proposed.body, searched)
            return always or (tools.terms.four_eyes == "lookalikes" and look_alikes)
        case RulingKind.REQUEST_INFORMATION:
            if row.rounds_used >= row.question_rounds:
                raise Conflict("All rounds of questions are used.", code="questionRoundsUsed")
    return False


def _waiting(tools: Tools, request_id: str) -> str | None:
    with tools.store.reading() as session:
        row = session.get(Request, request_id)
        ruling = rulings.current(session, row) if row else None
        return ruling.id if ruling else None


def _found_now(tools: Tools, ruling_id: str | None) -> RegisteredPerson | None:
    """A ruling's person as the register has them now; None while it is away, or where the ruling has none.

    Asked before the row is locked.
    """
    with tools.store.reading() as session:
        ruling = session.get(RulingRow, ruling_id) if ruling_id else None
        ssin = ruling.body.get("ssin") if ruling else None
    try:
        return tools.register.latest(Niss(ssin)) if ssin else None
    except RegisterUnavailable:
        return None


def _look_again(ruling: RulingRow, person: RegisteredPerson | None, *, accepted: bool) -> None:
    """Time has passed since the ruling was proposed: its person as they are now, the number that holds today.

    Who has died since can no longer be confirmed; what was accepted stays accepted.
    """
    if ruling.kind != RulingKind.IDENTIFY or person is None:
        return
    if person.deceased_on is not None and not accepted:
        raise Conflict("This person has died.", code="personDeceased")
    ruling.body = {**ruling.body, "ssin": person.ssin.digits, "person": answer_members(person)}


def _person(tools: Tools, ssin: Niss) -> RegisteredPerson:
    """The person under this number, or under the one that replaced it."""
    person = tools.register.latest(ssin)
    if person is not None:
        return person
    if tools.register.person(ssin) is None:
        issue = Issue("ssin", "is not the number of a person of the register")
    else:
        issue = Issue("ssin", "was replaced, and the replacement leads nowhere in the register")
    raise InvalidInput("The ruling is not accepted.", issues=[issue])


def _look_alikes(
    session: Session, tools: Tools, row: Request, body: Mapping[str, Any], searched: desk.Searched
) -> bool:
    """Whether there are look-alikes, all of them ruled out. Raises Conflict where one is not, or data are missing."""
    statement = requests.statement_of(requests.statements_of(session, [row.id]).get(row.id))
    lacking = minimum_data_missing(statement)
    if lacking:
        issues = [Issue(name, "is missing for a number to be created") for name in lacking]
        raise Conflict("The minimum data for a number are not there.", code="minimumDataMissing", issues=issues)
    searched = desk.searched_now(session, tools, row, searched)
    found = [c["ssin"] for c in searched.candidates or () if c["lookAlike"]]
    if set(found) - set(body["differentFrom"]):
        issue = Issue("differentFrom", "every look-alike of the file must be in it")
        raise Conflict("Look-alikes are not ruled out.", code="lookAlikesNotRuledOut", issues=[issue])
    return bool(found)
