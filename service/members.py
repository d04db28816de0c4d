"""A company's people: every member reads, the main access administrator writes."""

from __future__ import annotations

import uuid

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import Conflict, InvalidInput, Issue, NotAllowed, NotFound
from domain.people import Role
from domain.statement import mail_address, text
from service import consultations, cursors, identities, leaving, once
from service.context import Tools
from service.noting import note
from service.views import Accepted, CompanyRef, MemberView, Slice
from store import invitations
from store.inserting import insert_if_absent
from store.tables import Company, Person
from store.trail_tables import TrailRow
from store.unit_of_work import mark_changed

_OFFERED = 100
_THERE = Issue("email", "is there already")
_NO_ROLE = Issue("role", "must be one of {values}", params={"values": ", ".join(policy.COMPANY_ROLES)})


def read_company(tools: Tools, caller: Caller) -> CompanyRef:
    """The caller's own company. Raises NotAllowed for those who have none."""
    company_id = own_company(caller)
    with tools.store.reading() as session:
        company = session.get_one(Company, company_id)
        return CompanyRef(company.enterprise_number, company.name)


def list_members(tools: Tools, caller: Caller, *, page_size: int = 20, cursor: str | None = None) -> Slice[MemberView]:
    """Colleagues by name."""
    company_id = own_company(caller)
    with tools.store.writing() as session:
        query = select(Person).where(Person.company_id == company_id, Person.state != "technical")
        total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        if cursor is not None:
            last = _at(session, company_id, cursor)
            same_name = and_(col(Person.name) == last.name, col(Person.id) > last.id)
            query = query.where(or_(col(Person.name) > last.name, same_name))
        found = session.exec(query.order_by(col(Person.name), col(Person.id)).limit(page_size + 1)).all()
        shown = found[:page_size]
        consultations.record(session, tools, caller, "members", consultations.of_members())
        more = shown[-1].id if len(found) > page_size else None
        return Slice(tuple(member_of(person) for person in shown), total, more)


def ensure_member(tools: Tools, caller: Caller, member_id: str) -> None:
    """Raise NotFound where there is no such colleague; shows nothing."""
    with tools.store.reading() as session:
        _member(session, own_company(caller), member_id)


def read_member(tools: Tools, caller: Caller, member_id: str) -> MemberView:
    """One colleague. Raises NotFound."""
    company_id = own_company(caller)
    with tools.store.writing() as session:
        person = _member(session, company_id, member_id)
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def list_staying(tools: Tools, caller: Caller, leaving_id: str) -> tuple[MemberView, ...]:
    """Colleagues who can take over from one who leaves, by name: at most a hundred. For the administrator."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        stays = (Person.company_id == company_id, Person.id != leaving_id, Person.state != "technical")
        found = session.exec(select(Person).where(*stays).order_by(col(Person.name), col(Person.id)).limit(_OFFERED))
        consultations.record(session, tools, caller, "members", consultations.of_members())
        return tuple(member_of(person) for person in found)


def invite(
    tools: Tools, caller: Caller, *, email: object, name: object = None, role: object = None, language: str = "fr"
) -> Accepted[MemberView]:
    """Invite a colleague by mail, in the caller's language. Who belongs to a company already, any, is refused."""
    company_id = administered_company(caller)
    address, called, as_role = _invitation(email, name, role)
    now = tools.now()
    with tools.store.writing() as session:
        known = once.accepted_before(session, caller, now)
        if known is not None:
            consultations.record(session, tools, caller, "member", consultations.of_members())
            return Accepted(member_of(_member(session, company_id, known)))
        same = func.lower(Person.email) == address.lower()
        known_as = (func.lower(Person.login) == address.lower()) | same
        query = select(Person).where(known_as, col(Person.login).not_like("client:%"))
        person = session.exec(query.with_for_update(key_share=True)).first()
        if person is not None and person.state != "removed":
            raise InvalidInput("The invitation is not accepted.", issues=[_THERE])
        if person is None:
            new = {"id": uuid.uuid4().hex, "login": address, "email": address, "name": called or address}
            # Somebody else may be inviting the same person at this moment.
            if not insert_if_absent(session, Person, {**new, "role": as_role, "state": "invited"}):
                raise InvalidInput("The invitation is not accepted.", issues=[_THERE])
            person = session.get_one(Person, new["id"])
        person.company_id, person.role, person.state = company_id, as_role, "invited"
        person.name = called or person.name
        once.accepted_now(session, caller, person.id)
        invitations.write(session, member_id=person.id, company_id=company_id, language=language, at=now)
        note(session, tools, caller, "memberInvited", company_id, person.id, role=as_role.value)
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return Accepted(member_of(person))


def change_role(tools: Tools, caller: Caller, member_id: str, *, role: object) -> MemberView:
    """Make a colleague requester or administrator; a company keeps one administrator."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        person = _member(session, company_id, member_id, lock=True)
        if role not in policy.COMPANY_ROLES:
            raise InvalidInput("The role is not accepted.", issues=[_NO_ROLE])
        if not policy.gives(str(role), Permission.ADMINISTER):
            _keeps_an_administrator(session, person)
        note(session, tools, caller, "memberRoleChanged", company_id, person.id, role=str(role), before=person.role)
        person.role = str(role)
        consultations.record(session, tools, caller, "member", consultations.of_members())
        return member_of(person)


def remove(tools: Tools, caller: Caller, member_id: str, *, taken_over_by: str | None = None) -> None:
    """Take a colleague out of the company; what they did stays in the histories under their name.

    What is open and what they have not read yet is taken over by a colleague: the one named, else whoever removes them,
    else (who removes themselves, or acts at the console) an administrator of the company.
    """
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        person = _member(session, company_id, member_id, lock=True)
        _keeps_an_administrator(session, person)
        colleague = _successor(session, caller, person, taken_over_by)
        leaving.take_over(session, person, colleague, tools.now())
        note(session, tools, caller, "memberRemoved", company_id, person.id, takenOverBy=colleague.id)
        person.company_id = None
        person.role = Role.REQUESTER
        person.state = "removed"
        # Their stream wakes, finds that they are gone, and ends: what comes from now on is told to somebody else.
        person.told += 1
        mark_changed(session)
        identities.forget(session, person.id)


def _successor(session: Session, caller: Caller, gone: Person, named: str | None) -> Person:
    """Who takes over. Raises InvalidInput where the one named is no colleague who stays."""
    stays = (Person.company_id == gone.company_id, Person.id != gone.id, Person.state != "technical")
    if named is not None:
        person = session.exec(select(Person).where(Person.id == named, *stays)).one_or_none()
        if person is None:
            issue = Issue("takenOverBy", "must be the id of a colleague who stays", "query")
            raise InvalidInput("The colleague is not accepted.", issues=[issue])
        return person
    caller_first = (col(Person.id) != caller.person_id, col(Person.state) != "active", col(Person.id))
    administrators = select(Person).where(*stays, _administers())
    return (
        session.exec(administrators.order_by(*caller_first)).first() or session.exec(select(Person).where(*stays)).one()
    )


def member_of(person: Person) -> MemberView:
    """How a colleague is shown."""
    return MemberView(person.id, person.name, person.email, Role(person.role), person.state)


def own_company(caller: Caller) -> str:
    """The id of the caller's company. Raises NotAllowed where there is none."""
    if not policy.asks(caller) or caller.company_id is None:
        raise NotAllowed("Companies are for their own people.")
    return caller.company_id


def administered_company(caller: Caller) -> str:
    """The same, for the administrator alone."""
    company_id = own_company(caller)
    policy.require_administrator(caller)
    return company_id


def _invitation(email: object, name: object, role: object) -> tuple[str, str | None, Role]:
    issues: list[Issue] = []
    address, called, as_role = "", None, Role.REQUESTER
    try:
        if email is None:
            raise ValueError("is required")
        address = mail_address(email)
    except ValueError as wrong:
        issues.append(Issue("email", str(wrong)))
    if name is not None:
        try:
            called = text(name)
        except ValueError as wrong:
            issues.append(Issue("name", str(wrong)))
    if role is not None and role not in policy.COMPANY_ROLES:
        issues.append(_NO_ROLE)
    elif role is not None:
        as_role = Role(str(role))
    if issues:
        raise InvalidInput("The invitation is not accepted.", issues=issues)
    return address, called, as_role


def _at(session: Session, company_id: str, cursor: str) -> Person:
    """The colleague after whom a list goes on; who has left since keeps the place in the order.

    Raises InvalidInput for anybody else: nobody's place among colleagues tells where a stranger's name stands.
    """
    person = session.get(Person, cursors.identifier(cursor))
    if person is None:
        raise cursors.refused()
    if person.company_id != company_id:
        left = (TrailRow.company_id == company_id, TrailRow.kind == "memberRemoved", TrailRow.subject_id == person.id)
        if person.state != "removed" or session.exec(select(TrailRow.id).where(*left).limit(1)).first() is None:
            raise cursors.refused()
    return person


def _member(session: Session, company_id: str, member_id: str, *, lock: bool = False) -> Person:
    """A colleague. With `lock` the company's row is held: its members are changed one at a time."""
    if lock:
        # `key_share`: requests and mandates that name the company are not held up by it.
        session.exec(select(Company).where(Company.id == company_id).with_for_update(key_share=True)).one()
    own = (Person.company_id == company_id, Person.state != "technical")
    query = select(Person).where(Person.id == member_id, *own)
    person = session.exec(query).one_or_none()
    if person is None:
        raise NotFound("There is no such member.")
    return person


def _administers() -> ColumnElement[bool]:
    return col(Person.role).in_(policy.roles_with(Permission.ADMINISTER))


def _keeps_an_administrator(session: Session, leaving: Person) -> None:
    """Raise Conflict where the company, whose row is held, would be left without.

    Whoever was invited and never came administers nothing: only somebody active stands in for somebody active. An
    invitation itself may go while there is anybody else, invited too.
    """
    if not policy.gives(leaving.role, Permission.ADMINISTER):
        return
    others = select(Person).where(
        Person.company_id == leaving.company_id, Person.id != leaving.id, Person.state != "technical", _administers()
    )
    if leaving.state == "active":
        others = others.where(Person.state == "active")
    if session.exec(others.limit(1)).first() is None:
        raise Conflict("A company keeps one administrator.", code="lastAdministrator")
