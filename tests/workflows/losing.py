"""A recorder whose answers get lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors import DatabaseUnavailable
from domain.records import Recorded, RecordKind, Transition
from store.recorder import Recorder


@dataclass
class LosesReceipts(Recorder):
    """The real recorder, but for conclusions of some kinds: written, and then the answer is lost, so many times."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(recorder._store)
        self.losing: dict[RecordKind, int] = {}

    def record(self, transition: Transition, at: datetime) -> Recorded:
        recorded = super().record(transition, at)
        if self.losing.get(transition.kind, 0) > 0:
            self.losing[transition.kind] -= 1
            raise DatabaseUnavailable("written, but the answer was lost")
        return recorded
