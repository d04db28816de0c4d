"""Transactions beside each other, on both databases: who waits for whom, and what is told when it goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from access.caller import Caller, Once
from access.pseudonyms import Pseudonyms
from domain.errors import Conflict, DatabaseUnavailable, InvalidInput, NissDeskError
from domain.people import Role
from domain.terms import Terms
from register.sql import SqlRegister
from runtime.database import make_engine
from runtime.seed import seed_demo_people
from service import mandates, members, people, requests
from service.context import Tools
from store import facts
from store.inserting import insert_if_absent
from store.recorder import Recorder
from store.requests import locked
from store.tables import FactRow, IdempotencyRow, IdentificationRow, Mandate, Person, Request
from store.unit_of_work import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def tools(database_url: str) -> Iterator[Tools]:
    engine = make_engine(database_url, synchronous="NORMAL")
    store = Store(engine)
    seed_demo_people(store)
    nothing: Any = None
    yield Tools(store, nothing, nothing, SqlRegister(engine, "fictitious"), Terms(), Pseudonyms(bytes(32)), lambda: NOW)
    engine.dispose()


def together(*calls: Callable[[], Any]) -> list[Any]:
    """All at once; what each returned, or the error of ours that it was told. Any other error fails the test."""
    start = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[index] = call()
        except NissDeskError as told:
            results[index] = told
        except BaseException as error:  # noqa: BLE001 - raised below, in the test's own thread
            results[index] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, NissDeskError):
            raise result
    return results


def caller(tools: Tools, login: str) -> Caller:
    return people.caller_of(tools, login)


def test_one_person_is_invited_once_whoever_invites(tools: Tools) -> None:
    alice, gina = caller(tools, "alice@acme.example"), caller(tools, "gina@globex.example")
    for turn in range(10):
        invite = partial(members.invite, tools, email=f"new{turn}@somewhere.example")
        results = together(*[partial(invite, alice), partial(invite, gina)] * 2)
        assert sum(isinstance(result, InvalidInput) for result in results) == 3


def test_a_company_keeps_one_administrator(tools: Tools) -> None:
    alice, bob = caller(tools, "alice@acme.example"), caller(tools, "bob@acme.example")
    for _ in range(10):
        members.change_role(tools, replace(bob, role=Role.ADMINISTRATOR), bob.person_id, role="administrator")
        results = together(
            lambda: members.change_role(tools, alice, bob.person_id, role="requester"),
            lambda: members.change_role(
                tools, replace(bob, role=Role.ADMINISTRATOR), alice.person_id, role="requester"
            ),
        )
        told = [result for result in results if isinstance(result, Conflict)]
        assert [conflict.code for conflict in told] == ["lastAdministrator"]
        with tools.store.writing() as session:
            session.execute(update(Person).where(col(Person.id) == alice.person_id).values(role="administrator"))


def test_companies_mandate_each_other(tools: Tools) -> None:
    alice, gina = caller(tools, "alice@acme.example"), caller(tools, "gina@globex.example")
    for _ in range(10):
        results = together(
            lambda: mandates.grant(tools, alice, enterprise_number="0999001218"),
            lambda: mandates.grant(tools, gina, enterprise_number="0999000129"),
            lambda: mandates.grant(tools, gina, enterprise_number="0999000129"),
        )
        assert sum(isinstance(result, InvalidInput) for result in results) == 1
        with tools.store.writing() as session:
            mine = select(Mandate).where(Mandate.valid_from == NOW.date())
            given = [mandate.id for mandate in session.exec(mine)]
        for mandate_id in given:
            ended = together(*[partial(mandates.end, tools, who, mandate_id) for who in (alice, alice, gina, gina)])
            assert None in ended


def test_the_second_of_two_same_calls_waits(tools: Tools) -> None:
    for turn in range(10):
        bob = replace(caller(tools, "bob@acme.example"), once=Once(f"key {turn}", "/v1/requests", "digest"))
        opening = partial(requests.open_request, tools, bob, on_behalf_of=None, reference=None, language="fr")
        results = together(*[opening] * 4)
        assert len({result.view.id for result in results}) == 1


def test_a_call_that_was_rolled_back_frees_its_key(tools: Tools) -> None:
    bob = caller(tools, "bob@acme.example")
    key = {"person_id": bob.person_id, "key": "k", "path": "/", "digest": "d", "resource_id": None, "at": NOW}
    inserted, waits = threading.Event(), threading.Event()
    seen: list[bool] = []

    def second() -> None:
        inserted.wait(20)
        waits.set()
        with tools.store.writing() as session:
            seen.append(insert_if_absent(session, IdempotencyRow, key))

    thread = threading.Thread(target=second)
    thread.start()
    with suppress(ZeroDivisionError), tools.store.writing() as session:
        assert insert_if_absent(session, IdempotencyRow, key)
        inserted.set()
        waits.wait(20)
        raise ZeroDivisionError
    thread.join(20)
    assert seen == [True]


def test_deliveries_are_noted_in_whatever_order(tools: Tools) -> None:
    bob = caller(tools, "bob@acme.example")
    opened = [
        requests.open_request(tools, bob, on_behalf_of=None, reference=None, language="fr").view.id for _ in range(4)
    ]
    for request_id in opened:
        with tools.store.writing() as session:
            row = locked(session, request_id)
            for _ in range(3):
                facts.accept(session, row, "submitted", by=None, at=NOW)  # type: ignore[arg-type]
    pairs = [(request_id, seq) for request_id in opened for seq in (1, 2, 3)]

    def note(order: list[tuple[str, int]]) -> None:
        for _ in range(10):
            with tools.store.writing() as session:
                facts.mark_delivered(session, order, NOW)

    def resume(order: list[str]) -> None:
        for request_id in order * 5:
            with tools.store.writing() as session:
                locked(session, request_id)
                facts.mark_all_delivered(session, request_id, 3, NOW)

    results = together(
        lambda: note(pairs), lambda: note(pairs[::-1]), lambda: resume(opened), lambda: resume(opened[::-1])
    )
    assert results == [None] * 4
    note(pairs)
    with tools.store.reading() as session:
        assert all(fact.delivered_at for fact in session.exec(select(FactRow)))
        assert all(row.workflow_started for row in session.exec(select(Request)))


def test_of_two_answers_to_one_try_the_first_holds(tools: Tools) -> None:
    bob, recorder = caller(tools, "bob@acme.example"), Recorder(tools.store)
    opened = requests.open_request(tools, bob, on_behalf_of=None, reference=None, language="fr").view.id
    for turn in range(10):
        remember = partial(recorder.remember, opened, f"try {turn}", reason="none", person=None, at=NOW)
        kept = together(*[partial(remember, finding=finding) for finding in ("unknown", "ambiguous")])
        assert len(set(kept)) == 1
    with tools.store.reading() as session:
        assert len(session.exec(select(IdentificationRow)).all()) == 10


def test_a_reading_is_one_picture(tools: Tools) -> None:
    query = select(Person.name).where(Person.login == "bob@acme.example")
    with tools.store.reading() as session:
        before = session.exec(query).one()
        with tools.store.writing() as other:
            other.execute(update(Person).where(col(Person.login) == "bob@acme.example").values(name="Robert"))
        assert session.exec(query).one() == before
    with tools.store.reading() as session:
        assert session.exec(query).one() == "Robert"


def test_errors_tell_no_values(tools: Tools) -> None:
    with pytest.raises(IntegrityError) as told, tools.store.writing() as session:
        session.add(Person(id="x", login="bob@acme.example", email="e", name="Secret", role="requester"))
    assert "bob@acme.example" not in str(told.value)
    assert "bob@acme.example" not in str(told.value.orig)
    assert "Secret" not in str(told.value)


def test_a_character_that_no_text_holds_is_refused_or_found_nowhere(tools: Tools) -> None:
    with pytest.raises(NissDeskError):
        caller(tools, "a\x00b")


@pytest.mark.postgres
def test_an_embrace_is_told_as_unavailable(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    store = Store(engine)
    seed_demo_people(store)
    meet = threading.Barrier(2)

    def lock(first: str, second: str) -> None:
        with store.writing() as session:
            for login in (first, second):
                session.execute(text("SELECT 1 FROM members WHERE login = :login FOR UPDATE"), {"login": login})
                if login == first:
                    meet.wait(20)

    one, two = "alice@acme.example", "bob@acme.example"
    results = together(lambda: lock(one, two), lambda: lock(two, one))
    assert sorted(type(result) is DatabaseUnavailable for result in results) == [False, True]
    engine.dispose()
