"""Where uploads are looked at: the service's side of the process apart (documents/enclosure.py)."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from documents import frames
from documents.frames import BrokenOff
from documents.images import refuse
from domain.document import CheckedPage, Side
from domain.errors import IntakeBusy, InvalidInput

#: Calls that are looked at together. Each may take a core and 1 GB; the others wait in line.
AT_ONCE: Final = max(2, min(4, os.cpu_count() or 1))
#: Seconds a call waits in line, and seconds it may take from then on.
LINE_PATIENCE: Final = 30.0
CALL_PATIENCE: Final = 45.0
_START_PATIENCE: Final = 30.0
_END_PATIENCE: Final = 3.0
#: What a child gets of our environment: no setting, no password.
_ENVIRON: Final = ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT")
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_TOOK_TOO_LONG: Final = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)


class Workshop:
    """Starts the process apart with the first call, again where it has died, and ends it with us.

    May be used from several threads. `pid` is the running one's process id, for tests and the curious.
    """

    def __init__(self, *, at_once: int = AT_ONCE, line_patience: float = LINE_PATIENCE) -> None:
        """`at_once` calls are looked at together; others wait `line_patience` seconds for their turn."""
        self._line = threading.BoundedSemaphore(at_once)
        self._line_patience = line_patience
        self._lock = threading.Lock()
        self._running: _Running | None = None

    @property
    def pid(self) -> int | None:
        """The process apart, where one was started."""
        return self._running.process.pid if self._running else None

    def start(self) -> None:
        """Start it where it does not run. Raises IntakeBusy where it does not come up."""
        self._current()

    def close(self) -> None:
        """End it and whatever it does."""
        with self._lock:
            if self._running is not None:
                self._running.end()
                self._running = None

    def check(
        self,
        names: Sequence[tuple[str, int]],
        descriptors: Sequence[int],
        *,
        pages: int,
        duplex: bool,
        ours: Sequence[str] = (),
    ) -> tuple[CheckedPage, ...]:
        """What check_files (documents/checking.py) gives for files by (part, size) and descriptor, `pages` first.

        `ours` names the parts that were checked before.

        Raises:
            InvalidInput, UnsupportedMedia: as it does; also where looking took too long or too much.
            IntakeBusy: too many others wait, or the process apart does not run.
        """
        call = json.dumps({"files": list(names), "pages": pages, "duplex": duplex, "ours": list(ours)}).encode()
        if not self._line.acquire(timeout=self._line_patience):
            raise IntakeBusy("too many uploads at once")
        try:
            try:
                return self._made(call, descriptors, first=names[0][0])
            except _WentAwayError:
                # It has died since the last call, or in the middle of this one: once more, with a new one.
                return self._made(call, descriptors, first=names[0][0])
        except _WentAwayError:
            raise IntakeBusy("nobody looks at uploads: the process apart went away twice") from None
        finally:
            self._line.release()

    def _made(self, call: bytes, descriptors: Sequence[int], *, first: str) -> tuple[CheckedPage, ...]:
        running = self._current()
        try:
            with _channel() as (answer, theirs), _pipe() as (ended, tells):
                try:
                    socket.send_fds(running.control, [call], [theirs.fileno(), tells, *descriptors])
                except OSError:
                    raise _WentAwayError from None
                finally:
                    theirs.close()
                    os.close(tells)
                return _gathered(answer, ended, first=first)
        except _WentAwayError:
            with self._lock:
                if self._running is running:
                    running.end()
                    self._running = None
            raise

    def _current(self) -> _Running:
        with self._lock:
            if self._running is None or self._running.process.poll() is not None:
                if self._running is not None:
                    self._running.end()
                self._running = _Running()
                weakref.finalize(self, _Running.end, self._running)
            return self._running


class _WentAwayError(Exception):
    """The process apart is gone, and what it did with it."""


class _Running:
    """One process apart and the socket to it. Closing the socket ends the process, and so does our own death."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environ = {name: os.environ[name] for name in _ENVIRON if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-m", "documents.enclosure"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**environ, **_ONE_THREAD},
                process_group=0,
            )
        self.control.settimeout(_START_PATIENCE)
        try:
            ready = self.control.recv(16)
        except OSError:
            ready = b""
        if not ready:
            self.end()
            raise IntakeBusy("nobody looks at uploads: the process apart does not start")
        self.control.settimeout(None)

    def end(self) -> None:
        """End it. A second time does nothing."""
        self.control.close()
        try:
            self.process.wait(_END_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _gathered(answer: socket.socket, ended: int, *, first: str) -> tuple[CheckedPage, ...]:
    """All pages, or the refusal; `first` is the part that is named where nobody came to name one."""
    deadline = time.monotonic() + CALL_PATIENCE
    reading, found = first, list[CheckedPage]()
    try:
        while True:
            frame = frames.receive(answer, deadline)
            if "begins" in frame:
                reading = str(frame["begins"])[:40]
            elif "page" in frame and len(found) < 8:
                found.append(frames.receive_page(answer, frame, deadline))
            elif "refused" in frame:
                raise frames.refusal(frame)
            elif frame == {"done": True} and _whole(found):
                return tuple(found)
            else:
                raise BrokenOff
    except TimeoutError:
        raise _too_long(reading) from None
    except (BrokenOff, ConnectionError):
        how = _ending(ended)
        if how is None:
            raise _WentAwayError from None
        raise (_too_long(reading) if how in _TOOK_TOO_LONG else refuse(reading, "cannot be read")) from None


def _whole(found: Sequence[CheckedPage]) -> bool:
    return bool(found) and found[0].side is Side.FRONT


def _too_long(name: str) -> InvalidInput:
    return refuse(name, "takes too long to read")


def _ending(ended: int) -> int | None:
    """The signal that ended the child, 0 for none; None where nobody tells."""
    readable, _, _ = select.select([ended], [], [], _END_PATIENCE)
    told = os.read(ended, 8) if readable else b""
    return int(told) if told.isdigit() else None


@contextmanager
def _channel() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """Reading and writing end; who uses it closes the writing one."""
    reading, writing = os.pipe()
    try:
        yield reading, writing
    finally:
        os.close(reading)
