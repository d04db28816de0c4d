"""Erasing one request's personal data: on demand where the law allows, by ops, at the console."""

from __future__ import annotations

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.errors import Conflict
from domain.request import Phase
from service import consultations
from service.context import Tools
from service.requests import close_as_withdrawn
from store import erasure, requests, rulings


def state_of(tools: Tools, caller: Caller, request_id: str) -> Phase:
    """The phase it is in, to be told before one asks. Raises NotFound."""
    policy.require(caller, Permission.ERASE)
    with tools.store.writing() as session:
        return Phase(requests.locked(session, request_id).phase)


def erase(tools: Tools, caller: Caller, request_id: str, *, force: bool = False) -> int:
    """Erase statements, answers, scans and whatever else is personal, in one transaction; the number of pages gone.

    The scans go first, their key before them, under the row's lock: whatever fails after them leaves nothing behind
    that a repeat does not find. The history of facts stays. With `force` an open request is withdrawn in the same
    transaction; its fact reaches the workflow through the relay.

    Raises NotFound, Conflict (`requestOpen`; `rulingAccepted`: an agent's decision is on its way),
    BlobStoreUnavailable, KeyStoreUnavailable.
    """
    policy.require(caller, Permission.ERASE)
    now = tools.now()
    with tools.store.writing() as session:
        row = requests.locked(session, request_id)
        if row.phase != Phase.CLOSED:
            if not force:
                raise Conflict("The request is still open.", code="requestOpen")
            if row.objection is not None or rulings.closing_accepted(session, row):
                raise Conflict("An agent has decided already.", code="rulingAccepted")
            close_as_withdrawn(session, row, by=None, at=now)
        blobs = erasure.blobs_of(session, row.id)
        tools.blobs.erase(row.id)
        told = consultations.of_request(row.id, row.ssin)
        erasure.erase(session, row, now)
        consultations.erased(session, tools, row.id, told)
        consultations.record(session, tools, caller, "erasure", told)
        return len(blobs)
