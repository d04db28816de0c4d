"""The API on a real database, register, blob store and page checks."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.issuer import DevelopmentIssuer
from access.pseudonyms import Pseudonyms
from documents.prepared import PreparedZones
from domain.terms import Terms
from register.demo import FIVE
from register.sql import SqlRegister
from runtime import schema
from runtime.database import make_engine
from runtime.keeping import make_blobs
from runtime.seed import seed_demo_people
from runtime.settings import load_settings
from service.context import Tools
from store.unit_of_work import Store
from tests.api.desk import Desk
from tests.intake import INTAKE
from tests.postgres import Kept, PostgresServer


def fill(url: str) -> None:
    """The schema, the demo people and the five of the register."""
    engine = make_engine(url, synchronous="NORMAL")
    schema.upgrade(engine)
    seed_demo_people(Store(engine))
    SqlRegister(engine, "fictitious").add(FIVE)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "niss.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def prepared_postgres(postgres_server: PostgresServer) -> Iterator[Kept]:
    """One database for all tests of this process, one after the other."""
    with postgres_server.kept(fill) as kept:
        yield kept


@pytest.fixture
def filled_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own: SQLite, unless the test says otherwise (`on_both`)."""
    if getattr(request, "param", "sqlite") == "postgres":
        kept: Kept = request.getfixturevalue("prepared_postgres")
        yield kept.url
        kept.put_back()
    else:
        shutil.copy(request.getfixturevalue("prepared"), tmp_path / "niss.db")
        yield f"sqlite:///{tmp_path / 'niss.db'}"


#: A test that is made once on each database. The contract's own are, without saying so.
on_both = pytest.mark.parametrize(
    "filled_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every row and every error of the contract, on SQLite and on PostgreSQL."""
    if metafunc.module.__name__.rpartition(".")[2].startswith("test_contract_") and "desk" in metafunc.fixturenames:
        metafunc.parametrize(*on_both.args, **on_both.kwargs)


@pytest.fixture
async def desk(tmp_path: Path, filled_url: str) -> AsyncIterator[Desk]:
    engine = make_engine(filled_url, synchronous="NORMAL")
    blobs = make_blobs(load_settings({"NISS_HOME": str(tmp_path), "NISS_MODE": "development"}, project=tmp_path))
    tools = Tools(
        store=Store(engine),
        blobs=blobs,
        pages=INTAKE,
        register=SqlRegister(engine, "fictitious"),
        terms=Terms(ruling_undo=timedelta(0)),
        pseudonyms=Pseudonyms(bytes(32)),
        now=lambda: datetime.now(UTC),
        zones=PreparedZones(),
    )
    made = Desk(tools, DevelopmentIssuer(tmp_path), tmp_path, SqlRegister(engine, "fictitious"))
    made.open()
    yield made
    for client in made.clients.values():
        await client.aclose()
    blobs.close()
    engine.dispose()
