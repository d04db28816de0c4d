"""`niss requests`: requests as ops may see them, without anything personal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.common import Commands, open_tools, say, table

if TYPE_CHECKING:
    from service.inspection import Overview

app = typer.Typer(
    cls=Commands,
    help="Requests by id, phase and dates: what waits, and where it stands. Nothing personal.",
    no_args_is_help=True,
)
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_COLUMNS = ("id", "phase", "outcome", "company", "updated", "deadline", "facts waiting", "mails")


@app.command("list")
def list_(
    *,
    phase: Annotated[
        str | None, typer.Option(help="collecting, identifying, inReview, awaitingInformation or closed.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="identified, numberCreated, rejected, withdrawn or expired.")
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only those with facts not signalled or mails not sent.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: _Json = False,
) -> None:
    """The requests that changed last."""
    from domain.request import Outcome, Phase
    from service import console
    from service.inspection import Filter, overviews

    _one_of(phase, Phase, "--phase")
    _one_of(outcome, Outcome, "--outcome")
    found, total = overviews(open_tools(), console.ops(), Filter(phase, outcome, waiting, limit))
    if as_json:
        say(json.dumps({"items": [_overview(one) for one in found], "total": total}))
        return
    table(_COLUMNS, [_row(one) for one in found])
    if total > len(found):
        say(f"{len(found)} of {total}; --limit shows more")


@app.command()
def show(
    request_id: Annotated[str, typer.Argument(metavar="REQUEST_ID")],
    *,
    as_json: _Json = False,
) -> None:
    """One request: its run in Temporal, facts, rulings, mails and history."""
    from service import console
    from service.inspection import inspect

    found = inspect(open_tools(), console.ops(), request_id)
    parts: dict[str, Sequence[Mapping[str, Any]]] = {
        "facts": found.facts,
        "rulings": found.rulings,
        "mails": found.mails,
        "history": found.history,
    }
    if as_json:
        listed = {name: [_plain(line) for line in lines] for name, lines in parts.items()}
        say(json.dumps({**_overview(found.overview), "workflowId": found.workflow, **listed}))
        return
    for name, value in _overview(found.overview).items():
        say(f"{name:14} {value}")
    say(f"{'workflow':14} {found.workflow}")
    for name, lines in parts.items():
        say("")
        say(name)
        if lines:
            table(tuple(lines[0]), [tuple(_shown(value) for value in line.values()) for line in lines])
        else:
            say("none")


def _overview(one: Overview) -> dict[str, Any]:
    """API names; what is absent is left out."""
    return _plain(
        {
            "id": one.id,
            "phase": one.phase,
            "outcome": one.outcome,
            "reviewReason": one.review_reason,
            "company": one.enterprise_number,
            "createdAt": one.created_at,
            "submittedAt": one.submitted_at,
            "updatedAt": one.updated_at,
            "closedAt": one.closed_at,
            "deadline": one.deadline,
            "escalatedAt": one.escalated_at,
            "factsWaiting": one.waiting_facts,
            "mails": dict(one.mails),
        }
    )


def _row(one: Overview) -> tuple[str, ...]:
    mails = ", ".join(f"{count} {state}" for state, count in sorted(one.mails.items()))
    cells = (one.id, one.phase, one.outcome, one.enterprise_number, one.updated_at, one.deadline, one.waiting_facts)
    return (*(_shown(cell) for cell in cells), mails or "-")


def _plain(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _instant(value) if isinstance(value, datetime) else value
        for name, value in line.items()
        if value is not None
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return _instant(value) if isinstance(value, datetime) else str(value)


def _one_of(given: str | None, known: Any, option: str) -> None:  # noqa: ANN401 - an enumeration
    if given is not None and given not in list(known):
        raise typer.BadParameter(f"must be one of {', '.join(known)}", param_hint=option)
