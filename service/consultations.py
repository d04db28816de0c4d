"""Who was shown whose data: one row for every answer with personal data, in the transaction of the read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from access.caller import Caller
from store.tables import ConsultationRow


def record(
    session: Session,
    caller: Caller,
    what: str,
    *,
    at: datetime,
    requests: Iterable[str] = (),
    people: Iterable[str] = (),
) -> None:
    """Note that `caller` is shown `what` (a code) of some requests and, person by person, of some NISS."""
    session.add(
        ConsultationRow(
            at=at,
            person_id=caller.person_id,
            role=caller.role,
            company_id=caller.company_id,
            what=what,
            request_ids=list(requests),
            ssins=list(people),
            trace_id=caller.trace_id,
        )
    )
