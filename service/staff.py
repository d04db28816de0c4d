"""The service's own people, who belong to no company: agents, supervisors, auditors and ops. Entered at the console."""

from __future__ import annotations

import uuid

from sqlalchemy import func
from sqlmodel import Session, col, select

from access.caller import Caller
from domain.errors import InvalidInput, Issue, NotAllowed, NotFound
from domain.people import Role
from domain.statement import mail_address, text
from service import consultations, identities
from service.context import Tools
from service.members import member_of
from service.views import MemberView
from store.tables import Person

ROLES = (Role.AGENT, Role.SUPERVISOR, Role.AUDITOR, Role.OPS)
_NO_ROLE = Issue("role", "must be one of {values}", params={"values": ", ".join(ROLES)})


def list_staff(tools: Tools, caller: Caller) -> tuple[MemberView, ...]:
    """All of them by name."""
    _ops_only(caller)
    with tools.store.writing() as session:
        ours = select(Person).where(col(Person.role).in_(ROLES), Person.state != "removed")
        found = tuple(member_of(person) for person in session.exec(ours.order_by(col(Person.name), col(Person.id))))
        consultations.record(session, tools, caller, "members", consultations.of_members())
        return found


def enter(tools: Tools, caller: Caller, *, email: str, name: str | None, role: str) -> MemberView:
    """Let somebody in under one of these roles. Who is known already, here or in a company, is refused."""
    _ops_only(caller)
    issues: list[Issue] = []
    address, called = email, name
    try:
        address = mail_address(email)
    except ValueError as wrong:
        issues.append(Issue("email", str(wrong)))
    try:
        called = None if name is None else text(name)
    except ValueError as wrong:
        issues.append(Issue("name", str(wrong)))
    if role not in ROLES:
        issues.append(_NO_ROLE)
    if issues:
        raise InvalidInput("The invitation is not accepted.", issues=issues)
    with tools.store.writing() as session:
        same = (func.lower(Person.login) == address.lower()) | (func.lower(Person.email) == address.lower())
        person = session.exec(select(Person).where(same, col(Person.login).not_like("client:%"))).first()
        if person is not None and person.state != "removed":
            raise InvalidInput("The invitation is not accepted.", issues=[Issue("email", "is there already")])
        if person is None:
            person = Person(id=uuid.uuid4().hex, login=address, email=address, name=called or address, role=role)
        person.company_id, person.role, person.state = None, role, "invited"
        person.name = called or person.name
        session.add(person)
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def change_role(tools: Tools, caller: Caller, member_id: str, *, role: str) -> MemberView:
    """One of these roles."""
    _ops_only(caller)
    if role not in ROLES:
        raise InvalidInput("The role is not accepted.", issues=[_NO_ROLE])
    with tools.store.writing() as session:
        person = _one(session, member_id)
        person.role = role
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def remove(tools: Tools, caller: Caller, member_id: str) -> None:
    """Nobody lets them in any more; what they did stays in the histories under their name."""
    _ops_only(caller)
    with tools.store.writing() as session:
        person = _one(session, member_id)
        person.role = Role.REQUESTER
        person.state = "removed"
        identities.forget(session, person.id)


def _one(session: Session, member_id: str) -> Person:
    ours = (Person.id == member_id, col(Person.role).in_(ROLES), Person.state != "removed")
    person = session.exec(select(Person).where(*ours).with_for_update()).one_or_none()
    if person is None:
        raise NotFound("There is no such member.")
    return person


def _ops_only(caller: Caller) -> None:
    if caller.role is not Role.OPS:
        raise NotAllowed("Only ops may do this.")
