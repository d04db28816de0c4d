"""The whole service with requests and register on PostgreSQL, and the database gone in the middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.caller import Refused
from demo.running import until
from tests.journeys.service import LOUIS, LOUIS_NISS, Walk, serving, stranger
from tests.postgres import NoPostgres, PostgresServer, postgres_server

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.postgres]


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


def test_a_day_on_postgres(own_server: PostgresServer, tmp_path: Path) -> None:
    with own_server.database(empty=True) as url, serving(tmp_path / "home", NISS_DATABASE_URL=url) as walk:
        assert not (tmp_path / "home" / "niss.db").exists()
        answer = walk.sent(LOUIS)
        assert (answer["outcome"], answer["ssin"]) == ("identified", LOUIS_NISS)
        walk.mailed(answer["id"], "The number you asked for is available")

        request_id = walk.in_review()
        walk.asked(request_id, document=True, reason="unreadable")
        walk.uploaded(request_id)
        walk.comes_to(request_id, "inReview")
        drafted = walk.filled(stranger())

        own_server.stop()
        with pytest.raises(Refused) as refused:
            walk.bob.reads(request_id)
        assert refused.value.status == 503
        own_server.start()
        until(lambda: _answers(walk, request_id), "the database is back", 30.0)

        walk.creates(request_id)
        assert walk.comes_to(request_id, "closed")["outcome"] == "numberCreated"
        assert walk.bob.submits(drafted, wait=10)["phase"] == "inReview"


def _answers(walk: Walk, request_id: str) -> bool:
    try:
        walk.bob.reads(request_id)
    except Refused:
        return False
    return True
