"""The child process that reads zones, from its parent's side: started when needed, killed when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from documents.zone.wire import LENGTH, READY, understood
from domain.zone import ZoneReading

#: Seconds within which the child must have loaded its networks; one suffices on an idle machine.
_START: Final = 60.0
_COMMAND: Final = (sys.executable, "-m", "documents.zone.child")
_PROJECT: Final = Path(__file__).resolve().parents[2]
#: Of our own variables the child needs none: it gets no secret.
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "TZ", "TZDIR", "LD_LIBRARY_PATH")


class Hopeless(Exception):
    """The child does not start."""


class Servant:
    """One child at most. Not for several threads, except `kill`."""

    def __init__(self, command: Sequence[str] = _COMMAND, *, start_seconds: float = _START) -> None:
        self._command = list(command)
        self._start_seconds = start_seconds
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the child that runs, or None."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def ask(self, page: bytes, *, seconds: float) -> ZoneReading | None:
        """What the zone of one page says; None also where the child dies of the page, or is killed after `seconds`.

        Raises Hopeless where no child starts.
        """
        child = self._running()
        if child.stdin is None or child.stdout is None:
            raise Hopeless
        with _deadline(child, seconds):
            try:
                child.stdin.write(LENGTH.pack(len(page)))
                child.stdin.write(page)
                child.stdin.flush()
                answer = child.stdout.readline()
            except (BrokenPipeError, ValueError):
                answer = b""
        try:
            return understood(json.loads(answer))
        except (KeyError, TypeError, ValueError):
            self._end(child)
            return None

    def kill(self) -> None:
        """End the child at once."""
        child = self._child
        if child is not None:
            self._end(child)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        if self._child is not None:
            self._end(self._child)
        child = self._started()
        if child.stdout is None:
            raise Hopeless
        with _deadline(child, self._start_seconds):
            line = child.stdout.readline()
        if line.strip() != READY.encode():
            self._end(child)
            raise Hopeless
        return child

    def _started(self) -> subprocess.Popen[bytes]:
        environ = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback could quote what was read
                env={**environ, "PYTHONPATH": str(_PROJECT), "OMP_NUM_THREADS": "1"},
                process_group=0,  # Ctrl-C comes to its parent alone; it ends when its input does
            )
        except OSError:
            raise Hopeless from None
        return self._child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # what was not yet written is of no use now
        child.wait()
        if self._child is child:
            self._child = None


@contextmanager
def _deadline(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, child.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
