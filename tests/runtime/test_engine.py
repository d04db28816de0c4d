"""The embedded server and its namespace, on the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from runtime import processes
from runtime.engine import (
    RETENTION,
    SEARCH_ATTRIBUTES,
    EngineUnavailable,
    connect,
    connect_when_ready,
    prepare_namespace,
    server_program,
)
from runtime.ports import answers, free_ports
from runtime.settings import Settings, load_settings
from runtime.toolchain import Engine

MakeSettings = Callable[..., Settings]


@pytest.mark.engine
async def test_namespace_has_retention_and_search_attributes(temporal_server: str) -> None:
    client = await Client.connect(temporal_server)
    described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="default"))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta() == RETENTION
    known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="default"))
    assert set(SEARCH_ATTRIBUTES) <= set(known.custom_attributes)
    assert await prepare_namespace(client) == ()


@pytest.mark.engine
async def test_given_server_gets_its_namespace(temporal_server: str, make_settings: MakeSettings) -> None:
    settings = make_settings(TEMPORAL_ADDRESS=temporal_server, TEMPORAL_NAMESPACE="desk-of-its-own")
    assert not settings.embedded_engine
    client = await connect_when_ready(settings)
    assert await prepare_namespace(client) == ()
    described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="desk-of-its-own"))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta() == RETENTION


@pytest.mark.timeskipping
async def test_time_skipping_server_takes_a_workflow(time_skipping: WorkflowEnvironment) -> None:
    handle = await time_skipping.client.start_workflow("nobody", id="nothing", task_queue="nowhere")
    await handle.terminate()


async def test_nothing_there_is_one_line(make_settings: MakeSettings) -> None:
    (port,) = free_ports(1)
    with pytest.raises(EngineUnavailable, match=f"127.0.0.1:{port} does not answer"):
        await connect(make_settings(TEMPORAL_ADDRESS=f"127.0.0.1:{port}"))


def test_command_is_durable_fast_and_free_of_client_variables(make_settings: MakeSettings) -> None:
    settings = make_settings(NISS_SQLITE_SYNCHRONOUS="FULL")
    program = server_program(
        settings, Engine(Path("/bin/temporal"), "here"), {"TEMPORAL_ADDRESS": "x:1", "PATH": "/bin"}
    )
    command = " ".join(program.command)
    assert f"--db-filename {settings.home / 'temporal.db'}" in command
    assert "--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=FULL" in command
    assert "history.transferProcessorMaxPollRPS=1000" in command
    assert "--search-attribute requestPhase=Keyword" in command
    assert program.environ == {"PATH": "/bin"}


@pytest.mark.engine
def test_server_dies_with_a_killed_parent(temporal_server: str, tmp_path: Path) -> None:
    """kill -9 of whoever started the server: the kernel ends the server too, and its ports are free again."""
    del temporal_server  # the binary is there
    port, ui_port = free_ports(2)
    code = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from runtime import processes
        from runtime.engine import server_program
        from runtime.settings import load_settings
        from runtime.toolchain import find_engine
        settings = load_settings(os.environ, project=Path(os.environ["NISS_HOME"]))
        server = processes.start(server_program(settings, find_engine("auto", os.environ, print), os.environ))
        print(server.pid, flush=True)
        server.wait()
        """
    )
    given = {"NISS_HOME": str(tmp_path), "NISS_TEMPORAL_PORT": str(port), "NISS_UI_PORT": str(ui_port)}
    environ = {**os.environ, **given, "PYTHONPATH": str(Path(processes.__file__).parent.parent)}
    with subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        server = int(parent.stdout.readline())
        _until(lambda: answers("127.0.0.1", port))
        parent.kill()
    _until(lambda: not processes.alive(server) or _zombie(server))
    _until(lambda: not answers("127.0.0.1", port))
    assert load_settings(given, project=tmp_path).home == tmp_path


def _zombie(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def _until(condition: Callable[[], bool], *, patience: float = 15.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "did not come to pass in time"
        time.sleep(0.02)
