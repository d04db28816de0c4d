"""Our own matcher through the register, as the workflow's activity uses it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bench.matching.answers import Answer
from bench.matching.queries import Query
from domain.identification import RegisteredPerson
from matching.decide import Risk
from register.sql import SqlRegister
from runtime import schema
from runtime.database import make_engine

_BATCH = 1_000
_WARM_UP = 20
#: Seconds a question may take: a busy machine makes figures worse, and ends no run.
_PATIENCE = 300.0


@contextmanager
def loaded(
    people: Sequence[RegisteredPerson],
    database: str | None = None,
    *,
    risk: Risk | None = None,
    on_progress: Callable[[float], None] = lambda _done: None,
) -> Iterator[SqlRegister]:
    """A register with these people: a SQLite file that is forgotten, or an empty database of one's own."""
    with tempfile.TemporaryDirectory(prefix="niss-bench-") as folder:
        url = database or f"sqlite:///{Path(folder) / 'register.db'}"
        engine = make_engine(url, synchronous="OFF")
        try:
            yield load(engine, people, risk=risk, on_progress=on_progress)
        finally:
            engine.dispose()


def load(
    engine: Engine,
    people: Iterable[RegisteredPerson],
    *,
    risk: Risk | None = None,
    on_progress: Callable[[float], None] = lambda _done: None,
) -> SqlRegister:
    """Fill the database of an engine."""
    schema.upgrade(engine)
    register = SqlRegister(engine, "fictitious", risk=risk, patience=_PATIENCE)
    everybody = list(people)
    for start in range(0, len(everybody), _BATCH):
        register.add(everybody[start : start + _BATCH])
        on_progress((start + _BATCH) / len(everybody))
    register.settle()
    return register


def answer(register: SqlRegister, queries: Iterable[Query]) -> list[Answer]:
    """One query at a time, timed."""
    everything = list(queries)
    for query in everything[:_WARM_UP]:
        register.identify(query.stated)
    return [_one(register, query) for query in everything]


def _one(register: SqlRegister, query: Query) -> Answer:
    began = time.perf_counter()
    decision = register.identify(query.stated)
    ms = (time.perf_counter() - began) * 1000
    return Answer(
        query=query,
        kind=decision.kind.value,
        given=decision.person.ssin if decision.person else None,
        candidates=tuple((one.person.ssin, one.score) for one in decision.candidates),
        ms=ms,
        reason=decision.reason,
    )
