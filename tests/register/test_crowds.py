"""Who shares a key with hundreds of others is found among them; and where somebody was let go unseen, it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest
from sqlalchemy import Engine, Table, select, text

from bench.matching.queries import ask
from bench.matching.rates import profile
from bench.matching.register import build
from domain.identification import DecisionKind, Extent, RegisteredPerson, StatedPerson
from domain.niss import Niss, check_digits
from domain.people import PartialDate, Sex
from domain.ports import Register
from domain.statement import Address
from register import searching
from register.filing import KEYS, NAME_KEYS
from register.glancing import Glance
from register.sql import SqlRegister
from runtime.database import make_engine

HOME = Address("Ulica Republike", "Zadar", "HR", "5")
ANA = RegisteredPerson(
    Niss("83452416311"), "Horvat", PartialDate(1987, 10, 29), "Ana", Sex.FEMALE, "Split", "HR", "HR", official=HOME
)
STATED = StatedPerson("Horvat", ANA.birth_date, "Ana", Sex.FEMALE, "Split", "HR", "HR", official=HOME)


def numbers() -> Iterator[Niss]:
    for day in range(1, 29):
        for serial in range(1, 998):
            first = f"8762{day:02d}{serial:03d}"
            yield Niss(first + check_digits(first, 1900))


def crowd(count: int, **values: object) -> list[RegisteredPerson]:
    """Others of one given name, of surnames that sound otherwise, all born nearer to the January of 1987."""
    letters = "BDFGKLMNPRSTVZ"
    surnames = (f"{a}o{b}i{c}ek" for a in letters for b in letters for c in letters)
    person = RegisteredPerson(ANA.ssin, "", PartialDate(1987, 2, 2), "Ana", Sex.FEMALE)
    return [
        replace(person, ssin=ssin, surname=surname, birth_date=PartialDate(1987, 2, place % 28 + 1), **values)  # type: ignore[arg-type]
        for place, (ssin, surname) in enumerate(islice(zip(numbers(), surnames, strict=False), count))
    ]


@pytest.mark.parametrize(
    "typo",
    [
        {"surname": "Xorvta", "birth_date": PartialDate(1987, 1, 1)},
        {"surname": "Xorvta", "birth_date": PartialDate(1987)},
        {"surname": "Babić", "birth_date": PartialDate(1987, 1, 1)},  # married, of the same town
    ],
)
def test_somebody_is_found_among_hundreds_who_share_as_much(
    port: Register, register: SqlRegister, typo: dict[str, object]
) -> None:
    register.add([*crowd(700), ANA])
    found = port.search(replace(STATED, **typo)).candidates  # type: ignore[arg-type]
    assert ANA.ssin in [item.person.ssin for item in found]


def test_a_namesake_of_everybody_is_found_by_the_place(port: Register, register: SqlRegister) -> None:
    others = [replace(one, surname="Horvat", birth_date=PartialDate(1960, 10, 1)) for one in crowd(400)]
    register.add([*others, ANA])
    asked = replace(STATED, birth_date=PartialDate(1985, 10, 2))
    assert ANA.ssin in [item.person.ssin for item in port.search(asked).candidates]


@pytest.mark.parametrize("limit", ["MOST_GLANCED_AT", "MOST_NAMESAKES", "MOST_PER_KEY"])
def test_nobody_is_unknown_where_somebody_was_let_go_unseen(
    port: Register, register: SqlRegister, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    others = [replace(one, surname="Horvat", birth_date=PartialDate(1960, 10, 1)) for one in crowd(40)]
    register.add([*others, *(replace(one, ssin=Niss(_later(one.ssin))) for one in crowd(40))])
    asked = replace(STATED, birth_date=PartialDate(1987), birth_place=None, official=None)
    whole = port.identify(asked)
    assert (whole.kind, whole.reason) == (DecisionKind.UNKNOWN, "none")
    monkeypatch.setattr(searching, limit, 10)
    thinned = port.identify(asked)
    assert (thinned.kind, thinned.reason) == (DecisionKind.UNKNOWN, "tooMany")
    assert port.search(asked).extent is Extent.TOO_MANY


def _later(ssin: Niss) -> str:
    first = f"8763{ssin.digits[4:9]}"
    return first + check_digits(first, 1900)


def test_who_is_sure_is_answered_although_others_were_let_go(
    port: Register, register: SqlRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_GLANCED_AT", 10)
    register.add([*(replace(one, birth_date=PartialDate(1987, 10, 3)) for one in crowd(60)), ANA])
    assert port.search(STATED).extent is Extent.TOO_MANY
    assert port.identify(STATED).person == ANA


def test_whoever_is_let_go_is_no_look_alike(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Generated people, each query once with everybody read who shares a key, and once with as few as may be."""
    made = build(5, 3_000, profile().population)
    register = SqlRegister(engine, "fictitious")
    register.add(made.people)
    asked = [query.stated for query in ask(5, 150, made, profile())]

    def look_alikes() -> list[set[Niss]]:
        answers = [register.search(stated, limit=100).candidates for stated in asked]
        return [{item.person.ssin for item in found if item.look_alike} for found in answers]

    monkeypatch.setattr(searching, "_MOST_OTHERS", 0)
    few = look_alikes()
    monkeypatch.setattr(Glance, "closely", lambda _self, _record: True)
    everybody = look_alikes()
    assert few == everybody
    assert any(everybody)


@pytest.mark.postgres
@pytest.mark.parametrize("keys", [KEYS, NAME_KEYS], ids=str)
def test_postgresql_reads_keys_from_the_index_alone(postgres_url: str, keys: Table) -> None:
    engine = make_engine(postgres_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off; SET enable_bitmapscan = off")
        query = select(keys.c.ssin, keys.c.born).where(keys.c.key == 1)
        plan = connection.execute(text(f"EXPLAIN {query.compile(engine, compile_kwargs={'literal_binds': True})}"))
        assert "Index Only Scan" in "\n".join(plan.scalars())
    engine.dispose()
