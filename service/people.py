"""Who somebody is to us whom a token names."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from access.caller import Caller
from access.issuers import Identity
from domain.errors import NotAllowed
from domain.people import Role
from service import identities
from service.context import Tools
from service.noting import note_coming
from store.tables import Person
from store.trail_tables import SERVICE


def caller_of(tools: Tools, login: str) -> Caller:
    """Whoever has this login. Raises NotAllowed where nobody has it."""
    return caller_named(tools, Identity(issuer="", subject=login, subject_is_login=True, vouches_for_staff=True))


def caller_named(tools: Tools, identity: Identity, trace_id: str | None = None) -> Caller:
    """The known person of a bearer token. Raises NotAllowed for somebody unknown, saying whom to ask.

    Where the issuer gives the service's own people their roles, a call is made in the role that its token gives: what
    is kept here is of the last sign-in at the portal, and may have been withdrawn since.
    """
    with tools.store.reading() as session:
        person = identities.known(session, identity)
    if person is not None and person.state == "invited":
        with tools.store.writing() as session:
            # Only who is still invited: they may have been taken out of the company meanwhile.
            still = (col(Person.id) == person.id, col(Person.state) == "invited")
            came = session.exec(update(Person).where(*still).values(state="active")).rowcount
            if came:
                home = person.company_id or SERVICE
                note_coming(session, tools, person.id, "memberJoined", home, person.id, role=str(person.role))
    if person is None:
        raise NotAllowed("You are not known here: ask the main access administrator of your company.")
    role = Role(person.role)
    if person.company_id is None and identity.gives_staff_roles:
        if identity.staff_role is None:
            raise NotAllowed("Your organisation gives you no role here: ask whoever manages its roles.")
        role = Role(identity.staff_role)
    return Caller(
        person_id=person.id,
        login=person.login,
        name=person.name,
        email=person.email,
        role=role,
        company_id=person.company_id,
        trace_id=trace_id,
    )
