"""The children of `make run`: started, watched, started again when one dies, ended in order."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from runtime import processes
from runtime.processes import Program

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
"""Seconds before a child that died is started again; doubled while it keeps dying."""

STEADY = 30.0
"""Seconds after which a child counts as well again."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Child:
    """One program and the process that runs it now."""

    program: Program
    process: subprocess.Popen[bytes]
    started: float
    deaths: int = 0
    again_at: float | None = None

    @property
    def why(self) -> str:
        """What it said last about why it could not start, or where to look."""
        return _last_words(self.program.log) or f"see {self.program.log}"


@dataclass(slots=True)
class Children:
    """Who runs. `changed` is called with name -> process id after every start."""

    say: Say
    changed: Callable[[dict[str, int]], None]
    running: dict[str, Child] = field(default_factory=dict)

    def start(self, program: Program) -> None:
        """Start a program; its name must be new."""
        self.running[program.name] = Child(program, processes.start(program), time.monotonic())
        self._tell()

    def watch(self) -> None:
        """Look once at every child; start again what died and has waited its pause."""
        now = time.monotonic()
        for child in self.running.values():
            if child.process.poll() is None:
                if child.deaths and now - child.started > STEADY:
                    child.deaths = 0
            elif child.again_at is None:
                pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**child.deaths)
                child.deaths += 1
                child.again_at = now + pause
                self.say(
                    f"{child.program.name} ended unexpectedly ({_how(child.process.returncode)}, {child.why}); "
                    f"started again in {pause:.1f} s"
                )
            elif now >= child.again_at:
                child.process = processes.start(child.program)
                child.started, child.again_at = now, None
                self._tell()

    def hopeless(self, *, deaths: int) -> Child | None:
        """A child that died so many times without becoming steady."""
        return next((child for child in self.running.values() if child.deaths >= deaths), None)

    def stop(self, *, last: Iterable[str], patience: float) -> None:
        """End all, those named `last` after the others; each of the two groups has `patience` seconds."""
        late = set(last)
        for group in (
            [child.process for name, child in self.running.items() if name not in late],
            [child.process for name, child in self.running.items() if name in late],
        ):
            processes.stop(group, patience=patience)
        self.running.clear()

    def _tell(self) -> None:
        self.changed({name: child.process.pid for name, child in self.running.items()})


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _last_words(log: Path) -> str:
    """The line with which one of our commands said why it could not start, where that is the log's last."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 1000))
        last = file.read().decode(errors="replace").rstrip().rpartition("\n")[2]
    return last if last.startswith("niss: ") else ""
