"""The outbox of invitation mails, apart from the mails of requests: no run in Temporal stands behind one."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Table, instant


class InvitationMailRow(Table, table=True):
    """A mail to somebody invited into a company. `state` is pending, sent or undeliverable (`last_error` says why).

    Nothing personal: the address stands on the member. `try_at` is when it is tried next, and also the end of the time
    for which one worker has taken it.
    """

    __tablename__: ClassVar[str] = "invitation_mails"
    id: str = Field(primary_key=True)
    member_id: str = Field(foreign_key="members.id", index=True)
    company_id: str = Field(foreign_key="companies.id")
    language: str
    at: datetime = instant()
    state: str = "pending"
    attempts: int = 0
    try_at: datetime = instant()
    last_error: str | None = None
    settled_at: datetime | None = instant(nullable=True)


Index(
    "ix_invitation_mails_pending",
    InvitationMailRow.__table__.c.try_at,  # type: ignore[attr-defined]
    sqlite_where=InvitationMailRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
    postgresql_where=InvitationMailRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
)
