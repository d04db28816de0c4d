"""`niss doctor`: on the real thing, well and ill; and the health check of each process."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from google.protobuf.duration_pb2 import Duration
from sqlalchemy import Engine
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client

from runtime import processes, schema
from runtime.doctor import Finding, checks, examined
from runtime.ports import free_ports
from runtime.settings import Settings
from runtime.wiring import open_database
from store.tables import Company, FactRow, Person, Request
from store.unit_of_work import Store
from tests.cli.calling import PROJECT, niss, said

MakeSettings = Callable[..., Settings]
PATIENCE = 60.0


async def found(settings: Settings, *names: str) -> dict[str, Finding]:
    """What the checks of these names found, by part."""
    every = [one for name, check in checks(settings) if name in names for one in await examined(name, check)]
    return {one.name: one for one in every}


@contextmanager
def running(home: Path, *args: str, **environ: str) -> Iterator[None]:
    given = {"PATH": os.environ["PATH"], "NISS_HOME": str(home), "NISS_MODE": "development", **environ}
    program = processes.Program(args[0], [sys.executable, "-m", "cli", *args], home / f"{args[0]}.log", given, PROJECT)
    process = processes.start(program)
    try:
        yield
    finally:
        processes.stop([process])


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.engine
def test_a_service_that_is_well(temporal_server: str, tmp_path: Path) -> None:
    port, smtp_port = free_ports(2)
    environ = {
        "TEMPORAL_ADDRESS": temporal_server,
        "TEMPORAL_NAMESPACE": "doctor-well",
        "NISS_PORT": str(port),
        "NISS_SMTP_PORT": str(smtp_port),
    }
    said(niss(tmp_path, "migrate", **environ))
    with ExitStack() as service:
        for name in ("worker", "api", "catcher"):
            assert niss(tmp_path, name, "--check", **environ).returncode == 1
            service.enter_context(running(tmp_path, name, **environ))
        for name in ("worker", "api", "catcher"):
            until(lambda name=name: niss(tmp_path, name, "--check", **environ).returncode == 0)  # type: ignore[misc]
        out = json.loads(said(niss(tmp_path, "doctor", "--json", **environ)))
        assert out["healthy"]
        assert [(check["name"], check["state"]) for check in out["checks"]] == [
            (name, "ok")
            for name in (
                *("settings", "database", "migrations", "facts", "consultations", "blobStore", "keyStore"),
                *("zones", "smtp", "engine", "retention", "searchAttributes", "worker", "issuer", "clock"),
            )
        ]
        lines = said(niss(tmp_path, "doctor", **environ)).splitlines()
        assert len(lines) == 15
        assert all(line.startswith("ok") for line in lines)


def test_a_service_that_is_not_there(tmp_path: Path) -> None:
    port, smtp_port = free_ports(2)
    done = niss(tmp_path / "home", "doctor", NISS_TEMPORAL_PORT=str(port), NISS_SMTP_PORT=str(smtp_port))
    assert done.returncode == 1
    assert done.stderr == ""
    assert "WRONG    database" in done.stdout
    assert "-> niss migrate makes it" in done.stdout
    assert "WRONG    engine" in done.stdout
    assert "-> start the service (make run)" in done.stdout
    assert "WRONG    smtp" in done.stdout
    assert not (tmp_path / "home" / "niss.db").exists(), "a doctor makes nothing"
    assert done.stdout.splitlines()[-1].endswith("checks are wrong")


@pytest.mark.engine
async def test_a_namespace_that_is_missing_or_poor(temporal_server: str, make_settings: MakeSettings) -> None:
    missing = make_settings(TEMPORAL_ADDRESS=temporal_server, TEMPORAL_NAMESPACE="doctor-nobody")
    assert (await found(missing, "engine"))["namespace"].state == "wrong"
    client = await Client.connect(temporal_server)
    poor = RegisterNamespaceRequest(
        namespace="doctor-poor", workflow_execution_retention_period=Duration(seconds=86400)
    )
    await client.workflow_service.register_namespace(poor)
    settings = make_settings(TEMPORAL_ADDRESS=temporal_server, TEMPORAL_NAMESPACE="doctor-poor")
    deadline = time.monotonic() + PATIENCE
    while "retention" not in (parts := await found(settings, "engine")):
        assert time.monotonic() < deadline, "a server looks for new namespaces every ten seconds"
        await asyncio.sleep(0.2)
    assert parts["engine"].state == "ok"
    assert parts["retention"].state == "warning"
    assert parts["retention"].do == "temporal operator namespace update --namespace doctor-poor --retention 30d"
    assert parts["searchAttributes"].state == "wrong"
    assert "--name requestPhase --type Keyword" in parts["searchAttributes"].do
    assert "--name deadline --type Datetime" in parts["searchAttributes"].do
    assert parts["worker"].state == "wrong"


async def test_an_old_schema_and_facts_that_wait(make_settings: MakeSettings) -> None:
    settings = make_settings()
    engine = open_database(settings)
    schema.upgrade(engine)
    assert {one.state for one in (await found(settings, "database")).values()} == {"ok"}
    _late_fact(engine, datetime.now(UTC) - timedelta(minutes=1))
    late = (await found(settings, "database"))["facts"]
    assert (late.state, late.says) == ("wrong", "1 accepted facts have not reached Temporal")
    schema.move(engine, "-1")
    old = await found(settings, "database")
    assert (old["migrations"].state, old["migrations"].do) == ("wrong", "niss migrate")
    assert "facts" not in old
    engine.dispose()


def _late_fact(engine: Engine, at: datetime) -> None:
    with Store(engine).writing() as session:
        session.add(Company(id="c", enterprise_number="1", name="C"))
        session.flush()
        session.add(Person(id="m", login="m", email="m", name="M", role="requester", company_id="c"))
        session.flush()
        row = Request(id="r", company_id="c", requester_id="m", language="fr", phase="collecting")
        row.created_at = row.updated_at = at
        session.add(row)
        session.flush()
        session.add(FactRow(request_id="r", seq=1, fact_id="f", kind="addressStated", at=at))


@pytest.mark.postgres
async def test_on_postgresql(postgres_url: str, make_settings: MakeSettings) -> None:
    parts = await found(make_settings(NISS_DATABASE_URL=postgres_url), "database", "clock")
    assert {name: one.state for name, one in parts.items()} == {
        "database": "ok",
        "migrations": "ok",
        "facts": "ok",
        "consultations": "ok",
        "clock": "ok",
    }
    assert parts["clock"].says.startswith("with the database to 0.")


async def test_a_database_that_is_away(make_settings: MakeSettings) -> None:
    (port,) = free_ports(1)
    settings = make_settings(NISS_DATABASE_URL=f"postgresql://u:secret@127.0.0.1:{port}/x")
    away = (await found(settings, "database"))["database"]
    assert (away.state, away.says) == ("wrong", f"127.0.0.1:{port} does not answer")
    assert "secret" not in str(away)


async def test_a_blob_store_that_is_away(make_settings: MakeSettings) -> None:
    settings = make_settings()
    (settings.home / "blobs").write_text("in the way")
    assert (await found(settings, "blobStore"))["blobStore"].state == "wrong"


@pytest.fixture
def issuer() -> Iterator[Callable[[timedelta], str]]:
    """`issuer(ahead)`: the address of an issuer without keys, whose clock is ahead of ours."""
    with ExitStack() as servers:

        def make(ahead: timedelta) -> str:
            return servers.enter_context(_issuer(ahead))

        yield make


@contextmanager
def _issuer(ahead: timedelta) -> Iterator[str]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_port}"
            body = json.dumps({"issuer": base, "jwks_uri": f"{base}/keys", "keys": []}).encode()
            self.send_response_only(200)
            self.send_header("Date", format_datetime(datetime.now(UTC) + ahead, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("ahead", "state", "says"),
    [
        (timedelta(0), "ok", "with the issuer of tokens"),
        (timedelta(seconds=6), "warning", "s behind the issuer of tokens"),
        (timedelta(minutes=5), "wrong", "s behind the issuer of tokens"),
        (timedelta(minutes=-5), "wrong", "s ahead of the issuer of tokens"),
    ],
)
async def test_clocks(
    ahead: timedelta, state: str, says: str, issuer: Callable[[timedelta], str], make_settings: MakeSettings
) -> None:
    clock = (await found(make_settings(NISS_OIDC_ISSUER=issuer(ahead)), "clock"))["clock"]
    assert clock.state == state
    assert says in clock.says


async def test_an_issuer_that_cannot_be_believed(
    issuer: Callable[[timedelta], str], make_settings: MakeSettings
) -> None:
    none = (await found(make_settings(NISS_OIDC_ISSUER=issuer(timedelta(0))), "issuer"))["issuer"]
    assert (none.state, "names no key" in none.says) == ("wrong", True)
    (port,) = free_ports(1)
    away = (await found(make_settings(NISS_OIDC_ISSUER=f"http://127.0.0.1:{port}"), "issuer"))["issuer"]
    assert away.state == "wrong"


async def test_production_hears_what_it_will_regret(make_settings: MakeSettings) -> None:
    settings = make_settings(NISS_MODE="production")
    stops = (await found(settings, "settings"))["settings"]
    assert (stops.state, stops.do) == ("wrong", "set NISS_OIDC_ISSUER: docs/configuration.md")
    settings = make_settings(NISS_MODE="production", NISS_OIDC_ISSUER="https://login.example", NISS_PRT="1")
    every = [one for name, check in checks(settings) if name == "settings" for one in await examined(name, check)]
    assert {one.state for one in every} == {"warning"}
    assert any("did you mean NISS_PORT" in one.says for one in every)


async def test_a_check_that_hangs_or_breaks_is_a_finding() -> None:
    async def breaks() -> list[Finding]:
        raise KeyError("a name of somebody")

    (broken,) = await examined("x", breaks)
    assert (broken.state, broken.says) == ("wrong", "the check failed: KeyError")


def test_every_command_has_help() -> None:
    for args in ([], ["members"], ["members", "invite"], ["requests"], ["requests", "list"], ["requests", "show"]):
        _help(*args)
    for args in (["erase"], ["doctor"], ["migrate"], ["serve"], ["worker"], ["api"], ["engine"], ["token"]):
        _help(*args)
    for args in (["keys"], ["keys", "new"], ["keys", "rewrap"]):
        _help(*args)
    for args in (["register"], ["register", "load"], ["register", "match"], ["register", "add"]):
        _help(*args)


def _help(*args: str) -> None:
    command = [sys.executable, "-m", "cli", *args, "--help"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, args
    assert "Usage: niss" in done.stdout


async def test_every_issuer_of_the_file_is_asked(
    issuer: Callable[[timedelta], str], make_settings: MakeSettings, tmp_path: Path
) -> None:
    entries = [
        {"key": key, "issuer": address, "clientId": "x"}
        for key, address in (("a", issuer(timedelta(0))), ("b", f"http://127.0.0.1:{free_ports(1)[0]}"))
    ]
    (tmp_path / "issuers.json").write_text(json.dumps(entries))
    settings = make_settings(NISS_OIDC_ISSUERS=str(tmp_path / "issuers.json"))
    asked = [one for name, check in checks(settings) if name == "issuer" for one in await examined(name, check)]
    assert [one.state for one in asked] == ["wrong", "wrong"]
    assert "names no key" in asked[0].says
    assert "does not answer" in asked[1].says
    (tmp_path / "issuers.json").write_text("[{}]")
    assert "NISS_OIDC_ISSUERS: [0].key" in (await found(settings, "issuer"))["issuer"].says
