"""Where a ruling stands, and who may confirm it or take it back."""

from __future__ import annotations

from enum import StrEnum


class RulingState(StrEnum):
    """Confirmed counts once its undo time is over: then it is delivered; past when another review begins.

    Returned: it was delivered and could not be carried out, so the agents have the request again.
    """

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    PAST = "past"
    RETURNED = "returned"
    UNDONE = "undone"


def may_confirm(person_id: str, state: str, by_id: str) -> bool:
    """Whether the ruling waits for somebody else, and this person is one.

    >>> may_confirm("erin", "proposed", "dave"), may_confirm("dave", "proposed", "dave")
    (True, False)
    """
    return state == RulingState.PROPOSED and by_id != person_id


def may_undo(person_id: str, state: str, by_id: str, confirmed_by_id: str | None) -> bool:
    """Whether the ruling can still be taken back by this agent.

    Any agent may while it is proposed, then its proposer or confirmer until it is delivered.

    >>> may_undo("erin", "proposed", "dave", None), may_undo("erin", "confirmed", "dave", None)
    (True, False)
    """
    if state == RulingState.PROPOSED:
        return True
    return state == RulingState.CONFIRMED and person_id in (by_id, confirmed_by_id)
