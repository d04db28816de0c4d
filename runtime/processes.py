"""Child processes that end when we end: asked politely, made to, and on Linux by the kernel when we are killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 6.5
"""Seconds between asking a process to end and making it."""

LOG_LIMIT = 10_000_000
"""Bytes after which a log is set aside (`.1`) at the next start."""

_PR_SET_PDEATHSIG = 1

# Run in a fresh interpreter, as code between fork and exec is not safe beside threads. Asks the kernel to kill this
# process when its parent dies, looks whether that has happened already, and becomes the wanted program.
_GUARD = """
import os, signal, sys
parent = int(sys.argv[1])
if sys.platform == "linux":
    import ctypes
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
if os.getppid() != parent:
    os.kill(os.getpid(), signal.SIGKILL)
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: a name for people, an absolute command, its variables, the file its output is added to."""

    name: str
    command: Sequence[str]
    log: Path
    environ: Mapping[str, str] = field(repr=False)
    folder: Path | None = None


def end_with_parent() -> None:
    """Ask the kernel for a SIGTERM when the process that called us is killed: `make` cannot pass a kill -9 on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def guarded(command: Sequence[str]) -> list[str]:
    """The command so that the kernel kills it when the calling process dies. Its first word is a path."""
    return [sys.executable, "-I", "-S", "-c", _GUARD, str(os.getpid()), *command]


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start it in a process group of its own: Ctrl-C comes to us alone, and we end the children in order.

    The kernel's promise to end it with us is bound to the calling thread: call from one that lives as long as we do.
    """
    program.log.parent.mkdir(parents=True, exist_ok=True)
    if program.log.exists() and program.log.stat().st_size > LOG_LIMIT:
        program.log.replace(program.log.with_name(program.log.name + ".1"))
    with program.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own commands
            guarded(program.command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(program.environ),
            cwd=program.folder,
            process_group=0,
        )


def stop(processes: Iterable[subprocess.Popen[bytes]], *, patience: float = PATIENCE) -> None:
    """End them together: SIGTERM, at most `patience` seconds, then SIGKILL. Returns when all are gone."""
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + patience
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def alive(pid: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
