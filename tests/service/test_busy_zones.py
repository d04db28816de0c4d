"""Uploads are answered in their time by the real reader too: of a page that takes it longer, and of many at once."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import Image

from demo.people import COENIG
from demo.specimens import Look, draw
from documents.zone.installed import missing
from documents.zone.reader import ChildZoneReader
from domain.document import DocumentKind, IdentityDocument, UploadedFile
from domain.zone import ZoneState
from service import requests, steps, zones
from tests.intake import INTAKE
from tests.service.conftest import House

# The reader is what is tried, and it is one whichever database is behind it.
pytestmark = [
    pytest.mark.skipif(bool(missing()), reason="no OCR installed"),
    pytest.mark.timeout(300),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PASSPORT = DocumentKind.PASSPORT
#: Seconds that a machine with other work may take longer than promised.
GRACE = 10.0
AT_ONCE = 12


@pytest.fixture
def later(house: House) -> Iterator[list[threading.Thread]]:
    """What is read after the answer; the house reads with a child of its own, which nobody has started yet."""
    threads: list[threading.Thread] = []
    reader = ChildZoneReader()

    def apart(work: Callable[[], object]) -> None:
        threads.append(threading.Thread(target=work))
        threads[-1].start()

    house.tools = replace(house.tools, zones=reader, later=apart)
    yield threads
    for thread in threads:
        thread.join()
    reader.close()


def scan(seed: int) -> bytes:
    """A photograph of Coenig's passport, another one for each seed."""
    return draw(COENIG.person, PASSPORT, Look.PHOTO, seed=seed)


def large(content: bytes) -> bytes:
    """The same with 48 million pixels."""
    out = io.BytesIO()
    Image.open(io.BytesIO(content)).convert("RGB").resize((8000, 6000)).save(out, "JPEG", quality=60)
    return out.getvalue()


def upload(house: House, request_id: str, content: bytes) -> tuple[IdentityDocument, float]:
    """The document as the call answers it, and after how many seconds."""
    began = time.monotonic()
    given = [UploadedFile("pages[0]", content)]
    (document,) = steps.upload_document(
        house.tools, house.caller("bob"), request_id, PASSPORT, pages=given
    ).view.documents
    return document, time.monotonic() - began


def settled(house: House, request_id: str) -> IdentityDocument:
    """The document once its zone is read, or was given up after MOST_ATTEMPTS."""
    while True:
        with house.tools.store.reading() as session:
            pending = zones.pending_of(session, request_id)
        if not pending:
            break
        zones.finish(house.tools, pending[0], patience=zones.LATER)
    (document,) = requests.read_request(house.tools, house.caller("bob"), request_id).documents
    return document


def test_a_page_that_takes_longer_is_pending_then_read(
    house: House, later: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left of the page's time when it is checked: half a second, in which no child can start and read."""
    monkeypatch.setattr(zones, "SECONDS_A_PAGE", 0.0)
    content = large(scan(1))
    began = time.monotonic()
    INTAKE.check([UploadedFile("pages[0]", content)])
    checking = time.monotonic() - began
    request_id = house.opened()
    document, seconds = upload(house, request_id, content)
    assert (document.zone_state, document.zone) == (ZoneState.PENDING, None)
    assert seconds < checking + GRACE
    (reading,) = later
    reading.join()
    then = settled(house, request_id)
    assert then.zone_state is ZoneState.READ
    assert then.zone is not None
    assert then.zone.document_number == COENIG.person.document_number


def test_many_at_once_are_each_answered_in_time(
    house: House, later: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reader has more to do than fits into anybody's time: some are answered before they are read, all are read."""
    monkeypatch.setattr(zones, "SECONDS_A_PAGE", 1.5)  # on a fast machine too
    contents = [scan(seed) for seed in range(AT_ONCE)]
    ids = [house.opened() for _ in contents]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.monotonic()
        list(pool.map(lambda content: INTAKE.check([UploadedFile("pages[0]", content)]), contents))
        checking = time.monotonic() - began
        answered = list(pool.map(lambda each: upload(house, *each), zip(ids, contents, strict=True)))
    assert max(seconds for _, seconds in answered) < zones.SECONDS_A_PAGE + 2 * checking + GRACE
    pending = [request_id for request_id, (one, _) in zip(ids, answered, strict=True) if one.zone_state == "pending"]
    assert pending, "somebody waited for all of them"
    assert len(later) == len(pending)
    for thread in later:
        thread.join()
    then = [settled(house, request_id) for request_id in ids]
    assert {document.zone_state for document in then} == {ZoneState.READ}
    assert {document.zone.document_number for document in then if document.zone} == {COENIG.person.document_number}
