"""Whoever is shown personal data by a command is noted; a command without a row here fails, and so does one unnoted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest
from sqlmodel import col, select
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from portal.access_words import SHOWN as SHOWN_IN_WORDS
from store.logbook import ConsultationRow
from store.tables import Person, StatementRow
from tests.api.desk import Desk
from tests.cli.calling import niss, said
from tests.cli.test_erase import told
from tests.store.logbook import tamper

ACME = ("--company", "0999000129")
#: By command: as what it is noted, and in whose place the person at the console acts.
SHOWN = {
    "members list": ("members", "ops"),
    "members invite": ("member", "ops"),
    "members role": ("member", "ops"),
    "register match": ("registerMatch", "agent"),
    "audit search": ("consultations", "auditor"),
    "erase": ("erasure", "ops"),
}
NOTHING_SHOWN = {
    "serve": "starts the service",
    "worker": "starts the worker",
    "api": "starts the server",
    "catcher": "keeps mails in development",
    "token": "a token, in development, for a login that was given",
    "migrate": "tables",
    "doctor": "parts of the service",
    "members remove": "the id that was given",
    "requests list": "identifiers, codes and instants",
    "requests show": "identifiers, codes and instants",
    "audit verify": "numbers of rows",
    "audit expire": "a count",
    "register load": "numbers of lines, and what is wrong in them without their values",
    "register add": "a count",
    "keys new": "a key",
    "keys rewrap": "a count",
    "engine path": "a path",
    "engine start": "starts the engine",
    "engine status": "addresses",
}
#: No row is taken any more.
FULL = "CREATE TRIGGER full BEFORE INSERT ON consultations BEGIN SELECT RAISE(ABORT, 'no more'); END"
QUERIES = "query_id,surname,given_names,birth_date\nq1,Reuter,Coenige,1983-05-24\nq2,Nobody,Atall,1911-01-01\n"


def commands(group: TyperGroup, before: str = "") -> Iterator[str]:
    """All there are, by what one types."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def noted(desk: Desk) -> list[ConsultationRow]:
    with desk.tools.store.reading() as session:
        return list(session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id))))


def test_no_command_is_forgotten() -> None:
    every = get_command(app)
    assert isinstance(every, TyperGroup)
    assert set(commands(every)) == {*SHOWN, *NOTHING_SHOWN}


def person(desk: Desk, *company: str) -> str:
    found: list[dict[str, Any]] = json.loads(said(niss(desk.home, "members", "list", *company, "--json")))
    return str(found[-1]["id"])


async def called(
    desk: Desk, command: str, *, full: bool = False
) -> tuple[CompletedProcess[str], list[ConsultationRow]]:
    """One call of the command, and the rows it leaves; `full`: the log takes none."""
    queries = desk.home / "queries.csv"
    queries.write_text(QUERIES, "utf-8")
    request_id = await told(desk) if command == "erase" else ""
    somebody = person(desk) if command == "members role" else ""
    arguments: dict[str, tuple[str, ...]] = {
        "members list": (),
        "members invite": ("fien@desk.example",),
        "members role": (somebody, "ops"),
        "register match": (str(queries), "--json"),
        "audit search": ("--json",),
        "erase": (request_id, "--yes"),
    }
    before = len(noted(desk))
    if full:
        tamper(desk.tools.store.engine, FULL)
    done = niss(desk.home, *command.split(), *arguments[command], typed="83.45.24-163.11\n")
    return done, noted(desk)[before:]


@pytest.mark.parametrize("command", SHOWN)
async def test_who_is_shown_something_is_noted(desk: Desk, command: str) -> None:
    what, role = SHOWN[command]
    done, rows = await called(desk, command)
    said(done)
    assert [(row.what, row.role) for row in rows] == [(what, role)]
    assert rows[0].person_id.startswith("console:")
    if command in ("register match", "audit search"):
        assert rows[0].reason == f"niss {command}" + (" queries.csv" if command == "register match" else "")
    assert set(rows[0].fields) <= set(SHOWN_IN_WORDS)


@pytest.mark.parametrize(
    ("command", "what"),
    [(("list",), "members"), (("invite", "cas@acme.example"), "member"), (("role", "ID", "administrator"), "member")],
)
async def test_a_companys_people_too(desk: Desk, command: tuple[str, ...], what: str) -> None:
    given = [person(desk, *ACME) if part == "ID" else part for part in command]
    before = len(noted(desk))
    said(niss(desk.home, "members", *given, *ACME))
    rows = noted(desk)[before:]
    assert [(row.what, row.role) for row in rows] == [(what, "administrator")]
    assert rows[0].company_id, "for which company"


async def test_whom_a_comparison_showed_is_found_by_their_number(desk: Desk) -> None:
    queries = desk.home / "queries.csv"
    queries.write_text(QUERIES, "utf-8")
    lines = [
        json.loads(line) for line in said(niss(desk.home, "register", "match", str(queries), "--json")).split("\n")[:-1]
    ]
    shown = {one["ssin"] for line in lines for one in line["candidates"]}
    assert "83452416311" in shown
    row = noted(desk)[-1]
    assert (row.what, len(row.people)) == ("registerMatch", len(shown))
    assert "83452416311" not in json.dumps(row.people), "by pseudonym"
    found = said(niss(desk.home, "audit", "search", "--json", typed="83.45.24-163.11\n"))
    assert "registerMatch" in [one["what"] for one in json.loads(found)["items"]]


def people(desk: Desk) -> list[tuple[str, str, str]]:
    """Who is here, as what."""
    with desk.tools.store.reading() as session:
        return [(one.id, one.role, one.state) for one in session.exec(select(Person).order_by(col(Person.id)))]


@pytest.mark.parametrize("command", SHOWN)
async def test_a_log_that_takes_no_row_shows_nobody_and_changes_nothing(desk: Desk, command: str) -> None:
    before = people(desk)
    done, rows = await called(desk, command, full=True)
    assert (done.returncode, done.stdout, rows) == (1, "", [])
    assert "log of consultations" in done.stderr
    assert "Traceback" not in done.stderr
    assert people(desk) == before
    if command == "erase":
        with desk.tools.store.reading() as session:
            (stated,) = session.exec(select(StatementRow)).all()
        assert stated.personal_data, "nobody is erased unnoted"
