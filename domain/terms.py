"""The terms a request is opened under: they travel with it, so that a changed setting never touches one in flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delays:
    """Durations of n times 24 h in UTC. Draft ones count from opening, answer ones from the question."""

    draft_reminder: timedelta = timedelta(days=7)
    draft_expiry: timedelta = timedelta(days=30)
    answer_reminder: timedelta = timedelta(days=5)
    answer_expiry: timedelta = timedelta(days=21)
    review_escalation: timedelta = timedelta(days=2)
    identify_deadline: timedelta = timedelta(hours=24)
    mail_deadline: timedelta = timedelta(hours=48)

    def seconds(self) -> dict[str, float]:
        """By name, in seconds: how they are stored, and how they travel."""
        return {field.name: getattr(self, field.name).total_seconds() for field in fields(self)}

    @classmethod
    def of_seconds(cls, seconds: Mapping[str, float]) -> Delays:
        """From what `seconds` gave; a name unknown to an older request keeps its default."""
        return cls(**{name: timedelta(seconds=value) for name, value in seconds.items()})


@dataclass(frozen=True, slots=True)
class Terms:
    """What agents and requests are held to. `four_eyes` is `lookalikes`, `always` or `never`."""

    delays: Delays = Delays()
    question_rounds: int = 3
    claim_lease: timedelta = timedelta(minutes=10)
    ruling_undo: timedelta = timedelta(seconds=10)
    four_eyes: str = "lookalikes"
