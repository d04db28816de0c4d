"""The demo people: development only. Identifiers are fixed, so that a repeat changes nothing."""

from __future__ import annotations

import uuid
from datetime import date

from sqlmodel import Session

from domain.people import Role
from store.inserting import insert_if_absent
from store.tables import Company, Mandate, Person
from store.unit_of_work import Store

_COMPANIES = (
    ("acme", "0999000129", "Acme NV"),
    ("globex", "0999001218", "Globex SA"),
    ("payroll", "0999002307", "Payroll BV"),
)
_PEOPLE = (
    ("alice@acme.example", "Alice Claes", Role.ADMINISTRATOR, "acme"),
    ("bob@acme.example", "Bob Peeters", Role.REQUESTER, "acme"),
    ("bea@acme.example", "Bea Maes", Role.REQUESTER, "acme"),
    ("carol@globex.example", "Carol Lambert", Role.REQUESTER, "globex"),
    ("gina@globex.example", "Gina Dubois", Role.ADMINISTRATOR, "globex"),
    ("sam@payroll.example", "Sam Willems", Role.REQUESTER, "payroll"),
    ("pia@payroll.example", "Pia Jacobs", Role.ADMINISTRATOR, "payroll"),
    ("dave@desk.example", "Dave Mertens", Role.AGENT, None),
    ("erin@desk.example", "Erin Lemaire", Role.AGENT, None),
    ("sven@desk.example", "Sven Aerts", Role.SUPERVISOR, None),
    ("ada@audit.example", "Ada Simon", Role.AUDITOR, None),
    ("oscar@ops.example", "Oscar Wouters", Role.OPS, None),
)
_MANDATE_SINCE = date(2020, 1, 1)
_NAMESPACE = uuid.UUID("6f1c0b0e-6f0e-4b6e-9a55-0d3f6c7c9b51")


def seed_demo_people(store: Store) -> None:
    """Add the demo companies, people and the mandate that are not there yet; what is there stays as it is."""
    with store.writing() as session:
        for key, number, name in _COMPANIES:
            insert_if_absent(session, Company, {"id": _id(key), "enterprise_number": number, "name": name})
        for login, name, role, company in _PEOPLE:
            person = {"id": _id(login), "login": login, "email": login, "name": name, "role": role, "state": "active"}
            insert_if_absent(session, Person, {**person, "company_id": _id(company) if company else None})
        _mandate(session)


def _id(name: str) -> str:
    """An opaque id, the same at every start: Temporal sees a company's, and it must not tell which company it is."""
    return uuid.uuid5(_NAMESPACE, name).hex


def _mandate(session: Session) -> None:
    mandate = {"id": _id("payroll for acme"), "employer_id": _id("acme"), "mandatary_id": _id("payroll")}
    insert_if_absent(session, Mandate, {**mandate, "valid_from": _MANDATE_SINCE})
