"""A company's software: clients that its administrator makes, rotates and revokes, and the tokens they are given.

A client acts under the name of a technical person of the company: histories, notifications and consultations name it
as they name colleagues. Its secret is shown once; here only a hash of it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from access.caller import Caller
from access.scopes import SCOPES
from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, Issue, NotAuthenticated, NotFound
from domain.people import Role
from domain.statement import mail_address, text
from service import consultations, once
from service.context import Tools
from service.members import administered_company
from service.noting import note
from service.views import Accepted, Slice
from store import requests
from store.client_tables import ClientRow, ClientTokenRow
from store.tables import Company, Person

#: What a token of ours begins with: nobody else's does, and scanners find one that was lost.
PREFIX = "nissdesk_"
TOKEN_LIFETIME = timedelta(minutes=15)
#: `state` of the person under whose name software acts: nobody signs in as them.
TECHNICAL = "technical"
#: Noting every use would make every token wait for the client's row.
_USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ClientView:
    """A client as its company's people see it; `secret` only when it was just made. `employer` is a number."""

    id: str
    name: str
    email: str
    scopes: tuple[str, ...]
    employer: str | None
    created_at: datetime
    used_at: datetime | None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A token that was just made, with its scopes and how many seconds it lasts."""

    token: str
    scopes: tuple[str, ...]
    seconds: int


def list_clients(tools: Tools, caller: Caller) -> Slice[ClientView]:
    """The company's clients that are not revoked, oldest first."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        mine = select(ClientRow).where(ClientRow.company_id == company_id, col(ClientRow.revoked_at).is_(None))
        found = session.exec(mine.order_by(col(ClientRow.created_at), col(ClientRow.id))).all()
        consultations.record(session, tools, caller, "clients", consultations.of_members())
        people = requests.people_by_id(session, [row.person_id for row in found])
        employers = requests.companies_by_id(session, [row.employer_id for row in found])
        views = (_shown(row, people[row.person_id], employers.get(row.employer_id or "")) for row in found)
        return Slice(tuple(views), len(found))


def read_client(tools: Tools, caller: Caller, client_id: str) -> ClientView:
    """One of them, for the administrator. Raises NotFound."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        row = _own(session, company_id, client_id)
        consultations.record(session, tools, caller, "client", consultations.of_members())
        return _view(session, row)


def create(
    tools: Tools, caller: Caller, *, name: str, email: str, scopes: Sequence[str], on_behalf_of: str | None = None
) -> Accepted[ClientView]:
    """Make a client; its secret is in the answer, and nowhere afterwards.

    `email` is who is told what becomes of its requests. With `on_behalf_of` it may act for that employer alone, while
    the mandate holds.
    """
    company_id = administered_company(caller)
    called, address = _described(name, email, scopes)
    now, secret = tools.now(), secrets.token_urlsafe(32)
    with tools.store.writing() as session:
        known = once.accepted_before(session, caller, now)
        consultations.record(session, tools, caller, "client", consultations.of_members())
        if known is not None:
            return Accepted(_view(session, _own(session, company_id, known)))
        employer_id = _employer(session, tools, company_id, on_behalf_of)
        client_id = uuid.uuid4().hex
        person = Person(
            id=uuid.uuid4().hex,
            login=f"client:{client_id}",
            email=address,
            name=called,
            role=Role.REQUESTER,
            company_id=company_id,
            state=TECHNICAL,
        )
        session.add(person)
        session.flush()
        row = ClientRow(
            id=client_id,
            company_id=company_id,
            person_id=person.id,
            employer_id=employer_id,
            scopes=sorted(set(scopes)),
            secret_hash=hashed(secret),
            created_at=now,
        )
        session.add(row)
        once.accepted_now(session, caller, row.id)
        note(session, tools, caller, "clientCreated", company_id, row.id, scopes=" ".join(row.scopes))
        return Accepted(_view(session, row, secret))


def rotate(tools: Tools, caller: Caller, client_id: str) -> Accepted[ClientView]:
    """A new secret in place of the old one, which ends at once with its tokens."""
    company_id = administered_company(caller)
    now, secret = tools.now(), secrets.token_urlsafe(32)
    with tools.store.writing() as session:
        row = _own(session, company_id, client_id, lock=True)
        consultations.record(session, tools, caller, "client", consultations.of_members())
        if once.accepted_before(session, caller, now) is not None:
            return Accepted(_view(session, row))
        row.secret_hash, row.rotated_at = hashed(secret), now
        note(session, tools, caller, "clientRotated", company_id, row.id)
        _end_tokens(session, row)
        once.accepted_now(session, caller, row.id)
        return Accepted(_view(session, row, secret))


def revoke(tools: Tools, caller: Caller, client_id: str) -> None:
    """End a client and its tokens at once; what it did stays under its name."""
    company_id = administered_company(caller)
    with tools.store.writing() as session:
        row = _own(session, company_id, client_id, lock=True)
        row.revoked_at = tools.now()
        note(session, tools, caller, "clientRevoked", company_id, row.id)
        _end_tokens(session, row)
        person = session.get_one(Person, row.person_id)
        person.company_id, person.state = None, "removed"


def ensure_client(tools: Tools, caller: Caller, client_id: str) -> None:
    """Raise NotFound where the caller's company has no such client; shows nothing."""
    with tools.store.reading() as session:
        _own(session, administered_company(caller), client_id)


def is_known(tools: Tools, client_id: str) -> bool:
    """Whether there is such a client that was not revoked."""
    with tools.store.reading() as session:
        row = session.get(ClientRow, client_id)
        return row is not None and row.revoked_at is None


def grant(tools: Tools, client_id: str, secret: str, scopes: Sequence[str] | None) -> Grant:
    """A token for a client that knows its secret; without `scopes` all that it has.

    Raises NotAuthenticated for a client or secret that is not right, InvalidInput for a scope it does not have.
    """
    now, token = tools.now(), PREFIX + secrets.token_urlsafe(32)
    with tools.store.writing() as session:
        row = session.get(ClientRow, client_id)
        right = hmac.compare_digest(row.secret_hash if row else hashed(""), hashed(secret))
        if row is None or row.revoked_at is not None or not right:
            raise NotAuthenticated("The client is not known here, or its secret is not right.", code="invalidClient")
        given = tuple(sorted(set(row.scopes if scopes is None else scopes)))
        if not given or set(given) - set(row.scopes):
            raise InvalidInput("The client does not have this scope.", code="invalidScope")
        session.execute(delete(ClientTokenRow).where(col(ClientTokenRow.expires_at) < now))
        expires = now + TOKEN_LIFETIME
        session.add(ClientTokenRow(token_hash=hashed(token), client_id=row.id, scopes=list(given), expires_at=expires))
        if row.used_at is None or row.used_at < now - _USE_NOTED_EVERY:
            row.used_at = now
    return Grant(token, given, int(TOKEN_LIFETIME.total_seconds()))


def caller_of_token(tools: Tools, token: str, trace_id: str | None = None) -> Caller:
    """The software behind a token. Raises NotAuthenticated where it does not hold (any more)."""
    with tools.store.reading() as session:
        held = session.get(ClientTokenRow, hashed(token))
        row = session.get(ClientRow, held.client_id) if held else None
        if held is None or row is None or row.revoked_at is not None or held.expires_at <= tools.now():
            raise NotAuthenticated("The access token does not hold.", code="invalidAccessToken")
        person = session.get_one(Person, row.person_id)
        return Caller(
            person_id=person.id,
            login=person.login,
            name=person.name,
            email=person.email,
            role=Role.REQUESTER,
            company_id=person.company_id,
            trace_id=trace_id,
            scopes=frozenset(held.scopes),
            employer_id=row.employer_id,
        )


def is_client_token(token: str) -> bool:
    """Whether a bearer token is one of ours rather than an issuer's."""
    return token.startswith(PREFIX)


def hashed(secret: str) -> str:
    """How a secret or a token is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _described(name: str, email: str, scopes: Sequence[str]) -> tuple[str, str]:
    issues: list[Issue] = []
    called, address = name, email
    try:
        called = text(name)
    except ValueError as wrong:
        issues.append(Issue("name", str(wrong)))
    try:
        address = mail_address(email)
    except ValueError as wrong:
        issues.append(Issue("email", str(wrong)))
    if not scopes or set(scopes) - set(SCOPES):
        issues.append(Issue("scopes", "must be one of {values}", params={"values": ", ".join(SCOPES)}))
    if issues:
        raise InvalidInput("The client is not accepted.", issues=issues)
    return called, address


def _employer(session: Session, tools: Tools, company_id: str, number: str | None) -> str | None:
    if number is None:
        return None
    try:
        parsed = parse_enterprise_number(number)
    except ValueError:
        issue = Issue("onBehalfOf", "must be an enterprise number of ten digits with its check digits")
        raise InvalidInput("The client is not accepted.", issues=[issue]) from None
    employer = session.exec(select(Company).where(Company.enterprise_number == parsed)).one_or_none()
    if employer is None or not requests.mandate_holds(session, employer.id, company_id, tools.today()):
        issue = Issue("onBehalfOf", "is not the number of an employer whose mandate you hold")
        raise InvalidInput("The client is not accepted.", issues=[issue])
    return employer.id


def _own(session: Session, company_id: str, client_id: str, *, lock: bool = False) -> ClientRow:
    query = select(ClientRow).where(ClientRow.id == client_id, ClientRow.company_id == company_id)
    row = session.exec(query.with_for_update() if lock else query).one_or_none()
    if row is None or row.revoked_at is not None:
        raise NotFound("There is no such client.")
    return row


def _end_tokens(session: Session, row: ClientRow) -> None:
    session.execute(delete(ClientTokenRow).where(col(ClientTokenRow.client_id) == row.id))


def _view(session: Session, row: ClientRow, secret: str | None = None) -> ClientView:
    person = session.get_one(Person, row.person_id)
    employer = session.get_one(Company, row.employer_id) if row.employer_id else None
    return _shown(row, person, employer, secret)


def _shown(row: ClientRow, person: Person, employer: Company | None, secret: str | None = None) -> ClientView:
    return ClientView(
        id=row.id,
        name=person.name,
        email=person.email,
        scopes=tuple(row.scopes),
        employer=employer.enterprise_number if employer else None,
        created_at=row.created_at,
        used_at=row.used_at,
        secret=secret,
    )
