"""The whole service in the foreground: `make run`, `niss serve`.

Holds the data folder, starts the embedded engine, the mail catcher, the API and the worker, says `ready` when all
of them truly answer, keeps them running, and ends them on SIGINT, SIGTERM or SIGHUP. Killed outright, the kernel ends
the children (runtime/processes.py), and the next start finds nothing in its way.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from temporalio.client import Client

from domain.errors import NissDeskError
from runtime import usable
from runtime.children import Children
from runtime.engine import connect_when_ready, prepare_namespace, server_program
from runtime.keeping import check_keys
from runtime.ports import check_free, free_ports
from runtime.processes import Program
from runtime.readiness import Awaited, Check, all_answer, api_is_up, page_is_there, port_answers, worker_polls
from runtime.settings import PROJECT, Settings, WrongSetting
from runtime.settings_files import RunFile, read_run_file, write_run_file
from runtime.toolchain import Engine, find_engine

READY_PATIENCE = 120.0
"""Seconds from the first child's start until everything must answer."""

STOP_PATIENCE = 3.5
"""Seconds each of two groups of children gets to end by itself: below ten together."""

GIVE_UP = 5
"""Deaths of one child before `ready` after which the start is given up."""

Say = Callable[[str], None]


class NotReady(NissDeskError):
    """The service could not be brought up; one line says what is missing and where to look."""

    code = "notReady"


class FolderInUse(NissDeskError):
    """Another `make run` works on this data folder."""

    code = "folderInUse"


def serve(settings: Settings, environ: Mapping[str, str], *, task_queue: str, say: Say) -> None:
    """Run the service until a signal asks for its end; then return.

    Args:
        settings: as of load_settings(follow=False); ports of 0 become free ones here.
        environ: the variables children get, ours on top.
        task_queue: where the worker listens.
        say: prints one line.

    Raises WrongSetting, PortTaken, EngineMissing, FolderInUse, NotReady: each one clear line.
    """
    settings.check_issuer()
    settings.make_home()
    check_keys(settings)
    with _only_one(settings.home), _stoppable():
        settings = with_free_ports(settings)
        check_free(_ports(settings))
        usable.check(settings)
        engine = find_engine(settings.engine, environ, say) if settings.embedded_engine else None
        _explain(settings, engine, say)
        if engine is None:
            usable.await_engine(settings, say)
        try:
            asyncio.run(_run(settings, engine, environ, task_queue=task_queue, say=say))
        finally:
            write_run_file(settings.home, run_file(settings, {}))


def with_free_ports(settings: Settings) -> Settings:
    """The settings with every port of 0 replaced by one that is free now."""
    given = (settings.port, settings.temporal_port, settings.ui_port, settings.smtp_port)
    found = iter(free_ports(given.count(0)))
    port, temporal_port, ui_port, smtp_port = (number or next(found) for number in given)
    smtp_url, public_url = settings.smtp_url, settings.public_url
    return replace(
        settings,
        port=port,
        temporal_port=temporal_port,
        ui_port=ui_port,
        smtp_port=smtp_port,
        smtp_url=smtp_url if settings.smtp_given else f"smtp://127.0.0.1:{smtp_port}",
        public_url=public_url.removesuffix("0") + str(port) if public_url.endswith(":0") else public_url,
    )


def child_environ(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """What a child is told: everything we were, with folder, mode and ports as they were settled."""
    return {
        **environ,
        "NISS_HOME": str(settings.home),
        "NISS_MODE": settings.mode,
        "NISS_PORT": str(settings.port),
        "NISS_TEMPORAL_PORT": str(settings.temporal_port),
        "NISS_UI_PORT": str(settings.ui_port),
        "NISS_SMTP_PORT": str(settings.smtp_port),
        "PYTHONUNBUFFERED": "1",
    }


def run_file(settings: Settings, pids: dict[str, int]) -> RunFile:
    """What other commands follow."""
    return RunFile(
        mode=settings.mode,
        host=settings.host,
        port=settings.port,
        temporalPort=settings.temporal_port,
        uiPort=settings.ui_port,
        smtpPort=settings.smtp_port,
        pids=pids,
    )


def urls(settings: Settings, engine: Engine | None) -> dict[str, str]:
    """What a person can open, by name."""
    found = {"portal": f"{settings.public_url}/", "api": f"{settings.public_url}/v1"}
    if engine and engine.durable:
        found["temporal-ui"] = f"http://127.0.0.1:{settings.ui_port}"
    if not settings.smtp_given:
        found["mailbox"] = f"{settings.public_url}/mailbox"
    return found


def _ports(settings: Settings) -> Iterator[tuple[str, str, int]]:
    yield "NISS_PORT", settings.host, settings.port
    if settings.embedded_engine:
        yield "NISS_TEMPORAL_PORT", "127.0.0.1", settings.temporal_port
        yield "NISS_UI_PORT", "127.0.0.1", settings.ui_port
    if not settings.smtp_given:
        yield "NISS_SMTP_PORT", "127.0.0.1", settings.smtp_port
    if settings.metrics_port is not None:
        yield "NISS_METRICS_PORT", settings.host, settings.metrics_port


def _explain(settings: Settings, engine: Engine | None, say: Say) -> None:
    if engine is None:
        say(f"engine: Temporal at {settings.temporal_target}, as TEMPORAL_ADDRESS or TEMPORAL_PROFILE says")
    else:
        say(f"engine: {engine.path}: {engine.why}")
        if not engine.durable:
            say("warning: this server keeps nothing: requests in progress are lost when it stops; there is no UI")
    if not settings.development and not settings.smtp_given:
        say("warning: mails are caught, not sent; set NISS_SMTP_URL")
    say(f"logs: {settings.home / 'logs'}")


async def _run(
    settings: Settings,
    engine: Engine | None,
    environ: Mapping[str, str],
    *,
    task_queue: str,
    say: Say,
) -> None:
    asked_to_end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_end.set)
    supervisor = {"supervisor": os.getpid()}
    children = Children(say, lambda pids: write_run_file(settings.home, run_file(settings, supervisor | pids)))
    awaited = Awaited({f"Temporal at {settings.temporal_target}"})
    bringing_up = asyncio.create_task(_bring_up(settings, engine, environ, children, awaited, task_queue=task_queue))
    deadline = time.monotonic() + READY_PATIENCE
    try:
        while not asked_to_end.is_set():
            children.watch()
            if bringing_up.done() and deadline:
                bringing_up.result()
                for name, url in urls(settings, engine).items():
                    say(f"{name} {url}")
                say("ready")
                deadline = 0.0
            elif deadline:
                _still_hopeful(children, deadline, awaited)
                if awaited.to_be_said():
                    say(f"waiting for {awaited}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asked_to_end.wait(), 0.1)
        say("stopping")
    finally:
        bringing_up.cancel()
        children.stop(last=("engine",), patience=STOP_PATIENCE)


def _still_hopeful(children: Children, deadline: float, awaited: Awaited) -> None:
    lost = children.hopeless(deaths=GIVE_UP)
    if lost:
        raise NotReady(f"{lost.program.name} does not stay up: {lost.why}")
    if time.monotonic() > deadline:
        logs = ", ".join(children.running)
        raise NotReady(f"no answer from {awaited} after {READY_PATIENCE:.0f} s: see the logs of {logs}")


async def _bring_up(
    settings: Settings,
    engine: Engine | None,
    environ: Mapping[str, str],
    children: Children,
    awaited: Awaited,
    *,
    task_queue: str,
) -> None:
    """Start everything, as much at once as order allows; return when all of it answers."""
    variables = child_environ(settings, environ)
    logs = settings.home / "logs"

    def program(name: str, *arguments: str) -> Program:
        return Program(name, [sys.executable, *arguments], logs / f"{name}.log", variables, PROJECT)

    if engine:
        children.start(server_program(settings, engine, variables))
    if not settings.smtp_given:
        children.start(program("catcher", "-m", "cli", "catcher"))
    # The API makes the schema and seeds it before it answers; whoever comes to the schema first makes it.
    children.start(program("api", "-m", "cli", "api", "--prepare"))
    children.start(program("worker", str(PROJECT / "worker.py")))
    client = await connect_when_ready(settings, patience=READY_PATIENCE)
    await prepare_namespace(client)
    checks = _checks(settings, engine, client, task_queue)
    awaited.names = set(checks)
    await all_answer(checks, awaited)


def _checks(settings: Settings, engine: Engine | None, client: Client, task_queue: str) -> Mapping[str, Check]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    checks: dict[str, Check] = {
        "the worker": lambda: worker_polls(client, task_queue),
        "the API": lambda: api_is_up(host, settings.port),
    }
    if engine and engine.durable:
        checks["the Temporal UI"] = lambda: page_is_there("127.0.0.1", settings.ui_port)
    if not settings.smtp_given:
        checks["the mail catcher"] = lambda: port_answers("127.0.0.1", settings.smtp_port)
    return checks


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Hold the data folder: two engines on one file would spoil it. The kernel lets go when we are killed."""
    try:
        opened = (home / "run.lock").open("w")
    except OSError as error:
        raise WrongSetting(f"NISS_HOME: {home} cannot be written to: {error.strerror}") from None
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = read_run_file(home).get("pids", {}).get("supervisor")
            who = f"process {pid}" if pid else "another one"
            raise FolderInUse(f"NISS_HOME: `make run` ({who}) already works on {home}") from None
        yield


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Until the loop takes the signals over (a long build before it): SIGTERM ends us as Ctrl-C does.

    SIGINT too is asked for: a shell without job control starts its background jobs with it ignored.
    """

    def end(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
