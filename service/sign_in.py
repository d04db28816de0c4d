"""Who may come in, and as whom: what an issuer says of somebody, compared with the people known here.

In this order: whom the issuer knew under this subject before; whoever has this login, where the issuer's subjects are
logins; staff, where its role claim is mapped; whoever was invited at this verified mail address, staff only where the
issuer vouches for staff; the main access administrator of a company. All others are strangers, and told whom to ask.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from access.issuers import Identity
from domain.enterprise import format_enterprise_number, parse_enterprise_number
from domain.errors import NotAllowed
from domain.people import Role
from service import identities, staff
from service.context import Tools
from service.noting import note_coming
from store.inserting import insert_if_absent
from store.session_tables import IdentityRow
from store.tables import Company, Person
from store.trail_tables import SERVICE


class Stranger(NotAllowed):
    """Signed in at the issuer, but nobody here. `number` and `company` say whose they are, as far as we know."""

    def __init__(self, detail: str, *, number: str | None = None, company: str | None = None) -> None:
        super().__init__(detail)
        self.number = number
        self.company = company


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom the development sign-in offers."""

    id: str
    login: str
    name: str
    role: Role
    company: str | None


def demo_people(tools: Tools) -> tuple[DemoPerson, ...]:
    """Everybody who is here, by company: in development these are the demo people and whom they invited."""
    with tools.store.reading() as session:
        query = select(Person, Company).join(Company, isouter=True).where(col(Person.state).not_in(identities.NOBODYS))
        found = session.exec(query.order_by(col(Company.name).nulls_last(), col(Person.login)).limit(100)).all()
    return tuple(
        DemoPerson(person.id, person.login, person.name, Role(person.role), None if company is None else company.name)
        for person, company in found
    )


def admit(tools: Tools, identity: Identity) -> str:
    """The id of the person who signs in; who was invited is active from now on. Raises Stranger.

    Staff to whom the issuer gives no role any more is taken out.
    """
    admitted = _admitted(tools, identity)
    if admitted is None:
        raise Stranger("Your organisation gives you no role here: ask whoever manages its roles.")
    return admitted


def _admitted(tools: Tools, identity: Identity) -> str | None:
    """The same; None where they are staff without a role."""
    number = _number(identity)
    with tools.store.writing() as session:
        person = identities.known(session, identity)
        if person is None and identity.staff_role is not None:
            person = _invited(session, identity, staff=True) or _new(session, identity, Role(identity.staff_role))
        if person is None:
            person = _invited(session, identity, staff=False)
        if person is None and identity.vouches_for_staff:
            person = _invited(session, identity, staff=True)
        if person is not None and _lost_its_role(person, identity):
            if person.state == "active":
                staff.leave(session, person)
                note_coming(session, tools, person.id, "memberRemoved", SERVICE, person.id)
            # Kept: the transaction ends before the stranger is told.
            return None
        if person is None and number is not None and identity.administrator:
            person = _administrator(session, tools, identity, number)
        if person is None:
            raise _stranger(session, identity, number)
        joins, role = person not in session or person.state != "active", person.role
        _as_the_issuer_says(session, person, identity, number)
        person.state = "active"
        session.add(person)
        _note(session, tools, person, joins=joins, before=role)
        session.flush()
        _bind(session, tools, person, identity)
        return person.id


def _lost_its_role(person: Person, identity: Identity) -> bool:
    """Whether somebody of the service's own is given no role by an issuer that gives roles."""
    return person.company_id is None and identity.gives_staff_roles and identity.staff_role is None


def _invited(session: Session, identity: Identity, *, staff: bool) -> Person | None:
    """Whoever was invited at this address, by a company or as `staff`, and never came.

    Somebody who did is known by their subject only.
    """
    if identity.email is None:
        return None
    bound = select(IdentityRow.person_id).where(col(IdentityRow.person_id) == col(Person.id)).exists()
    same = func.lower(Person.email) == identity.email.lower()
    by = col(Person.company_id).is_(None) if staff else col(Person.company_id).is_not(None)
    return session.exec(select(Person).where(same, by, Person.state == "invited", ~bound)).first()


def _note(session: Session, tools: Tools, person: Person, *, joins: bool, before: str) -> None:
    """In the audit trail: somebody came in for the first time, or the issuer gave them another role."""
    company_id = person.company_id or SERVICE
    if joins:
        note_coming(session, tools, person.id, "memberJoined", company_id, person.id, role=str(person.role))
    elif person.role != before:
        codes = {"role": str(person.role), "before": str(before)}
        note_coming(session, tools, person.id, "memberRoleChanged", company_id, person.id, **codes)


def _administrator(session: Session, tools: Tools, identity: Identity, number: str) -> Person:
    """The main access administrator of a company, which from now on exists."""
    if identity.email is None:
        raise Stranger(
            "Your sign-in names no verified mail address: ask whoever manages it in your organisation.", number=number
        )
    name = identity.company_name or format_enterprise_number(number)
    new = insert_if_absent(session, Company, {"id": uuid.uuid4().hex, "enterprise_number": number, "name": name})
    company = session.exec(select(Company).where(Company.enterprise_number == number)).one()
    person = _new(session, identity, Role.ADMINISTRATOR, company.id)
    if new:
        note_coming(session, tools, person.id, "companyRegistered", company.id, company.id)
    return person


def _new(session: Session, identity: Identity, role: Role, company_id: str | None = None) -> Person:
    """A person of this identity, in the row of whoever left. Raises Stranger where they are elsewhere."""
    # A login that no subject can be: nobody else's issuer may ever name it.
    login = identity.subject if identity.subject_is_login else f"identity:{uuid.uuid4().hex}"
    email = identity.email or ""
    same = func.lower(Person.login) == login.lower()
    if email:
        same |= (func.lower(Person.email) == email.lower()) | (func.lower(Person.login) == email.lower())
    # Software of a company is nobody's: its address may be anybody's, and nobody takes its row over.
    there = session.exec(select(Person).where(same, col(Person.login).not_like("client:%"))).all()
    if any(one.state != "removed" for one in there):
        raise Stranger("You are known here for another company: ask its main access administrator to let you go first.")
    name = identity.name or email or login
    if there:
        person = there[0]
        person.login, person.name, person.role, person.company_id = login, name, role, company_id
        return person
    return Person(id=uuid.uuid4().hex, login=login, email=email, name=name, role=role, company_id=company_id)


def _as_the_issuer_says(session: Session, person: Person, identity: Identity, number: str | None) -> None:
    """Roles that the issuer gives: staff's come and go with its claim, the main access administrator's only come."""
    if person.company_id is None:
        person.role = identity.staff_role or person.role
        return
    if identity.administrator and number is not None:
        company = session.get_one(Company, person.company_id)
        if company.enterprise_number == number:
            person.role = Role.ADMINISTRATOR


def _bind(session: Session, tools: Tools, person: Person, identity: Identity) -> None:
    if identity.subject_is_login and person.login == identity.subject:
        return
    row = {"issuer": identity.issuer, "subject": identity.subject, "person_id": person.id, "since": tools.now()}
    if not insert_if_absent(session, IdentityRow, row):
        # Of somebody who left and came back, or of the very person.
        bound = session.get_one(IdentityRow, (identity.issuer, identity.subject))
        bound.person_id, bound.since = person.id, tools.now()


def _stranger(session: Session, identity: Identity, number: str | None) -> Stranger:
    if number is None:
        return Stranger("You are not known here: ask the main access administrator of your company to invite you.")
    company = session.exec(select(Company).where(Company.enterprise_number == number)).one_or_none()
    if company is None:
        return Stranger(
            "Your company is not known here yet: its main access administrator signs in first, and then invites you.",
            number=number,
            company=identity.company_name,
        )
    return Stranger(
        "Your company is known here, and you are not: ask its main access administrator to invite you.",
        number=number,
        company=company.name,
    )


def _number(identity: Identity) -> str | None:
    """The enterprise number that the token names, if it is one."""
    try:
        return parse_enterprise_number(identity.enterprise_number or "")
    except ValueError:
        return None
