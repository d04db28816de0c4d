"""The world that workflow tests play in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from domain.ports import ZoneReader
from mail.outbox import Outbox
from register.slow import SlowRegister
from runtime import schema, wiring
from runtime.seed import seed_demo_people
from runtime.settings import Settings
from store.recorder import Recorder
from tests.intake import INTAKE
from tests.workflows.cast import REGISTERED
from tests.workflows.losing import LosesReceipts
from tests.workflows.world import World, add_to_register, make_worker
from workflows.gateway import Gateway

MakeWorld = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def make_world(make_settings: Callable[..., Settings]) -> MakeWorld:
    """`async with make_world(client, **settings) as world`. `working=False`: no worker runs.

    `slow=True` puts the slow register before the real one, for the worker alone: see `World.switch_register`.
    `zones` reads what is uploaded instead of a child process of this world's own.
    """

    @asynccontextmanager
    async def make(
        client: Client,
        *,
        slow: bool = False,
        working: bool = True,
        zones: ZoneReader | None = None,
        **environ: str,
    ) -> AsyncIterator[World]:
        settings = make_settings(**{"NISS_RULING_UNDO": "PT0S", "NISS_FOUR_EYES": "never", **environ})
        # One for all: a world's own would be ended whenever its rubbish is collected, perhaps in a thread that is
        # being cancelled; and the first upload of each would wait for it to start.
        INTAKE.workshop.start()
        tools = wiring.make_tools(settings, INTAKE)
        tools = replace(tools, zones=zones or tools.zones)
        schema.upgrade(tools.store.engine)
        seed_demo_people(tools.store)
        control = settings.home / "register.json"
        register = SlowRegister(tools.register, control=control) if slow else tools.register

        async def given() -> Client:
            return client

        recorder = LosesReceipts(Recorder(tools.store))
        world = World(settings, tools, client, Outbox(), Gateway(given), register, recorder, control)
        add_to_register(world, [REGISTERED])
        with ThreadPoolExecutor(8) as threads:
            if working:
                async with make_worker(world, threads):
                    yield world
            else:
                yield world
        tools.store.engine.dispose()

    return make


@pytest.fixture
async def skipping_world(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    """A world on a time-skipping server, with the slow register."""
    async with make_world(time_skipping.client, slow=True) as world:
        world.environment = time_skipping
        yield world
