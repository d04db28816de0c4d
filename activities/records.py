"""Writing the story's conclusions into the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.failures import translated
from domain.ports import Recorder
from domain.records import Recorded, Transition


@dataclass(frozen=True)
class RecordActivities:
    """One activity: a compare-and-set under the row's lock."""

    records: Recorder
    now: Callable[[], datetime]

    # Nobody waits any more: it ends by itself. An exception thrown into its thread could land in a commit.
    @activity.defn(no_thread_cancel_exception=True)
    @translated
    def record(self, transition: Transition) -> Recorded:
        """Write one conclusion, or answer with the facts the story has not seen."""
        return self.records.record(transition, self.now())
