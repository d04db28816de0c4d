"""deploy/databases.sh on a real PostgreSQL: each role has its own and nothing else, and ours can be migrated."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import scalar_row

from runtime import schema
from runtime.database import make_engine
from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres
SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "databases.sh"
DATABASES = ("niss", "temporal", "temporal_visibility")


@pytest.fixture
def prepared(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    environ = {
        "PATH": f"{postgres_server.binaries}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(postgres_server.port),
        "POSTGRES_USER": "postgres",
        "DESK_DB_PASSWORD": 'it\'s "a" $password; --',
        "ENGINE_DB_PASSWORD": "another",
    }
    try:
        subprocess.run(["sh", SCRIPT], env=environ, check=True, capture_output=True)
        yield postgres_server
    finally:
        with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
            for name in DATABASES:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            for role in ("niss", "temporal"):
                connection.execute(f"DROP ROLE IF EXISTS {role}".encode())


def test_each_role_has_its_own_and_nothing_else(prepared: PostgresServer) -> None:
    asked = "SELECT has_database_privilege(%s, %s, 'CONNECT')"
    with psycopg.connect(prepared.url("postgres"), row_factory=scalar_row) as connection:
        may = {
            (role, name): connection.execute(asked, (role, name)).fetchone()
            for role in ("niss", "temporal")
            for name in DATABASES
        }
        special = connection.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('niss', 'temporal') "
            "AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls)"
        ).fetchone()
        without = connection.execute(
            "SELECT count(*) FROM pg_authid WHERE rolname IN ('niss', 'temporal') AND rolpassword IS NULL"
        ).fetchone()
    assert {pair for pair, allowed in may.items() if allowed} == {
        ("niss", "niss"),
        ("temporal", "temporal"),
        ("temporal", "temporal_visibility"),
    }
    assert (special, without) == (0, 0)


def test_ours_can_be_migrated_by_its_owner(prepared: PostgresServer) -> None:
    engine = make_engine(f"postgresql://niss@127.0.0.1:{prepared.port}/niss")
    try:
        schema.upgrade(engine)
        assert schema.is_current(engine)
    finally:
        engine.dispose()


def test_temporals_visibility_may_have_its_extension(prepared: PostgresServer) -> None:
    url = f"postgresql://temporal@127.0.0.1:{prepared.port}/temporal_visibility"
    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
