"""Whether sessions that listen still hold is asked for all of them together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from access import sessions as secrets
from access.sessions import SessionTerms
from domain.errors import Unavailable
from service import sessions
from service.listening import _AWAY_SECONDS, _GONE_SECONDS, ListeningSessions
from tests.service.conftest import House

TERMS = SessionTerms()
LONG = 3600.0


@pytest.fixture
def asked(house: House) -> Iterator[list[str]]:
    """The statements that are sent."""
    statements: list[str] = []

    def seen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(house.tools.store.engine, "before_cursor_execute", seen)
    yield statements
    event.remove(house.tools.store.engine, "before_cursor_execute", seen)


def signed_in(house: House, name: str) -> str:
    return sessions.open_session(house.tools, TERMS, house.caller(name).person_id)


def test_forty_listeners_are_one_query(house: House, asked: list[str]) -> None:
    listening = ListeningSessions(house.tools, TERMS)
    browsers = [signed_in(house, "bob") for _ in range(40)]
    for secret in browsers:
        listening.begins(secret)
    asked.clear()
    for _ in range(3):
        assert all(listening.hold(secret, within=LONG) for secret in browsers)
    assert len([statement for statement in asked if "sessions" in statement]) == 1
    assert listening.hold(browsers[0], within=0)
    assert len([statement for statement in asked if "sessions" in statement]) == 2


def test_where_the_database_is_away_one_waits_for_it_and_not_each(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def away(*_: object) -> set[str]:
        tried.append(1)
        raise Unavailable("The database is away.")

    listening = ListeningSessions(house.tools, TERMS)
    browsers = [signed_in(house, "bob") for _ in range(5)]
    with monkeypatch.context() as broken:
        broken.setattr(sessions, "still_ask", away)
        for secret in browsers:
            with pytest.raises(Unavailable):
                listening.hold(secret, within=0)
    assert len(tried) == 1
    listening._failed_at -= _AWAY_SECONDS
    assert listening.hold(browsers[0], within=0)


def test_what_has_ended_holds_no_longer_and_the_others_do(house: House) -> None:
    listening = ListeningSessions(house.tools, TERMS)
    bob, bea = signed_in(house, "bob"), signed_in(house, "bea")
    assert listening.hold(bob, within=0)
    assert listening.hold(bea, within=0)
    sessions.end_by_secret(house.tools, bob)
    assert listening.hold(bob, within=LONG), "asked about so lately that it is not asked again"
    assert not listening.hold(bob, within=0)
    assert listening.hold(bea, within=0)
    assert not listening.hold("nobody's", within=LONG), "who is new is asked about at once"
    house.passes(TERMS.idle)
    assert not listening.hold(bea, within=0)


def test_who_asks_for_no_numbers_does_not_listen(house: House) -> None:
    assert not ListeningSessions(house.tools, TERMS).hold(signed_in(house, "dave"), within=0)


def test_who_has_gone_is_not_asked_about_for_ever(house: House) -> None:
    listening = ListeningSessions(house.tools, TERMS)
    bob, bea = signed_in(house, "bob"), signed_in(house, "bea")
    assert listening.hold(bob, within=0)
    assert listening.hold(bea, within=LONG)
    assert len(listening._listening) == 2
    listening._listening[secrets.digest(bob)] -= _GONE_SECONDS
    assert listening.hold(bea, within=0)
    assert list(listening._listening) == [secrets.digest(bea)]
