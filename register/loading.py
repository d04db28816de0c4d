"""A large register file is filed on one core while the other writes: a register as the loader sees it."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self

from domain.errors import RegisterUnavailable
from domain.identification import RegisteredPerson
from register.filing import Filed, file_all
from register.sql import SqlRegister

#: A file of fewer people is loaded before another process has started.
_WORTH_A_PROCESS = 10_000


class FilingAhead:
    """register.files.PeopleStore: the keys of one batch are made in a process of its own while the last is written."""

    def __init__(self, register: SqlRegister) -> None:
        self._register = register
        self._pool: ProcessPoolExecutor | None = None
        self._ahead: tuple[Future[list[Filed]], tuple[str, int] | None] | None = None

    def __enter__(self) -> Self:
        """Nothing is started before it is needed."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the process; what is not written was not marked as loaded."""
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def add(self, people: Iterable[RegisteredPerson], *, mark: tuple[str, int] | None = None) -> int:
        """As SqlRegister.add; written at the next call, or by `finish_load`."""
        batch = list(people)
        if self._pool is None and len(batch) < _WORTH_A_PROCESS:
            return self._register.add(batch, mark=mark)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        following = (self._pool.submit(file_all, batch), mark)
        self._write()
        self._ahead = following
        return len(batch)

    def loaded_to(self, file: str) -> int:
        """As SqlRegister.loaded_to."""
        return self._register.loaded_to(file)

    def finish_load(self, file: str) -> None:
        """Write what is ahead; then the file is loaded, and the database told that it holds much more than before."""
        self._write()
        self._register.finish_load(file)
        if self._pool:
            # What is loaded stays loaded: a busy database counts in its own time.
            with contextlib.suppress(RegisterUnavailable):
                self._register.settle()

    def _write(self) -> None:
        if self._ahead:
            ready, mark = self._ahead
            self._register.add_filed(ready.result(), mark=mark)
            self._ahead = None
