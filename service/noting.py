"""Noting a change of a company's access in its audit trail, in the change's own transaction."""

from __future__ import annotations

from sqlmodel import Session

from access.caller import Caller
from service.context import Tools
from store.trail_tables import TrailRow


def note(
    session: Session, tools: Tools, caller: Caller, kind: str, company_id: str, subject_id: str, **codes: str
) -> None:
    """Add one line: what the caller did to a member, a mandate or a client of the company. Codes name nobody."""
    session.add(
        TrailRow(
            at=tools.now(),
            company_id=company_id,
            by_id=caller.person_id,
            kind=kind,
            subject_id=subject_id,
            codes=codes,
            trace_id=caller.trace_id,
        )
    )
