"""`niss doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from cli.common import say, settings_here

_MARKS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look at every part of the service and say what to do. Exit code 1 where something is wrong."""
    asyncio.run(_examine(as_json=as_json))


async def _examine(*, as_json: bool) -> None:
    from runtime.doctor import checks, examined

    found = []
    for name, check in checks(settings_here()):
        for finding in await examined(name, check):
            found.append(finding)
            if not as_json:
                say(f"{_MARKS[finding.state]}  {finding.name:17} {finding.says}")
                if finding.do:
                    say(f"{'':9}{'':17} -> {finding.do}")
    wrong = sum(finding.state == "wrong" for finding in found)
    if as_json:
        listed = [
            {"name": one.name, "state": one.state, "says": one.says, **({"do": one.do} if one.do else {})}
            for one in found
        ]
        say(json.dumps({"healthy": not wrong, "checks": listed}))
    elif wrong:
        say(f"{wrong} of {len(found)} checks are wrong")
    if wrong:
        raise typer.Exit(1)
