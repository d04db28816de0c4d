"""Who the token's subject is to us."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col, select

from access.caller import Caller
from domain.errors import NotAllowed
from domain.people import Role
from service.context import Tools
from service.noting import note_coming
from store.session_tables import IdentityRow
from store.tables import Person
from store.trail_tables import SERVICE


def caller_of(
    tools: Tools, login: str, trace_id: str | None = None, issuer: str | None = None, *, by_login: bool = True
) -> Caller:
    """The known person behind a token's subject. Raises NotAllowed for somebody unknown, saying whom to ask.

    `by_login` where the issuer's subjects are logins; otherwise, and besides, whom `issuer` is known to call so.
    """
    with tools.store.reading() as session:
        person = None
        if by_login:
            person = session.exec(select(Person).where(Person.login == login)).one_or_none()
        if issuer is not None and (person is None or person.state == "removed"):
            bound = select(Person).join(IdentityRow).where(IdentityRow.issuer == issuer, IdentityRow.subject == login)
            person = session.exec(bound).one_or_none()
    if person is not None and person.state == "invited":
        with tools.store.writing() as session:
            # Only who is still invited: they may have been taken out of the company meanwhile.
            still = (col(Person.id) == person.id, col(Person.state) == "invited")
            came = session.exec(update(Person).where(*still).values(state="active")).rowcount
            if came:
                home = person.company_id or SERVICE
                note_coming(session, tools, person.id, "memberJoined", home, person.id, role=str(person.role))
    if person is None or person.state in ("removed", "technical"):
        raise NotAllowed("You are not known here: ask the main access administrator of your company.")
    return Caller(
        person_id=person.id,
        login=person.login,
        name=person.name,
        email=person.email,
        role=Role(person.role),
        company_id=person.company_id,
        trace_id=trace_id,
    )
