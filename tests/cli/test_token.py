"""`niss token LOGIN`, as a process of its own."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from access.bearer import TokenVerifier
from access.issuer import TERMS, DevelopmentIssuer
from access.keys import FixedKeys
from runtime.database import make_engine
from store.tables import Person
from store.unit_of_work import Store

PROJECT = Path(__file__).resolve().parents[2]


def niss(home: Path, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "NISS_HOME": str(home), "NISS_MODE": "development", **environ}
    command = [sys.executable, "-m", "cli", *args]
    return subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, timeout=60, check=False)


async def test_a_token_of_a_known_person_is_all_that_is_printed(tmp_path: Path) -> None:
    done = niss(tmp_path, "token", "alice@acme.example")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    keys = FixedKeys(DevelopmentIssuer(tmp_path).jwks())
    verify = TokenVerifier(keys, terms=TERMS, now=lambda: datetime.now(UTC))
    assert (await verify(done.stdout.strip())).identity.subject == "alice@acme.example"


@pytest.mark.parametrize(
    ("login", "environ"),
    [
        ("nobody@nowhere.example", {}),
        ("alice@acme.example", {"NISS_MODE": "production"}),
        ("alice@acme.example", {"NISS_OIDC_ISSUER": "https://login.example"}),
    ],
)
def test_otherwise_there_is_one_line_on_stderr(tmp_path: Path, login: str, environ: dict[str, str]) -> None:
    done = niss(tmp_path, "token", login, **environ)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("niss: ")


async def test_a_login_is_an_address_whatever_its_case(tmp_path: Path) -> None:
    done = niss(tmp_path, "token", "BOB@Acme.example")
    assert (done.returncode, done.stderr) == (0, "")
    verify = TokenVerifier(FixedKeys(DevelopmentIssuer(tmp_path).jwks()), terms=TERMS, now=lambda: datetime.now(UTC))
    assert (await verify(done.stdout.strip())).identity.subject == "bob@acme.example"


def test_somebody_who_was_removed_gets_none(tmp_path: Path) -> None:
    assert niss(tmp_path, "token", "bob@acme.example").returncode == 0
    with Store(make_engine(f"sqlite:///{tmp_path / 'niss.db'}")).writing() as session:
        session.exec(select(Person).where(Person.login == "bob@acme.example")).one().state = "removed"
    done = niss(tmp_path, "token", "bob@acme.example")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "niss: nobody has this login\n")
