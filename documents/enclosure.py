"""A process apart that looks at uploads: one child a call, forked with everything loaded, limited, and gone afterwards.

Started by documents/workshop.py with a socket as its standard input. Each message on it is one call: JSON, and the
descriptors of the answering socket, of the pipe that tells how the child ended, and of the files. The parent of the
children never looks into a file and keeps nothing of a call; when the socket closes, it ends, and they with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import math
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from documents import frames
from documents.checking import check_files
from domain.errors import InvalidInput

#: Seconds of computing for one page, and for a whole call.
PAGE_SECONDS: Final = 3
CALL_SECONDS: Final = 15
#: Seconds on the clock for one page, however little it computes meanwhile.
PAGE_PATIENCE: Final = 15
#: Bytes of memory beyond what the loaded decoders take themselves. A WebP of 50 megapixels takes most, 850 MB: its
#: decoder keeps two canvases of four bytes a pixel beside the picture it hands over twice.
MEMORY: Final = 1_000_000_000
MAX_MESSAGE: Final = 32_000
MAX_FILES: Final = 24
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38


@dataclass(slots=True)
class _Sent:
    """A file by its descriptor."""

    name: str
    size: int
    descriptor: int
    ours: bool

    def read(self, most: int = -1) -> bytes:
        """From its beginning."""
        wanted = self.size if most < 0 else min(most, self.size)
        found = bytearray()
        while len(found) < wanted:
            piece = os.pread(self.descriptor, wanted - len(found), len(found))
            if not piece:
                break
            found += piece
        return bytes(found)


def main() -> None:
    """Fork a child for each call until nobody is there to make one."""
    control = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    gc.freeze()
    # From here on it is known to work: whoever started it waits for this.
    control.send(b"ready")
    running: dict[int, int] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is control:
                    _take(control, running)
                else:
                    with contextlib.suppress(BlockingIOError):
                        os.read(woken, 4096)
                    _reap(running)


def _take(control: socket.socket, running: dict[int, int]) -> None:
    message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE, MAX_FILES)
    if not message:
        os._exit(0)
    answer, ended, *files = descriptors
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _child(parent, [control.fileno(), 0, ended, *running.values()], json.loads(message), answer, files)
    running[pid] = ended
    for descriptor in (answer, *files):
        os.close(descriptor)


def _reap(running: dict[int, int]) -> None:
    """Tell how each child ended: the number of the signal, or 0."""
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        ended = running.pop(pid)
        with contextlib.suppress(OSError):
            os.write(ended, str(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0).encode())
        os.close(ended)


def _child(parent: int, unwanted: Sequence[int], call: dict[str, Any], answer: int, files: Sequence[int]) -> NoReturn:
    """Look at one call's files and answer. Ends here, whatever happens."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _limit(parent, unwanted)
        with socket.socket(fileno=answer) as to:
            _answer(call, to, files)
    finally:
        os._exit(1)


def _answer(call: dict[str, Any], to: socket.socket, files: Sequence[int]) -> None:
    sent = [
        _Sent(name, size, descriptor, name in call["ours"])
        for (name, size), descriptor in zip(call["files"], files, strict=True)
    ]
    count = int(call["pages"])

    begun: set[tuple[str, int]] = set()
    made = 0

    def begin(name: str) -> None:
        frames.send(to, {"begins": name})
        # Looking through a file and making its first page of it is one piece of work.
        if (name, made) not in begun:
            begun.add((name, made))
            _allow_a_page()

    try:
        for page in check_files(sent[:count], sent[count:], duplex=bool(call["duplex"]), begin=begin):
            frames.send(to, frames.page_frame(page), page.content)
            made += 1
    except InvalidInput as refused:
        frames.send(to, frames.refusal_frame(refused))
    except MemoryError:
        # Where even the refusal of one part found no memory: the other end knows which part it was.
        os._exit(1)
    else:
        frames.send(to, {"done": True})
    os._exit(0)


def _limit(parent: int, unwanted: Sequence[int]) -> None:
    """No more memory, time, files and rights than looking at an upload takes; no output, no dump of what was in it."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        loaded = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (loaded + MEMORY, loaded + MEMORY))
    if os.getppid() != parent:
        os._exit(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nothing, descriptor)
    for descriptor in unwanted:
        os.close(descriptor)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (PAGE_SECONDS, CALL_SECONDS))


def _allow_a_page() -> None:
    """The next page has its own time; the kernel ends us where it takes longer, whatever we are doing then."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.floor(used.ru_utime + used.ru_stime) + PAGE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (min(soft, CALL_SECONDS), CALL_SECONDS))
    signal.setitimer(signal.ITIMER_REAL, PAGE_PATIENCE)


if __name__ == "__main__":
    main()
