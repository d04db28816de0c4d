"""The Temporal server: ours to start, or given. How it is started, connected to, and made ready for requests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Unavailable
from runtime.ports import answers
from runtime.processes import Program
from runtime.settings import Settings, WrongSetting
from runtime.toolchain import Engine

RETENTION = timedelta(days=30)
"""How long a closed request's history stays readable; what must last longer stands in our database."""

SEARCH_ATTRIBUTES: Mapping[str, str] = {
    "requestPhase": "Keyword",
    "requestOutcome": "Keyword",
    "companyId": "Keyword",
    "awaitingSince": "Datetime",
    "deadline": "Datetime",
}
"""What the list of the Temporal UI can show and filter by. Nothing personal."""

# The development server is slow by its settings, not by its work: one shard that looks for work
# twenty times a second, and no eager activities.
DYNAMIC: Mapping[str, str] = {
    "history.transferProcessorMaxPollRPS": "1000",
    "history.timerProcessorMaxPollRPS": "1000",
    "history.visibilityProcessorMaxPollRPS": "1000",
    "system.enableActivityEagerExecution": "true",
}

_ASK = timedelta(seconds=2)
_NAMESPACE_SEEN = 20.0  # seconds: a server looks for new namespaces every ten


class EngineUnavailable(Unavailable):
    """The Temporal server does not answer, or lacks what requests need and may not be changed by us."""

    code = "engineUnavailable"


def server_program(settings: Settings, engine: Engine, environ: Mapping[str, str]) -> Program:
    """How the embedded server is started: durable on a file in the data folder, given ports, on this machine only."""
    # Variables for clients (TEMPORAL_ADDRESS …) are read by the server's command too, and mean nothing there.
    variables = {name: value for name, value in environ.items() if not name.startswith("TEMPORAL_")}
    command = [str(engine.path)]
    if not engine.durable:
        command += [str(settings.temporal_port)]
    else:
        command += ["server", "start-dev", "--ip", "127.0.0.1", "--log-level", "error"]
        command += ["--port", str(settings.temporal_port), "--ui-port", str(settings.ui_port)]
        command += ["--db-filename", str(settings.home / "temporal.db"), "--namespace", settings.temporal_namespace]
        command += ["--sqlite-pragma", "journal_mode=WAL"]
        command += ["--sqlite-pragma", f"synchronous={settings.sqlite_synchronous}"]
        for name, kind in SEARCH_ATTRIBUTES.items():
            command += ["--search-attribute", f"{name}={kind}"]
        for name, value in DYNAMIC.items():
            command += ["--dynamic-config-value", f"{name}={value}"]
    return Program("engine", command, settings.home / "logs" / "engine.log", variables, settings.home)


def metered(settings: Settings) -> Runtime | None:
    """Temporal's own means, giving their metrics on a port; None where none is set. Raises WrongSetting if taken."""
    if settings.metrics_port is None:
        return None
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"{host}:{settings.metrics_port}"
    try:
        return Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
    except (RuntimeError, ValueError):
        raise WrongSetting(f"NISS_METRICS_PORT: nobody can listen on {address}") from None


async def connect(
    settings: Settings, *, lazy: bool = False, identity: str | None = None, runtime: Runtime | None = None
) -> Client:
    """A client of the server the settings name; address, namespace, key and TLS as `temporalio.envconfig` reads them.

    With `lazy` it connects at its first call: the API starts while Temporal is away. Raises EngineUnavailable.
    """
    given: dict[str, Any] = {**settings.temporal_profile.to_client_connect_config()}
    given["target_host"] = settings.temporal_target
    given["namespace"] = settings.temporal_namespace
    try:
        return await Client.connect(**given, lazy=lazy, identity=identity, runtime=runtime)
    except RuntimeError as error:
        raise EngineUnavailable(f"Temporal at {settings.temporal_target} does not answer") from error


async def connect_now(settings: Settings) -> Client:
    """`connect` for commands that ask once and end: raises EngineUnavailable at once where nobody listens.

    A client whose connecting failed still calls back a moment later, and aborts a process that is just ending.
    """
    host, _, port = settings.temporal_target.rpartition(":")
    if not await asyncio.to_thread(answers, host.strip("[]"), int(port), patience=2.0):
        raise EngineUnavailable(f"Temporal at {settings.temporal_target} does not answer")
    return await connect(settings)


async def connect_when_ready(settings: Settings, *, patience: float = 30.0, runtime: Runtime | None = None) -> Client:
    """Wait until the server and its namespace answer. `patience` in seconds; then EngineUnavailable."""
    deadline = time.monotonic() + patience
    while True:
        try:
            client = await connect(settings, runtime=runtime)
            await _namespace_there(client, ours=settings.embedded_engine)
        except (EngineUnavailable, RPCError) as error:
            if time.monotonic() > deadline:
                raise EngineUnavailable(f"Temporal at {settings.temporal_target} is not ready") from error
            await asyncio.sleep(0.05)
        else:
            return client


async def prepare_namespace(client: Client) -> tuple[str, ...]:
    """Give the namespace its retention and search attributes where they are missing. Repeating it changes nothing.

    Returns lines about what a given server refused and requests can do without.
    Raises EngineUnavailable where search attributes are missing and may not be added: every request would stall.
    """
    lines = []
    try:
        await _keep_long_enough(client)
    except RPCError as refused:
        lines.append(
            f"Temporal refused to keep closed requests for {RETENTION.days} days ({refused.status.name}); "
            "set the namespace's retention yourself"
        )
    missing = await missing_attributes(client)
    if missing:
        try:
            await _add_attributes(client, missing)
        except RPCError as refused:
            names = ", ".join(f"{name} ({SEARCH_ATTRIBUTES[name]})" for name in missing)
            raise EngineUnavailable(
                f"the Temporal namespace {client.namespace} lacks search attributes and refused them "
                f"({refused.status.name}): add {names}"
            ) from refused
    return tuple(lines)


async def _namespace_there(client: Client, *, ours: bool) -> None:
    service = client.workflow_service
    try:
        await service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace), timeout=_ASK)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND or ours:
            raise
        retention = Duration(seconds=int(RETENTION.total_seconds()))
        request = RegisterNamespaceRequest(
            namespace=client.namespace, workflow_execution_retention_period=retention, description="niss-desk"
        )
        try:
            await service.register_namespace(request, timeout=_ASK)
        except RPCError as refused:
            if refused.status is not RPCStatusCode.ALREADY_EXISTS:
                raise EngineUnavailable(f"Temporal has no namespace {client.namespace}, and refused one") from refused


async def retention(client: Client) -> timedelta:
    """How long the namespace keeps closed requests. Raises RPCError."""
    request = DescribeNamespaceRequest(namespace=client.namespace)
    described = await client.workflow_service.describe_namespace(request, timeout=_ASK)
    return described.config.workflow_execution_retention_ttl.ToTimedelta()


async def _keep_long_enough(client: Client) -> None:
    service = client.workflow_service
    if await retention(client) < RETENTION:
        config = NamespaceConfig()
        config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
        await service.update_namespace(UpdateNamespaceRequest(namespace=client.namespace, config=config), timeout=_ASK)


async def missing_attributes(client: Client) -> list[str]:
    """Those of SEARCH_ATTRIBUTES that the namespace lacks."""
    request = ListSearchAttributesRequest(namespace=client.namespace)
    try:
        known = await client.operator_service.list_search_attributes(request, timeout=_ASK)
    except RPCError:
        # The test server cannot list; adding is idempotent.
        return list(SEARCH_ATTRIBUTES)
    return [name for name in SEARCH_ATTRIBUTES if name not in known.custom_attributes]


async def _add_attributes(client: Client, names: list[str]) -> None:
    kinds = {
        "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        "Datetime": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
    }
    wanted = {name: kinds[SEARCH_ATTRIBUTES[name]] for name in names}
    request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=wanted)
    deadline = time.monotonic() + _NAMESPACE_SEEN
    while True:
        try:
            await client.operator_service.add_search_attributes(request, timeout=timedelta(seconds=10))
        except RPCError as error:
            if error.status is RPCStatusCode.ALREADY_EXISTS:
                return
            if error.status is not RPCStatusCode.NOT_FOUND or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.2)
        else:
            return
