"""Who acts at the console: somebody with access to the machine, on behalf of a company or of the service itself."""

from __future__ import annotations

import getpass
import os
import uuid

from sqlmodel import Session, select

from access.caller import Caller
from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, Issue, NotFound
from domain.people import Role
from domain.statement import text
from service.context import Tools
from service.noting import note_coming
from store.tables import Company


def ops() -> Caller:
    """The person at the console as a caller; consultations note their name on the machine."""
    return _caller(Role.OPS, None)


def agent() -> Caller:
    """The person at the console in place of an agent: who compares with the register is shown what it holds."""
    return _caller(Role.AGENT, None)


def auditor() -> Caller:
    """The person at the console in place of an auditor: for the right of access of a data subject."""
    return _caller(Role.AUDITOR, None)


def administrator(tools: Tools, enterprise_number: str, *, found_as: str | None = None) -> Caller:
    """The person at the console in place of a company's main access administrator.

    With `found_as` a company that nobody knows yet is entered under that name.
    Raises InvalidInput for a wrong number, NotFound for an unknown company.
    """
    try:
        number = parse_enterprise_number(enterprise_number)
    except ValueError:
        issue = Issue("company", "must be an enterprise number of ten digits with its check digits")
        raise InvalidInput("The enterprise number is not accepted.", issues=[issue]) from None
    with tools.store.writing() as session:
        company = session.exec(select(Company).where(Company.enterprise_number == number)).one_or_none()
        if company is not None:
            return _caller(Role.ADMINISTRATOR, company.id)
        company = _enter(session, number, found_as)
        caller = _caller(Role.ADMINISTRATOR, company.id)
        note_coming(session, tools, caller.person_id, "companyRegistered", company.id, company.id)
        return caller


def _enter(session: Session, number: str, name: str | None) -> Company:
    if name is None:
        raise NotFound("There is no such company.")
    try:
        company = Company(id=uuid.uuid4().hex, enterprise_number=number, name=text(name))
    except ValueError as wrong:
        raise InvalidInput("The company is not accepted.", issues=[Issue("companyName", str(wrong))]) from None
    session.add(company)
    session.flush()
    return company


def _caller(role: Role, company_id: str | None) -> Caller:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        user = str(os.getuid())
    who = f"console:{user}"
    return Caller(person_id=who, login=who, name=who, email="", role=role, company_id=company_id)
