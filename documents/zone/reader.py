"""domain.ports.ZoneReader: hands pages to a child process that reads them, and keeps what it answered for a while.

This process never loads a model. The child starts with the first page, reads one at a time, is killed where a page
takes too long, and started again with the next. Documents that wait take turns, page by page. Nothing is kept on disk.
"""

from __future__ import annotations

import hashlib
import io
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PIL import Image

from documents.zone.installed import missing
from documents.zone.servant import Hopeless, Servant
from documents.zone.turns import Turns
from domain.errors import ZonePending, ZoneReaderUnavailable
from domain.zone import ZoneReading

#: Seconds after which a page that is still being read is one without a zone, and the child that reads it is killed.
SECONDS_A_PAGE: Final = 20.0
#: Answers kept, and for how many seconds, so that who asked and went can ask again.
_KEPT: Final = 256
_KEPT_SECONDS: Final = 900.0
#: Documents that wait, and those of one caller; who comes when so many do is told to come again.
_WAITING: Final = 32
_OF_ONE: Final = 12
#: Seconds before a child that did not start is started again.
_PAUSE: Final = 60.0


@dataclass(slots=True)
class _Job:
    """One document on its way; `read` of its pages had no zone. `pages` are let go when it is done."""

    pages: Sequence[bytes]
    made: float
    by: str
    read: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    reading: ZoneReading | None = None
    unavailable: bool = False


class ChildZoneReader:
    """Reads zones in one child process; may be used from several threads."""

    def __init__(self, *, seconds_a_page: float = SECONDS_A_PAGE, servant: Servant | None = None) -> None:
        """`servant` is whoever reads; the default is the child of this package."""
        self._seconds = seconds_a_page
        self._servant = servant or Servant()
        self._jobs: OrderedDict[bytes, _Job] = OrderedDict()
        self._turns = Turns[_Job]()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failed_at: float | None = None

    @property
    def waiting(self) -> int:
        """Documents that wait for their turn."""
        return self._turns.waiting()

    def read(self, pages: Sequence[bytes], *, patience: float, by: str = "") -> ZoneReading | None:
        """See domain.ports.ZoneReader. The same pages asked for again get the same answer, at once when it is there."""
        self.check()
        job = self._job(pages, by)
        if not job.done.wait(patience):
            raise ZonePending("The zone is still being read.")
        if job.unavailable:
            raise ZoneReaderUnavailable("The reader of zones does not start.")
        return job.reading

    def check(self) -> None:
        """Raise ZoneReaderUnavailable where something is not installed, or the child did not start a moment ago."""
        if lacking := missing():
            raise ZoneReaderUnavailable(f"not installed: {', '.join(lacking)}")
        if self._failed_at is not None and time.monotonic() - self._failed_at < _PAUSE:
            raise ZoneReaderUnavailable("The reader of zones does not start.")

    def close(self) -> None:
        """End the child. A later `read` starts another."""
        with self._lock:
            thread, self._thread = self._thread, None
            self._jobs.clear()
        if thread is not None:
            self._turns.put(None, "")
            self._servant.kill()
            thread.join()

    def _job(self, pages: Sequence[bytes], by: str) -> _Job:
        key = _key(pages)
        with self._lock:
            now = time.monotonic()
            job = self._jobs.get(key)
            if job is not None and (not job.done.is_set() or now - job.made < _KEPT_SECONDS):
                return job
            if self.waiting >= _WAITING or self._turns.waiting(by) >= _OF_ONE:
                raise ZonePending("Too many zones are waiting to be read.")
            job = self._jobs[key] = _Job(tuple(pages), now, by)
            self._jobs.move_to_end(key)
            self._forget(now)
            self._turns.put(job, by)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="zones", daemon=True)
                self._thread.start()
            return job

    def _forget(self, now: float) -> None:
        """Answers that are old or too many; the oldest are first."""
        for key, job in list(self._jobs.items()):
            if len(self._jobs) <= _KEPT and (now - job.made < _KEPT_SECONDS or not job.done.is_set()):
                break
            if job.done.is_set():
                del self._jobs[key]

    def _work(self) -> None:
        """A page of each caller in turn: whoever brings one waits for a page of each other, not for all they have."""
        while (job := self._turns.get()) is not None:
            try:
                settled = self._next(job)
                self._failed_at = None
            except Hopeless:
                settled = job.unavailable = True
                job.made = -_KEPT_SECONDS  # asked again, it is tried again
                self._failed_at = time.monotonic()
            if settled:
                job.pages = ()
                job.done.set()
            else:
                self._turns.put(job, job.by)
        self._servant.kill()

    def _next(self, job: _Job) -> bool:
        """Read a document's next page; whether it was the last one needed. One that kills the child has no zone."""
        if job.read < len(job.pages):
            found = self._servant.ask(job.pages[job.read], seconds=self._seconds)
            job.reading = found and replace(found, page=job.read)
            job.read += 1
        return job.reading is not None or job.read >= len(job.pages)


class NoZoneReader:
    """domain.ports.ZoneReader where none is wanted."""

    def read(self, pages: Sequence[bytes], *, patience: float, by: str = "") -> ZoneReading | None:  # noqa: ARG002 - the port's
        """Raises ZoneReaderUnavailable."""
        raise ZoneReaderUnavailable("There is no reader of zones.")

    def check(self) -> None:
        """Raises ZoneReaderUnavailable."""
        raise ZoneReaderUnavailable("There is no reader of zones.")


def blank_page() -> bytes:
    """A page with nothing on it, to try a reader with."""
    out = io.BytesIO()
    Image.new("L", (320, 320), 255).save(out, "PNG")
    return out.getvalue()


def _key(pages: Sequence[bytes]) -> bytes:
    digest = hashlib.sha256()
    for page in pages:
        digest.update(len(page).to_bytes(8, "big"))
        digest.update(page)
    return digest.digest()
