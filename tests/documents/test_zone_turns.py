"""Documents that wait for the reader of zones take turns; who is read and in which order is counted, not timed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest

from documents.zone import reader
from documents.zone.reader import ChildZoneReader
from documents.zone.servant import Servant
from domain.errors import ZonePending
from domain.people import PartialDate
from domain.zone import ZoneFormat, ZoneReading

PATIENCE = 60.0
READING = ZoneReading(
    format=ZoneFormat.TD3,
    code="P",
    document_number="L898902C3",
    birth_date=PartialDate(1974, 8, 12),
    document_expiry=date(2032, 4, 15),
    issuer="UTO",
    nationality="UTO",
)


class Gated(Servant):
    """Begins a page, and ends it when it is let: each by one `lets`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bytes] = []
        self.began = threading.Semaphore(0)
        self.lets = threading.Semaphore(0)

    def ask(self, page: bytes, *, seconds: float) -> ZoneReading | None:  # noqa: ARG002 - the servant's
        self.asked.append(page)
        self.began.release()
        assert self.lets.acquire(timeout=PATIENCE)
        return READING if page.endswith(b"zone") else None


@contextmanager
def reading(servant: Gated) -> Iterator[tuple[ChildZoneReader, ThreadPoolExecutor]]:
    zones = ChildZoneReader(servant=servant)
    with ThreadPoolExecutor(8) as callers:
        try:
            yield zones, callers
        finally:
            servant.lets.release(1_000)
    zones.close()


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "missing", list)


def waits(zones: ChildZoneReader, count: int) -> None:
    """Until so many documents wait in line."""
    deadline = threading.Event()
    while zones.waiting < count:
        assert not deadline.wait(0.005)


def test_a_single_page_waits_for_one_page_of_a_document_of_eight() -> None:
    servant = Gated()
    with reading(servant) as (zones, callers):
        eight = callers.submit(zones.read, [b"page %d" % number for number in range(8)], patience=PATIENCE)
        assert servant.began.acquire(timeout=PATIENCE)
        single = callers.submit(zones.read, [b"a zone"], patience=PATIENCE)
        waits(zones, 1)
        servant.lets.release(2)
        assert single.result(PATIENCE) == READING
        assert servant.asked[:2] == [b"page 0", b"a zone"]
        servant.lets.release(8)
        assert eight.result(PATIENCE) is None
    assert servant.asked[2:] == [b"page %d" % number for number in range(1, 8)]


def test_of_many_large_documents_each_delays_it_by_a_page() -> None:
    servant = Gated()
    with reading(servant) as (zones, callers):
        large = []
        for name in (b"a", b"b", b"c"):
            pages = [b"%s%d" % (name, number) for number in range(8)]
            large.append(callers.submit(zones.read, pages, patience=PATIENCE))
            waits(zones, len(large) - 1)
        assert servant.began.acquire(timeout=PATIENCE)
        single = callers.submit(zones.read, [b"a zone"], patience=PATIENCE)
        waits(zones, 3)
        servant.lets.release(1_000)
        assert single.result(PATIENCE) == READING
        assert [one.result(PATIENCE) for one in large] == [None] * 3
    assert servant.asked.index(b"a zone") == 3
    assert len(servant.asked) == 25


def test_a_document_ends_with_its_first_zone() -> None:
    servant = Gated()
    servant.lets.release(1_000)
    with reading(servant) as (zones, _):
        assert zones.read([b"front", b"back zone", b"more"], patience=PATIENCE) == READING
        assert zones.read([], patience=PATIENCE) is None
    assert servant.asked == [b"front", b"back zone"]


def test_whoever_brings_many_documents_does_not_keep_another_waiting() -> None:
    servant = Gated()
    with reading(servant) as (zones, callers):
        first = callers.submit(zones.read, [b"one 0"], patience=PATIENCE, by="one")
        assert servant.began.acquire(timeout=PATIENCE)
        many = [callers.submit(zones.read, [b"one %d" % n], patience=PATIENCE, by="one") for n in range(1, 6)]
        waits(zones, 5)
        single = callers.submit(zones.read, [b"a zone"], patience=PATIENCE, by="another")
        waits(zones, 6)
        servant.lets.release(1_000)
        assert single.result(PATIENCE) == READING
        assert [one.result(PATIENCE) for one in (first, *many)] == [None] * 6
    assert servant.asked.index(b"a zone") <= 2, "one of the many may have come before it, no more"


def test_one_caller_cannot_take_every_place_in_line() -> None:
    servant = Gated()
    with reading(servant) as (zones, callers):
        callers.submit(zones.read, [b"first"], patience=PATIENCE, by="one")
        assert servant.began.acquire(timeout=PATIENCE)
        for number in range(reader._OF_ONE):
            with pytest.raises(ZonePending):
                zones.read([b"page %d" % number], patience=0.0, by="one")
        with pytest.raises(ZonePending, match="Too many"):
            zones.read([b"one more"], patience=PATIENCE, by="one")
        single = callers.submit(zones.read, [b"a zone"], patience=PATIENCE, by="another")
        servant.lets.release(1_000)
        assert single.result(PATIENCE) == READING
