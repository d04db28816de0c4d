"""The consultation log is sealed once, and whatever is done to sealed rows is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from runtime.database import make_engine
from store import seals
from store.expiry import KEPT, expire
from store.logbook import ConsultationRow, ConsultedRow, SealRow
from store.unit_of_work import Store
from store.verification import Verified, verify
from tests.store.logbook import NOW, TABLES, add, seal_all, tamper

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def verified(store: Store, heads: list[str] | None = None, *, at: datetime = LATER) -> Verified:
    return verify(store, at, expired_before=at - KEPT, heads=dict(enumerate(heads or [], 1)))


def test_what_is_sealed_is_whole(store: Store) -> None:
    add(store, 2_500)
    heads = seal_all(store)
    add(store, 3)
    found = verified(store, heads)
    assert found.findings == []
    assert (found.rows, found.seals, found.unsealed, found.head) == (2_500, 3, 3, heads[-1])
    assert found.unsealed_since == NOW
    with store.reading() as session:
        members = [seal.members for seal in session.exec(select(SealRow).order_by(col(SealRow.number)))]
    assert members == ["1-1000", "1001-2000", "2001-2500"]
    assert seals.waiting(store) == 3


#: What is done to rows 1..2500 in three seals, and what is found in which seal.
TAMPERED = {
    "changed": (["UPDATE consultations SET person_id = 'somebody' WHERE id = 1700"], {("changed", 2)}),
    "a field hidden": (["UPDATE consultations SET fields = '[\"surname\"]' WHERE id = 1700"], {("changed", 2)}),
    "antedated": (["UPDATE consultations SET at = '2020-01-01 00:00:00.000000' WHERE id = 1"], {("changed", 1)}),
    "deleted": (["DELETE FROM consultations WHERE id = 42"], {("deleted", 1), ("indexDiffers", None)}),
    "exchanged": (
        [
            "UPDATE consultations SET id = -1 WHERE id = 10",
            "UPDATE consultations SET id = 10 WHERE id = 2200",
            "UPDATE consultations SET id = 2200 WHERE id = -1",
        ],
        {("changed", 1), ("changed", 3)},
    ),
    "hidden from searches": (["DELETE FROM consulted WHERE consultation_id = 7"], {("indexDiffers", None)}),
    "a seal taken out": (
        ["DELETE FROM consultation_seals WHERE number = 2"],
        {("sealBroken", 3), ("inserted", None)},
    ),
    "a seal made anew": (
        ["UPDATE consultation_seals SET root = previous WHERE number = 2"],
        {("sealBroken", 2), ("changed", 2)},
    ),
    "members hidden": (
        ["UPDATE consultation_seals SET members = '1001-1999', count = 999 WHERE number = 2"],
        {("sealBroken", 2), ("changed", 2), ("inserted", None)},
    ),
    "the tail cut": (
        ["DELETE FROM consultation_seals WHERE number = 3", "DELETE FROM consultations WHERE id > 2000"],
        {("tailCut", None), ("indexDiffers", None)},
    ),
    "nothing left": (
        ["DELETE FROM consultation_seals", "DELETE FROM consultations", "DELETE FROM consulted"],
        {("tailCut", None)},
    ),
}


@pytest.mark.parametrize("done", TAMPERED)
def test_whatever_is_done_to_sealed_rows_is_found(store: Store, engine: Engine, done: str) -> None:
    add(store, 2_500)
    heads = seal_all(store)
    statements, expected = TAMPERED[done]
    tamper(engine, *statements)
    assert {(finding.kind, finding.seal) for finding in verified(store, heads).findings} == expected


#: What is done to the same rows, and the rows that are named.
WRONG = {
    "one changed": (["UPDATE consultations SET person_id = 'somebody' WHERE id = 1700"], "1700", 1700),
    "two changed": (["UPDATE consultations SET reason = 'none' WHERE id IN (1998, 1003)"], "1003, 1998", 1003),
    "many changed": (
        ["UPDATE consultations SET what = 'request' WHERE id > 2000"],
        ", ".join(map(str, range(2001, 2021))) + " and 480 more",
        2001,
    ),
    "exchanged": (
        [
            "UPDATE consultations SET id = -1 WHERE id = 10",
            "UPDATE consultations SET id = 10 WHERE id = 22",
            "UPDATE consultations SET id = 22 WHERE id = -1",
        ],
        "10, 22",
        10,
    ),
    "deleted": (["DELETE FROM consultations WHERE id = 42"], "42", 42),
    "the tail cut": (["DELETE FROM consultation_seals WHERE number = 3"], "2001 and later", 2001),
    "without marks": (
        [
            "UPDATE consultations SET person_id = 'somebody' WHERE id = 1700",
            "UPDATE consultation_seals SET marks = NULL",
        ],
        "1001-2000",
        None,
    ),
}


@pytest.mark.parametrize("done", WRONG)
def test_the_first_wrong_row_is_named(store: Store, engine: Engine, done: str) -> None:
    add(store, 2_500)
    heads = seal_all(store)
    statements, rows, first = WRONG[done]
    tamper(engine, *statements)
    found = verified(store, heads)
    assert found.findings[0].rows == rows
    assert found.first_wrong == first


def test_a_tail_that_was_cut_and_grown_again_has_other_heads(store: Store, engine: Engine) -> None:
    add(store, 1_500)
    heads = seal_all(store)
    tamper(
        engine,
        "DELETE FROM consultation_seals WHERE number = 2",
        "DELETE FROM consulted WHERE consultation_id > 1000",
        "DELETE FROM consultations WHERE id > 1000",
    )
    add(store, 500, at=NOW + timedelta(seconds=1), first=1_001)
    assert len(seal_all(store)) == 1
    assert [(one.kind, one.seal) for one in verified(store, heads).findings] == [("headDiffers", 2)]
    assert verified(store).findings == [], "without heads from outside nobody could tell"


def test_a_row_put_among_sealed_ones_is_found(store: Store) -> None:
    add(store, 10, first=1)
    add(store, 10, first=12)
    heads = seal_all(store, at=NOW)
    add(store, 1, first=11)
    assert seals.seal_next(store, LATER) is None, "too late to be a straggler"
    (found,) = verified(store, heads).findings
    assert (found.kind, found.rows) == ("inserted", "11")


def test_a_row_that_was_committed_late_is_sealed_later(store: Store) -> None:
    add(store, 10, first=1)
    add(store, 10, first=12)
    heads = seal_all(store, at=NOW)
    add(store, 1, first=11)
    assert verified(store, heads, at=NOW).unsealed == 1
    heads += seal_all(store, at=NOW + timedelta(seconds=5))
    with store.reading() as session:
        last = session.exec(select(SealRow).order_by(col(SealRow.number).desc())).first()
        assert last is not None
        assert (last.members, last.count, last.reached) == ("11", 1, 21)
    add(store, 5, first=22)
    heads += seal_all(store, at=NOW + timedelta(seconds=10))
    found = verified(store, heads)
    assert (found.findings, found.rows, found.seals) == ([], 26, 3)


def test_two_sealers_make_one_chain(store: Store) -> None:
    add(store, 3_000)
    made: list[int] = []
    start = threading.Barrier(3)

    def seal() -> None:
        start.wait()
        while seals.waiting(store):
            one = seals.seal_next(store, NOW)
            made.extend([one.number] if one else [])

    threads = [threading.Thread(target=seal) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [1, 2, 3]
    assert verified(store).findings == []


@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses(store: Store, engine: Engine, table: str) -> None:
    add(store, 5)
    seal_all(store)
    with store.writing() as session:
        session.execute(text("INSERT INTO erased_subjects VALUES ('r1', 'x', '2026-03-02 12:00:00+00:00')"))
    column = {"consulted": "subject", "erased_subjects": "subject"}.get(table, "at")
    refused = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]  # noqa: S608 - our own names
    if engine.dialect.name == "postgresql":
        refused.append(f"TRUNCATE {table}")
    for statement in refused:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_after_ten_years_rows_go_and_seals_stay(store: Store) -> None:
    long_ago = NOW - KEPT - timedelta(days=30)
    add(store, 1_200, at=long_ago)
    heads = seal_all(store, at=long_ago + timedelta(seconds=5))
    add(store, 300)
    heads += seal_all(store)
    assert expire(store, NOW) == 1_200
    assert expire(store, NOW) == 0
    found = verified(store, heads, at=NOW)
    assert (found.findings, found.rows, found.expired, found.seals) == ([], 300, 1_200, 3)
    with store.reading() as session:
        assert len(session.exec(select(ConsultationRow.id)).all()) == 300
        assert len(session.exec(select(ConsultedRow)).all()) == 600


def test_a_row_that_is_not_ten_years_old_may_not_be_gone(store: Store, engine: Engine) -> None:
    add(store, 10)
    heads = seal_all(store)
    tamper(engine, "DELETE FROM consulted", "DELETE FROM consultations")
    (found,) = verified(store, heads).findings
    assert (found.kind, found.rows) == ("deleted", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10")
