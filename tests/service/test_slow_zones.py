"""The upload answers though the zone takes longer, which is read all the same."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from documents.zone import reader
from documents.zone.reader import ChildZoneReader
from documents.zone.servant import Servant
from domain.zone import ZoneReading, ZoneState
from service import requests, zones
from tests.service.conftest import House
from tests.service.scans import MARIA, upload

PATIENCE = 60.0


class Slow(Servant):
    """Reads nothing until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.lets = threading.Event(), threading.Event()

    def ask(self, page: bytes, *, seconds: float) -> ZoneReading | None:  # noqa: ARG002 - the servant's
        self.asked.set()
        assert self.lets.wait(PATIENCE)
        return MARIA


def test_an_upload_does_not_wait_for_a_slow_reader(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert zones.SECONDS_A_PAGE < 5
    monkeypatch.setattr(zones, "SECONDS_A_PAGE", 0.0)
    monkeypatch.setattr(reader, "missing", list)
    servant = Slow()
    slow = ChildZoneReader(servant=servant)
    later: list[threading.Thread] = []

    def apart(work: Any) -> None:
        later.append(threading.Thread(target=work))
        later[-1].start()

    house.tools = replace(house.tools, zones=slow, later=apart)
    try:
        request_id = house.opened()
        shown = upload(house, request_id).view.documents[0]
        # It was answered while the reader was at it: nothing lets it before.
        assert servant.asked.wait(PATIENCE)
        assert (shown.zone_state, shown.zone) == (ZoneState.PENDING, None)
        assert len(later) == 1
        servant.lets.set()
        later[0].join(PATIENCE)
        then = requests.read_request(house.tools, house.caller("bob"), request_id).documents[0]
        assert (then.zone_state, then.zone) == (ZoneState.READ, MARIA)
    finally:
        servant.lets.set()
        slow.close()
