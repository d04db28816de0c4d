"""What the story itself has found or done: events that come from the workflow, not from people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Finding(StrEnum):
    """What an identification or a creation came to."""

    IDENTIFIED = "identified"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    REGISTER_UNAVAILABLE = "registerUnavailable"
    CREATED = "created"
    LOOK_ALIKES_FOUND = "lookAlikesFound"
    DOCUMENT_DOUBT = "documentDoubt"


#: Findings that a human must look at: each is also the request's review reason.
FOR_AN_AGENT = frozenset(
    {
        Finding.AMBIGUOUS,
        Finding.UNKNOWN,
        Finding.REGISTER_UNAVAILABLE,
        Finding.LOOK_ALIKES_FOUND,
        Finding.DOCUMENT_DOUBT,
    }
)


@dataclass(frozen=True)
class Found:
    """The register has answered (or did not in time)."""

    finding: Finding
    ruling_id: str | None = None


@dataclass(frozen=True)
class Asked:
    """The question of a ruling has been put to the requester."""

    at: datetime


@dataclass(frozen=True)
class Rejected:
    """The rejection of a ruling has been told."""


@dataclass(frozen=True)
class Expired:
    """A deadline of the requester has passed."""


@dataclass(frozen=True)
class Unanswered:
    """The deadline of a question put after an objection has passed: an agent decides without the answer."""


@dataclass(frozen=True)
class Reminded:
    """The requester has been reminded."""


@dataclass(frozen=True)
class Escalated:
    """The agents are late, and it has been marked."""
