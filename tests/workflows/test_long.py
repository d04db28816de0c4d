"""A request with a long history goes on in a new run; on a real server that suggests it early."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.client import Client

from domain.request import Phase
from runtime import processes
from runtime.engine import connect_when_ready, prepare_namespace, server_program
from runtime.ports import free_ports
from runtime.settings import Settings, load_settings
from runtime.toolchain import EngineMissing, find_engine
from tests.workflows import stored
from tests.workflows.cast import KNOWN, UNKNOWN
from tests.workflows.conftest import MakeWorld
from workflows import options
from workflows.request import RequestWorkflow

pytestmark = pytest.mark.engine

#: Events of a history after which the server suggests to continue as new; 4,096 by default.
SUGGESTED_AFTER = 40


@pytest.fixture
def impatient_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server that suggests to continue as new after a few events."""
    try:
        engine = find_engine("auto", os.environ, lambda _line: None)
    except EngineMissing as reason:
        pytest.skip(str(reason))
    if not engine.durable:
        pytest.skip("only the in-memory test server can be had")
    home = tmp_path_factory.mktemp("impatient")
    settings = _settings(home, *free_ports(2))
    program = server_program(settings, engine, os.environ)
    suggestion = ["--dynamic-config-value", f"limit.historyCount.suggestContinueAsNew={SUGGESTED_AFTER}"]
    server = processes.start(replace(program, command=[*program.command, *suggestion]))
    try:
        asyncio.run(_ready(settings))
        yield settings.temporal_target
    finally:
        processes.stop([server])


def _settings(home: Path, port: int, ui_port: int) -> Settings:
    given = {"NISS_HOME": str(home), "NISS_TEMPORAL_PORT": str(port), "NISS_UI_PORT": str(ui_port)}
    return load_settings({**given, "NISS_SQLITE_SYNCHRONOUS": "NORMAL"}, project=home)


async def _ready(settings: Settings) -> None:
    await prepare_namespace(await connect_when_ready(settings))


async def test_a_long_story_continues_in_a_new_run(impatient_server: str, make_world: MakeWorld) -> None:
    client = await Client.connect(impatient_server)
    async with make_world(client) as world:
        request_id = await world.drafted(UNKNOWN)
        first = (await world.story(request_id).describe()).run_id
        for _ in range(SUGGESTED_AFTER // 4):
            await world.state(request_id, KNOWN)
        await world.state(request_id, UNKNOWN)
        second = (await world.story(request_id).describe()).run_id
        assert second != first
        await world.submit(request_id)
        await world.until_phase(request_id, Phase.IN_REVIEW)
        for _ in range(2):
            await world.ask(request_id, document=True)
            assert await world.story(request_id).query(RequestWorkflow.missing_steps) == []
            await world.upload(request_id)
            await world.until_phase(request_id, Phase.IN_REVIEW)
        third = (await world.story(request_id).describe()).run_id
        assert third != second
        await world.rule(request_id, kind="createNumber")
        assert await world.outcome(request_id) == "numberCreated"
        assert world.history(request_id).count("inReview") == 3
        notices = [notice for notice, _ in world.mails(request_id)]
        assert notices == [*["inProgress", "informationNeeded"] * 2, "inProgress", "numberReady"]
        between = client.get_workflow_handle(options.workflow_id(request_id), run_id=second)
        events = [event async for event in between.fetch_history_events()]
        if stored.RECORDING:
            stored.record(stored.CONTINUED, events)
        assert stored.fingerprint(events)[-1] == stored.fingerprint(stored.stored(stored.CONTINUED).events)[-1]
        shown = (await world.story(request_id).describe()).typed_search_attributes
        assert shown[options.REQUEST_PHASE] == "closed"
        assert shown[options.COMPANY_ID] == world.row(request_id).company_id
        assert shown.get(options.DEADLINE) is None
