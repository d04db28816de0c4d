"""Zones of uploaded documents: read within the call where that is quick, later where it is not.

Later is in the process of the upload, whose reader is at it already; where that was lost, in the worker.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from domain.document import DocumentKind, seen_upright
from domain.errors import BlobStoreUnavailable, KeyStoreUnavailable, NotFound, ZonePending, ZoneReaderUnavailable
from domain.zone import ZoneReading, ZoneState
from service import marks as document_marks
from service.context import Tools
from store import marks, requests, zones
from store.document_tables import ZoneRow
from store.tables import PageRow

#: Seconds that an upload takes for a page, checked and read: whatever is not read by then is read later.
SECONDS_A_PAGE = 4.5
#: Seconds that a submission waits for a zone that is still to be read.
AT_SUBMISSION = 20.0
#: Seconds for a reading that nobody waits for.
LATER = 60.0
#: A reading that was begun and is not ended after so long was lost with its process.
LOST_AFTER = timedelta(seconds=90)
#: After so many readings begun the document counts as one without a zone: nobody waits for ever.
MOST_ATTEMPTS = 5
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """What a reading came to; `reading` only where the state is READ."""

    state: ZoneState
    reading: ZoneReading | None = None


def read(tools: Tools, pages: Sequence[bytes], *, patience: float, by: str = "") -> ZoneRead:
    """Read the zone of a document's pages. Where zones cannot be read here, it has none."""
    try:
        found = tools.zones.read(pages, patience=patience, by=by)
    except ZonePending:
        return ZoneRead(ZoneState.PENDING)
    except ZoneReaderUnavailable:
        return ZoneRead(ZoneState.NONE)
    return ZoneRead(ZoneState.NONE) if found is None else ZoneRead(ZoneState.READ, found)


def patience_since(began: float, pages: int) -> float:
    """Seconds left for reading in an upload that began at `time.monotonic()` `began`."""
    return max(0.5, SECONDS_A_PAGE * pages - (time.monotonic() - began))


def lie(pages: Iterable[PageRow], reading: ZoneReading | None) -> None:
    """Note of the page that bears the zone how it lies: the zone tells for sure what looks alone do not, or wrongly."""
    if reading is None or reading.turn is None:
        return
    for page in pages:
        if page.number == reading.page + 1:
            page.turn = reading.turn
            verdict, reasons = seen_upright(page.reasons, reading.turn)
            page.verdict, page.reasons = verdict.value, list(reasons)


def pending_of(session: Session, request_id: str) -> list[ZoneRow]:
    """The zones of one request that are still to be read."""
    rows = zones.of(session, [request_id]).get(request_id, {})
    return [row for row in rows.values() if row.state == ZoneState.PENDING]


def finish_due(tools: Tools) -> int:
    """Read what is pending, one after the other, the longest waiting first; how many were settled."""
    with tools.store.reading() as session:
        due = zones.due(session, tools.now() - LOST_AFTER)
    return sum(finish(tools, row, patience=LATER) for row in due)


def finish(tools: Tools, pending: ZoneRow, *, patience: float) -> bool:
    """Read one pending zone and settle it; False where it is pending still, or somebody else's matter by now.

    Of two that read the same one the first one settles it. A document put in its place meanwhile has a row of its own.
    """
    kind, pages = DocumentKind(pending.kind), _begin(tools, pending)
    if pages is None:
        return False
    try:
        found = read(tools, [tools.blobs.get(key) for key in pages], patience=patience)
    except NotFound:
        # The document was put in place of, or erased, in between.
        return False
    except (BlobStoreUnavailable, KeyStoreUnavailable):
        _not_begun(tools, pending)
        raise
    now = tools.now()
    with tools.store.writing() as session:
        row = requests.locked(session, pending.request_id)
        zone = _still_pending(session, pending)
        if zone is None:
            return False
        if found.state is ZoneState.PENDING:
            if zone.attempts < MOST_ATTEMPTS:
                return False
            _LOG.warning("request %s: the zone of %s was given up", row.id, kind.value)
            found = ZoneRead(ZoneState.NONE)
        zone.state = found.state.value
        if found.reading is not None:
            zone.printed = zones.printed_members(found.reading)
            lie(_pages(session, pending), found.reading)
            for mark in document_marks.of_number(tools, found.reading.document_number):
                marks.add(session, row, kind.value, mark)
        requests.changed(row, now)
    return True


def _begin(tools: Tools, pending: ZoneRow) -> list[str] | None:
    """Note that a reading begins; the pages' keys. One begun too often is given up before it begins."""
    with tools.store.writing() as session:
        requests.locked(session, pending.request_id)
        zone = _still_pending(session, pending)
        if zone is None:
            return None
        zone.attempts += 1
        zone.tried_at = tools.now()
        if zone.attempts > MOST_ATTEMPTS:
            # Each of them took its process with it.
            zone.state = ZoneState.NONE.value
            requests.changed(requests.locked(session, pending.request_id), tools.now())
            return None
        return [page.blob for page in _pages(session, pending)]


def _pages(session: Session, pending: ZoneRow) -> list[PageRow]:
    pages = requests.pages_of(session, [pending.request_id]).get(pending.request_id, [])
    return [page for page in pages if page.kind == pending.kind]


def _not_begun(tools: Tools, pending: ZoneRow) -> None:
    with tools.store.writing() as session:
        zone = _still_pending(session, pending)
        if zone is not None:
            zone.attempts -= 1


def _still_pending(session: Session, pending: ZoneRow) -> ZoneRow | None:
    zone = session.get(ZoneRow, (pending.request_id, pending.kind))
    return zone if zone and zone.upload == pending.upload and zone.state == ZoneState.PENDING else None
