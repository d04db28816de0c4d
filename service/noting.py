"""Noting a change of access in the audit trail of a company, or of the service, in the change's own transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from access.caller import Caller
from service.context import Tools
from store.trail_tables import TrailRow


def note(
    session: Session, tools: Tools, caller: Caller, kind: str, company_id: str, subject_id: str, **codes: str
) -> None:
    """Add one line: what the caller did to a member, a mandate or a client of the company. Codes name nobody.

    `company_id` is `trail_tables.SERVICE` for agents, supervisors, auditors and ops.
    """
    _add(session, tools, kind, company_id, caller.person_id, subject_id, codes, caller.trace_id)


def note_coming(
    session: Session, tools: Tools, person_id: str, kind: str, company_id: str, subject_id: str, **codes: str
) -> None:
    """The same of somebody who is only just coming in: `companyRegistered`, `memberJoined`, or a role of the issuer."""
    _add(session, tools, kind, company_id, person_id, subject_id, codes)


def _add(
    session: Session,
    tools: Tools,
    kind: str,
    company_id: str,
    by_id: str,
    subject_id: str,
    codes: Mapping[str, str],
    trace_id: str | None = None,
) -> None:
    session.add(
        TrailRow(
            at=tools.now(),
            company_id=company_id,
            by_id=by_id,
            kind=kind,
            subject_id=subject_id,
            codes=dict(codes),
            trace_id=trace_id,
        )
    )
