"""`niss audit`: whether the log of consultations is whole, and who has seen somebody's data."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.common import Commands, open_tools, progress_bar, say, settings_here, table, warn
from domain.errors import InvalidInput, NotFound
from domain.niss import Niss

if TYPE_CHECKING:
    from service.views import ConsultationView
    from store.verification import Verified

app = typer.Typer(
    cls=Commands,
    help="The log of consultations: whether it is whole, and who has seen somebody's data.",
    no_args_is_help=True,
)
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_COLUMNS = ("at", "by", "role", "company", "what", "requests", "fields", "reason", "trace")


@app.command()
def verify(
    *,
    heads: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A copy of the heads noted outside; NISS_HEADS_FILE otherwise.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Compare every sealed row with the hash chain, and the chain with the heads noted outside the database.

    Exit code 1 where a row was changed, deleted, inserted or exchanged, or where the end was cut off.
    """
    from store import expiry, verification

    tools, settings = open_tools(), settings_here()
    noted = _heads(heads or settings.heads_file, given=heads is not None)
    with progress_bar("verifying") as progress:
        now = tools.now()
        before = now - expiry.KEPT
        found = verification.verify(tools.store, now, expired_before=before, heads=noted, on_progress=progress)
    if found.seals and not found.outside:
        # The worker notes a head as soon as it has sealed: a service that has seals has had the file.
        detail = "no head is noted outside the database though rows were sealed: a cut end would not be seen"
        found.findings.append(verification.Finding("headsMissing", None, "", detail))
    if as_json:
        say(json.dumps(_outcome(found)))
    else:
        for finding in found.findings:
            warn(f"{finding.kind}: {finding.detail}" + (f" (rows {finding.rows})" if finding.rows else ""))
        if found.first_wrong is not None:
            warn(f"the first wrong row is {found.first_wrong}")
        since = f", the oldest since {_instant(found.unsealed_since)}" if found.unsealed_since else ""
        say(f"{found.rows} rows in {found.seals} seals verified, {found.expired} older than ten years and gone")
        say(f"{found.unsealed} rows not sealed yet{since}")
        say(f"head {found.head}, {found.outside} heads noted outside")
    if found.findings:
        raise typer.Exit(1)


@app.command()
def search(
    *,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on (UTC).")] = None,
    as_json: _Json = False,
) -> None:
    """Who has seen the data of a person: their right of access. The number is asked for, or read from stdin.

    Never an argument: those stand in the shell's history and in the list of processes. The search itself is noted.
    """
    from datetime import UTC

    from service import audit, console, reasons

    given = sys.stdin.readline() if not sys.stdin.isatty() else typer.prompt("NISS", hide_input=True, err=True)
    try:
        ssin = Niss.parse(str(given).strip())
    except ValueError:
        raise InvalidInput("that is not a number with its check digits") from None
    tools = open_tools()
    begin = since.replace(tzinfo=UTC) if since else None
    sought = audit.Sought(ssin=ssin, since=begin, until=tools.now(), reason=reasons.COMMAND)
    found: list[ConsultationView] = []
    cursor: str | None = None
    while True:
        page = audit.search(tools, console.auditor(), sought, page_size=1_000, cursor=cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    if as_json:
        say(json.dumps({"items": [_members(one) for one in found], "total": len(found)}, ensure_ascii=False))
    else:
        table(_COLUMNS, [_row(one) for one in found])


@app.command()
def expire() -> None:
    """Delete what is older than ten years; the worker does so every day. Its seals stay, and go on to verify."""
    from store import expiry

    tools = open_tools()
    say(f"{expiry.expire(tools.store, tools.now())} consultations older than ten years deleted")


def _heads(file: Path, *, given: bool) -> dict[int, str]:
    from runtime.heads import read_heads

    try:
        return read_heads(file)
    except FileNotFoundError:
        if given:
            raise NotFound("there is no such file of heads") from None
        return {}
    except (OSError, ValueError) as wrong:
        raise InvalidInput(f"the file of heads cannot be read: {type(wrong).__name__}") from None


def _outcome(found: Verified) -> dict[str, Any]:
    findings = [
        {"kind": one.kind, "seal": one.seal, "rows": one.rows, "detail": one.detail, "first": one.first}
        for one in found.findings
    ]
    return {
        "whole": not found.findings,
        "rows": found.rows,
        "seals": found.seals,
        "expired": found.expired,
        "unsealed": found.unsealed,
        "unsealedSince": _instant(found.unsealed_since) if found.unsealed_since else None,
        "head": found.head,
        "headsOutside": found.outside,
        "firstWrong": found.first_wrong,
        "findings": findings,
    }


def _members(one: ConsultationView) -> dict[str, Any]:
    members = {
        "at": _instant(one.at),
        "by": {"id": one.by.id, "name": one.by.name},
        "role": one.role,
        "company": one.company,
        "what": one.what,
        "requests": list(one.requests),
        "fields": list(one.fields),
        "reason": one.reason,
        "traceId": one.trace_id,
    }
    return {name: value for name, value in members.items() if value is not None}


def _row(one: ConsultationView) -> tuple[str, ...]:
    requests = " ".join(one.requests)
    told = (one.company, one.what, requests, " ".join(one.fields), one.reason, one.trace_id)
    return (_instant(one.at), one.by.name, one.role, *(cell or "-" for cell in told))


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
