"""What every test may use: settings of an own data folder, real servers of Temporal and PostgreSQL, skipped time."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from runtime import processes, schema
from runtime.database import make_engine
from runtime.engine import connect_when_ready, prepare_namespace, server_program
from runtime.ports import free_ports
from runtime.settings import Settings, load_settings
from runtime.toolchain import EngineMissing, find_engine
from tests.postgres import NoPostgres, PostgresServer
from tests.postgres import postgres_server as started_postgres

PROJECT = Path(__file__).resolve().parent.parent

MakeSettings = Callable[..., Settings]


@pytest.fixture
def make_settings(tmp_path: Path) -> MakeSettings:
    """Settings of a data folder of this test's own, in development; `make_settings(NISS_FOUR_EYES="always")`."""

    def make(**environ: str) -> Settings:
        given = {"NISS_HOME": str(tmp_path / "home"), "NISS_MODE": "development", "NISS_SQLITE_SYNCHRONOUS": "NORMAL"}
        settings = load_settings({**given, **environ}, project=tmp_path)
        settings.home.mkdir(exist_ok=True)
        return settings

    return make


@pytest.fixture(scope="session")
def temporal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address (`host:port`) of a real, durable Temporal server of this test run. Mark the test `engine`."""
    try:
        engine = find_engine("auto", os.environ, lambda line: print(line, file=sys.__stderr__, flush=True))
    except EngineMissing as reason:
        pytest.skip(str(reason))
    if not engine.durable:
        pytest.skip("only the in-memory test server can be had")
    port, ui_port = free_ports(2)
    home = tmp_path_factory.mktemp("temporal")
    given = {"NISS_HOME": str(home), "NISS_TEMPORAL_PORT": str(port), "NISS_UI_PORT": str(ui_port)}
    settings = load_settings({**given, "NISS_SQLITE_SYNCHRONOUS": "NORMAL"}, project=home)
    server = processes.start(server_program(settings, engine, os.environ))
    try:
        asyncio.run(_ready(settings))
        yield settings.temporal_target
    finally:
        processes.stop([server])


async def _ready(settings: Settings) -> None:
    await prepare_namespace(await connect_when_ready(settings))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test run's own. Mark the test `postgres`."""
    with ExitStack() as kept:
        try:
            server = kept.enter_context(started_postgres())
        except NoPostgres as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a migrated, empty PostgreSQL database of this test's own. Mark the test `postgres`."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to be copied."""
    made = tmp_path_factory.mktemp("migrated") / "niss.db"
    engine = make_engine(f"sqlite:///{made}", synchronous="NORMAL")
    schema.upgrade(engine)
    engine.dispose()
    return made


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated, empty database of this test's own: once on SQLite, once on PostgreSQL."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "niss.db")
    return f"sqlite:///{tmp_path / 'niss.db'}"


@pytest.fixture
async def time_skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A time-skipping server of this test's own, with our search attributes. Mark the test `timeskipping`."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = shutil.which("temporal-test-server", path=places)
    if not found:
        pytest.skip("no temporal-test-server here")
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=found) as environment:
        await prepare_namespace(environment.client)
        yield environment


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where `NISS_REQUIRE=engine,browser` names a marker, a test that carries it may not be skipped."""
    del call
    report = yield
    required = {name.strip() for name in os.environ.get("NISS_REQUIRE", "").split(",") if name.strip()}
    marked = {mark.name for mark in item.iter_markers()} & required
    if report.skipped and marked and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped, though NISS_REQUIRE names {', '.join(sorted(marked))}: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests measured (`record_property("figure", …)`), also of those that ran side by side."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    figures = sorted(str(value) for report in reports for name, value in report.user_properties if name == "figure")
    if figures:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(figures))
