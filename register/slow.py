"""A slow and failing register: wraps another one, for tests and for rehearsing an outage."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from domain.errors import RegisterAnsweredInPart, RegisterBusy, RegisterTimedOut, RegisterUnavailable
from domain.identification import (
    Candidate,
    Created,
    Decision,
    ExistingPeople,
    Extent,
    RegisteredPerson,
    SearchAnswer,
    StatedPerson,
)
from domain.niss import Niss
from domain.ports import Register
from domain.replacement import NotReplaced, Replaced

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """How the register misbehaves.

    Each call takes `delay` seconds; one longer than `patience` times out. While `failing` none is answered: with
    `fail_after` only after it was carried out, so that the answer is lost, not the work. `calls_a_second` is the rate
    limit. `in_part`: not everybody is looked at. `at_most`: of more candidates only so many come, with "refine".
    """

    delay: float = 0.0
    patience: float = float("inf")
    failing: bool = False
    fail_after: bool = False
    calls_a_second: float = float("inf")
    in_part: bool = False
    at_most: int = 1_000


class SlowRegister:
    """Passes every call on, with the trouble it was made with.

    A `control` file changes it while it runs, also from another process: JSON such as
    `{"failing": true, "delay": 0.5}`; without the file, or where it says nothing, the constructor's trouble holds.
    """

    def __init__(self, inner: Register, trouble: Trouble | None = None, *, control: Path | None = None) -> None:
        self._inner = inner
        self._trouble = trouble or Trouble()
        self._control = control
        self._calls: deque[float] = deque()

    def _now(self) -> Trouble:
        try:
            said = json.loads(self._control.read_text("utf-8")) if self._control else {}
        except (FileNotFoundError, json.JSONDecodeError):
            said = {}  # not there, or being written at this moment
        known = {field.name for field in fields(Trouble)}
        return replace(self._trouble, **{name: value for name, value in said.items() if name in known})

    def _call(self, work: Callable[[], _T]) -> _T:
        now = self._now()
        self._count(now)
        time.sleep(min(now.delay, now.patience))
        if now.delay > now.patience:
            raise RegisterTimedOut("the register takes too long")
        if now.failing and not now.fail_after:
            raise RegisterUnavailable("the register is switched off")
        answer = work()
        if now.failing:
            raise RegisterUnavailable("the register's answer was lost")
        return answer

    def _count(self, now: Trouble) -> None:
        instant = time.monotonic()
        while self._calls and self._calls[0] <= instant - 1:
            self._calls.popleft()
        if len(self._calls) >= now.calls_a_second:
            raise RegisterBusy("the register wants fewer questions")
        self._calls.append(instant)

    def _whole(self, work: Callable[[], _T]) -> _T:
        if self._now().in_part:
            raise RegisterAnsweredInPart("not everybody was looked at")
        return self._call(work)

    def _shown(self, work: Callable[[], SearchAnswer]) -> SearchAnswer:
        now, answer = self._now(), self._call(work)
        if len(answer.candidates) > now.at_most:
            return SearchAnswer(answer.candidates[: now.at_most], Extent.TOO_MANY)
        return replace(answer, extent=Extent.PARTIAL) if now.in_part else answer

    def identify(self, stated: StatedPerson) -> Decision:
        """As the port says."""
        return self._whole(lambda: self._inner.identify(stated))

    def person(self, ssin: Niss) -> RegisteredPerson | None:
        """As the port says."""
        return self._call(lambda: self._inner.person(ssin))

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """As the port says."""
        return self._call(lambda: self._inner.latest(ssin))

    def search(self, stated: StatedPerson, *, limit: int = 50) -> SearchAnswer:
        """As the port says."""
        return self._shown(lambda: self._inner.search(stated, limit=limit))

    def search_by_name(self, surname: str, given_names: str | None = None, *, limit: int = 50) -> SearchAnswer:
        """As the port says."""
        return self._shown(lambda: self._inner.search_by_name(surname, given_names, limit=limit))

    def beside(self, ssin: Niss, stated: StatedPerson) -> Candidate | None:
        """As the port says."""
        return self._call(lambda: self._inner.beside(ssin, stated))

    def beside_name(self, ssin: Niss, surname: str, given_names: str | None = None) -> Candidate | None:
        """As the port says."""
        return self._call(lambda: self._inner.beside_name(ssin, surname, given_names))

    def create(
        self, stated: StatedPerson, *, key: str, different_from: Iterable[Niss] = (), at: datetime
    ) -> Created | ExistingPeople:
        """As the port says."""
        ruled_out = tuple(different_from)
        return self._whole(lambda: self._inner.create(stated, key=key, different_from=ruled_out, at=at))

    def replace(self, ssin: Niss, *, by: Niss, at: datetime) -> Replaced | NotReplaced:
        """As the port says."""
        return self._call(lambda: self._inner.replace(ssin, by=by, at=at))

    def replaced_since(self, at: datetime | None) -> Sequence[Niss]:
        """As the port says."""
        return self._call(lambda: self._inner.replaced_since(at))

    def given(self, key: str) -> RegisteredPerson | None:
        """As the port says."""
        return self._call(lambda: self._inner.given(key))

    def revision(self) -> int:
        """As the port says."""
        return self._call(self._inner.revision)
