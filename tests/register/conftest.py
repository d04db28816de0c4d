"""Every register adapter, empty. PostgreSQL joins the list of databases when its binaries are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from register.sql import SqlRegister
from register.tables import metadata
from runtime.database import make_engine


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    assert request.param == "sqlite"
    engine = make_engine(f"sqlite:///{tmp_path / 'register.db'}", synchronous="NORMAL")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> SqlRegister:
    return SqlRegister(engine, "fictitious")
