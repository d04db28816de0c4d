"""Who may sign in, and as whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from domain.people import Role
from service.context import Tools
from store.tables import Company, Person


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom the development sign-in offers."""

    login: str
    name: str
    role: Role
    company: str | None


def demo_people(tools: Tools) -> tuple[DemoPerson, ...]:
    """Everybody who is here, by company: in development these are the demo people and whom they invited."""
    with tools.store.reading() as session:
        query = select(Person, Company).join(Company, isouter=True).where(Person.state != "removed")
        found = session.exec(query.order_by(col(Company.name).nulls_last(), col(Person.login)).limit(100)).all()
    return tuple(
        DemoPerson(person.login, person.name, Role(person.role), None if company is None else company.name)
        for person, company in found
    )
