"""Whose turn it is: of many callers each in turn, and of one caller's documents each in turn."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Turns(Generic[_T]):
    """A queue with a line for each caller; may be used from several threads."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[_T | None]] = OrderedDict()
        self._there = threading.Condition()

    def put(self, item: _T | None, by: str) -> None:
        """At the end of the caller's line."""
        with self._there:
            self._lines.setdefault(by, deque()).append(item)
            self._there.notify()

    def get(self) -> _T | None:
        """The first of the line whose turn it is; waits until there is one."""
        with self._there:
            while not self._lines:
                self._there.wait()
            by, line = self._lines.popitem(last=False)
            item = line.popleft()
            if line:
                self._lines[by] = line  # behind everybody else's
            return item

    def waiting(self, by: str | None = None) -> int:
        """How many there are; of one caller, where one is named."""
        with self._there:
            return sum(len(line) for one, line in self._lines.items() if by in (None, one))
