"""Every register adapter, empty, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from register.sql import SqlRegister
from runtime.database import make_engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> SqlRegister:
    return SqlRegister(engine, "fictitious")
