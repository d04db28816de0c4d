"""`Idempotency-Key`: an accepted call counts once. What was accepted is kept, the answer is made anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from access.caller import Caller
from domain.errors import Conflict
from store.inserting import insert_if_absent
from store.tables import IdempotencyRow

KEPT = timedelta(hours=24)


def accepted_before(session: Session, caller: Caller, now: datetime) -> str | None:
    """The resource id of the same call accepted before ("" where it has none), or None: then the key is now taken.

    A second call that comes meanwhile waits for the first one's transaction. Raises Conflict where the key was used
    for another call.
    """
    once = caller.once
    if once is None:
        return None
    mine = (col(IdempotencyRow.person_id) == caller.person_id, col(IdempotencyRow.key) == once.key)
    session.execute(delete(IdempotencyRow).where(*mine, col(IdempotencyRow.at) < now - KEPT))
    values = {
        "person_id": caller.person_id,
        "key": once.key,
        "path": once.path,
        "digest": once.digest,
        "resource_id": None,
        "at": now,
    }
    if insert_if_absent(session, IdempotencyRow, values):
        return None
    kept = session.get_one(IdempotencyRow, (caller.person_id, once.key))
    if (kept.path, kept.digest) != (once.path, once.digest):
        raise Conflict("This Idempotency-Key was used for another call.", code="idempotencyKeyReused")
    return kept.resource_id or ""


def not_another(session: Session, caller: Caller, now: datetime) -> None:
    """Raise Conflict where the key was used for another call; nothing is taken yet."""
    kept = session.get(IdempotencyRow, (caller.person_id, caller.once.key)) if caller.once else None
    if kept is not None and kept.at >= now - KEPT and not is_known(session, caller):
        raise Conflict("This Idempotency-Key was used for another call.", code="idempotencyKeyReused")


def is_known(session: Session, caller: Caller) -> bool:
    """Whether the call was accepted before: then it is answered again, whatever has changed since."""
    if caller.once is None:
        return False
    kept = session.get(IdempotencyRow, (caller.person_id, caller.once.key))
    return kept is not None and (kept.path, kept.digest) == (caller.once.path, caller.once.digest)


def accepted_now(session: Session, caller: Caller, resource_id: str) -> None:
    """Note which resource the call came to, in its own transaction."""
    if caller.once is not None:
        session.get_one(IdempotencyRow, (caller.person_id, caller.once.key)).resource_id = resource_id
