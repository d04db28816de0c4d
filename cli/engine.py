"""`niss engine …`: the embedded Temporal server by itself."""

from __future__ import annotations

import asyncio
import os

import typer

from cli.common import Commands, say, settings_here
from runtime import processes
from runtime.engine import connect_now, connect_when_ready, prepare_namespace, server_program
from runtime.ports import check_free
from runtime.settings import PROJECT, Settings, WrongSetting
from runtime.settings_files import merged_environ
from runtime.toolchain import find_engine

app = typer.Typer(cls=Commands, help="The embedded Temporal server.", no_args_is_help=True)


@app.command()
def start() -> None:
    """Run the embedded Temporal server alone, in the foreground."""
    settings = settings_here()
    if not settings.embedded_engine:
        raise WrongSetting(f"TEMPORAL_ADDRESS: names {settings.temporal_target}; nothing is embedded")
    environ = merged_environ(os.environ, project=PROJECT)
    check_free(
        [
            ("NISS_TEMPORAL_PORT", "127.0.0.1", settings.temporal_port),
            ("NISS_UI_PORT", "127.0.0.1", settings.ui_port),
        ]
    )
    engine = find_engine(settings.engine, environ, say)
    say(f"engine: {engine.path}: {engine.why}")
    settings.make_home()
    server = processes.start(server_program(settings, engine, environ))
    try:
        asyncio.run(_ready(settings))
        say(f"temporal {settings.temporal_target}")
        if engine.durable:
            say(f"temporal-ui http://127.0.0.1:{settings.ui_port}")
        say("ready")
        server.wait()
    except KeyboardInterrupt:
        say("stopping")
    finally:
        processes.stop([server])


@app.command()
def status() -> None:
    """Say whether the Temporal server answers; exit code 1 where it does not."""
    settings = settings_here()
    asyncio.run(_answers(settings))
    say(f"Temporal at {settings.temporal_target} answers")


@app.command()
def path() -> None:
    """Print where the server program lies, fetching or building it where it is missing."""
    settings = settings_here()
    engine = find_engine(
        settings.engine, merged_environ(os.environ, project=PROJECT), lambda line: typer.echo(line, err=True)
    )
    say(str(engine.path))


async def _ready(settings: Settings) -> None:
    await prepare_namespace(await connect_when_ready(settings))


async def _answers(settings: Settings) -> None:
    client = await connect_now(settings)
    await client.service_client.check_health()
