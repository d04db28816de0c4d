"""Who somebody is whom an issuer names, and what ends with a person's place here."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session, col, select

from access.issuers import Identity
from store.session_tables import IdentityRow, SessionRow
from store.tables import Person

#: States of people whom nobody comes in as: who has left, and a company's software.
NOBODYS = ("removed", "technical")


def known(session: Session, identity: Identity) -> Person | None:
    """The one person here whom the issuer names, at the portal and in a bearer token alike.

    Whom it called by this subject before; and whoever has this login, where its subjects are logins. The service's own
    people are named by issuers that vouch for them alone: any other could name its own people so.
    """
    person = _named(session, identity)
    if person is None or (person.company_id is None and not identity.vouches_for_staff):
        return None
    return person


def _named(session: Session, identity: Identity) -> Person | None:
    bound = session.get(IdentityRow, (identity.issuer, identity.subject))
    if bound is not None:
        person = session.get_one(Person, bound.person_id)
        return None if person.state in NOBODYS else person
    if not identity.subject_is_login:
        return None
    query = select(Person).where(Person.login == identity.subject, col(Person.state).not_in(NOBODYS))
    return session.exec(query).one_or_none()


def forget(session: Session, person_id: str) -> None:
    """Whoever comes next at the same mail address is somebody else until they are invited again."""
    session.execute(delete(SessionRow).where(col(SessionRow.person_id) == person_id))
    session.execute(delete(IdentityRow).where(col(IdentityRow.person_id) == person_id))
