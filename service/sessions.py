"""Signed-in people: a session opens at sign-in under a new secret, and ends by itself, by its person, or with them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from access import policy
from access import sessions as secrets
from access.back_channel import REMEMBERED, Ended
from access.caller import Caller
from access.issuers import Identity
from access.relying import SignInRefused
from access.sessions import SessionTerms
from domain.errors import NotAuthenticated, NotFound
from domain.people import Role
from service.context import Tools
from store.inserting import insert_if_absent
from store.session_tables import LogoutRow, SessionRow
from store.tables import Person


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in: who, the session's name for its person, when it ends unless used again, and the issuer."""

    caller: Caller
    session_id: str
    ends_at: datetime
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One of a person's sessions, as they see it. `current`: the one they look from."""

    id: str
    started_at: datetime
    seen_at: datetime
    browser: str
    current: bool


def open_session(
    tools: Tools,
    terms: SessionTerms,
    person_id: str,
    *,
    browser: str = "",
    identity: Identity | None = None,
    instead_of: str | None = None,
) -> str:
    """Sign a person in; the answer is the browser's new secret. `instead_of`, the secret it had, holds no longer.

    `identity` is what the issuer said of them.
    """
    now, secret = tools.now(), secrets.new_secret()
    with tools.store.writing() as session:
        if instead_of is not None:
            session.execute(delete(SessionRow).where(col(SessionRow.digest) == secrets.digest(instead_of)))
        # Nobody else tidies up: what has ended anyway goes when somebody comes.
        over = (col(SessionRow.started_at) < now - terms.lifetime) | (col(SessionRow.seen_at) < now - terms.idle)
        session.execute(delete(SessionRow).where(over))
        row = SessionRow(
            id=uuid.uuid4().hex,
            digest=secrets.digest(secret),
            person_id=person_id,
            started_at=now,
            seen_at=now,
            browser=browser,
            issuer=identity.issuer if identity else "",
            sub=identity.sub if identity else "",
            sid=identity.sid if identity else "",
        )
        session.add(row)
    return secret


def signed_in(
    tools: Tools, terms: SessionTerms, secret: str, *, trace_id: str | None = None, used: bool = True
) -> SignedIn:
    """Who has this secret. Raises NotAuthenticated where it holds no longer, or where its person left.

    `used` counts as a use of the session; a stream that only listens is none.
    """
    now = tools.now()
    with tools.store.reading() as session:
        query = select(SessionRow, Person).join(Person).where(SessionRow.digest == secrets.digest(secret))
        found = session.exec(query).one_or_none()
    if found is None:
        raise NotAuthenticated("The session has ended.")
    row, person = found
    if not _holds(terms, row, person, now):
        end_by_secret(tools, secret)
        raise NotAuthenticated("The session has ended.")
    if used and now - row.seen_at >= terms.worth_noting:
        with tools.store.writing() as session:
            session.execute(update(SessionRow).where(col(SessionRow.id) == row.id).values(seen_at=now))
        row.seen_at = now
    return SignedIn(_caller(person, trace_id), row.id, terms.ends_at(row.started_at, row.seen_at), row.issuer)


def _holds(terms: SessionTerms, row: SessionRow, person: Person, now: datetime) -> bool:
    return now < terms.ends_at(row.started_at, row.seen_at) and person.state != "removed"


def _caller(person: Person, trace_id: str | None = None) -> Caller:
    return Caller(
        person_id=person.id,
        login=person.login,
        name=person.name,
        email=person.email,
        role=Role(person.role),
        company_id=person.company_id,
        trace_id=trace_id,
    )


def still_ask(tools: Tools, terms: SessionTerms, digests: Collection[str]) -> set[str]:
    """Which of these sessions, by their digests, hold and are of somebody who asks for numbers: one query for all."""
    now = tools.now()
    with tools.store.reading() as session:
        query = select(SessionRow, Person).join(Person).where(col(SessionRow.digest).in_(digests))
        found = session.exec(query).all()
    return {row.digest for row, person in found if _holds(terms, row, person, now) and policy.asks(_caller(person))}


def list_sessions(tools: Tools, terms: SessionTerms, caller: Caller, *, current: str) -> tuple[SessionView, ...]:
    """The caller's own that hold, the latest used first."""
    now = tools.now()
    with tools.store.reading() as session:
        query = select(SessionRow).where(SessionRow.person_id == caller.person_id)
        rows = session.exec(query.order_by(col(SessionRow.seen_at).desc(), col(SessionRow.id))).all()
    return tuple(
        SessionView(row.id, row.started_at, row.seen_at, row.browser, row.id == current)
        for row in rows
        if now < terms.ends_at(row.started_at, row.seen_at)
    )


def end_by_secret(tools: Tools, secret: str) -> None:
    """The browser with this secret is signed out; one that is not signed in stays so."""
    with tools.store.writing() as session:
        session.execute(delete(SessionRow).where(col(SessionRow.digest) == secrets.digest(secret)))


def end_session(tools: Tools, caller: Caller, session_id: str) -> None:
    """End one of the caller's own. Raises NotFound for anybody else's."""
    with tools.store.writing() as session:
        if not _ended(session, caller, SessionRow.id == session_id):
            raise NotFound("There is no such session.")


def end_all_sessions(tools: Tools, caller: Caller) -> None:
    """Sign the caller out everywhere, this browser included."""
    with tools.store.writing() as session:
        _ended(session, caller)


def end_at_issuer(tools: Tools, ended: Ended) -> int:
    """End the sessions of somebody who has signed out at their issuer. How many there were.

    Raises SignInRefused for a token that counted before.
    """
    now = tools.now()
    digest = hashlib.sha256(f"{ended.issuer}\n{ended.token_id}".encode()).hexdigest()
    theirs = [SessionRow.issuer == ended.issuer]
    if ended.subject is not None:
        theirs.append(SessionRow.sub == ended.subject)
    if ended.sid is not None:
        theirs.append(SessionRow.sid == ended.sid)
    with tools.store.writing() as session:
        session.execute(delete(LogoutRow).where(col(LogoutRow.ends_at) < now))
        if not insert_if_absent(session, LogoutRow, {"digest": digest, "ends_at": now + REMEMBERED}):
            raise SignInRefused("logout: counted before")
        rows = session.exec(select(SessionRow).where(*theirs)).all()
        for row in rows:
            session.delete(row)
    return len(rows)


def _ended(session: Session, caller: Caller, *which: bool) -> int:
    query = select(SessionRow).where(SessionRow.person_id == caller.person_id, *which)
    rows = session.exec(query).all()
    for row in rows:
        session.delete(row)
    return len(rows)
