"""What somebody of the desk may do with a case now. The use cases ask the same rules again when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.request import Phase
from domain.ruling_state import RulingState, may_confirm, may_undo
from service.views import DeskView


@dataclass(frozen=True, slots=True)
class Situation:
    """`mine` and `others` tell whose lease it is; `deliver_in` the seconds until a ruling counts, else None."""

    mine: bool
    others: bool
    decidable: bool
    undoable: bool
    confirmable: bool
    deliver_in: int | None


def situation_of(file: DeskView, caller: Caller, now: datetime) -> Situation:
    """For the file as it was shown to the caller."""
    me, ruling = caller.person_id, file.ruling
    decides, confirms = (policy.allows(caller, each) for each in (Permission.DECIDE, Permission.CONFIRM))
    reviewed = file.request.phase is Phase.IN_REVIEW
    others = file.assignee is not None and file.assignee.id != me
    undoable = confirmable = False
    left = None
    if ruling is not None:
        state = RulingState(ruling.state)
        confirmer = ruling.confirmed_by.id if ruling.confirmed_by else None
        undoable = reviewed and confirms and may_undo(me, state, ruling.by.id, confirmer)
        confirmable = reviewed and confirms and may_confirm(me, state, ruling.by.id)
        if state is RulingState.CONFIRMED and ruling.deliver_at is not None:
            left = max(0, int((ruling.deliver_at - now).total_seconds()))
    return Situation(
        mine=file.assignee is not None and not others,
        others=others,
        decidable=decides and reviewed and not others and ruling is None,
        undoable=undoable,
        confirmable=confirmable,
        deliver_in=left,
    )
