"""`niss erase`: one request's personal data, gone."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from cli.common import open_tools, say
from domain.errors import Conflict


def erase(
    request_id: Annotated[str, typer.Argument(metavar="REQUEST_ID")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Withdraw the request first where it is still open.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as one JSON object.")] = False,
) -> None:
    """Erase one request's personal data: statements, answers, scans, messages. There is no way back.

    Identifiers, dates and the history of what happened stay; so does the record of who has seen the data, and the
    person in the register.
    """
    from service import console, erasure

    tools, caller = open_tools(), console.ops()
    phase = erasure.state_of(tools, caller, request_id)
    if phase != "closed" and not force:
        raise Conflict(f"the request is still open ({phase}); --force withdraws it first")
    if not yes:
        if not sys.stdin.isatty():
            raise Conflict("nothing is erased without a yes: answer at a terminal, or give --yes")
        first = "" if phase == "closed" else "Withdraw it and "
        question = f"{first}erase the personal data of request {request_id}? There is no way back"
        typer.confirm(question[0].upper() + question[1:], abort=True, err=True)
    pages = erasure.erase(tools, caller, request_id, force=force)
    if as_json:
        say(json.dumps({"id": request_id, "pages": pages, "withdrawn": phase != "closed"}))
    else:
        say(f"{request_id} erased, {pages} pages with it")
