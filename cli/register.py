"""`niss register`: load, match and add people of the embedded register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from zoneinfo import ZoneInfo

import typer

from access import policy
from access.policy import Permission
from cli.common import open_tools, progress_bar
from domain.errors import NissDeskError
from register.files import dead_ends
from register.files import load as load_file
from register.loading import FilingAhead
from register.queries import match_file
from register.records import REGISTER_COLUMNS, registered_person

if TYPE_CHECKING:
    from register.sql import SqlRegister

app = typer.Typer(help="The embedded person register: load, match, add.", no_args_is_help=True)
#: One row of the consultation log names the people of so many answers.
_NOTED_AT_ONCE = 100
_BRUSSELS = ZoneInfo("Europe/Brussels")
_FILE = typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE")


@app.command()
def load(
    file: Annotated[Path, _FILE],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing when a row is bad, and exit with 1.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Add or update people by ssin from a CSV (UTF-8, with header) or Parquet file.

    Bad rows are told on stderr by line and reason and do not stop the rest. A running service may go on meanwhile.
    """
    with _told(), progress_bar("loading") as progress:
        register = _register()
        with FilingAhead(register) as ahead:
            done = load_file(
                file,
                ahead,
                today=_today(),
                strict=strict,
                on_bad=lambda line, reason: _say(f"line {line}: {reason}"),
                on_warning=lambda line, reason: _say(f"line {line}: warning: {reason}"),
                on_progress=progress,
            )
        if done.from_line:
            _say(f"went on after line {done.from_line}, where an earlier load of this file had ended")
        for line, warning in dead_ends(register, done.replaced):
            _say(f"line {line}: warning: {warning}")
    if as_json:
        typer.echo(json.dumps({"loaded": done.people, "bad": done.bad}))
    else:
        typer.echo(f"{done.people} people loaded, {done.bad} rows bad")
    if strict and done.bad:
        raise typer.Exit(1)


@app.command()
def match(
    file: Annotated[Path, _FILE],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Look stated people (CSV with query_id, surname, birth_date, …) up, one at a time, as the workflow does."""
    with _told(), progress_bar("matching") as progress:
        answers = match_file(
            file,
            _register(),
            today=_today(),
            on_warning=lambda line, reason: _say(f"line {line}: warning: {reason}"),
            on_progress=progress,
        )
        for answer in _noted(answers, _command(file)):
            if as_json:
                typer.echo(json.dumps(answer, ensure_ascii=False))
            else:
                said = answer.get("decision") or f"error: {answer['error']}"
                typer.echo(f"{answer['query_id']}\t{said}\t{answer.get('ssin', '')}")


@app.command()
def add(  # noqa: PLR0913 - one option a column
    *,
    ssin: Annotated[str, typer.Option(help="The number, with or without punctuation.")],
    surname: Annotated[str, typer.Option()],
    birth_date: Annotated[str, typer.Option(help="1953-11-24, 1953-11 or 1953.")],
    given_names: Annotated[str, typer.Option()] = "",
    sex: Annotated[str, typer.Option(help="M or F.")] = "",
    birth_place: Annotated[str, typer.Option()] = "",
    birth_country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2.")] = "",
    nationality: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2.")] = "",
    street: Annotated[str, typer.Option()] = "",
    house_number: Annotated[str, typer.Option()] = "",
    box: Annotated[str, typer.Option()] = "",
    postal_code: Annotated[str, typer.Option()] = "",
    municipality: Annotated[str, typer.Option()] = "",
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2.")] = "",
    deceased_on: Annotated[str, typer.Option()] = "",
    replaced_by: Annotated[str, typer.Option(help="The number that holds instead.")] = "",
    former_surname: Annotated[str, typer.Option()] = "",
) -> None:
    """Add one person, or update the one with this ssin."""
    given = locals()
    with _told():
        try:
            person, warnings = registered_person({name: given[name] for name in REGISTER_COLUMNS}, today=_today())
        except ValueError as error:
            _fail(str(error))
        for warning in warnings:
            _say(f"warning: {warning}")
        register = _register()
        register.add([person])
        replaced = [(1, person.ssin)] if person.replaced_by is not None else []
        for _, warning in dead_ends(register, replaced):
            _say(f"warning: {warning}")
    typer.echo("1 person added or updated")


def _command(file: Path) -> str:
    """What the log says as the reason: the command with its file's name, unless that holds somebody's number."""
    from service.reasons import holds_number

    return "niss register match " + ("FILE" if holds_number(file.name) else file.name)


def _noted(answers: Iterator[dict[str, Any]], why: str) -> Iterator[dict[str, Any]]:
    """Answers, each once it is noted that somebody at the console is shown these people."""
    from service import console, consultations

    tools, caller = open_tools(), console.agent()
    policy.require(caller, Permission.DECIDE)
    while some := list(islice(answers, _NOTED_AT_ONCE)):
        shown = consultations.of_candidates([one for answer in some for one in answer.get("candidates", ())])
        if shown.people:
            consultations.noted(tools, caller, "registerMatch", shown, reason=why)
        yield from some


def _register() -> SqlRegister:
    # Imported when needed: `--help` stays fast, and wiring knows every adapter.
    from runtime.wiring import open_register

    return open_register()


def _today() -> date:
    return datetime.now(_BRUSSELS).date()


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _fail(line: str) -> NoReturn:
    _say(line)
    raise typer.Exit(1)


@contextmanager
def _told() -> Iterator[None]:
    """An error of ours becomes one line on stderr and exit code 1."""
    try:
        yield
    except NissDeskError as error:
        _fail(str(error))
