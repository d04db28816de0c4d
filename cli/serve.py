"""The commands that run the service, whole or in parts."""

from __future__ import annotations

import asyncio
import os
import runpy
from typing import Annotated

import typer

from cli.common import say, settings_here, warn
from runtime.settings import PROJECT, load_settings
from runtime.settings_files import merged_environ

_Check = Annotated[bool, typer.Option("--check", help="Only say whether it works on this host; exit code 1 if not.")]


def serve(
    *,
    development: Annotated[
        bool, typer.Option("--development", help="Mode where NISS_MODE says nothing: what `make run` uses.")
    ] = False,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", hidden=True, help="End when the calling process ends.")
    ] = False,
) -> None:
    """Run the whole service in the foreground; Ctrl-C ends it."""
    from runtime import processes, supervisor
    from workflows.options import TASK_QUEUE

    if with_parent:
        processes.end_with_parent()
    mode = "development" if development else _mode_here()
    settings = settings_here(follow=False, default_mode=mode)
    environ = merged_environ(os.environ, project=PROJECT)
    try:
        supervisor.serve(settings, environ, task_queue=TASK_QUEUE, say=say)
    except KeyboardInterrupt:
        say("stopping")


def _mode_here() -> str:
    """The mode of the last run on the data folder, said where it is that of development; its ports are not followed."""
    mode = load_settings(os.environ, project=PROJECT).mode
    if mode == "development" and not merged_environ(os.environ, project=PROJECT).get("NISS_MODE"):
        warn("mode development, as `make run` left it in this data folder; NISS_MODE=production starts the other")
    return mode


def worker(*, check: _Check = False) -> None:
    """Run the worker alone."""
    if check:
        from runtime import alive

        asyncio.run(alive.check_worker(settings_here()))
        return
    runpy.run_path(str(PROJECT / "worker.py"), run_name="__main__")


def api(
    *,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="First make the schema and, in development, the demo people and register.")
    ] = False,
    check: _Check = False,
) -> None:
    """Run API and portal alone."""
    if check:
        from runtime import alive

        asyncio.run(alive.check_api(settings_here()))
        return
    from runtime import usable
    from runtime.keeping import check_keys
    from runtime.logs import configure_logging
    from runtime.server import serve as serve_http

    configure_logging()
    settings = settings_here()
    settings.check_issuer()
    settings.make_home()
    check_keys(settings)
    usable.wait(settings, warn)
    if prepare:
        from runtime import wiring

        wiring.prepare(settings)
    serve_http("web:application", settings)


def catcher(
    *,
    host: Annotated[str, typer.Option(help="Address on which mails are taken.")] = "127.0.0.1",
    check: _Check = False,
) -> None:
    """Run the local SMTP catcher alone: mails are kept as files in the data folder, not sent."""
    from mail.catcher import serve_catcher

    settings = settings_here()
    if check:
        from runtime import alive

        asyncio.run(alive.check_catcher(settings))
        return
    settings.make_home()
    serve_catcher(host, settings.smtp_port, settings.mailbox)
