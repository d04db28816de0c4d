"""Similar requests of one company, however many it has: on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from domain.people import PartialDate, Sex
from domain.statement import PersonalData
from runtime.database import make_engine
from runtime.seed import seed_demo_people
from store import similar
from store.tables import Company, Person, Request, StatementRow
from store.unit_of_work import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = PersonalData("Horvat", PartialDate(1987, 6, 17), "Ana", Sex.FEMALE, "Split")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine)
    seed_demo_people(made)
    return made


def ask(
    store: Store,
    stated: dict[str, PersonalData],
    *,
    company: str = "0999000129",
    outcome: str | None = None,
    ssin: str | None = None,
) -> None:
    """Requests by id, each a minute after the one before."""
    with store.writing() as session:
        companies = {row.enterprise_number: row.id for row in session.exec(select(Company))}
        person = session.exec(select(Person).where(Person.login == "bob@acme.example")).one()
        rows = {}
        for minute, request_id in enumerate(stated):
            at = NOW + timedelta(minutes=minute)
            rows[request_id] = Request(
                id=request_id, company_id=companies[company], requester_id=person.id, language="en",
                phase="inReview", created_at=at, updated_at=at, outcome=outcome, ssin=ssin,
            )  # fmt: skip
        session.add_all(rows.values())
        session.flush()
        for request_id, one in stated.items():
            session.add(StatementRow(request_id=request_id, personal_data=_members(one)))
            session.flush()
            similar.file_under_keys(session, rows[request_id], one)


def _members(one: PersonalData) -> dict[str, str]:
    members = {
        "surname": one.surname,
        "givenNames": one.given_names,
        "birthDate": str(one.birth_date),
        "birthPlace": one.birth_place,
        "sex": one.sex and one.sex.value,
    }
    return {name: value for name, value in members.items() if value}


def found(store: Store, *ids: str) -> dict[str, list[str]]:
    with store.reading() as session:
        rows = [row for row in (session.get(Request, request_id) for request_id in ids) if row]
        return {key: [other.id for other in others] for key, others in similar.similar_to(session, rows).items()}


def test_nobody_is_hidden_by_older_requests_that_are_somewhat_alike(store: Store) -> None:
    """Three hundred of the same sound and year, three hundred of the same day; then the same person again."""
    others = {
        f"a{place}": PersonalData("Hrvat", PartialDate(1987, 1, 2), f"Q{place}x", Sex.MALE) for place in range(300)
    }
    others |= {f"b{place}": PersonalData(f"Zz{place}", ANA.birth_date, "Igor", Sex.MALE) for place in range(300)}
    again = PersonalData("Horvath", PartialDate(1987, 6, 18), "Ana", Sex.FEMALE, "Split")
    ask(store, {**others, "first": ANA, "again": again})
    assert found(store, "first", "again") == {"first": ["again"], "again": ["first"]}


def test_within_the_company_only_and_not_what_is_gone(store: Store) -> None:
    ask(store, {"mine": ANA, "other": ANA})
    ask(store, {"foreign": ANA}, company="0999001218")
    ask(store, {"gone": ANA}, outcome="withdrawn")
    assert found(store, "mine", "foreign") == {"mine": ["other"], "foreign": []}


def test_one_number_is_one_person_whatever_is_stated(store: Store) -> None:
    ask(store, {"one": ANA, "other": PersonalData("Babić", PartialDate(1950, 2, 3), "Ivo")}, ssin="83452416311")
    ask(store, {"foreign": ANA}, company="0999001218", ssin="83452416311")
    assert found(store, "one", "other") == {"one": ["other"], "other": ["one"]}


def test_a_page_of_requests_asks_no_more_often_than_one(store: Store, engine: Engine) -> None:
    ask(store, {f"r{place}": PersonalData("Horvat", PartialDate(1987, 6, place + 1), "Ana") for place in range(20)})
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    def asked(*ids: str) -> int:
        del said[:]
        found(store, *ids)
        return sum("FROM likeness_keys" in one or "JOIN statements" in one for one in said)

    assert asked("r0") == asked(*(f"r{place}" for place in range(20))) == 2
