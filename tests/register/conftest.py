"""Every register adapter, empty, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from domain.ports import Register
from register.slow import SlowRegister, Trouble
from register.sql import SqlRegister
from runtime.database import make_engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> SqlRegister:
    """Where people are added, behind whichever adapter is asked."""
    return SqlRegister(engine, "fictitious")


@pytest.fixture(params=["sql", "slow"])
def port(request: pytest.FixtureRequest, register: SqlRegister) -> Register:
    """An adapter; the slow one in no more trouble than any register at a distance."""
    return register if request.param == "sql" else SlowRegister(register, Trouble(delay=0.001, patience=5))
