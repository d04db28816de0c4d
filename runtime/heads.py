"""Heads of the consultation log, noted outside the database: whoever cuts the log would have to reach them too."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx

from domain.errors import Unavailable
from store.logbook import SealRow
from store.seals import instant

TIMEOUT_SECONDS = 5.0
_TAIL_BYTES = 4_096


class HeadsUnavailable(Unavailable):
    """A place for heads does not take them: the file (`headsFileUnavailable`) or the URL (`headsUrlUnavailable`)."""

    code = "headsUrlUnavailable"


def head_members(seal: SealRow) -> dict[str, Any]:
    """What is noted of a seal: number, head, instant, how many rows, and the highest of them."""
    return {
        "number": seal.number,
        "head": seal.head,
        "at": instant(seal.at),
        "count": seal.count,
        "reached": seal.reached,
    }


class HeadsFile:
    """A file of JSON lines that only grows. Several processes may share it, or have one each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def newest(self) -> int:
        """The number of the last head in it, 0 where there is none. Raises HeadsUnavailable."""
        try:
            with self._path.open("rb") as file:
                return _newest(file.fileno(), repair=False)
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError) as wrong:
            raise HeadsUnavailable("the file of heads cannot be read", code="headsFileUnavailable") from wrong

    def add(self, seals: Iterable[SealRow]) -> None:
        """Add those that are newer than the last one in it, and see them written. Raises HeadsUnavailable."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._path.open("ab+") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                last = _newest(file.fileno(), repair=True)
                lines = [json.dumps(head_members(seal)) + "\n" for seal in seals if seal.number > last]
                file.write("".join(lines).encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
        except (OSError, ValueError, KeyError) as wrong:
            raise HeadsUnavailable("the file of heads does not take them", code="headsFileUnavailable") from wrong


def read_heads(path: Path) -> dict[int, str]:
    """Heads of a file by number, the first of each. A last line that was cut by a crash is left out.

    Raises ValueError where another line is none, OSError where the file cannot be read.
    """
    found: dict[int, str] = {}
    lines = path.read_text("ascii").splitlines(keepends=True)
    for line in lines:
        if not line.endswith("\n"):
            break
        try:
            members = json.loads(line)
            found.setdefault(int(members["number"]), str(members["head"]))
        except (ValueError, KeyError, TypeError):
            raise ValueError("the file of heads has a line that is none") from None
    return found


async def post_head(url: str, seal: SealRow) -> None:
    """Post the newest head, which covers all before it. Raises HeadsUnavailable."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            answer = await client.post(url, json=head_members(seal))
            answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as away:
        raise HeadsUnavailable("the URL for heads does not take them") from away


def _newest(descriptor: int, *, repair: bool) -> int:
    """The number in the last whole line; a line that a crash has cut is taken away with `repair`."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, _TAIL_BYTES, max(0, size - _TAIL_BYTES))
    lines = tail.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        cut = lines.pop()
        if repair:
            os.ftruncate(descriptor, size - len(cut))
    return int(json.loads(lines[-1])["number"]) if lines else 0
