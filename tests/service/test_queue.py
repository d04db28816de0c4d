"""The desk's queue, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import InvalidInput
from service import desk, requests
from tests.service.conftest import House


def test_a_cursor_holds_while_the_queue_changes_and_is_nothing_but_ours(house: House) -> None:
    waiting = []
    for _ in range(5):
        waiting.append(house.reviewed())
        house.passes(timedelta(minutes=1))
    agent = house.caller("dave")
    first = desk.queue(house.tools, agent, page_size=2)
    assert [file.request.id for file in first.items] == waiting[:2]
    requests.withdraw(house.tools, house.caller("bob"), waiting[1])
    second = desk.queue(house.tools, agent, page_size=2, cursor=first.cursor)
    assert [file.request.id for file in second.items] == waiting[2:4]
    last = desk.queue(house.tools, agent, page_size=2, cursor=second.cursor)
    assert ([file.request.id for file in last.items], last.cursor) == (waiting[4:], None)
    at = house.row(waiting[0]).submitted_at
    assert at is not None
    draft = house.opened()
    for altered in (f"{at.isoformat()}/{waiting[0]}", waiting[0][:-1], waiting[0] + "x", draft):
        with pytest.raises(InvalidInput, match="cursor"):
            desk.queue(house.tools, agent, cursor=altered)
