"""What searches go by is no part of a seal: it is compared with the rows that are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from runtime.database import make_engine
from store.expiry import KEPT, expire
from store.logbook import FOUND_UNDER, ROWS, ErasedSubjectRow
from store.unit_of_work import Store
from store.verification import Verified, verify
from tests.store.logbook import NOW, add, seal_all, tamper

LATER = NOW + timedelta(hours=2)
PEOPLE = [f"{number:032x}" for number in (901, 902)]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def _erase(store: Store, number: int, request_id: str, person: str, *, at: datetime = NOW) -> None:
    """What an erasure leaves: its row, and beside the request whose it was."""
    row = {
        "id": number,
        "at": at,
        "person_id": "console:ops",
        "role": "ops",
        "what": "erasure",
        "request_ids": [request_id],
        "people": [person],
        "fields": [],
    }
    with store.writing() as session:
        session.execute(insert(ROWS), [row])
        session.execute(
            insert(FOUND_UNDER), [{"subject": one, "consultation_id": number} for one in (request_id, person)]
        )
        session.add(ErasedSubjectRow(request_id=request_id, subject=person, at=at))


def _verified(store: Store, heads: list[str]) -> Verified:
    return verify(store, LATER, expired_before=LATER - KEPT, heads=dict(enumerate(heads, 1)))


#: What is done to 1,500 rows and two erasures after them, all sealed; what is found, and the first wrong row.
TAMPERED = {
    "filed under nobody": ("UPDATE consulted SET subject = 'nobody' WHERE consultation_id = 7 AND subject = 'r1'", 7),
    "two exchanged": (
        "UPDATE consulted SET consultation_id = 17 - consultation_id WHERE consultation_id IN (8, 9) AND subject > 'r'",
        8,
    ),
    "one gone": ("DELETE FROM consulted WHERE consultation_id = 1200 AND subject LIKE 'r%'", 1200),
    "one more": ("INSERT INTO consulted (subject, consultation_id) VALUES ('r4', 3)", 3),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_row_is_found_under_what_it_names_and_nothing_else(store: Store, engine: Engine, how: str) -> None:
    add(store, 1_500)
    _erase(store, 1_501, "e1", PEOPLE[0])
    heads = seal_all(store)
    assert _verified(store, heads).findings == []
    statement, first = TAMPERED[how]
    tamper(engine, statement)
    found = _verified(store, heads)
    assert [one.kind for one in found.findings] == ["indexDiffers"]
    assert found.first_wrong == first


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM erased_subjects",
        "DELETE FROM erased_subjects WHERE request_id = 'e2'",
        f"UPDATE erased_subjects SET subject = '{PEOPLE[0]}' WHERE request_id = 'e2'",  # noqa: S608 - a constant
        "UPDATE erased_subjects SET request_id = 'e3' WHERE request_id = 'e2'",
    ],
)
def test_an_erased_request_stays_its_persons(store: Store, engine: Engine, statement: str) -> None:
    add(store, 10)
    for place, person in enumerate(PEOPLE, 1):
        _erase(store, 10 + place, f"e{place}", person)
    heads = seal_all(store)
    assert _verified(store, heads).findings == []
    tamper(engine, statement)
    assert [one.kind for one in _verified(store, heads).findings] == ["erasedDiffers"]


def test_what_has_expired_is_missed_nowhere(store: Store) -> None:
    then = NOW - KEPT - timedelta(days=1)
    _erase(store, 1, "e1", PEOPLE[0], at=then)
    heads = seal_all(store, at=then)
    assert _verified(store, heads).findings == []
    assert expire(store, LATER) == 1
    assert _verified(store, heads).findings == []
