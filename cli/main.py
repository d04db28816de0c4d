"""`niss …`: the commands of the desk."""

from __future__ import annotations

import typer

from cli import engine, register, serve
from cli.common import Commands
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
app.add_typer(register.app, name="register")
app.add_typer(engine.app, name="engine")
