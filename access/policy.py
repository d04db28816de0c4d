"""What a caller may do: one table, deny by default. API, portal, desk and commands all ask here, and nowhere else.

Whoever asks answers 404 or 403; this only says no. tests/house/test_roles.py: no other file compares a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from access.caller import Caller
from domain.errors import NotAllowed
from domain.people import Role


class Permission(StrEnum):
    """Something that is allowed to some roles and to nobody else."""

    ASK = "ask"  # ask for numbers in the name of a company, and read what one's own companies asked
    ADMINISTER = "administer"  # the company's people, mandates and clients
    READ_DESK = "readDesk"  # the queue and every submitted request
    DECIDE = "decide"  # claim, rule, search the register
    CONFIRM = "confirm"  # another's ruling, or take one back
    SUPERVISE = "supervise"  # give a case to somebody else, and look at counts
    AUDIT = "audit"  # who has seen whose data
    LOOK_AFTER = "lookAfter"  # the service itself, without anything personal
    STAFF = "staff"  # the service's own people: let them in, give them roles, take them out
    ERASE = "erase"  # one request's personal data, unseen


#: What is not named here is allowed to nobody.
ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.REQUESTER: frozenset((Permission.ASK,)),
    Role.ADMINISTRATOR: frozenset((Permission.ASK, Permission.ADMINISTER)),
    Role.AGENT: frozenset((Permission.READ_DESK, Permission.DECIDE, Permission.CONFIRM)),
    Role.SUPERVISOR: frozenset((Permission.READ_DESK, Permission.CONFIRM, Permission.SUPERVISE)),
    Role.AUDITOR: frozenset((Permission.AUDIT,)),
    Role.OPS: frozenset((Permission.LOOK_AFTER, Permission.STAFF, Permission.ERASE)),
}
#: What people of a company may be, and what the service's own people may be: nobody is both.
COMPANY_ROLES = (Role.ADMINISTRATOR, Role.REQUESTER)
STAFF_ROLES = (Role.AGENT, Role.SUPERVISOR, Role.AUDITOR, Role.OPS)
#: These are a company's: nobody has them without one.
_OF_A_COMPANY = frozenset((Permission.ASK, Permission.ADMINISTER))
_REFUSALS: Mapping[Permission, NotAllowed] = {
    Permission.ASK: NotAllowed("Only people who ask for numbers in the name of a company may do this."),
    Permission.ADMINISTER: NotAllowed("Only the main access administrator of your company may do this."),
    Permission.READ_DESK: NotAllowed("Only agents of the desk may do this."),
    Permission.DECIDE: NotAllowed("Only agents of the desk may do this."),
    Permission.CONFIRM: NotAllowed("Only agents of the desk may do this."),
    Permission.SUPERVISE: NotAllowed("Only supervisors of the desk may do this."),
    Permission.AUDIT: NotAllowed("Only auditors may read the log of consultations."),
    Permission.LOOK_AFTER: NotAllowed("Only people who look after the service may do this."),
    Permission.STAFF: NotAllowed("Only people who look after the service may do this."),
    Permission.ERASE: NotAllowed("Only people who look after the service may do this."),
}


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that are allowed something, in their order: for a question to the database, or for a choice."""
    return tuple(role for role in Role if permission in ALLOWED.get(role, frozenset()))


def gives(role: str, permission: Permission) -> bool:
    """Whether somebody's role, as it is stored, allows this. Nobody's role is allowed anything."""
    return role in roles_with(permission)


def allows(caller: Caller, permission: Permission) -> bool:
    """Whether the caller may do something of this kind at all."""
    if permission in _OF_A_COMPANY and caller.company_id is None:
        return False
    return permission in ALLOWED.get(caller.role, frozenset())


def require(caller: Caller, permission: Permission) -> None:
    """Raise NotAllowed unless the caller may."""
    if not allows(caller, permission):
        raise NotAllowed(_REFUSALS[permission].detail)


def sees(caller: Caller, company_id: str, mandatary_id: str | None, mandate_valid: bool) -> bool:  # noqa: FBT001 - named by its callers
    """Whether a request of a company is this requester's to read and to act on; colleagues are alike.

    Args:
        caller: who calls.
        company_id: the company for whom the number is asked.
        mandatary_id: the company that asked in its name, if any.
        mandate_valid: whether the mandate between the two holds today; once revoked the mandatary sees nothing.
    """
    if not allows(caller, Permission.ASK):
        return False
    if caller.employer_id is not None and caller.employer_id != company_id:
        return False  # software bound to one employer
    if caller.company_id == company_id:
        return True
    return mandatary_id is not None and caller.company_id == mandatary_id and mandate_valid


def asks(caller: Caller) -> bool:
    """Whether this person, or software, asks for numbers in the name of a company."""
    return allows(caller, Permission.ASK)


def reads_desk(caller: Caller) -> bool:
    """Whether this person reads what was submitted, as the desk sees it."""
    return allows(caller, Permission.READ_DESK)


def reads_as_agent(caller: Caller, *, submitted: bool) -> bool:
    """Whether somebody of the desk may read this request: every one that was submitted, no draft."""
    return allows(caller, Permission.READ_DESK) and submitted


def require_requester(caller: Caller) -> None:
    """Raise NotAllowed unless this person may ask for numbers."""
    require(caller, Permission.ASK)


def require_administrator(caller: Caller) -> None:
    """Raise NotAllowed unless this person is the main access administrator of a company."""
    require(caller, Permission.ADMINISTER)


def require_agent(caller: Caller) -> None:
    """Raise NotAllowed unless this person decides at the desk."""
    require(caller, Permission.DECIDE)


def require_ops(caller: Caller) -> None:
    """Raise NotAllowed unless this person looks after the service."""
    require(caller, Permission.LOOK_AFTER)


def require_reader(caller: Caller) -> None:
    """Raise NotAllowed unless this person reads requests at all: requesters their own, the desk the submitted ones."""
    if not (allows(caller, Permission.ASK) or allows(caller, Permission.READ_DESK)):
        raise NotAllowed("Only people who ask for numbers and agents of the desk may read requests.")
