"""The service's own people, who belong to no company: agents, supervisors, auditors and ops. Entered at the console.

Every change is noted in the service's own audit trail, in the change's transaction; `service/sign_in.py` notes those
that an issuer's role claim makes.
"""

from __future__ import annotations

import uuid

from sqlalchemy import func
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import STAFF_ROLES, Permission
from domain.errors import InvalidInput, Issue, NotFound
from domain.people import Role
from domain.statement import mail_address, text
from service import consultations, identities
from service.context import Tools
from service.members import member_of
from service.noting import note
from service.views import MemberView
from store.tables import Person
from store.trail_tables import SERVICE

_NO_ROLE = Issue("role", "must be one of {values}", params={"values": ", ".join(STAFF_ROLES)})


def list_staff(tools: Tools, caller: Caller) -> tuple[MemberView, ...]:
    """All of them by name."""
    policy.require(caller, Permission.STAFF)
    with tools.store.writing() as session:
        ours = select(Person).where(col(Person.role).in_(STAFF_ROLES), Person.state != "removed")
        found = tuple(member_of(person) for person in session.exec(ours.order_by(col(Person.name), col(Person.id))))
        consultations.record(session, tools, caller, "members", consultations.of_members())
        return found


def enter(tools: Tools, caller: Caller, *, email: str, name: str | None, role: str) -> MemberView:
    """Let somebody in under one of these roles. Who is known already, here or in a company, is refused."""
    policy.require(caller, Permission.STAFF)
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
    if role not in STAFF_ROLES:
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
        note(session, tools, caller, "memberInvited", SERVICE, person.id, role=role)
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def change_role(tools: Tools, caller: Caller, member_id: str, *, role: str) -> MemberView:
    """One of these roles."""
    policy.require(caller, Permission.STAFF)
    if role not in STAFF_ROLES:
        raise InvalidInput("The role is not accepted.", issues=[_NO_ROLE])
    with tools.store.writing() as session:
        person = _one(session, member_id)
        note(session, tools, caller, "memberRoleChanged", SERVICE, person.id, role=role, before=person.role)
        person.role = role
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def remove(tools: Tools, caller: Caller, member_id: str) -> None:
    """Nobody lets them in any more; what they did stays in the histories under their name."""
    policy.require(caller, Permission.STAFF)
    with tools.store.writing() as session:
        person = _one(session, member_id)
        leave(session, person)
        note(session, tools, caller, "memberRemoved", SERVICE, person.id)


def leave(session: Session, person: Person) -> None:
    """Take one of them out: no role, no session, no subject under which an issuer knows them."""
    person.role = Role.REQUESTER
    person.state = "removed"
    identities.forget(session, person.id)


def _one(session: Session, member_id: str) -> Person:
    ours = (Person.id == member_id, col(Person.role).in_(STAFF_ROLES), Person.state != "removed")
    person = session.exec(select(Person).where(*ours).with_for_update()).one_or_none()
    if person is None:
        raise NotFound("There is no such member.")
    return person
