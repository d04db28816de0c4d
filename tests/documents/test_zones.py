"""Reading zones: real networks in a real child, on specimens drawn by code."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from demo.people import COENIG
from demo.specimens import Look, draw
from documents.intake import PageIntake
from documents.zone import installed, reader
from documents.zone.reader import ChildZoneReader, NoZoneReader, blank_page
from documents.zone.servant import Servant
from domain.document import DocumentKind, Side, UploadedFile
from domain.errors import ZonePending, ZoneReaderUnavailable
from domain.people import PartialDate
from domain.zone import ZoneFormat, ZoneReading

PERSON = COENIG.person
PATIENCE = 120.0


def pages(kind: DocumentKind, look: Look, *, side: Side = Side.FRONT) -> list[bytes]:
    """As served: what the intake makes of an upload."""
    content = draw(PERSON, kind, look, seed=11, side=side)
    return [page.content for page in PageIntake().check([UploadedFile("pages[0]", content)])]


@pytest.fixture(scope="module")
def zones() -> Iterator[ChildZoneReader]:
    reads = ChildZoneReader()
    yield reads
    reads.close()


def is_coenigs(reading: ZoneReading | None, form: ZoneFormat) -> None:
    assert reading is not None
    assert (reading.format, reading.document_number) == (form, PERSON.document_number)
    assert (reading.birth_date, reading.document_expiry) == (PartialDate(1983, 5, 24), PERSON.expiry)
    assert (reading.surname, reading.given_names) == ("REUTER", "COENIG")
    assert (reading.issuer, reading.nationality, reading.sex) == ("D", "D", "M")


@pytest.mark.parametrize("look", [Look.PHOTO, Look.SCAN, Look.GREY_SCAN, Look.CLEAN])
def test_a_passport(zones: ChildZoneReader, look: Look) -> None:
    is_coenigs(zones.read(pages(DocumentKind.PASSPORT, look), patience=PATIENCE), ZoneFormat.TD3)


def test_a_card_scanned_on_both_sides_has_its_zone_on_the_back(zones: ChildZoneReader) -> None:
    is_coenigs(zones.read(pages(DocumentKind.IDENTITY_CARD, Look.SCAN), patience=PATIENCE), ZoneFormat.TD1)


def test_no_zone_is_no_error(zones: ChildZoneReader) -> None:
    licence = pages(DocumentKind.DRIVING_LICENCE, Look.PHOTO)
    blurred = pages(DocumentKind.PASSPORT, Look.BLURRED)
    assert zones.read(licence, patience=PATIENCE) is None
    assert zones.read(blurred, patience=PATIENCE) is None
    assert zones.read([b"no picture", blank_page()], patience=PATIENCE) is None


def test_who_cannot_wait_comes_again_for_the_same_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = ChildZoneReader()
    asked: list[bytes] = []
    ask = Servant.ask

    def counted(servant: Servant, page: bytes, *, seconds: float) -> ZoneReading | None:
        asked.append(page)
        return ask(servant, page, seconds=seconds)

    monkeypatch.setattr(Servant, "ask", counted)
    passport = pages(DocumentKind.PASSPORT, Look.CLEAN)
    try:
        with pytest.raises(ZonePending):
            reads.read(passport, patience=0.0)
        with ThreadPoolExecutor(4) as four:
            readings = [four.submit(reads.read, passport, patience=PATIENCE) for _ in range(4)]
            for reading in readings:
                is_coenigs(reading.result(), ZoneFormat.TD3)
        is_coenigs(reads.read(passport, patience=0.0), ZoneFormat.TD3)
        assert len(asked) == 1
    finally:
        reads.close()


def test_a_child_that_dies_or_hangs_costs_one_page() -> None:
    """A page under which the child is killed has no zone; the next page is read by the next child."""
    servant = Servant()
    reads = ChildZoneReader(servant=servant, seconds_a_page=PATIENCE)
    passport = pages(DocumentKind.PASSPORT, Look.CLEAN)
    try:
        assert reads.read([blank_page()], patience=PATIENCE) is None
        first = servant.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        threading.Timer(0.5, os.kill, (first, signal.SIGKILL)).start()
        assert reads.read([passport[0]], patience=PATIENCE) is None
        is_coenigs(reads.read([blank_page(), passport[0]], patience=PATIENCE), ZoneFormat.TD3)
        assert servant.pid not in (None, first)
    finally:
        reads.close()


def test_a_page_that_takes_too_long_is_given_up() -> None:
    silent = [sys.executable, "-c", "import sys, time; print('ready', flush=True); time.sleep(600)"]
    reads = ChildZoneReader(servant=Servant(silent), seconds_a_page=0.3)
    started = time.monotonic()
    try:
        assert reads.read([b"a page"], patience=PATIENCE) is None
        assert time.monotonic() - started < 30
    finally:
        reads.close()


def test_a_child_that_does_not_start_is_not_tried_at_once_again() -> None:
    reads = ChildZoneReader(servant=Servant([sys.executable, "-c", "raise SystemExit(3)"]))
    try:
        with pytest.raises(ZoneReaderUnavailable):
            reads.read([blank_page()], patience=PATIENCE)
        with pytest.raises(ZoneReaderUnavailable, match="does not start"):
            reads.check()
    finally:
        reads.close()


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "missing", lambda: ["rapidocr", "onnxruntime"])
    with pytest.raises(ZoneReaderUnavailable, match="not installed: rapidocr, onnxruntime"):
        ChildZoneReader().read([blank_page()], patience=1.0)
    with pytest.raises(ZoneReaderUnavailable):
        NoZoneReader().read([blank_page()], patience=1.0)


def test_everything_it_needs_is_installed_with_the_service() -> None:
    assert installed.missing() == []
    files = [installed.model_file(task) for task in installed.TASKS]
    assert all(file is not None and file.stat().st_size > 1_000_000 for file in files)


def test_this_process_loads_no_network() -> None:
    """What serves stays small: only the child knows onnxruntime and OpenCV."""
    script = "import sys, runtime.wiring; print([m for m in ('cv2', 'onnxruntime', 'rapidocr') if m in sys.modules])"
    project = Path(__file__).resolve().parents[2]

    told = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
