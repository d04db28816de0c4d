"""What a caller may do: pure functions, deny by default. Whoever calls them answers 404 or 403, these only say no."""

from __future__ import annotations

from access.caller import Caller
from domain.errors import NotAllowed
from domain.people import Role


def sees(caller: Caller, company_id: str, mandatary_id: str | None, mandate_valid: bool) -> bool:  # noqa: FBT001 - named by its callers
    """Whether a request of a company is this requester's to read and to act on; colleagues are alike.

    Args:
        caller: who calls.
        company_id: the company for whom the number is asked.
        mandatary_id: the company that asked in its name, if any.
        mandate_valid: whether the mandate between the two holds today; once revoked the mandatary sees nothing.
    """
    if not caller.asks:
        return False
    if caller.company_id == company_id:
        return True
    return mandatary_id is not None and caller.company_id == mandatary_id and mandate_valid


def reads_as_agent(caller: Caller, *, submitted: bool) -> bool:
    """Whether an agent may read this request: every one that was submitted, no draft."""
    return caller.decides and submitted


def require_requester(caller: Caller) -> None:
    """Raise NotAllowed unless this person may ask for numbers."""
    if not caller.asks:
        raise NotAllowed("Only people who ask for numbers in the name of a company may do this.")


def require_administrator(caller: Caller) -> None:
    """Raise NotAllowed unless this person is the main access administrator of a company."""
    if not caller.asks or caller.role is not Role.ADMINISTRATOR:
        raise NotAllowed("Only the main access administrator of your company may do this.")


def require_agent(caller: Caller) -> None:
    """Raise NotAllowed unless this person works at the desk."""
    if not caller.decides:
        raise NotAllowed("Only agents of the desk may do this.")


def require_ops(caller: Caller) -> None:
    """Raise NotAllowed unless this person looks after the service."""
    if caller.role is not Role.OPS:
        raise NotAllowed("Only people who look after the service may do this.")


def require_auditor(caller: Caller) -> None:
    """Raise NotAllowed unless this person reads the consultation log."""
    if caller.role is not Role.AUDITOR:
        raise NotAllowed("Only auditors may read the log of consultations.")


def require_reader(caller: Caller) -> None:
    """Raise NotAllowed unless this person reads requests at all: requesters their own, agents the submitted ones."""
    if not (caller.asks or caller.decides):
        raise NotAllowed("Only people who ask for numbers and agents of the desk may read requests.")
