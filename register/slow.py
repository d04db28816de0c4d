"""A slow and failing register: wraps another one, for tests and for rehearsing an outage."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from domain.errors import RegisterUnavailable
from domain.identification import Candidate, Created, Decision, ExistingPeople, RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.ports import Register

_T = TypeVar("_T")


class SlowRegister:
    """Passes every call on, after `delay` seconds, and as long as `failing` raises RegisterUnavailable instead.

    A `control` file changes both while it runs, also from another process: JSON such as
    `{"failing": true, "delay": 0.5}`; without the file, or where it says nothing, the constructor's values hold.
    `fail_after` true answers a failing call only after it was carried out: the answer is lost, not the work.
    """

    def __init__(
        self,
        inner: Register,
        *,
        delay: float = 0.0,
        failing: bool = False,
        fail_after: bool = False,
        control: Path | None = None,
    ) -> None:
        self._inner = inner
        self._defaults: dict[str, float | bool] = {"delay": delay, "failing": failing, "fail_after": fail_after}
        self._control = control

    def _now(self) -> dict[str, float | bool]:
        try:
            said = json.loads(self._control.read_text("utf-8")) if self._control else {}
        except (FileNotFoundError, json.JSONDecodeError):
            said = {}  # not there, or being written at this moment
        return {**self._defaults, **said}

    def _call(self, work: Callable[[], _T]) -> _T:
        now = self._now()
        if now["delay"]:
            time.sleep(float(now["delay"]))
        if now["failing"] and not now["fail_after"]:
            raise RegisterUnavailable("the register is switched off")
        answer = work()
        if now["failing"]:
            raise RegisterUnavailable("the register's answer was lost")
        return answer

    def identify(self, stated: StatedPerson) -> Decision:
        """As the port says."""
        return self._call(lambda: self._inner.identify(stated))

    def person(self, ssin: Niss) -> RegisteredPerson | None:
        """As the port says."""
        return self._call(lambda: self._inner.person(ssin))

    def latest(self, ssin: Niss) -> RegisteredPerson | None:
        """As the port says."""
        return self._call(lambda: self._inner.latest(ssin))

    def search(self, stated: StatedPerson, *, limit: int = 50) -> Sequence[Candidate]:
        """As the port says."""
        return self._call(lambda: self._inner.search(stated, limit=limit))

    def search_by_name(self, surname: str, given_names: str | None = None, *, limit: int = 50) -> Sequence[Candidate]:
        """As the port says."""
        return self._call(lambda: self._inner.search_by_name(surname, given_names, limit=limit))

    def create(
        self, stated: StatedPerson, *, key: str, different_from: Iterable[Niss] = (), at: datetime
    ) -> Created | ExistingPeople:
        """As the port says."""
        ruled_out = tuple(different_from)
        return self._call(lambda: self._inner.create(stated, key=key, different_from=ruled_out, at=at))

    def revision(self) -> int:
        """As the port says."""
        return self._call(self._inner.revision)
