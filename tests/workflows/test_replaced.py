"""The mail that tells of a replaced number: a run of its own, once the request's story is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.errors import MailDeferred
from domain.niss import Niss
from runtime import relay as relaying
from service import replacements
from store.facts import running
from store.replacements import untried_mails
from tests.workflows.cast import KNOWN, REGISTERED
from tests.workflows.conftest import MakeWorld
from tests.workflows.world import World, add_to_register, until
from workflows import options

pytestmark = pytest.mark.timeskipping
STAYS = replace(REGISTERED, ssin=Niss.parse("93.45.12-046.19"))


@pytest.fixture
async def world(make_world: MakeWorld, time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    async with make_world(time_skipping.client) as made:
        made.environment = time_skipping
        yield made


async def _replaced(world: World) -> str:
    request_id = await world.sent(KNOWN)
    assert await world.outcome(request_id) == "identified"
    add_to_register(world, [STAYS])
    members = {"ssin": REGISTERED.ssin.digits, "replacedBy": STAYS.ssin.digits}
    assert replacements.replace_number(world.tools, world.dave, members).requests == 1
    return request_id


async def test_the_relay_has_it_sent_once(world: World) -> None:
    request_id = await _replaced(world)
    assert world.mails(request_id) == [("numberReady", "sent"), ("numberReplaced", "pending")]
    relay = world.relay()
    await relay.once()
    await relay.once()
    await until(lambda: world.mails(request_id)[-1] == ("numberReplaced", "sent"))
    await relay.once()
    await relay.find_lost()
    assert world.history(request_id)[-1] == "numberReplaced"
    assert ["remplacé" in str(sent.message["Subject"]) for sent in world.postman.sent] == [False, True]
    # The request's own story is neither begun anew nor looked for.
    with world.tools.store.reading() as session:
        late = world.tools.now() + timedelta(days=1)
        assert request_id not in [row.id for row in running(session, late, "")]


async def test_the_run_knows_no_more_than_the_mails_name(world: World) -> None:
    request_id = await _replaced(world)
    with world.tools.store.reading() as session:
        ((_, mail_id),) = untried_mails(session)
    await world.relay().once()
    handle = world.client.get_workflow_handle(options.workflow_id(request_id, mail=mail_id))
    assert await handle.result() == "identified"
    described = await handle.describe()
    assert described.typed_search_attributes[options.REQUEST_PHASE] == "closed"


async def test_a_mail_server_that_is_away_is_waited_for(world: World) -> None:
    request_id = await _replaced(world)
    world.postman.fail(MailDeferred("away"))
    await world.relay().once()
    await until(lambda: world.mails(request_id)[-1] == ("numberReplaced", "sent"))
    assert not world.postman.failures


async def test_a_run_that_temporal_has_lost_is_begun_anew(world: World) -> None:
    request_id = await _replaced(world)
    with world.tools.store.reading() as session:
        ((_, mail_id),) = untried_mails(session)
    world.postman.fail(*[MailDeferred("away")] * 50)
    await world.relay().once()
    run = world.client.get_workflow_handle(options.workflow_id(request_id, mail=mail_id))
    await until(lambda: len(world.postman.failures) < 50)
    await run.terminate("a lost Temporal database")
    world.postman.failures.clear()
    with patch.object(relaying, "SILENT_AFTER", timedelta()):
        await world.relay().find_lost()
    await until(lambda: world.mails(request_id)[-1] == ("numberReplaced", "sent"))
