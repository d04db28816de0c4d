"""A register that is away, slow, busy or answers in part: each has a name, and nothing rests on half an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.errors import RegisterAnsweredInPart, RegisterBusy, RegisterTimedOut, RegisterUnavailable
from domain.identification import Created, Extent, RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.ports import Register
from register.budget import Budget
from register.slow import SlowRegister, Trouble
from register.sql import SqlRegister
from runtime.database import make_engine

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ANA = StatedPerson("Horvat", PartialDate(1987, 6, 17), "Ana", Sex.FEMALE, "Split")
PETRA = StatedPerson("Horvat", PartialDate(1987, 6, 17), "Petra", Sex.FEMALE, "Split")
OLD, NEW = Niss.parse("83.45.24-163.11"), Niss.parse("93.45.12-046.19")
KNOWN = [RegisteredPerson(ssin, "Horvat", ANA.birth_date, "Ana", Sex.FEMALE, "Split") for ssin in (OLD, NEW)]
ASKED: tuple[Callable[[Register], object], ...] = (
    lambda register: register.identify(ANA),
    lambda register: register.search(ANA),
    lambda register: register.search_by_name("Horvat"),
    lambda register: register.beside(OLD, ANA),
    lambda register: register.beside_name(OLD, "Horvat"),
    lambda register: register.create(ANA, key="a", at=NOW),
    lambda register: register.person(OLD),
    lambda register: register.latest(OLD),
    lambda register: register.revision(),
)
SEARCHED = ASKED[:6]


@pytest.mark.parametrize("ask", ASKED)
def test_away_is_told_as_such(tmp_path: Path, ask: Callable[[Register], object]) -> None:
    away = SqlRegister(make_engine(f"sqlite:///{tmp_path / 'no folder' / 'x.db'}"), "bis")
    with pytest.raises(RegisterUnavailable) as told:
        ask(away)
    assert "Horvat" not in str(told.value)


@pytest.mark.parametrize("ask", SEARCHED[:4])
def test_a_used_up_budget_is_told_as_such(engine: Engine, ask: Callable[[Register], object]) -> None:
    SqlRegister(engine, "fictitious").add(KNOWN)
    hurried = SqlRegister(engine, "fictitious", patience=-1.0)
    with pytest.raises(RegisterTimedOut) as told:
        ask(hurried)
    assert "Horvat" not in str(told.value)


def test_the_database_ends_a_statement_by_itself(engine: Engine) -> None:
    register = SqlRegister(engine, "fictitious", patience=0.2)
    with pytest.raises(RegisterTimedOut), register._asking() as (connection, _):
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT max(i) FROM n"
        )
    assert register.revision() == 0  # and the connection is as good as before


def test_half_an_answer_is_shown_and_decides_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    register = SqlRegister(engine, "fictitious")
    register.add(KNOWN[:1])
    monkeypatch.setattr(Budget, "running_out", property(lambda _: True))
    answer = register.search(ANA)
    assert [item.person.ssin for item in answer.candidates] == [OLD]
    assert answer.extent is Extent.PARTIAL
    before = register.revision()
    with pytest.raises(RegisterAnsweredInPart):
        register.identify(ANA)
    with pytest.raises(RegisterAnsweredInPart):
        register.create(PETRA, key="a", at=NOW)
    assert register.revision() == before


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble(failing=True), RegisterUnavailable),
        (Trouble(delay=1.0, patience=0.01), RegisterTimedOut),
        (Trouble(calls_a_second=0), RegisterBusy),
    ],
)
@pytest.mark.parametrize("ask", ASKED)
def test_trouble_has_a_name(
    register: SqlRegister, trouble: Trouble, error: type[Exception], ask: Callable[[Register], object]
) -> None:
    with pytest.raises(RegisterUnavailable) as told:
        ask(SlowRegister(register, trouble))
    assert type(told.value) is error


def test_trouble_with_the_answer(register: SqlRegister) -> None:
    register.add(KNOWN)
    in_part = SlowRegister(register, Trouble(in_part=True))
    assert in_part.search(ANA).extent is Extent.PARTIAL
    for ask in (ASKED[0], ASKED[5]):
        with pytest.raises(RegisterAnsweredInPart):
            ask(in_part)
    refine = SlowRegister(register, Trouble(at_most=1)).search_by_name("Horvat")
    assert (len(refine.candidates), refine.extent) == (1, Extent.TOO_MANY)


def test_so_many_calls_and_no_more_within_a_second(register: SqlRegister) -> None:
    limited = SlowRegister(register, Trouble(calls_a_second=3))
    assert [limited.revision() for _ in range(3)] == [0, 0, 0]
    with pytest.raises(RegisterBusy):
        limited.revision()


def test_the_slow_register_follows_its_control_file(register: SqlRegister, tmp_path: Path) -> None:
    control = tmp_path / "register.json"
    slow = SlowRegister(register, Trouble(fail_after=True), control=control)
    slow.create(ANA, key="a", at=NOW)
    control.write_text(json.dumps({"failing": True, "fail_after": False}))
    with pytest.raises(RegisterUnavailable):
        slow.identify(ANA)
    control.write_text('{"failing": true}')
    with pytest.raises(RegisterUnavailable):
        slow.create(PETRA, key="b", at=NOW)
    control.unlink()
    again = slow.create(PETRA, key="b", at=NOW)
    assert isinstance(again, Created)
    assert again.person.ssin.serial == 4
