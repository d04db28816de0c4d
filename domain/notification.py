"""What people are told while their request goes its way."""

from __future__ import annotations

from enum import StrEnum


class Notice(StrEnum):
    """A kind of mail. What each says: mail/templates/<notice>.txt."""

    NUMBER_READY = "numberReady"
    IN_PROGRESS = "inProgress"
    INFORMATION_NEEDED = "informationNeeded"
    REMINDER = "reminder"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NUMBER_REPLACED = "numberReplaced"
