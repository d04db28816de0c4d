"""`niss …`: the commands of the desk."""

from __future__ import annotations

import contextlib
import os
import sys

import typer

from cli import audit, engine, keys, members, register, requests, serve
from cli.common import Commands
from cli.doctor import doctor
from cli.erase import erase
from cli.migrate import migrate
from cli.token import token

app = typer.Typer(
    name="niss",
    cls=Commands,
    help="A durable request desk for Belgian social-security numbers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("api")(serve.api)
app.command("catcher", hidden=True)(serve.catcher)
app.command("token")(token)
app.command("migrate")(migrate)
app.command("erase")(erase)
app.command("doctor")(doctor)
app.add_typer(members.app, name="members")
app.add_typer(requests.app, name="requests")
app.add_typer(audit.app, name="audit")
app.add_typer(register.app, name="register")
app.add_typer(keys.app, name="keys")
app.add_typer(engine.app, name="engine")


def main() -> None:
    """Run one command, and end the process at once when it is done.

    A thread of Temporal's client may still call into Python while the interpreter takes itself apart, which aborts
    the process (temporalio/sdk-python#300): so there is no taking apart.
    """
    code: object = 0
    try:
        app(prog_name="niss")
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # a reader that went away
            stream.flush()
    if "temporalio.bridge.temporal_sdk_bridge" in sys.modules:
        os._exit(code if isinstance(code, int) else int(code is not None))
    raise SystemExit(code)
