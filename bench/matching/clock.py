"""What a question costs the machine, whoever else works on it: CPU time, of the client and of the database."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

_A_SECOND = 1_000.0
_A_NANOSECOND = 1e-6


def backends(url: str) -> list[int]:
    """The processes that serve whoever is connected to a PostgreSQL database on this machine."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url) as connection:
        return [int(pid) for (pid,) in connection.execute(others + " AND backend_type = 'client backend'")]


class CpuClock:
    """Milliseconds of CPU time of this process and of some others, on Linux."""

    def __init__(self, others: Sequence[int] = ()) -> None:
        self._files = [Path(f"/proc/{pid}/schedstat") for pid in others]

    def now(self) -> float:
        """Since they started."""
        theirs = sum(int(file.read_text().split()[0]) for file in self._files)
        return time.process_time() * _A_SECOND + theirs * _A_NANOSECOND
